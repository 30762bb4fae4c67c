-- What this device has seen of keys and sealed content, and holds everyone to from then on.

-- The device list of an account, checked when it came. Ids and hashes are bytes; entries are JSON.
CREATE TABLE pin (
    account  BLOB NOT NULL PRIMARY KEY,
    identity BLOB NOT NULL,
    length   INTEGER NOT NULL,
    hash     BLOB NOT NULL,
    entries  TEXT NOT NULL,
    -- Whose account it is, where it is a doctor's.
    doctor   BLOB,
    -- A list under another identity key that was shown since. Nothing is sealed to either until the person has said that it
    -- is right.
    doubt    TEXT
) WITHOUT ROWID;

-- How far the member log of a vault goes.
CREATE TABLE log_head (
    vault  BLOB NOT NULL PRIMARY KEY,
    length INTEGER NOT NULL,
    hash   BLOB NOT NULL
) WITHOUT ROWID;

-- The highest revision of an entry.
CREATE TABLE seen (
    entry    BLOB NOT NULL PRIMARY KEY,
    revision INTEGER NOT NULL
) WITHOUT ROWID;
