PRAGMA user_version = 1;
BEGIN TRANSACTION;
CREATE TABLE documents (
    document_id TEXT PRIMARY KEY,
    symbol TEXT, title TEXT, kind TEXT, body TEXT, mandate TEXT,
    country TEXT NOT NULL,          -- JSON array of ISO 3166-1 alpha-3
    session TEXT, agenda_item TEXT, date TEXT, year INTEGER, language TEXT,
    source TEXT NOT NULL, sha256 TEXT NOT NULL,
    status TEXT, superseded_by TEXT,
    vote TEXT,                      -- JSON array: in favour, against, abstaining
    url TEXT, file_format TEXT, page_count INTEGER,
    quality TEXT NOT NULL,          -- JSON object of corpus.types.Quality
    warnings TEXT NOT NULL          -- JSON array
);
INSERT INTO "documents" VALUES('SAMPLE_2024_SR_1:en','SAMPLE/2024/SR/1','T','special-rapporteur-report',NULL,NULL,'[]',NULL,NULL,NULL,2024,'en','FOLDER/reports.jsonl','3f7f98000eab9ec32a513dbef72ea29b1ad16f348ed1ff33f77b269e7e6ebb80',NULL,NULL,NULL,NULL,'jsonl',NULL,'{"chain":2,"gaps":[],"unused_candidates":0,"first":1,"last":2,"restarts":0}','[]');
CREATE TABLE footnotes (
    document_id TEXT NOT NULL REFERENCES documents ON DELETE CASCADE,
    ordinal INTEGER NOT NULL,
    mark TEXT NOT NULL, text TEXT NOT NULL, page INTEGER, paragraph_id TEXT,
    PRIMARY KEY (document_id, ordinal)
) WITHOUT ROWID;
CREATE TABLE origins (
    document_id TEXT PRIMARY KEY REFERENCES documents ON DELETE CASCADE,
    source TEXT NOT NULL,
    reading TEXT NOT NULL           -- version of the readers and of chunking
) WITHOUT ROWID;
INSERT INTO "origins" VALUES('SAMPLE_2024_SR_1:en','FOLDER/reports.jsonl','1.1');
CREATE TABLE paragraphs (
    document_id TEXT NOT NULL REFERENCES documents ON DELETE CASCADE,
    ordinal INTEGER NOT NULL,       -- reading order, from 0
    paragraph_id TEXT NOT NULL, number TEXT, kind TEXT NOT NULL,
    section TEXT NOT NULL,          -- JSON array, outermost first
    pages TEXT NOT NULL,            -- JSON array, from 1
    text TEXT NOT NULL, verb TEXT,
    PRIMARY KEY (document_id, ordinal)
) WITHOUT ROWID;
INSERT INTO "paragraphs" VALUES('SAMPLE_2024_SR_1:en',0,'1','1','body','[]','[]','One word.',NULL);
INSERT INTO "paragraphs" VALUES('SAMPLE_2024_SR_1:en',1,'2','2','body','[]','[]','Two words.',NULL);
CREATE TABLE passages (
    document_id TEXT NOT NULL REFERENCES documents ON DELETE CASCADE,
    ordinal INTEGER NOT NULL,       -- of the paragraph
    part INTEGER NOT NULL, parts INTEGER NOT NULL,
    start INTEGER NOT NULL, "end" INTEGER NOT NULL,  -- characters in the paragraph's text
    passage_id TEXT NOT NULL UNIQUE,
    text_sha256 BLOB NOT NULL,      -- key of its vector
    PRIMARY KEY (document_id, ordinal, part)
) WITHOUT ROWID;
INSERT INTO "passages" VALUES('SAMPLE_2024_SR_1:en',0,1,1,0,9,'SAMPLE_2024_SR_1:en:1',X'46C8FE6BF318F3EA4266D2F4BABBA7D2CEF560F706F1A0BE92B3645BE403F637');
INSERT INTO "passages" VALUES('SAMPLE_2024_SR_1:en',1,1,1,0,10,'SAMPLE_2024_SR_1:en:2',X'A009B579E33ABAE21B05244A1963741D4C02F8FE594E0191C132CE6E8148B188');
CREATE TABLE sources (
    source TEXT PRIMARY KEY,
    sha256 TEXT NOT NULL,
    reading TEXT NOT NULL,          -- version of the readers and of chunking
    read_at TEXT NOT NULL
) WITHOUT ROWID;
INSERT INTO "sources" VALUES('FOLDER/reports.jsonl','05f57fdeadbfe5f04662eb719afb4f09659a72f574d999d5ca1b02ae5a49617c','1.1','2025-05-04T10:00:00+00:00');
CREATE TABLE state (
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL
) WITHOUT ROWID;
INSERT INTO "state" VALUES('change','1');
INSERT INTO "state" VALUES('model','fake ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff');
CREATE TABLE vectors (
    text_sha256 BLOB NOT NULL,
    model_digest TEXT NOT NULL,
    vector BLOB NOT NULL,           -- float16, little-endian, (dim,)
    PRIMARY KEY (text_sha256, model_digest)
) WITHOUT ROWID;
INSERT INTO "vectors" VALUES(X'46C8FE6BF318F3EA4266D2F4BABBA7D2CEF560F706F1A0BE92B3645BE403F637','ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff',X'3E1F0000000000000000A839A8390000');
INSERT INTO "vectors" VALUES(X'A009B579E33ABAE21B05244A1963741D4C02F8FE594E0191C132CE6E8148B188','ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff',X'3E1F00000000000000000000A8B9A839');
CREATE INDEX documents_symbol ON documents (symbol);
CREATE INDEX origins_source ON origins (source);
CREATE INDEX passages_text ON passages (text_sha256);
COMMIT;
