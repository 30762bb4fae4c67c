-- Who may sign in, and from which devices they are. An account without a row in `login` is one nobody can sign in to.

CREATE TABLE login (
    account    uuid   NOT NULL PRIMARY KEY,
    password   text   NOT NULL, -- Argon2id, a PHC string
    changed_at bigint NOT NULL
);

CREATE TABLE session (
    id               uuid   NOT NULL PRIMARY KEY,
    account          uuid   NOT NULL,
    device           uuid   NOT NULL,
    device_name      text   NOT NULL,
    created_at       bigint NOT NULL,
    used_at          bigint NOT NULL,
    token            text   NOT NULL, -- hash of the refresh token
    previous_token   text,            -- hash of the one before
    previous_salt    bytea,
    previous_repeats bigint NOT NULL DEFAULT 0,
    ended_at         bigint
);
CREATE INDEX session_account ON session (account, device);

-- What a REST write with an idempotency key was answered, so that a second sending gets the same.
CREATE TABLE answer (
    account uuid   NOT NULL,
    command uuid   NOT NULL,
    at      bigint NOT NULL,
    status  bigint NOT NULL,
    body    text   NOT NULL,
    PRIMARY KEY (account, command)
);
CREATE INDEX answer_at ON answer (at);
