//! Sealing the audit.
//!
//! Lines are written with what they tell of, unchained, so that no two deeds wait for each other. About a second later they are
//! sealed: a seal covers all lines since the one before, in their order, and its hash covers that seal's. Who changes, removes,
//! adds or reorders lines afterwards has to make all seals from there on anew, and then they no longer match the heads that
//! devices and the witness keep ([`super::witness`]). The time between is the window in which whoever owns the database
//! could still do it unseen.

use std::{sync::Arc, time::Duration};

use jiff::Timestamp;
use mediconnect_crypto::receipt::{self, ReceiptKey};
use mediconnect_domain::audit::AuditHead;
use tokio::time::MissedTickBehavior;

use super::witness::Witness;
use crate::{
    app::App,
    storage::{Dialect, Fields, Store, StoreError, Tx},
    values,
};

const EVERY: Duration = Duration::from_secs(1);
/// Lines of one seal at most: a few milliseconds of the writer.
pub(super) const LINES: u64 = 2_000;

/// A seal as it is stored.
#[derive(Clone, Debug, PartialEq)]
pub struct Seal {
    pub head: AuditHead,
    /// Its lines are those after the seal before, up to this one.
    pub last_line: u64,
    pub line_count: u64,
}

impl Seal {
    /// Whether this installation made it.
    pub fn is_signed_by(&self, public: &str) -> bool {
        let AuditHead { number, hash, at, signature } = &self.head;
        receipt::verify(public, &AuditHead::signed_bytes(*number, hash, *at), signature)
    }

    pub(super) fn read(row: &Fields) -> Result<Self, StoreError> {
        let head = AuditHead {
            number: row.count(0)?,
            at: row.time(3)?,
            hash: row.text(4)?.to_owned(),
            signature: row.text(5)?.to_owned(),
        };
        Ok(Self { head, last_line: row.count(1)?, line_count: row.count(2)? })
    }
}

pub(super) const SEAL: &str = "SELECT number, last_line, line_count, at, hash, signature FROM audit_seal";
pub(super) const LINE: &str =
    "SELECT seq, at, actor, command, command_id, subject_kind, subject, outcome, scopes FROM audit";

/// The hash of a seal, line by line.
pub(super) struct Chain {
    hasher: blake3::Hasher,
    last_line: u64,
    line_count: u64,
}

impl Chain {
    /// After the seal with this hash; at the beginning there is none.
    pub fn after(previous: Option<&str>) -> Self {
        let mut hasher = blake3::Hasher::new_derive_key("mediconnect 2026 audit seal");
        hasher.update(previous.unwrap_or("-").as_bytes()).update(b"\n");
        Self { hasher, last_line: 0, line_count: 0 }
    }

    /// A row of [`LINE`], as JSON: no two lines have the same.
    pub fn line(&mut self, row: &Fields) -> Result<(), StoreError> {
        let line = (
            (row.count(0)?, row.int(1)?, row.maybe(2, Fields::uuid)?, row.text(3)?, row.uuid(4)?),
            (row.maybe(5, Fields::text)?, row.maybe(6, Fields::uuid)?, row.text(7)?, row.text(8)?),
        );
        self.hasher.update(&serde_json::to_vec(&line).expect("a line is JSON")).update(b"\n");
        (self.last_line, self.line_count) = (row.count(0)?, self.line_count + 1);
        Ok(())
    }

    pub fn line_count(&self) -> u64 {
        self.line_count
    }

    /// With how far it goes, so that lines that were taken from the end of a seal are missed.
    pub fn end(mut self, last_line: u64, line_count: u64) -> String {
        self.hasher.update(format!("{last_line} {line_count}").as_bytes());
        self.hasher.finalize().to_hex().to_string()
    }
}

/// The newest seal.
pub async fn last(tx: &mut dyn Tx) -> Result<Option<Seal>, StoreError> {
    let sql = format!("{SEAL} ORDER BY number DESC LIMIT 1");
    tx.one(&sql, &[]).await?.as_ref().map(Seal::read).transpose()
}

