"""Where the search for bad text begins: a few good lines for each target."""

from __future__ import annotations

__all__ = ["TEXT_SEEDS"]

_DRAFT = """Title of a statement, item 4

Recalling paragraph 12 of Human Rights Council resolution 31/32 (A/HRC/RES/31/32, OP 12), “the
rights of the people of the river” (CCPR/C/GC/37, paras. 3-5 and 7 (a)), ibid., para. 9.[^1]

[^1]: General comment No. 37, para. 14; see also PP3 of resolution 60/251.
"""

TEXT_SEEDS: dict[str, tuple[bytes, ...]] = {
    "answers": (
        b'["()","result",["[]",["Document","A_1:en","A/1","A title","resolution","A body","A manda'
        b'te",["()","BLR"],"1","2","2024-01-02",2024,"en","a.pdf","0000000000000000000000000000000'
        b'000000000000000000000000000000000",["()",["Paragraph","1","1","body",["()","A title"],["'
        b'()",1,2],"Words.","Urges",["()","States"],["()","BLR"],["()",["Box",1,0.0,1.0,2.0,3.0]],'
        b'true]],["()",["Footnote","1","A note.",1,"1"]],["Quality",1,["()",2],3,1,4,0,["()",5],["'
        b'()",6],["()",7]],["()","A warning."],"draft","A/2",["()",1,2,3],"https://example.org","p'
        b'df",3,"A holder","GE.1",["()",["Relation","revises","A/3"]],null]]]',
        b'["()","part",["[]",["KnownRecord",3,"0"],["DamagedFileError","a","b","c"]]]',
        b'["()","result",["()",["Row","a.csv","a.csv, line 2","*.pdf",["{}","year",2024],null]]]',
        b'["()","failure",["()","KeyError: 1","a trace"]]',
    ),
    "head": (
        b"<?xml version='1.0'?><!-- a --> <html>",
        b'{"symbol": "A/80/1"}\n',
        b"PK\x03\x04word/",
        "<p>words</p>".encode("utf-16-le"),
        "Слова людей".encode("koi8-u"),
    ),
    "query": (
        b'water body:"Human Rights Committee" -mining year:2010..2015 "right to food"',
        b"A/HRC/15/16, paras. 24-26",
        "«право на воду» -symbol:A/RES/* язык:ru".encode(),
    ),
    "symbols": (
        b"see A/HRC/RES/31/32, CCPR/C/GC/37 and S/RES/1325 (2000); E/CN.4/2000/3/Add.1-2",
        b"https://undocs.org/en/A/HRC/15/16?direct=true",
    ),
    "citations": (
        b"A/HRC/15/16, paras. 24-26 and 111 (4)",
        "A/80/1, пункты 3–5".encode(),
        b"A/80/1, third preambular paragraph",
        b"A/80/1, PP4",
    ),
    "drafts": (_DRAFT.encode(),),
    "table": (
        b"Issue,Suggested language,Where inserted,UN reference,Justification\r\n"
        b'Water,\'=1+1,"a ""b""",A/80/1,\r\n',
        "Issue;Justification\r\nWater;x\r\n".encode("utf-16"),
    ),
    "library": (
        b'{"format":"precedent-library","version":1,"collections":[{"name":"a","note":"","tags":[],'
        b'"created_at":"2024-01-01T00:00:00Z","entries":[]}],"searches":[]}',
    ),
    "sidecar": (
        b'symbol = "A/80/1"\ntitle = "T"\ndate = 2024-01-02\ncountry = ["BY"]\nyear = 2024',
    ),
    "folder-toml": (b'["*.pdf"]\nkind = "report"\n["a.pdf"]\ndate = "2024-05"\n',),
    "folder-csv": (
        b'file,symbol,title,country,note\na.pdf,A/80/1,"T, and",BY;RU,x\n*.pdf,,null,,\n',
    ),
    "standing": (
        b'[members]\nHRC = 47\n[[standing]]\nname="a"\nlabel="b"\ncounts=true\nkinds=["report"]\n',
    ),
    "manifest": (
        b'{"snapshot_version": 3, "analysis": 1, "encoder": {"name": "a"}, "languages": ["en"]}',
    ),
}
