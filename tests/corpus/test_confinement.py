"""A worker in the hands of a hostile file: what it tries is refused, and the run goes on."""

from __future__ import annotations

import ctypes
import os
import platform
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from corpus.errors import DamagedFileError, ReadError
from corpus.limits import Limits
from corpus.readers.doc import read_doc
from corpus.sandbox import folder as folders
from corpus.sandbox.calls import STARTING
from corpus.sandbox.confinement import worker_environment
from corpus.sandbox.handed import open_file
from corpus.sandbox.landlock import landlock_version
from corpus.sandbox.pool import ParsingPool
from corpus.sandbox.seccomp import filter_program
from corpus.sandbox.trial import Trial

LIMITS = Limits(wall_time_s=20, address_space_bytes=2**31)
FILTERED = sys.platform == "linux" and platform.machine() in ("x86_64", "aarch64")
LANDLOCK = landlock_version()
SAMPLE = Path(__file__).resolve().parents[2] / "corpus" / "sample" / "documents"

needs_filter = pytest.mark.skipif(not FILTERED, reason="system calls are filtered on Linux only")
needs_bounds = pytest.mark.skipif(LANDLOCK == 0, reason="this kernel has no Landlock")


def _connect_tcp(_: Path) -> object:
    socket.create_connection(("127.0.0.1", 9), timeout=1)
    return "connected"


def _connect_unix(path: Path) -> object:
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as way_out:
        way_out.connect(str(path.with_name("listening")))
    return "connected"


def _send_datagram(path: Path) -> object:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as way_out:
        way_out.sendto(b"words", str(path.with_name("listening")))
    return "sent"


def _send_by_a_pair(path: Path) -> object:
    """Send through one of two sockets that were made for each other, to a third."""
    for one in socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM):
        with one:
            one.sendto(b"words", str(path.with_name("receiving")))
    return "sent"


def _of_the_file(path: Path, act: Callable[[int], object]) -> object:
    with open_file(path) as file:
        return act(file.fileno())


def _keep_in_memory(_: Path) -> object:
    """Keep bytes in memory that counts for no process."""
    with os.fdopen(os.memfd_create("words"), "wb") as memory:
        return memory.write(b"words")


def _watch_a_folder(path: Path) -> object:
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.inotify_add_watch(libc.inotify_init(), os.fsencode(path.parent), 0x100) >= 0:
        return "watching"
    raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))


def _write_at_length(_: Path) -> object:
    with tempfile.TemporaryFile() as file:
        return file.truncate(2**31)


def _look_up(_: Path) -> object:
    return socket.getaddrinfo("localhost.example", 80)


def _listen(_: Path) -> object:
    socket.socket(socket.AF_INET, socket.SOCK_STREAM).bind(("127.0.0.1", 0))
    return "bound"


def _raw(call: int) -> Callable[[Path], object]:
    """Return an attempt at a system call that Python has no name for."""

    def attempt(_: Path) -> object:
        ctypes.set_errno(0)
        libc = ctypes.CDLL(None, use_errno=True)
        if libc.syscall(call, 0, 0, 0, 0, 0, 0) >= 0:
            return "done"
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))

    return attempt


def _end_parent(_: Path) -> object:
    os.kill(os.getppid(), signal.SIGTERM)
    return "sent"


def _end_another(path: Path) -> object:
    os.kill(int(open_file(path).read()), signal.SIGTERM)
    return "sent"


def _end_all(_: Path) -> object:
    os.kill(-1, signal.SIGTERM)
    return "sent"


def _own_a_descriptor(command: str) -> Callable[[Path], object]:
    """Return an attempt to have another process signalled when a descriptor becomes ready."""

    def attempt(path: Path) -> object:
        import fcntl

        value = signal.SIGKILL if command == "F_SETSIG" else int(open_file(path).read())
        return fcntl.fcntl(0, getattr(fcntl, command, 10), value)

    return attempt


def _own_a_socket(path: Path) -> object:
    import array
    import fcntl

    return fcntl.ioctl(0, 0x8901, array.array("i", [int(open_file(path).read())]))


