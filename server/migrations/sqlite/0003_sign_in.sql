-- Who may sign in, and from which devices they are. An account without a row in `login` is one nobody can sign in to.

CREATE TABLE login (
    account    BLOB NOT NULL PRIMARY KEY,
    password   TEXT NOT NULL, -- Argon2id, a PHC string
    changed_at INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE session (
    id               BLOB NOT NULL PRIMARY KEY,
    account          BLOB NOT NULL,
    device           BLOB NOT NULL,
    device_name      TEXT NOT NULL,
    created_at       INTEGER NOT NULL,
    used_at          INTEGER NOT NULL,
    token            TEXT NOT NULL, -- hash of the refresh token
    previous_token   TEXT,          -- hash of the one before
    previous_salt    BLOB,
    previous_repeats INTEGER NOT NULL DEFAULT 0,
    ended_at         INTEGER
) WITHOUT ROWID;
CREATE INDEX session_account ON session (account, device);

-- What a REST write with an idempotency key was answered, so that a second sending gets the same.
CREATE TABLE answer (
    account BLOB NOT NULL,
    command BLOB NOT NULL,
    at      INTEGER NOT NULL,
    status  INTEGER NOT NULL,
    body    TEXT NOT NULL,
    PRIMARY KEY (account, command)
) WITHOUT ROWID;
CREATE INDEX answer_at ON answer (at);
