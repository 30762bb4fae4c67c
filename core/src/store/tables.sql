-- What a device keeps beside the record tables. Ids are 16 bytes, buckets and kinds their names on the wire, instants
-- microseconds since 1970.

-- Single values: the incarnation, tokens, when the last sync was.
CREATE TABLE meta (
    key   TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
) WITHOUT ROWID;

-- The buckets this account may hold, and how far this device is in each.
CREATE TABLE bucket (
    name       TEXT NOT NULL PRIMARY KEY,
    generation INTEGER NOT NULL,
    seq        INTEGER NOT NULL,
    hash       TEXT NOT NULL,
    -- Its hash differed from the server's: fetch it anew.
    suspect    INTEGER NOT NULL DEFAULT 0,
    -- Revoked: its rows are hidden from now on and purged in slices.
    hidden     INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;

-- Which bucket holds which row, at which revision.
CREATE TABLE member (
    bucket TEXT NOT NULL,
    kind   TEXT NOT NULL,
    id     BLOB NOT NULL,
    rev    INTEGER NOT NULL,
    -- Held before a bucket is fetched anew, and not seen again so far.
    stale  INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (bucket, kind, id)
) WITHOUT ROWID;
CREATE INDEX member_of_row ON member (kind, id);

-- Rows of kinds that this build does not know, kept for the build that does.
CREATE TABLE aside (
    kind TEXT NOT NULL,
    id   BLOB NOT NULL,
    rev  INTEGER NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (kind, id)
);

-- The server's form of rows that pending commands have changed in `record`. NULL: the server has no such row.
CREATE TABLE shadow (
    kind TEXT NOT NULL,
    id   BLOB NOT NULL,
    rev  INTEGER NOT NULL,
    body TEXT,
    PRIMARY KEY (kind, id)
);

-- Commands, in the order submitted, until the server's answer has arrived in the rows.
CREATE TABLE outbox (
    position     INTEGER PRIMARY KEY AUTOINCREMENT,
    id           BLOB NOT NULL UNIQUE,
    lane         TEXT NOT NULL,
    name         TEXT NOT NULL,
    args         TEXT NOT NULL,
    schema       INTEGER NOT NULL,
    depends_on   TEXT NOT NULL,
    replaces     BLOB,
    submitted_at INTEGER NOT NULL,
    state        TEXT NOT NULL CHECK (state IN ('pending', 'sent', 'accepted', 'refused', 'withdrawn')),
    -- The envelope as it was first sent, and its number in the lane.
    bytes        TEXT,
    seq          INTEGER,
    refusal      TEXT,
    -- Accepted: the entries it wrote, and the number of the last pull begun before that was known.
    awaits       TEXT,
    acked_at_pull INTEGER
);

-- Rows that commands of the outbox have written in the overlay.
CREATE TABLE touched (
    command BLOB NOT NULL,
    kind    TEXT NOT NULL,
    id      BLOB NOT NULL,
    PRIMARY KEY (command, kind, id)
) WITHOUT ROWID;
CREATE INDEX touched_row ON touched (kind, id);

-- The next number in each lane.
CREATE TABLE lane (
    name TEXT NOT NULL PRIMARY KEY,
    next INTEGER NOT NULL
) WITHOUT ROWID;

-- The server's signed answers.
CREATE TABLE receipt (
    command BLOB NOT NULL PRIMARY KEY,
    at      INTEGER NOT NULL,
    body    TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX receipt_at ON receipt (at);

-- Pages of a pull that has not ended yet.
CREATE TABLE staging (
    position INTEGER PRIMARY KEY,
    bucket   TEXT NOT NULL,
    rows     TEXT NOT NULL
);

-- Answers of the server to questions, for when it cannot be reached.
CREATE TABLE answer (
    question TEXT NOT NULL PRIMARY KEY,
    as_of    INTEGER NOT NULL,
    body     TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX answer_as_of ON answer (as_of);