def _limit_parent(_: Path) -> object:
    import resource

    resource.prlimit(os.getppid(), resource.RLIMIT_CORE, (0, 0))
    return "limited"


def _link_out(path: Path) -> object:
    link = Path(tempfile.gettempdir(), "link")
    link.symlink_to(path.with_name("secret"))
    return link.read_bytes()


def _device(_: Path) -> object:
    os.mknod(Path(tempfile.gettempdir(), "device"), 0o600 | 0o020000, os.makedev(1, 3))
    return "made"


ATTEMPTS: dict[str, Callable[[Path], object]] = {
    "connect": _connect_tcp,
    "connect-unix": _connect_unix,
    "send-datagram": _send_datagram,
    "send-by-a-pair": _send_by_a_pair,
    "open-to-all": lambda path: path.with_name("secret").chmod(0o666),
    "close-to-its-owner": lambda path: _of_the_file(path, lambda number: os.fchmod(number, 0)),
    "give-away": lambda path: os.chown(path.with_name("secret"), os.getuid(), os.getgid()),
    "date-back": lambda path: os.utime(path.with_name("secret"), (0, 0)),
    "mark": lambda path: os.setxattr(path.with_name("secret"), "user.mark", b"x"),
    "mark-itself": lambda path: _of_the_file(
        path, lambda number: os.setxattr(number, "user.mark", b"x")
    ),
    "keep-in-memory": _keep_in_memory,
    "watch-a-folder": _watch_a_folder,
    "write-at-length": _write_at_length,
    "look-up": _look_up,
    "listen": _listen,
    "ptrace": _raw({"x86_64": 101}.get(platform.machine(), 117)),
    "io_uring": _raw(425),
    "bpf": _raw({"x86_64": 321}.get(platform.machine(), 280)),
    "end-parent": _end_parent,
    "end-another": _end_another,
    "end-all": _end_all,
    "own-a-descriptor": _own_a_descriptor("F_SETOWN"),
    "choose-its-signal": _own_a_descriptor("F_SETSIG"),
    "own-a-socket": _own_a_socket,
    "remove-shared-memory": _raw({"x86_64": 31}.get(platform.machine(), 195)),
    "take-a-message": _raw({"x86_64": 70}.get(platform.machine(), 188)),
    "limit-parent": _limit_parent,
    "read-passwords": lambda _: Path("/etc/passwd").read_bytes(),
    "read-beside": lambda path: path.with_name("secret").read_bytes(),
    "read-by-link": _link_out,
    "read-by-root-link": lambda path: Path(
        "/proc/self/root", str(path.with_name("secret")).lstrip("/")
    ).read_bytes(),
    "read-parents-environment": lambda _: Path(f"/proc/{os.getppid()}/environ").read_bytes(),
    "list-folder": lambda path: os.listdir(path.parent),  # noqa: PTH208
    "write-beside": lambda path: path.with_name("written").write_bytes(b"x"),
    "write-file": lambda path: path.write_bytes(b"x"),
    "write-program": lambda _: os.open(__file__, os.O_WRONLY),
    "truncate": lambda path: os.truncate(path, 0),
    "remove": lambda path: path.unlink(),
    "rename": lambda path: path.rename(Path(tempfile.gettempdir(), "taken")),
    "device": _device,
    "start": lambda _: subprocess.run(["/usr/bin/id"], check=False).returncode,
    "start-shell": lambda _: subprocess.run(["/bin/sh", "-c", ":"], check=False).returncode,
}


def act(path: Path, limits: Limits) -> object:
    """Do what the file's suffix says; this runs inside the worker."""
    what = path.suffix[1:]
    if what in ATTEMPTS:
        try:
            return ATTEMPTS[what](path)
        except OSError as error:
            raise DamagedFileError(path.name, f"refused: {error.strerror}") from error
    if what == "fork":
        return "parent" if os.fork() else os._exit(0)
    if what == "own-folder":
        own = Path(tempfile.gettempdir(), "a", "b")
        own.parent.mkdir()
        own.write_bytes(b"words")
        return own.read_bytes()
    if what == "capabilities":
        status = Path("/proc/self/status").read_text()
        return [int(line.split()[1], 16) for line in status.splitlines() if line[:3] == "Cap"]
    if what == "environment":
        return dict(os.environ)
    if what == "thread":
        seen: list[object] = []
        thread = threading.Thread(target=lambda: seen.append(_kept_out(path)))
        thread.start()
        thread.join()
        return seen
    return open_file(path).read()


