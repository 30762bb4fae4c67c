-- What the server keeps beside the records. Ids are 16 bytes, instants microseconds since 1970.

CREATE TABLE meta (
    name  TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
) WITHOUT ROWID;

-- Time is taken once. The rules see to it; should one ever fail to, this does.
CREATE TRIGGER span_is_free BEFORE INSERT ON span
WHEN EXISTS (
    SELECT 1 FROM span s WHERE s.resource = NEW.resource AND s.start < NEW.until AND s.until > NEW.start
        AND (s.session <> NEW.session OR s.seat = NEW.seat)
)
BEGIN
    SELECT RAISE(ABORT, 'span_is_free');
END;

-- Who may read a record.
CREATE TABLE scope (
    scope TEXT NOT NULL,
    kind  TEXT NOT NULL,
    id    BLOB NOT NULL,
    PRIMARY KEY (scope, kind, id)
) WITHOUT ROWID;

CREATE TABLE bucket (
    id    TEXT NOT NULL PRIMARY KEY,
    head  INTEGER NOT NULL,
    floor INTEGER NOT NULL, -- older cursors cannot be served
    hash  TEXT NOT NULL     -- over the live entries, 32 hex digits
) WITHOUT ROWID;

-- The last thing that happened to a record in a bucket.
CREATE TABLE entry (
    bucket  TEXT NOT NULL,
    kind    TEXT NOT NULL,
    id      BLOB NOT NULL,
    seq     INTEGER NOT NULL,
    rev     INTEGER NOT NULL,
    deleted INTEGER NOT NULL,
    PRIMARY KEY (bucket, kind, id)
) WITHOUT ROWID;
CREATE UNIQUE INDEX entry_seq ON entry (bucket, seq);

-- Which account may hold which bucket. The generation goes up when it is given again after it was taken.
CREATE TABLE granted (
    account    BLOB NOT NULL,
    bucket     TEXT NOT NULL,
    generation INTEGER NOT NULL,
    live       INTEGER NOT NULL,
    PRIMARY KEY (account, bucket)
) WITHOUT ROWID;

-- The result of each command, so that a second sending gets the same answer.
CREATE TABLE command (
    account BLOB NOT NULL,
    id      BLOB NOT NULL,
    digest  TEXT NOT NULL,
    at      INTEGER NOT NULL,
    outcome TEXT NOT NULL,
    PRIMARY KEY (account, id)
) WITHOUT ROWID;
CREATE INDEX command_at ON command (at);

-- How far each device's lanes have come.
CREATE TABLE lane (
    account BLOB NOT NULL,
    device  BLOB NOT NULL,
    lane    TEXT NOT NULL,
    seq     INTEGER NOT NULL,
    PRIMARY KEY (account, device, lane)
) WITHOUT ROWID;

-- Commands the server is to run by itself.
CREATE TABLE due (
    key     TEXT NOT NULL PRIMARY KEY,
    at      INTEGER NOT NULL,
    command TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX due_at ON due (at);

-- Who did what. No personal data: ids only.
CREATE TABLE audit (
    seq          INTEGER PRIMARY KEY AUTOINCREMENT,
    at           INTEGER NOT NULL,
    actor        BLOB, -- NULL: the server
    command      TEXT NOT NULL,
    command_id   BLOB NOT NULL,
    subject_kind TEXT,
    subject      BLOB,
    outcome      TEXT NOT NULL, -- accepted, or the code of the refusal
    scopes       TEXT NOT NULL  -- clinics and support that may see the line, each between spaces
);
CREATE TRIGGER audit_is_kept BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'audit_is_kept'); END;
CREATE TRIGGER audit_stays BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'audit_stays'); END;
