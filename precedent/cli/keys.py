"""`precedent keys`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from precedent.cli.console import CommandGroup, as_json, json_option, printable, say
from precedent.cli.durations import Duration

if TYPE_CHECKING:
    from datetime import datetime, timedelta

    from search_api.access.keys import Key, KeyFile

__all__ = ["keys"]


@click.group(
    cls=CommandGroup,
    examples=["precedent keys add archive --scope read", "precedent keys list"],
)
def keys() -> None:
    """Make, list, rotate and revoke the keys of the service.

    They are needed wherever the service is reached from beyond this machine; docs/access.md says
    what each scope allows. PRECEDENT_KEYS names another file for them.
    """


@keys.command(
    "add",
    examples=[
        "precedent keys add archive --scope read",
        "precedent keys add desk --scope read --scope write --rate 120 --quota 5000",
        "precedent keys add visitor --scope read --expires 2026-12-31",
    ],
)
@click.argument("name")
@click.option(
    "--scope",
    "scopes",
    multiple=True,
    required=True,
    metavar="SCOPE",
    help="read, write, admin or restricted:NAME; may be given several times.",
)
@click.option("--rate", type=click.IntRange(1), metavar="N", help="Requests a minute.")
@click.option("--quota", type=click.IntRange(1), metavar="N", help="Requests a day (UTC).")
@click.option(
    "--expires",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="DATE",
    help="Its last day (UTC), such as 2026-12-31.",
)
@json_option
def add(
    name: str,
    scopes: tuple[str, ...],
    rate: int | None,
    quota: int | None,
    expires: datetime | None,
    as_json_: bool,
) -> None:
    """Make a key and print it, once: only a digest of it is kept.

    Give it to whoever is to use it over a channel that nobody else reads.
    """
    from search_api.access.audit import check_writable, note

    check_writable()
    expires_on = expires.date() if expires else None
    key, presented = _file().add(name, scopes, rate=rate, quota=quota, expires_on=expires_on)
    note(
        "keys.add",
        f"{key.key_id} ({name})",
        scopes=sorted(key.scopes),
        rate=rate,
        quota=quota,
        expires_on=key.expires_on,
    )
    if as_json_:
        as_json({**_members(key), "key": presented})
    else:
        click.echo(presented)
        say(f"key {key.key_id} for {name}: {_bounds(key)}; it is not shown again")


@keys.command(
    "rotate",
    examples=[
        "precedent keys rotate archive",
        "precedent keys rotate archive --keep-old-for 24h",
    ],
)
@click.argument("key", metavar="ID")
@click.option(
    "--keep-old-for",
    "overlap",
    type=Duration(),
    default="0",
    metavar="TIME",
    help="How long the old secret works beside the new one, such as 30m, 24h or 7d; 30 days at "
    "most, by default not at all.",
)
@json_option
def rotate(key: str, overlap: timedelta, as_json_: bool) -> None:
    """Give a key, by its id or name, a new secret and print it.

    It is printed once: only a digest of it is kept. Scopes, bounds, expiry and what its holder
    keeps stay. A running service follows in a second or two. Where the old secret may be known to
    others, keep it for no time.
    """
    from search_api.access.audit import check_writable, note

    check_writable()
    rotated, presented = _file().rotate(key, overlap)
    until = rotated.old_until if overlap else None
    note("keys.rotate", f"{rotated.key_id} ({rotated.name})", old_until=until)
    if as_json_:
        as_json({**_members(rotated), "key": presented})
        return
    click.echo(presented)
    old = f"works until {until}" if until else "works no more"
    say(f"key {rotated.key_id} for {rotated.name}: the old secret {old}; this is not shown again")


@keys.command("list", examples=["precedent keys list", "precedent keys list --json"])
@json_option
def list_(as_json_: bool) -> None:
    """List the keys, revoked ones too: name, scopes, bounds, last use."""
    file = _file()
    found = file.all()
    if as_json_:
        as_json({"keys": [_members(key) for key in found]})
        return
    for key in found:
        state = key.state()
        click.secho(f"{key.key_id}  ", bold=True, nl=False)
        used = f"last used {key.last_used}" if key.last_used else "never used"
        parts = [key.name, _bounds(key), used, *([] if state == "active" else [state])]
        if key.keeps_old():
            parts.append(f"old secret until {key.old_until}")
        click.echo(printable(" · ".join(parts)))
    if not found:
        say(f"No keys in {file.path}; `precedent keys add NAME --scope read` makes the first.")


@keys.command("revoke", examples=["precedent keys revoke k3x9mzq2"])
@click.argument("key", metavar="ID")
@json_option
def revoke(key: str, as_json_: bool) -> None:
    """Withdraw a key for good, by its id or name.

    A running service follows in a second or two. What its holder kept (collections, saved searches)
    stays in a file of its own, which is named.
    """
    from library.place import library_of, library_path
    from search_api.access.audit import note_done

    revoked = _file().revoke(key)
    note_done("keys.revoke", f"{revoked.key_id} ({revoked.name})")
    if as_json_:
        as_json(_members(revoked))
        return
    click.echo(printable(f"{revoked.key_id} ({revoked.name}): revoked"))
    kept = library_of(revoked.key_id, library_path())
    if kept.exists():
        say(f"what its holder kept is in {kept}; delete that file if it is to go too")


def _file() -> KeyFile:
    from search_api.access.keys import KeyFile
    from search_api.access.place import keys_path

    return KeyFile(keys_path())


def _bounds(key: Key) -> str:
    parts = [", ".join(sorted(key.scopes))]
    if key.rate is not None:
        parts.append(f"{key.rate} a minute")
    if key.quota is not None:
        parts.append(f"{key.quota} a day")
    if key.expires_on is not None:
        parts.append(f"until {key.expires_on}")
    return " · ".join(parts)


def _members(key: Key) -> dict[str, Any]:
    return {
        "key_id": key.key_id,
        "name": key.name,
        "scopes": sorted(key.scopes),
        "state": key.state(),
        "created_at": key.created_at,
        "last_used": key.last_used,
        "expires_on": key.expires_on,
        "revoked_at": key.revoked_at,
        "rate": key.rate,
        "quota": key.quota,
        "old_until": key.old_until if key.keeps_old() else None,
    }
