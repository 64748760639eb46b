"""Whose web pages may speak to this server: decided without asking the network who we are.

Where a request comes from another site, Streamlit wants to know whether that site is this computer
under its public address, and asks checkip.amazonaws.com. So any site open in the browser could make
this computer call there. The page answers to the names of the loopback alone (`ui.launch`), and
needs to know of no other.
"""

from __future__ import annotations

from streamlit import net_util

__all__ = ["ask_nobody"]


def ask_nobody() -> None:
    """Have Streamlit know no address of this computer but the loopback's."""
    net_util.get_internal_ip = _unknown
    net_util.get_external_ip = _unknown


def _unknown() -> str | None:
    return None
