//! What every MediConnect app embeds.
//!
//! An app holds one [`Client`]. Screens read the local store through it and submit commands; everything else happens
//! behind it: the rules run at once on the local store (the overlay), the command waits in the outbox, and the sync
//! engine carries it to the server and brings back what the server decided.
//!
//! ```text
//! screen ─submit→ client ─rules→ store: overlay + outbox ──push──→ server
//!    ↑                                ↑                               │
//!    └────────────watch───────────────┴──────────pull, live───────────┘
//! ```
//!
//! [`store`] keeps one encrypted database per account, [`sync`] is the deterministic engine over it, [`remote`] speaks
//! HTTP, [`keychain`] keeps keys, [`vault`] seals and opens. UI code holds no SQL, no HTTP and no keys.

pub mod client;
pub mod config;
pub mod keychain;
pub mod remote;
pub mod store;
pub mod sync;
pub mod vault;
pub mod views;

pub use client::{
    Client, ExecuteError, FetchError, Fetched, FirstPassword, LockState, NewDoctor, NewPatient, NewStaff,
    NotAPin, OpenError, Pin, Session, SignInError, SubmitError, TRIES, UnlockError, Watch,
};
pub use config::{Clock, Config, OsRandom, Random, SystemClock};
pub use store::{PendingCommand, PendingState, Records, StoreError};
pub use sync::{SyncError, SyncState};
pub use vault::{KeysState, RecoverError, VaultError, Vaults, WordsState};
