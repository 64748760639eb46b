"""Citations in the forms that people are asked for: UN footnote, OSCOLA, Chicago."""

from workbench.citing.forms import FORMS, Form
from workbench.citing.notes import notes
from workbench.citing.source import Source

__all__ = ["FORMS", "Form", "Source", "notes"]
