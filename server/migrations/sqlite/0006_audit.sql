-- Seals over the audit: each holds the hash of its lines and of the seal before, signed. See server/src/audit/seal.rs.
CREATE TABLE audit_seal (
    number     INTEGER PRIMARY KEY, -- from 1, without gaps
    last_line  INTEGER NOT NULL,    -- the lines after those of the seal before, up to this one
    line_count INTEGER NOT NULL,
    at         INTEGER NOT NULL,
    hash       TEXT NOT NULL,
    signature  TEXT NOT NULL
);
CREATE TRIGGER audit_seal_is_kept BEFORE DELETE ON audit_seal BEGIN SELECT RAISE(ABORT, 'audit_seal_is_kept'); END;
CREATE TRIGGER audit_seal_stays BEFORE UPDATE ON audit_seal BEGIN SELECT RAISE(ABORT, 'audit_seal_stays'); END;

-- Who looked at somebody's things is asked for by whose they are.
CREATE INDEX audit_read ON audit (subject, seq) WHERE command >= 'read.' AND command < 'read/';