/// The seal of this number.
pub async fn numbered(tx: &mut dyn Tx, number: u64) -> Result<Option<Seal>, StoreError> {
    let sql = format!("{SEAL} WHERE number = ?1");
    tx.one(&sql, &values![number]).await?.as_ref().map(Seal::read).transpose()
}

/// Seals the oldest lines that are not yet; `None` where all are.
pub async fn seal(tx: &mut dyn Tx, key: &ReceiptKey, now: Timestamp) -> Result<Option<Seal>, StoreError> {
    if tx.dialect() == Dialect::Postgres {
        // Whoever writes a line has taken its number by now or waits until this is done, and one node seals at a time.
        tx.execute("LOCK TABLE audit IN SHARE ROW EXCLUSIVE MODE", &[]).await?;
    }
    let previous = last(tx).await?;
    let from = previous.as_ref().map_or(0, |seal| seal.last_line);
    let lines =
        tx.query(&format!("{LINE} WHERE seq > ?1 ORDER BY seq LIMIT ?2"), &values![from, LINES]).await?;
    let mut chain = Chain::after(previous.as_ref().map(|seal| seal.head.hash.as_str()));
    lines.iter().try_for_each(|line| chain.line(line))?;
    let (last_line, line_count) = (chain.last_line, chain.line_count);
    if line_count == 0 {
        return Ok(None);
    }
    let number = previous.map_or(0, |seal| seal.head.number) + 1;
    let hash = chain.end(last_line, line_count);
    let signature = key.sign(&AuditHead::signed_bytes(number, &hash, now));
    let sql = "INSERT INTO audit_seal (number, last_line, line_count, at, hash, signature) VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
    tx.execute(sql, &values![number, last_line, line_count, now, &hash, &signature]).await?;
    Ok(Some(Seal { head: AuditHead { number, hash, at: now, signature }, last_line, line_count }))
}

/// Seals all that was written until now; how many lines that were.
pub async fn seal_all(store: &Store, key: &ReceiptKey, now: Timestamp) -> Result<u64, StoreError> {
    let mut lines = 0;
    loop {
        let waits = store.read(|tx| Box::pin(any_unsealed(tx))).await?;
        if !waits {
            return Ok(lines);
        }
        let key = key.clone();
        let sealed = store.write(&[], move |tx| {
            let key = key.clone();
            Box::pin(async move { seal(tx, &key, now).await })
        });
        lines += sealed.await?.map_or(0, |seal| seal.line_count);
    }
}

/// Looked up apart, so that a quiet server writes nothing.
async fn any_unsealed(tx: &mut dyn Tx) -> Result<bool, StoreError> {
    let sql = "SELECT 1 FROM audit WHERE seq > (SELECT coalesce(max(last_line), 0) FROM audit_seal) LIMIT 1";
    tx.one(sql, &[]).await.map(|found| found.is_some())
}

/// Seals again and again until the app stops. What comes to its end after that is sealed by [`end`].
pub async fn run(app: Arc<App>) {
    let mut tick = tokio::time::interval(EVERY);
    tick.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut witness = Witness::new(app.config.audit_witness_file.clone());
    let stopped = app.stopped();
    tokio::pin!(stopped);
    loop {
        tokio::select! {
            () = &mut stopped => return,
            _ = tick.tick() => step(&app, &mut witness).await,
        }
    }
}

/// The last seal before the process goes: nothing writes any more.
pub async fn end(app: &App) {
    step(app, &mut Witness::new(app.config.audit_witness_file.clone())).await;
}

async fn step(app: &App, witness: &mut Witness) {
    if let Err(error) = seal_all(app.store(), &app.executor.key, app.now()).await {
        tracing::error!(%error, "the audit could not be sealed");
    }
    if let Err(error) = witness.note(app.store(), app.now()).await {
        tracing::error!(%error, "the witness could not be told the head of the audit");
    }
}