def _kept_out(path: Path) -> bool:
    try:
        path.with_name("secret").read_bytes()
    except PermissionError:
        return True
    return False


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    made = tmp_path_factory.mktemp("documents")
    (made / "secret").write_text("of a witness")
    with (
        socket.socket(socket.AF_UNIX) as listening,
        socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as receiving,
    ):
        listening.bind(str(made / "listening"))
        listening.listen()
        receiving.bind(str(made / "receiving"))
        yield made


@pytest.fixture(scope="module")
def bystander() -> Iterator[subprocess.Popen[bytes]]:
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as process:
        yield process
        process.kill()


@pytest.fixture(scope="module")
def pool(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ParsingPool[object]]:
    """A worker on a machine that has none of the programs it may start."""
    with ParsingPool(act, workers=1, limits=LIMITS) as given:
        with pytest.MonkeyPatch.context() as monkeypatch:
            monkeypatch.setenv("PATH", str(tmp_path_factory.mktemp("no-programs")))
            monkeypatch.setenv("PRECEDENT_API_KEY", "of the service")
            given.run_one(Path("started.environment"))
        yield given


NETWORK = {"connect", "connect-unix", "send-datagram", "look-up", "listen"}
NETWORK |= {"send-by-a-pair"}
ATTRIBUTES = {"open-to-all", "close-to-its-owner", "give-away", "date-back", "mark", "mark-itself"}
CALLS = NETWORK | ATTRIBUTES | {"ptrace", "io_uring", "bpf", "end-parent", "end-all"}
CALLS |= {"start", "start-shell", "remove-shared-memory", "take-a-message", "limit-parent"}
CALLS |= {"watch-a-folder", "keep-in-memory", "write-at-length"}
OF_A_BYSTANDER = {"end-another", "own-a-descriptor", "choose-its-signal", "own-a-socket"}


@needs_filter
@pytest.mark.parametrize("what", sorted(CALLS))
def test_a_call_is_refused_and_the_next_file_read(
    pool: ParsingPool[object], place: Path, what: str
) -> None:
    _is_refused(pool, place, what)


@needs_bounds
@pytest.mark.parametrize("what", sorted(ATTEMPTS.keys() - CALLS - OF_A_BYSTANDER))
def test_a_file_is_refused_and_the_next_one_read(
    pool: ParsingPool[object], place: Path, what: str
) -> None:
    _is_refused(pool, place, what)
    assert (place / "secret").read_text() == "of a witness"
    assert not (place / "written").exists()


@needs_filter
@pytest.mark.parametrize("what", sorted(OF_A_BYSTANDER))
def test_another_process_is_not_ended(
    pool: ParsingPool[object], place: Path, bystander: subprocess.Popen[bytes], what: str
) -> None:
    _is_refused(pool, place, what, str(bystander.pid))
    assert bystander.poll() is None


def _is_refused(
    pool: ParsingPool[object], place: Path, what: str, words: str = "words of it"
) -> None:
    hostile, next_one = place / f"hostile.{what}", place / "next.txt"
    hostile.write_text(words)
    next_one.write_text("words")
    outcomes = dict(pool.run([hostile, next_one]))
    outcome = outcomes[hostile]
    assert isinstance(outcome, ReadError), outcome
    assert outcome.cause.startswith("refused: ") or what == "look-up"
    assert hostile.read_text() == words
    assert outcomes[next_one] == b"words"


@needs_filter
def test_a_worker_without_programs_cannot_make_a_process(pool: ParsingPool[object]) -> None:
    with pytest.raises(DamagedFileError, match="PermissionError"):
        pool.run_one(Path("a.fork"))


