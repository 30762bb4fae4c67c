//! Keys, logs and revisions that this device has seen. A server that shows less, or something else, is not believed.

use mediconnect_crypto::public::{DeviceList, Head, VerifyingKey};
use mediconnect_domain::{AccountId, DoctorId, HistoryId, Kind, VaultId, blob::Blob};
use rusqlite::{Connection, OptionalExtension, Row, params};
use uuid::Uuid;

use super::{Changed, Records, Store, StoreError};

/// An account's device list as it was last seen.
#[derive(Clone, Debug)]
pub(crate) struct Pin {
    pub identity: VerifyingKey,
    pub head: Head,
    pub entries: Vec<Blob>,
    pub doctor: Option<DoctorId>,
    /// A list under another identity key, that nobody has acknowledged.
    pub doubt: Option<Vec<Blob>>,
}

impl Pin {
    pub fn of(list: &DeviceList, entries: &[Blob], doctor: Option<DoctorId>) -> Self {
        let (identity, head) = (*list.identity(), list.head());
        Self { identity, head, entries: entries.to_vec(), doctor, doubt: None }
    }
}

/// What was seen of a vault.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Seen {
    pub vault: VaultId,
    pub head: Head,
}

impl Records<'_> {
    pub(crate) fn pin(&self, account: AccountId) -> Result<Option<Pin>, StoreError> {
        let sql = "SELECT identity, length, hash, entries, doctor, doubt FROM pin WHERE account = ?1";
        let mut statement = self.connection().prepare_cached(sql)?;
        let found = statement.query_row([account.0.as_bytes()], pin).optional()?;
        found.map(|pin| pin.ok_or(StoreError::Corrupt)).transpose()
    }

    pub(crate) fn log_head(&self, vault: VaultId) -> Result<Option<Head>, StoreError> {
        let sql = "SELECT length, hash FROM log_head WHERE vault = ?1";
        let mut statement = self.connection().prepare_cached(sql)?;
        let found = statement
            .query_row([vault.0.as_bytes()], |row| Ok(Head { length: row.get(0)?, hash: row.get(1)? }));
        Ok(found.optional()?)
    }

    /// The highest revision of an entry that the server has shown; 0 where it has shown none.
    pub(crate) fn seen_revision(&self, entry: HistoryId) -> Result<u64, StoreError> {
        let sql = "SELECT revision FROM seen WHERE entry = ?1";
        let mut statement = self.connection().prepare_cached(sql)?;
        Ok(statement.query_row([entry.0.as_bytes()], |row| row.get(0)).optional()?.unwrap_or_default())
    }
}

/// `None` where the row is not what this crate writes.
fn pin(row: &Row) -> rusqlite::Result<Option<Pin>> {
    let (identity, entries): (Vec<u8>, String) = (row.get(0)?, row.get(3)?);
    let (doctor, doubt): (Option<[u8; 16]>, Option<String>) = (row.get(4)?, row.get(5)?);
    let doctor = doctor.map(|id| DoctorId(Uuid::from_bytes(id)));
    let head = Head { length: row.get(1)?, hash: row.get(2)? };
    let read = || {
        let doubt = doubt.map(|doubt| serde_json::from_str(&doubt)).transpose().ok()?;
        let entries = serde_json::from_str(&entries).ok()?;
        Some(Pin { identity: VerifyingKey::from_bytes(&identity).ok()?, head, entries, doctor, doubt })
    };
    Ok(read())
}

impl Store {
    /// Keeps a list that was checked against the one kept before.
    pub(crate) fn keep_pin(&self, account: AccountId, pin: &Pin) -> Result<(), StoreError> {
        self.write(|connection, changed| {
            let text = |entries: &Vec<Blob>| serde_json::to_string(entries).expect("blobs are JSON");
            let sql = "INSERT OR REPLACE INTO pin (account, identity, length, hash, entries, doctor, doubt)
                       VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
            connection.prepare_cached(sql)?.execute(params![
                account.0.as_bytes(),
                pin.identity.to_bytes(),
                pin.head.length,
                pin.head.hash,
                text(&pin.entries),
                pin.doctor.map(|id| *id.0.as_bytes()),
                pin.doubt.as_ref().map(text),
            ])?;
            // Whoever shows vaults looks again: one may open now.
            changed.record(Kind::Vault);
            Ok(())
        })
    }

    /// Keeps heads of member logs that were checked, and the revisions of all entries that the server has shown.
    pub(crate) fn keep_seen(&self, vaults: &[Seen]) -> Result<(), StoreError> {
        self.write(|connection, _: &mut Changed| {
            for Seen { vault, head } in vaults {
                let sql = "INSERT OR REPLACE INTO log_head (vault, length, hash) VALUES (?1, ?2, ?3)";
                connection.prepare_cached(sql)?.execute(params![
                    vault.0.as_bytes(),
                    head.length,
                    head.hash
                ])?;
            }
            note_revisions(connection)
        })
    }

    /// Kinds and ids of vaults that a pending command has changed: what they show is not the server's word yet.
    pub(crate) fn guessed(&self, kind: Kind) -> Result<Vec<Uuid>, StoreError> {
        self.read_raw(|connection| {
            let mut statement = connection.prepare_cached("SELECT id FROM shadow WHERE kind = ?1")?;
            let ids = statement.query_map([kind.name()], |row| Ok(Uuid::from_bytes(row.get(0)?)))?;
            Ok(ids.collect::<Result<_, _>>()?)
        })
    }
}

/// Rows that pending commands have changed are guesses and say nothing of what the server has shown.
fn note_revisions(connection: &Connection) -> Result<(), StoreError> {
    let sql = "INSERT INTO seen (entry, revision)
               SELECT r.id, json_extract(r.body, '$.revision') FROM record r
               WHERE r.kind = ?1 AND r.body IS NOT NULL
                 AND NOT EXISTS (SELECT 1 FROM shadow s WHERE s.kind = r.kind AND s.id = r.id)
               ON CONFLICT (entry) DO UPDATE SET revision = max(revision, excluded.revision)";
    connection.prepare_cached(sql)?.execute([Kind::HistoryEntry.name()])?;
    Ok(())
}
