"""What a backup holds: names of its members, and the member that lists them.

    README.txt                        what this is and how to open it without Precedent
    catalogue.sqlite                  documents, paragraphs, passages, vectors
    library.sqlite                    collections and saved searches, where there are any
    libraries/<key id>.sqlite         what the holders of API keys keep
    keys.sqlite                       digests of API keys, where asked for
    standing.toml                     the table that PRECEDENT_STANDING names, where it does
    uploads/files/<sha256>/<name>     files that were uploaded
    uploads/jobs/<job id>.json        what became of them
    restricted/<name>/...             of each restricted collection its catalogue.sqlite, uploads/
    model/<file>                      the embedding model, where asked for
    manifest.json                     this list, with the size and sha256 of each

The file ends, as the comment of the ZIP, with the sha256 of all that stands before that digest.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field

from corpus.errors import InputError
from corpus.restricted import is_name

__all__ = [
    "CATALOGUE",
    "DIGEST_LENGTH",
    "FORMAT",
    "HERE",
    "JOBS",
    "KEYED",
    "KEYS",
    "LIBRARY",
    "LONGEST_LIST",
    "MANIFEST",
    "MODEL",
    "MOST_MEMBERS",
    "README",
    "RESTRICTED",
    "SEAL",
    "STANDING",
    "UPLOADS",
    "Contents",
    "Member",
    "is_member_name",
    "keyed_library",
    "says_too_much",
]

FORMAT = 1
"""Of the file; raised when an earlier version could not restore it."""

MOST_MEMBERS = 200_000
LONGEST_LIST = 64 << 20
_MOST_TIMES = 250
_ALWAYS = 64 << 20
"""A backup may be so many times as large when it is out, and so many bytes besides. A real one is
two to ten times as large; zlib as it is used here makes 229 of one at most, and deflate a thousand.
"""

SEAL = b"precedent backup sha256:"
"""Begins the comment of the ZIP; the digest follows."""

DIGEST_LENGTH = 64

README = "README.txt"
MANIFEST = "manifest.json"
CATALOGUE = "catalogue.sqlite"
LIBRARY = "library.sqlite"
KEYS = "keys.sqlite"
STANDING = "standing.toml"
UPLOADS = "uploads/files/"
JOBS = "uploads/jobs/"
MODEL = "model/"
RESTRICTED = "restricted/"
KEYED = "libraries/"

HERE = "precedent-index:"
"""Stands for the folder of the index in paths of files that lie in it: it is another elsewhere."""

_SINGLE = frozenset({README, MANIFEST, CATALOGUE, LIBRARY, KEYS, STANDING})
_NAME = r"(?!\.{1,2}$)[^/\\\x00-\x1f\x7f\ud800-\udfff]{1,255}"
_LONGEST_NAME = 255
"""Bytes of the name of a file, as most file systems have it."""
_UPLOADED = re.compile(rf"uploads/files/[0-9a-f]{{64}}/{_NAME}")
_JOB = re.compile(r"uploads/jobs/[0-9]{8}-[0-9]{6}-[0-9a-f]{6}\.json")
_APART = re.compile(rf"{RESTRICTED}([a-z0-9-]{{1,40}})/(.+)")
_KEYED = re.compile(rf"{KEYED}([a-z0-9]{{8}})\.sqlite")
_MODEL_FILE = re.compile(r"model/(?:(?!\.)[A-Za-z0-9._-]{1,80}/){0,3}(?!\.)[A-Za-z0-9._-]{1,80}")


def is_member_name(name: str) -> bool:
    """Tell whether a backup may hold a member of this name: no other is ever written anywhere."""
    apart = _APART.fullmatch(name)
    if apart is not None:
        inner = apart[2]
        return inner == CATALOGUE or bool(_UPLOADED.fullmatch(inner) or _JOB.fullmatch(inner))
    if len(name.rpartition("/")[2].encode("utf-8", "surrogatepass")) > _LONGEST_NAME:
        return False
    return name in _SINGLE or any(
        pattern.fullmatch(name) for pattern in (_UPLOADED, _JOB, _MODEL_FILE, _KEYED)
    )


def says_too_much(out: int, size: int) -> bool:
    """Tell whether a backup of `size` bytes may not hold what is `out` bytes when it is out."""
    return out > _MOST_TIMES * size + _ALWAYS


def keyed_library(key_id: str) -> str:
    """Return the name of the member that has what the holder of a key keeps."""
    return f"{KEYED}{key_id}.sqlite"


@dataclass(frozen=True, slots=True)
class Member:
    """A file in a backup.

    Attributes:
        size: in bytes, when it is out.
        sha256: 64 hexadecimal digits.
    """

    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Contents:
    """What a backup says of itself.

    Attributes:
        software: version that made it.
        made_at: ISO 8601, UTC.
        identity: of the catalogue.
        generation: that was in service, or 0.
        catalogue_version: of its tables.
        library_version: of its tables, or None where nothing was kept.
        documents: held.
        passages: held.
        encoder: what made the vectors, as in a snapshot's manifest; None where nothing did.
        members: by name.
        restricted: how many documents each restricted collection in it holds, by its name.
        views: of collections, that were asked for.
        without_restricted: whether restricted collections were left out, if there were any: that
            is not told, for who gets such a backup may not be one who may know.
        without_originals: whether uploaded files were left out; those that are there then stay.
        format: of the file.
    """

    software: str
    made_at: str
    identity: str
    generation: int
    catalogue_version: int
    library_version: int | None
    documents: int
    passages: int
    encoder: Mapping[str, object] | None
    members: Mapping[str, Member] = field(default_factory=dict)
    restricted: Mapping[str, int] = field(default_factory=dict)
    views: Sequence[Sequence[str]] = ()
    without_restricted: bool = False
    without_originals: bool = False
    format: int = FORMAT

    def as_json(self) -> bytes:
        """Write it as a member."""
        return (json.dumps(asdict(self), indent=1, ensure_ascii=False) + "\n").encode()

    @classmethod
    def read(cls, content: bytes, name: str) -> Contents:
        """Read the member.

        Raises:
            InputError: a later version wrote it, or it is none.
        """
        try:
            fields = json.loads(content)
            found = fields["format"]
            if isinstance(found, int) and found > FORMAT:
                raise InputError(
                    name,
                    f"is a backup of format {found}, made by Precedent {fields.get('software')}; "
                    f"this one reads format {FORMAT}",
                    "install the newer Precedent",
                )
            members = {
                str(each): Member(int(about["size"]), str(about["sha256"]))
                for each, about in fields.pop("members").items()
            }
            contents = cls(**fields, members=members)
        except (
            ValueError, KeyError, TypeError, AttributeError, RecursionError, OverflowError,
        ) as error:  # fmt: skip
            raise InputError(name, "its list of members cannot be read", _OTHER) from error
        if not _is_sound(contents):
            raise InputError(name, "its list of members cannot be read", _OTHER)
        return contents


_OTHER = "use another backup"


def _is_sound(contents: Contents) -> bool:
    whole = (contents.generation, contents.catalogue_version, contents.documents)
    return (
        all(isinstance(each, int) and each >= 0 for each in whole)
        and isinstance(contents.library_version, int | None)
        and all(isinstance(each, str) for each in (contents.software, contents.made_at))
        and isinstance(contents.encoder, dict | None)
        and all(member.size >= 0 for member in contents.members.values())
        and _is_sound_apart(contents)
    )


def _is_sound_apart(contents: Contents) -> bool:
    """Tell whether the collections that are told are those that are in it."""
    held, views = contents.restricted, contents.views
    if not isinstance(held, dict) or not isinstance(views, list | tuple):
        return False
    found = {m[1] for m in map(_APART.fullmatch, contents.members) if m is not None}
    return (
        found == held.keys()
        and all(is_name(name) and isinstance(count, int) for name, count in held.items())
        and all(f"{RESTRICTED}{name}/{CATALOGUE}" in contents.members for name in held)
        and all(isinstance(view, list) and view and set(view) <= held.keys() for view in views)
        and isinstance(contents.without_restricted, bool)
        and isinstance(contents.without_originals, bool)
    )
