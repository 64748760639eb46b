"""Every string of the page that checks citations; see `ui.wording.common`."""

from __future__ import annotations

PAGE = "Check citations"
TITLE = "Do your sources say so?"
INTRO = (
    "Paste a draft, or one citation and what it is said to say. Every citation is looked up: "
    "whether its words stand in that paragraph, in another one, or nowhere."
)
TEXT = "Draft or citation"
TEXT_PLACEHOLDER = "The Committee stated that “…” (CCPR/C/GC/32, para. 19)."
CLAIM = "What the one citation is said to say (optional)"
CLAIM_HELP = (
    "Only for a single citation above. Words in quotation marks must stand there as they are."
)
UPLOAD = "Or read a file: DOCX, TXT, PDF"
UPLOAD_TOO_LARGE = (
    "{name} is too large to be sent even without its pictures; check it with `precedent verify`."
)
UPLOAD_READ = "Read {name}: {words:,} words. What was read stands in the box above."
CHECK = "Check citations"
TOO_LONG = (
    "This is longer than {most:,} characters. Check it in parts, notes together with their text, "
    "or with `precedent verify FILE`, which takes a text of any length."
)
CHECKING = "Checked {done} of {total} citations"
STOPPED = "Only {done} of {total} citations were checked."
ONLY_WRONG = "Show only what needs a look"
NONE_WRONG = "Nothing needs a look: all is right or said in other words."
ONE = "1 citation"
MANY = "{count} citations"
CLAIMED = "Claimed"
QUOTED = "Quoted"
IN_SOURCE = "In the source"
NEAREST_IN_SOURCE = "Nearest in the source"
READ_AS = "read as {citation}"
IN_NOTE = "note {mark}"
MARKED = "Struck words are not in the source; underlined ones are, and were left out or changed."

VERDICTS = {
    "right": "Right",
    "misquoted": "Misquoted",
    "other-paragraph": "Another paragraph",
    "other-document": "Another document",
    "paraphrased": "In other words",
    "not-there": "Not there",
    "no-such-paragraph": "No such paragraph",
    "not-held": "Not held here",
    "malformed": "Not a symbol",
    "nothing-claimed": "Nothing to check",
}

STATEMENT = "Length and speaking time"
STATEMENT_EMPTY = "Paste or read a statement to count it."
STATEMENT_TOO_LONG = (
    "This is longer than {most:,} characters, too long to be counted here. Count it in parts."
)
PACE = "Words a minute"
PACE_USUAL = "usual for the language"
PACE_HELP = (
    "Your own pace; of Chinese, characters. What is given is an assumption for the language."
)
COUNTED = (
    "{words:,} {unit} in the body (title {title:,}, between quotation marks {quoted:,}); "
    "notes apart: {notes:,}."
)
UNITS = {"words": "words", "characters": "characters"}
LIMIT = "Written, {status}: {words:,}"
TIME = "Oral, {minutes:g} min: {words:,}"
WITHIN = "within"
OVER = "{over:,} too many"
CUT = "The limit is reached at “… {words}”."
ALOUD = "Read aloud: {minutes} min {seconds:02} s at {pace} {unit} a minute."
COUNTING_RULE = (
    "Counted as word processors count: what stands between spaces, title and quotations included. "
    "Oral statements have about two minutes as a rule; other times occur."
)
