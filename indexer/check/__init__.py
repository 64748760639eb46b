"""`precedent check`: whether the catalogue and everything derived from it agree, row by row."""

from indexer.check.index import check_index
from indexer.check.report import Checked, Disagreement, Report

__all__ = ["Checked", "Disagreement", "Report", "check_index"]
