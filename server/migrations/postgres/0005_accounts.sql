-- What proves who somebody is beside the password, and what keeps strangers from trying.

ALTER TABLE login ADD COLUMN verified_at bigint; -- when the e-mail address was proven to be theirs

ALTER TABLE session ADD COLUMN proved_at     bigint NOT NULL DEFAULT 0; -- when its owner last proved who they are
ALTER TABLE session ADD COLUMN second_factor bigint NOT NULL DEFAULT 0; -- whether ever with a second factor

-- E-mails that are to be sent. What is in them is made when they are: no secret waits here.
CREATE TABLE mail (
    id      uuid NOT NULL PRIMARY KEY,
    kind    text NOT NULL,
    account uuid,           -- to whom, or else
    address text,           -- what somebody typed; whether there is such an account is looked up when it is sent
    at      bigint NOT NULL, -- when it is tried next
    until   bigint NOT NULL, -- when it is given up
    tries   bigint NOT NULL
);
CREATE INDEX mail_at ON mail (at);

-- Secrets that are good once and for a while. Of each kind an account has one.
CREATE TABLE one_time (
    token   text NOT NULL PRIMARY KEY, -- hash of the long form
    purpose text NOT NULL,
    account uuid NOT NULL,
    code    text,                      -- hash of the short form, which is good with the e-mail address only
    device      uuid,                  -- what a sign-in is to be finished for
    device_name text,
    until   bigint NOT NULL,
    tries   bigint NOT NULL           -- wrong guesses so far
);
CREATE INDEX one_time_account ON one_time (account, purpose);
CREATE INDEX one_time_until ON one_time (until);

CREATE TABLE totp (
    account      uuid NOT NULL PRIMARY KEY,
    secret       bytea NOT NULL, -- sealed with a key of the server
    confirmed_at bigint,       -- NULL: set up, and not yet shown to work
    last_step    bigint NOT NULL -- the step of the code used last: none is good twice
);

CREATE TABLE recovery_code (
    account uuid NOT NULL,
    code    text NOT NULL, -- hash
    used_at bigint,
    PRIMARY KEY (account, code)
);

CREATE TABLE api_token (
    id         uuid NOT NULL PRIMARY KEY,
    account    uuid NOT NULL,
    name       text NOT NULL,
    token      text NOT NULL, -- hash
    scopes     text NOT NULL, -- between spaces
    created_at bigint NOT NULL,
    until      bigint NOT NULL,
    used_at    bigint,
    ended_at   bigint
);
CREATE INDEX api_token_account ON api_token (account);

-- How often something may be tried. The key is a hash: no address and no e-mail stands here.
CREATE TABLE attempt (
    key      text NOT NULL PRIMARY KEY,
    whole_at bigint NOT NULL -- when the allowance is whole again (GCRA's theoretical arrival time)
);
CREATE INDEX attempt_whole ON attempt (whole_at);