@needs_filter
def test_a_worker_of_the_administrator_may_do_no_more_than_any_other(
    pool: ParsingPool[object],
) -> None:
    """It could lift its own limits, and make devices. What it may read is bounded elsewhere."""
    inherited, permitted, effective, _, _ = pool.run_one(Path("a.capabilities"))  # type: ignore[misc]
    to_read = 1 << 2 if os.geteuid() == 0 else 0
    assert (inherited, permitted, effective) == (0, to_read, to_read)


@needs_bounds
def test_threads_are_confined_too(pool: ParsingPool[object], place: Path) -> None:
    assert pool.run_one(place / "a.thread") == [True]


def test_the_file_itself_is_read_whatever_its_folder(
    pool: ParsingPool[object], place: Path
) -> None:
    (place / "itself").write_text("words of it")
    assert pool.run_one(place / "itself") == b"words of it"


def test_a_worker_keeps_a_folder_of_its_own_until_it_ends() -> None:
    before = set(_worker_folders())
    with ParsingPool(act, workers=1, limits=LIMITS) as pool:
        assert pool.run_one(Path("a.own-folder")) == b"words"
        assert set(_worker_folders()) - before
    assert not set(_worker_folders()) - before


def _worker_folders() -> Iterator[Path]:
    return Path(tempfile.gettempdir()).glob(f"precedent-worker-{os.getpid()}-*")


def test_what_a_killed_run_left_behind_is_removed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with subprocess.Popen([sys.executable, "-c", ""]) as process:
        process.wait()
    dead, running = f"precedent-worker-{process.pid}-x", f"precedent-worker-{os.getpid()}-x"
    young = f"precedent-worker-{process.pid}-y"
    for name in (dead, running, young):
        (tmp_path / name).mkdir()
    for name in (dead, running):
        os.utime(tmp_path / name, (1, 1))
    kept = folders.WorkerFolder()
    assert {path.name for path in tmp_path.iterdir()} == {running, young, kept.path.name}


def test_secrets_of_the_environment_stay_behind(pool: ParsingPool[object]) -> None:
    environment = pool.run_one(Path("a.environment"))
    assert isinstance(environment, dict)
    assert "of the service" not in environment.values()
    assert environment["TMPDIR"].startswith(tempfile.gettempdir())


def test_settings_of_the_readers_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PRECEDENT_OCR", "off")
    monkeypatch.setenv("PRECEDENT_ADMIN_KEY", "secret")
    kept = worker_environment(Path("/own"))
    assert kept["PRECEDENT_OCR"] == "off"
    assert "PRECEDENT_ADMIN_KEY" not in kept


@needs_bounds
@pytest.mark.skipif(shutil.which("tesseract") is None, reason="tesseract is not installed")
def test_only_the_programs_that_read_can_be_started(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "tesseract").symlink_to(shutil.which("tesseract") or "")
    monkeypatch.setenv("PATH", str(tmp_path))
    with ParsingPool[object](start, workers=1, limits=LIMITS) as pool:
        assert pool.run_one(Path("tesseract")) == 0
        for program in ("/usr/bin/id", "/bin/sh", sys.executable):
            assert pool.run_one(Path(program)) == "PermissionError"


@pytest.mark.parametrize(
    ("name", "said"), [("antiword", b"is not a Word Document"), ("catdoc", b"words of it")]
)
def test_programs_that_read_old_word_files_work_confined(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, said: bytes
) -> None:
    program = shutil.which(name)
    if program is None:
        pytest.skip(f"{name} is not installed: apt-get install {name}")
    (tmp_path / name).symlink_to(program)
    monkeypatch.setenv("PATH", str(tmp_path))
    with ParsingPool[object](print_words, workers=1, limits=LIMITS) as pool:
        told = pool.run_one(Path(name))
    assert isinstance(told, bytes)
    assert said in told


def print_words(path: Path, limits: Limits) -> object:
    given = Path(tempfile.gettempdir(), "a.doc")
    given.write_bytes(b"words of it")
    done = subprocess.run([path, given], check=False, capture_output=True)
    return done.stdout + done.stderr


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_works_confined(tmp_path: Path) -> None:
    """It takes DOCX as well, of which there is one here."""
    with ParsingPool[object](convert, workers=1, limits=Limits(conversion_s=110)) as pool:
        assert pool.run_one(SAMPLE / "ngo-2025-4.fr.docx") == "converted with LibreOffice"


