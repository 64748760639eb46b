PRAGMA user_version = 2;
BEGIN TRANSACTION;
CREATE TABLE copies (
    source TEXT NOT NULL,           -- file that holds the same bytes as the document's own
    document_id TEXT NOT NULL,
    sha256 TEXT NOT NULL,           -- of those bytes: once the document has others, it is no copy
    PRIMARY KEY (source, document_id)
) WITHOUT ROWID;
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
, mandate_holder TEXT, job_number TEXT, relations TEXT NOT NULL DEFAULT '[]', concerns TEXT);
INSERT INTO "documents" VALUES('SAMPLE_2023_SR_1:en','SAMPLE/2023/SR/1','An invented report','special-rapporteur-report',NULL,NULL,'[]',NULL,NULL,NULL,2023,'en','FOLDER/reports.jsonl','2bf4f7d2fcc75b05f70f9c85e9727740b57324da722c9816d0038a974ce56f3b',NULL,NULL,NULL,NULL,'jsonl',NULL,'{"chain":2,"gaps":[],"unused_candidates":0,"first":1,"last":2,"restarts":0,"repeats":[],"ocr_pages":[],"textless_pages":[]}','[]',NULL,NULL,'[]','[]');
INSERT INTO "documents" VALUES('SAMPLE_2024_SR_2:en','SAMPLE/2024/SR/2','An invented report','special-rapporteur-report',NULL,NULL,'[]',NULL,NULL,NULL,2024,'en','FOLDER/reports.jsonl','7277455ebc69cacaa857a690c63bdb14683b5627b47d64dd45e91d6ce6550bbf',NULL,NULL,NULL,NULL,'jsonl',NULL,'{"chain":2,"gaps":[],"unused_candidates":0,"first":1,"last":2,"restarts":0,"repeats":[],"ocr_pages":[],"textless_pages":[]}','[]',NULL,NULL,'[]','[]');
INSERT INTO "documents" VALUES('SAMPLE_2024_SR_2:fr','SAMPLE/2024/SR/2','An invented report','special-rapporteur-report',NULL,NULL,'[]',NULL,NULL,NULL,2024,'fr','FOLDER/reports.jsonl','b4e0271e5666b47da2157e3a682e3cbf3046a073da8da13ac4cda5622edf470b',NULL,NULL,NULL,NULL,'jsonl',NULL,'{"chain":2,"gaps":[],"unused_candidates":0,"first":1,"last":2,"restarts":0,"repeats":[],"ocr_pages":[],"textless_pages":[]}','[]',NULL,NULL,'[]','[]');
CREATE TABLE failures (
    source TEXT PRIMARY KEY,        -- file, or file and line
    origin TEXT NOT NULL,           -- the file
    kind TEXT NOT NULL,             -- one of indexer.report.KINDS
    reason TEXT NOT NULL,
    at TEXT NOT NULL                -- ISO 8601, UTC
) WITHOUT ROWID;
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
INSERT INTO "origins" VALUES('SAMPLE_2023_SR_1:en','FOLDER/reports.jsonl','2.1');
INSERT INTO "origins" VALUES('SAMPLE_2024_SR_2:en','FOLDER/reports.jsonl','2.1');
INSERT INTO "origins" VALUES('SAMPLE_2024_SR_2:fr','FOLDER/reports.jsonl','2.1');
CREATE TABLE paragraphs (
    document_id TEXT NOT NULL REFERENCES documents ON DELETE CASCADE,
    ordinal INTEGER NOT NULL,       -- reading order, from 0
    paragraph_id TEXT NOT NULL, number TEXT, kind TEXT NOT NULL,
    section TEXT NOT NULL,          -- JSON array, outermost first
    pages TEXT NOT NULL,            -- JSON array, from 1
    text TEXT NOT NULL, verb TEXT, addressees TEXT, states TEXT, boxes TEXT, ocr INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (document_id, ordinal)
) WITHOUT ROWID;
INSERT INTO "paragraphs" VALUES('SAMPLE_2023_SR_1:en',0,'1','1','body','[]','[]','The orchard has nine wells.',NULL,NULL,NULL,NULL,0);
INSERT INTO "paragraphs" VALUES('SAMPLE_2023_SR_1:en',1,'2','2','body','[]','[]','Every well is guarded.',NULL,NULL,NULL,NULL,0);
INSERT INTO "paragraphs" VALUES('SAMPLE_2024_SR_2:en',0,'1','1','body','[]','[]','Lawyers wait at the gate.',NULL,NULL,NULL,NULL,0);
INSERT INTO "paragraphs" VALUES('SAMPLE_2024_SR_2:en',1,'2','2','body','[]','[]','Nobody lets them in.',NULL,NULL,NULL,NULL,0);
INSERT INTO "paragraphs" VALUES('SAMPLE_2024_SR_2:fr',0,'1','1','body','[]','[]','Les avocats attendent.',NULL,NULL,NULL,NULL,0);
INSERT INTO "paragraphs" VALUES('SAMPLE_2024_SR_2:fr',1,'2','2','body','[]','[]','Personne ne leur ouvre.',NULL,NULL,NULL,NULL,0);
CREATE TABLE passages (
    document_id TEXT NOT NULL REFERENCES documents ON DELETE CASCADE,
    ordinal INTEGER NOT NULL,       -- of the paragraph
    part INTEGER NOT NULL, parts INTEGER NOT NULL,
    start INTEGER NOT NULL, "end" INTEGER NOT NULL,  -- characters in the paragraph's text
    passage_id TEXT NOT NULL UNIQUE,
    text_sha256 BLOB NOT NULL,      -- key of its vector
    PRIMARY KEY (document_id, ordinal, part)
) WITHOUT ROWID;
INSERT INTO "passages" VALUES('SAMPLE_2023_SR_1:en',0,1,1,0,27,'SAMPLE_2023_SR_1:en:1',X'E5B89F571EF4E3510E1757D07A3418355335973A4842E0710391489367E8FB4A');
INSERT INTO "passages" VALUES('SAMPLE_2023_SR_1:en',1,1,1,0,22,'SAMPLE_2023_SR_1:en:2',X'4E03A6CD2596C61DCB6CD2324AC7629C8850A58FC4923D07B6EA751E75C8BEEF');
INSERT INTO "passages" VALUES('SAMPLE_2024_SR_2:en',0,1,1,0,25,'SAMPLE_2024_SR_2:en:1',X'A7A53AA41DA3F9100E3B29366CBC8FDA90C9FDC8CB65C80DD4B97F6FF09A2C7E');
INSERT INTO "passages" VALUES('SAMPLE_2024_SR_2:en',1,1,1,0,20,'SAMPLE_2024_SR_2:en:2',X'79CF074EA2E1B0B21067FD893C914F43B1703211779B600447C2D26438D09CD4');
INSERT INTO "passages" VALUES('SAMPLE_2024_SR_2:fr',0,1,1,0,22,'SAMPLE_2024_SR_2:fr:1',X'6730424DC538A7E8D1759DB7D3705E89E310251CA1FD66ED7EE480C1A922D567');
INSERT INTO "passages" VALUES('SAMPLE_2024_SR_2:fr',1,1,1,0,23,'SAMPLE_2024_SR_2:fr:2',X'14A5BCC6AA95C4E80E5D5ABD6AB72912CD8E178BEC5CCEEFC9A6D54C6F0515F8');
CREATE TABLE sketches (
    document_id TEXT PRIMARY KEY REFERENCES documents ON DELETE CASCADE,
    shingles INTEGER NOT NULL,      -- distinct ones of the whole text
    sketch BLOB NOT NULL            -- the sample of them (indexer.likeness), little-endian uint64
) WITHOUT ROWID;
INSERT INTO "sketches" VALUES('SAMPLE_2023_SR_1:en',5,X'');
INSERT INTO "sketches" VALUES('SAMPLE_2024_SR_2:en',5,X'');
INSERT INTO "sketches" VALUES('SAMPLE_2024_SR_2:fr',3,X'');
CREATE TABLE sources (
    source TEXT PRIMARY KEY,
    sha256 TEXT NOT NULL,
    reading TEXT NOT NULL,          -- version of the readers and of chunking
    read_at TEXT NOT NULL
) WITHOUT ROWID;
INSERT INTO "sources" VALUES('FOLDER/reports.jsonl','97775c774cfc756fc24dcd9c83197fada788a5e7c1a437290939d5a4804cf4ca','2.1','2026-11-23T07:34:46+00:00');
CREATE TABLE state (
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL
) WITHOUT ROWID;
INSERT INTO "state" VALUES('change','3');
INSERT INTO "state" VALUES('model','fake ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff');
CREATE TABLE vectors (
    text_sha256 BLOB NOT NULL,
    model_digest TEXT NOT NULL,
    vector BLOB NOT NULL,           -- float16, little-endian, (dim,)
    PRIMARY KEY (text_sha256, model_digest)
) WITHOUT ROWID;
INSERT INTO "vectors" VALUES(X'14A5BCC6AA95C4E80E5D5ABD6AB72912CD8E178BEC5CCEEFC9A6D54C6F0515F8','ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff',X'AF39A1B9000000000000000000000000');
INSERT INTO "vectors" VALUES(X'4E03A6CD2596C61DCB6CD2324AC7629C8850A58FC4923D07B6EA751E75C8BEEF','ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff',X'2E1C883A00000000000088B688360000');
INSERT INTO "vectors" VALUES(X'6730424DC538A7E8D1759DB7D3705E89E310251CA1FD66ED7EE480C1A922D567','ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff',X'941C00000000283700000000000028BB');
INSERT INTO "vectors" VALUES(X'79CF074EA2E1B0B21067FD893C914F43B1703211779B600447C2D26438D09CD4','ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff',X'2E1C00008836883A88B6000000000000');
INSERT INTO "vectors" VALUES(X'A7A53AA41DA3F9100E3B29366CBC8FDA90C9FDC8CB65C80DD4B97F6FF09A2C7E','ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff',X'E91D000000009E3800009E3800009EB8');
INSERT INTO "vectors" VALUES(X'E5B89F571EF4E3510E1757D07A3418355335973A4842E0710391489367E8FB4A','ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff',X'19B72BB7000000002B372B372B370000');
CREATE INDEX documents_symbol ON documents (symbol);
CREATE INDEX origins_source ON origins (source);
CREATE INDEX passages_text ON passages (text_sha256);
CREATE INDEX failures_origin ON failures (origin);
COMMIT;
