"""Files made of passages: bibliographies, spreadsheets, Word documents, the negotiation table."""

from workbench.export.entry import Entry
from workbench.export.table import COLUMNS, Row

__all__ = ["COLUMNS", "Entry", "Row"]