def convert(path: Path, limits: Limits) -> object:
    with open_file(path) as stream:
        return read_doc(stream.read(), path.name, limits).warnings[0].rpartition(", ")[2]


def start(path: Path, limits: Limits) -> object:
    try:
        return subprocess.run([path, "--version"], check=False, capture_output=True).returncode
    except OSError as error:
        return type(error).__name__


def test_the_trial_of_the_doctor_tells_what_is_refused(tmp_path: Path) -> None:
    with ParsingPool[Trial]("corpus.sandbox.trial:attempt", workers=1, returns=Trial) as pool:
        trial = pool.run_one(tmp_path / "a")
    assert trial.seccomp is FILTERED
    assert trial.landlock == LANDLOCK
    if FILTERED and LANDLOCK:
        assert trial.succeeded == ()
        assert len(trial.refused) == 5
    assert list(tmp_path.iterdir()) == []


@needs_filter
def test_nobody_can_be_signalled_on_an_older_kernel(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, bystander: subprocess.Popen[bytes]
) -> None:
    """Linux 6.7 bounds files, and no signals: the filter alone keeps them from other processes."""
    (tmp_path / "a").write_text(str(bystander.pid))
    (tmp_path / "older_kernel.py").write_text(
        "from corpus.sandbox import landlock\n"
        "from corpus.sandbox.trial import attempt\n"
        "landlock.landlock_version = lambda: min(4, LANDLOCK)\n".replace("LANDLOCK", str(LANDLOCK))
    )
    monkeypatch.syspath_prepend(tmp_path)
    with ParsingPool[Trial]("older_kernel:attempt", workers=1, returns=Trial) as pool:
        assert "signal other processes" in pool.run_one(tmp_path / "a").refused
    assert bystander.poll() is None


@needs_filter
def test_the_trial_tells_who_can_be_signalled_where_calls_are_not_filtered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, bystander: subprocess.Popen[bytes]
) -> None:
    (tmp_path / "a").write_text(str(bystander.pid))
    (tmp_path / "unfiltered.py").write_text(
        "from corpus.sandbox import confinement, landlock\n"
        "from corpus.sandbox.trial import attempt\n"
        "landlock.landlock_version = lambda: min(4, LANDLOCK)\n"
        "confinement.refuse_calls = lambda **_: False\n".replace("LANDLOCK", str(LANDLOCK))
    )
    monkeypatch.syspath_prepend(tmp_path)
    with ParsingPool[Trial]("unfiltered:attempt", workers=1, returns=Trial) as pool:
        trial = pool.run_one(tmp_path / "a")
    assert "signal other processes" in trial.succeeded
    assert not trial.seccomp
    assert bystander.poll() is None


# The filter itself, run here as the kernel runs it, for the machine that this is not.

E_PERM, E_NOSYS, NOTHING_DONE = 0x00050001, 0x00050026, 0x00050000
ALLOWED, KILLED = 0x7FFF0000, 0x80000000
ARCH = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}


def judged(
    machine: str, number: int, *args: int, programs: bool = False, listening: bool = False
) -> int:
    """Interpret the filter for one call; the kernel's language has jumps forward only."""
    program = filter_program(machine, 4242, programs=programs, listening=listening)
    assert program is not None
    data = {0: number, 4: ARCH[machine]}
    for place, value in enumerate(args):
        data |= {16 + 8 * place: value & 0xFFFFFFFF, 20 + 8 * place: value >> 32}
    at, held = 0, 0
    while True:
        code, if_true, if_false, value = program[at]
        at += 1
        if code == 0x20:
            held = data.get(value, 0)
        elif code == 0x06:
            return value
        else:
            true = {0x15: held == value, 0x35: held >= value, 0x45: bool(held & value)}[code]
            at += if_true if true else if_false


