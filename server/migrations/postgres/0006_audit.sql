-- Seals over the audit: each holds the hash of its lines and of the seal before, signed. See server/src/audit/seal.rs.
CREATE TABLE audit_seal (
    number     bigint NOT NULL PRIMARY KEY, -- from 1, without gaps
    last_line  bigint NOT NULL,             -- the lines after those of the seal before, up to this one
    line_count bigint NOT NULL,
    at         bigint NOT NULL,
    hash       text   NOT NULL,
    signature  text   NOT NULL
);
CREATE TRIGGER audit_seal_is_kept BEFORE DELETE OR UPDATE ON audit_seal FOR EACH ROW EXECUTE FUNCTION audit_is_kept();

-- Who looked at somebody's things is asked for by whose they are.
CREATE INDEX audit_read ON audit (subject, seq) WHERE command >= 'read.' AND command < 'read/';
