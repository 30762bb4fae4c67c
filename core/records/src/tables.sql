-- Ids are 16 bytes, instants microseconds since 1970, kinds and index names their names on the wire.

-- Not WITHOUT ROWID: bodies are long, and long rows are slow in an index tree.
CREATE TABLE record (
    kind TEXT NOT NULL,
    id   BLOB NOT NULL,
    rev  INTEGER NOT NULL,
    body TEXT, -- NULL: removed
    PRIMARY KEY (kind, id)
);

CREATE TABLE uniq (
    key  TEXT NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL,
    id   BLOB NOT NULL
) WITHOUT ROWID;

CREATE TABLE idx (
    name  TEXT NOT NULL,
    owner BLOB NOT NULL,
    sort  TEXT NOT NULL,
    kind  TEXT NOT NULL,
    id    BLOB NOT NULL,
    PRIMARY KEY (name, owner, sort, kind, id)
) WITHOUT ROWID;

CREATE TABLE span (
    resource BLOB NOT NULL,
    start    INTEGER NOT NULL,
    until    INTEGER NOT NULL,
    session  BLOB NOT NULL,
    seat     INTEGER NOT NULL,
    kind     TEXT NOT NULL,
    id       BLOB NOT NULL,
    PRIMARY KEY (resource, start, kind, id, seat)
) WITHOUT ROWID;
