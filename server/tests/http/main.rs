//! The API as its callers meet it: a real server on a free port, asked over HTTP.

mod access;
mod figures;
mod idempotency;
mod input;
mod operations;
mod requests;
mod sign_in;
