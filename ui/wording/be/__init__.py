"""Belarusian, in the orthography of 2008 and the terms of Belarusian human rights defenders."""
