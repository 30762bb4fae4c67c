-- What the server keeps beside the records. Instants are microseconds since 1970.

-- Who may read a record.
CREATE TABLE scope (
    scope text NOT NULL,
    kind  text NOT NULL,
    id    uuid NOT NULL,
    PRIMARY KEY (scope, kind, id)
);

CREATE TABLE bucket (
    id    text COLLATE "C" NOT NULL PRIMARY KEY,
    head  bigint NOT NULL,
    floor bigint NOT NULL, -- older cursors cannot be served
    hash  text NOT NULL     -- over the live entries, 32 hex digits
);

-- The last thing that happened to a record in a bucket.
CREATE TABLE entry (
    bucket  text NOT NULL,
    kind    text NOT NULL,
    id      uuid NOT NULL,
    seq     bigint NOT NULL,
    rev     bigint NOT NULL,
    deleted bigint NOT NULL,
    PRIMARY KEY (bucket, kind, id)
);
CREATE UNIQUE INDEX entry_seq ON entry (bucket, seq);

-- Which account may hold which bucket. The generation goes up when it is given again after it was taken.
CREATE TABLE granted (
    account    uuid NOT NULL,
    bucket     text NOT NULL,
    generation bigint NOT NULL,
    live       bigint NOT NULL,
    PRIMARY KEY (account, bucket)
);

-- The result of each command, so that a second sending gets the same answer.
CREATE TABLE command (
    account uuid NOT NULL,
    id      uuid NOT NULL,
    digest  text NOT NULL,
    at      bigint NOT NULL,
    outcome text NOT NULL,
    PRIMARY KEY (account, id)
);
CREATE INDEX command_at ON command (at);

-- How far each device's lanes have come.
CREATE TABLE lane (
    account uuid NOT NULL,
    device  uuid NOT NULL,
    lane    text NOT NULL,
    seq     bigint NOT NULL,
    PRIMARY KEY (account, device, lane)
);

-- Commands the server is to run by itself.
CREATE TABLE due (
    key     text NOT NULL PRIMARY KEY,
    at      bigint NOT NULL,
    command text NOT NULL
);
CREATE INDEX due_at ON due (at);

-- Who did what. No personal data: ids only.
CREATE TABLE audit (
    seq          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at           bigint NOT NULL,
    actor        uuid, -- NULL: the server
    command      text NOT NULL,
    command_id   uuid NOT NULL,
    subject_kind text,
    subject      uuid,
    outcome      text NOT NULL, -- accepted, or the code of the refusal
    scopes       text NOT NULL  -- clinics and support that may see the line, each between spaces
);

CREATE FUNCTION audit_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'audit lines are neither changed nor removed';
END $$;
CREATE TRIGGER audit_is_kept BEFORE DELETE OR UPDATE ON audit FOR EACH ROW EXECUTE FUNCTION audit_is_kept();
