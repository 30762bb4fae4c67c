-- The record tables, as in core/records/src/tables.sql. `json`, not `jsonb`: bodies stay as the rules wrote them.

CREATE EXTENSION IF NOT EXISTS btree_gist;

CREATE TABLE record (
    kind text   NOT NULL,
    id   uuid   NOT NULL,
    rev  bigint NOT NULL,
    body json, -- NULL: removed
    PRIMARY KEY (kind, id)
);

CREATE TABLE uniq (
    key  text COLLATE "C" NOT NULL PRIMARY KEY,
    kind text NOT NULL,
    id   uuid NOT NULL
);

CREATE TABLE idx (
    name  text NOT NULL,
    owner uuid NOT NULL,
    sort  text COLLATE "C" NOT NULL,
    kind  text NOT NULL,
    id    uuid NOT NULL,
    PRIMARY KEY (name, owner, sort, kind, id)
);

-- Time is taken once: by one session, and within a session one seat by one record.
CREATE TABLE span (
    resource uuid    NOT NULL,
    start    bigint  NOT NULL,
    until    bigint  NOT NULL,
    session  uuid    NOT NULL,
    seat     integer NOT NULL,
    kind     text    NOT NULL,
    id       uuid    NOT NULL,
    during   int8range GENERATED ALWAYS AS (int8range(start, until)) STORED,
    PRIMARY KEY (resource, start, kind, id, seat),
    CONSTRAINT one_session EXCLUDE USING gist (resource WITH =, session WITH <>, during WITH &&),
    CONSTRAINT one_seat EXCLUDE USING gist (resource WITH =, session WITH =, seat WITH =, during WITH &&)
);
