-- What proves who somebody is beside the password, and what keeps strangers from trying.

ALTER TABLE login ADD COLUMN verified_at INTEGER; -- when the e-mail address was proven to be theirs

ALTER TABLE session ADD COLUMN proved_at     INTEGER NOT NULL DEFAULT 0; -- when its owner last proved who they are
ALTER TABLE session ADD COLUMN second_factor INTEGER NOT NULL DEFAULT 0; -- whether ever with a second factor

-- E-mails that are to be sent. What is in them is made when they are: no secret waits here.
CREATE TABLE mail (
    id      BLOB NOT NULL PRIMARY KEY,
    kind    TEXT NOT NULL,
    account BLOB,           -- to whom, or else
    address TEXT,           -- what somebody typed; whether there is such an account is looked up when it is sent
    at      INTEGER NOT NULL, -- when it is tried next
    until   INTEGER NOT NULL, -- when it is given up
    tries   INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX mail_at ON mail (at);

-- Secrets that are good once and for a while. Of each kind an account has one.
CREATE TABLE one_time (
    token   TEXT NOT NULL PRIMARY KEY, -- hash of the long form
    purpose TEXT NOT NULL,
    account BLOB NOT NULL,
    code    TEXT,                      -- hash of the short form, which is good with the e-mail address only
    device      BLOB,                  -- what a sign-in is to be finished for
    device_name TEXT,
    until   INTEGER NOT NULL,
    tries   INTEGER NOT NULL           -- wrong guesses so far
) WITHOUT ROWID;
CREATE INDEX one_time_account ON one_time (account, purpose);
CREATE INDEX one_time_until ON one_time (until);

CREATE TABLE totp (
    account      BLOB NOT NULL PRIMARY KEY,
    secret       BLOB NOT NULL, -- sealed with a key of the server
    confirmed_at INTEGER,       -- NULL: set up, and not yet shown to work
    last_step    INTEGER NOT NULL -- the step of the code used last: none is good twice
) WITHOUT ROWID;

CREATE TABLE recovery_code (
    account BLOB NOT NULL,
    code    TEXT NOT NULL, -- hash
    used_at INTEGER,
    PRIMARY KEY (account, code)
) WITHOUT ROWID;

CREATE TABLE api_token (
    id         BLOB NOT NULL PRIMARY KEY,
    account    BLOB NOT NULL,
    name       TEXT NOT NULL,
    token      TEXT NOT NULL, -- hash
    scopes     TEXT NOT NULL, -- between spaces
    created_at INTEGER NOT NULL,
    until      INTEGER NOT NULL,
    used_at    INTEGER,
    ended_at   INTEGER
) WITHOUT ROWID;
CREATE INDEX api_token_account ON api_token (account);

-- How often something may be tried. The key is a hash: no address and no e-mail stands here.
CREATE TABLE attempt (
    key      TEXT NOT NULL PRIMARY KEY,
    whole_at INTEGER NOT NULL -- when the allowance is whole again (GCRA's theoretical arrival time)
) WITHOUT ROWID;
CREATE INDEX attempt_whole ON attempt (whole_at);