@pytest.mark.parametrize(
    ("machine", "number", "args", "options", "expected"),
    [
        ("x86_64", 0, (), {}, ALLOWED),  # read
        ("x86_64", 41, (2, 1), {}, E_PERM),  # socket
        ("aarch64", 198, (2, 1), {}, E_PERM),
        ("x86_64", 41, (2, 1), {"listening": True}, E_PERM),
        ("x86_64", 41, (1, 1), {"listening": True}, ALLOWED),
        ("x86_64", 41, (1, 0o2000001), {"listening": True}, ALLOWED),  # SOCK_CLOEXEC
        ("x86_64", 41, (1, 2), {"listening": True}, E_PERM),  # datagrams need no connection
        ("x86_64", 41, (1, 5), {"listening": True}, E_PERM),
        ("aarch64", 198, (1, 1), {"listening": True}, ALLOWED),
        ("x86_64", 44, (3, 0, 0, 0, 0, 0), {}, ALLOWED),  # sendto, as send does
        ("x86_64", 44, (3, 0, 0, 0, 0x7F00, 16), {}, E_PERM),  # to a third
        ("x86_64", 44, (3, 0, 0, 0, 0x7F0000000000, 16), {"listening": True}, E_PERM),
        ("aarch64", 206, (3, 0, 0, 0, 0, 0), {}, ALLOWED),
        ("aarch64", 206, (3, 0, 0, 0, 0xFFFF00000000, 16), {}, E_PERM),
        ("x86_64", 53, (1, 2), {}, ALLOWED),  # socketpair
        ("x86_64", 53, (30, 4), {}, E_PERM),  # of AF_TIPC, whose sockets reach a network
        ("aarch64", 199, (16, 3), {}, E_PERM),  # of AF_NETLINK
        ("x86_64", 90, (), {}, E_PERM),  # chmod
        ("x86_64", 90, (), {"listening": True}, NOTHING_DONE),
        ("aarch64", 53, (), {}, E_PERM),  # fchmodat
        ("aarch64", 5, (), {"listening": True}, NOTHING_DONE),  # setxattr
        ("aarch64", 0, (), {"listening": True}, ALLOWED),  # io_setup: no number, no call
        ("x86_64", 76, (), {"listening": True}, E_PERM),  # truncate
        ("aarch64", 45, (), {}, E_PERM),
        ("x86_64", 319, (), {"programs": True}, E_PERM),  # memfd_create
        ("aarch64", 279, (), {"programs": True}, E_PERM),
        ("x86_64", 42, (3,), {"listening": True, "programs": True}, E_PERM),  # connect
        ("aarch64", 203, (3,), {"listening": True, "programs": True}, E_PERM),
        ("x86_64", 49, (3,), {"listening": True}, NOTHING_DONE),  # bind
        ("x86_64", 59, (), {}, E_PERM),  # execve
        ("x86_64", 59, (), {"programs": True}, ALLOWED),
        ("aarch64", 221, (), {}, E_PERM),
        ("aarch64", 221, (), {"programs": True}, ALLOWED),
        ("x86_64", 56, (0x3D0F00,), {}, ALLOWED),  # clone, of a thread
        ("x86_64", 56, (0x1200011,), {}, E_PERM),  # as fork does
        ("x86_64", 56, (0x1200011,), {"programs": True}, ALLOWED),
        ("x86_64", 56, (0x10000011,), {"programs": True}, E_PERM),  # a user namespace
        ("aarch64", 220, (0x40000011,), {"programs": True}, E_PERM),  # a network namespace
        ("x86_64", 435, (), {}, E_NOSYS),  # clone3
        ("x86_64", 62, (4241, 9), {"programs": True}, E_PERM),  # kill, another process
        ("x86_64", 62, (0xFFFFFFFF, 9), {}, E_PERM),  # everyone
        ("x86_64", 62, (0xFFFFFFFF - 4241, 9), {}, E_PERM),  # a group by its number
        ("x86_64", 62, (4242, 9), {}, ALLOWED),  # itself
        ("x86_64", 62, (0, 9), {}, ALLOWED),  # its own group
        ("aarch64", 129, (4241, 9), {}, E_PERM),
        ("aarch64", 129, (4242, 9), {}, ALLOWED),
        ("x86_64", 234, (4242, 4250, 6), {}, ALLOWED),  # tgkill, a thread of its own
        ("x86_64", 234, (4241, 4241, 6), {}, E_PERM),
        ("aarch64", 131, (4242, 4250, 6), {}, ALLOWED),
        ("aarch64", 131, (0, 4241, 6), {}, E_PERM),
        ("x86_64", 200, (4242, 6), {}, ALLOWED),  # tkill, its first thread
        ("x86_64", 200, (4241, 6), {}, E_PERM),
        ("aarch64", 130, (4241, 6), {}, E_PERM),
        ("x86_64", 129, (4242,), {}, E_PERM),  # rt_sigqueueinfo
        ("x86_64", 297, (4242,), {}, E_PERM),  # rt_tgsigqueueinfo
        ("x86_64", 434, (4242,), {}, E_PERM),  # pidfd_open
        ("x86_64", 424, (3,), {}, E_PERM),  # pidfd_send_signal
        ("aarch64", 138, (4242,), {}, E_PERM),
        ("aarch64", 240, (4242,), {}, E_PERM),
        ("x86_64", 109, (0, 0), {"programs": True}, E_PERM),  # setpgid
        ("x86_64", 112, (), {"programs": True}, E_PERM),  # setsid
        ("aarch64", 154, (0, 0), {"programs": True}, E_PERM),
        ("aarch64", 157, (), {"programs": True}, E_PERM),
        ("x86_64", 72, (0, 8), {}, E_PERM),  # fcntl, F_SETOWN
        ("x86_64", 72, (0, 15), {}, E_PERM),  # F_SETOWN_EX
        ("x86_64", 72, (0, 10), {}, E_PERM),  # F_SETSIG
        ("x86_64", 72, (0, 2), {}, ALLOWED),  # F_SETFD
        ("aarch64", 25, (0, 8), {}, E_PERM),
        ("aarch64", 25, (0, 6), {}, ALLOWED),  # F_SETLK
        ("x86_64", 16, (0, 0x8901), {}, E_PERM),  # ioctl, FIOSETOWN
        ("x86_64", 16, (0, 0x8902), {}, E_PERM),  # SIOCSPGRP
        ("x86_64", 16, (0, 0x5401), {}, ALLOWED),  # TCGETS
        ("aarch64", 29, (0, 0x8902), {}, E_PERM),
        ("x86_64", 302, (0, 1), {}, ALLOWED),  # prlimit64, itself
        ("x86_64", 302, (4242, 1), {}, E_PERM),
        ("aarch64", 117, (), {}, E_PERM),  # ptrace
        ("x86_64", 0x40000000 + 41, (2, 1), {}, E_PERM),  # the x32 table
    ],
)  # fmt: skip
def test_the_filter_judges_a_call(
    machine: str, number: int, args: tuple[int, ...], options: dict[str, bool], expected: int
) -> None:
    assert judged(machine, number, *args, **options) == expected


def test_a_foreign_instruction_set_ends_the_process() -> None:
    program = filter_program("x86_64", 1, programs=False, listening=False)
    assert program is not None
    assert program[1][3] == ARCH["x86_64"]
    assert program[2] == (0x06, 0, 0, KILLED)


def test_other_machines_have_no_filter() -> None:
    assert filter_program("riscv64", 1, programs=False, listening=False) is None


def test_no_jump_is_longer_than_the_language_allows() -> None:
    for machine in ARCH:
        for programs in (True, False):
            for listening in (True, False):
                program = filter_program(machine, 1, programs=programs, listening=listening)
                assert program is not None
                assert len(program) < 4096
                for at, (_, if_true, if_false, _) in enumerate(program[:-1]):
                    assert max(if_true, if_false) < 256
                    assert at + 1 + max(if_true, if_false) < len(program)


def test_what_starts_programs_is_named_for_both_machines() -> None:
    assert {name for name, numbers in STARTING.items() if numbers[1]} == {"execve", "execveat"}
