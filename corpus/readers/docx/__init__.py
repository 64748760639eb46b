"""DOCX: what Word would show, as blocks."""
