//! A patient's medical history, for the patient's side and for a doctor who was let in.

use std::sync::Arc;

use jiff::Timestamp;
use mediconnect_domain::{
    AccountId, HistoryId, Kind, PatientId,
    directory::DoctorProfile,
    history::content::{Content, EntryKind},
};

use crate::{
    Records, StoreError, VaultError, Vaults,
    vault::{Entry, Opened, Unreadable, history_of},
};

/// How far this device can read it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Standing {
    Open,
    /// What is needed is on its way.
    Loading,
    /// This device does not open the account: the recovery words let it in.
    Locked,
    /// There is no such history, or it is not shared with this account, or no longer.
    NotShared,
    /// The server shows keys or a log that do not hold. Nothing is read or written until it shows the right ones.
    Refused,
}

/// An entry that can be read.
#[derive(Clone, Debug)]
pub struct HistoryLine {
    pub id: HistoryId,
    /// Written by the account in use.
    pub mine: bool,
    pub written_at: Timestamp,
    /// The server has not answered yet.
    pub pending: bool,
    opened: Arc<Opened>,
}

/// What was opened is the same where it lies at the same place: it is never changed.
impl PartialEq for HistoryLine {
    fn eq(&self, other: &Self) -> bool {
        (self.id, self.pending, self.written_at) == (other.id, other.pending, other.written_at)
            && Arc::ptr_eq(&self.opened, &other.opened)
    }
}

impl HistoryLine {
    /// `None` would be an entry that cannot be read: those are in [`History::unreadable`].
    pub fn content(&self) -> Option<&Content> {
        match &*self.opened {
            Opened::Content { content, .. } => Some(content),
            Opened::Unreadable(_) => None,
        }
    }

    /// Whether all words of a search occur in it.
    fn matches(&self, search: &str) -> bool {
        match &*self.opened {
            Opened::Content { words, .. } => search.split_whitespace().all(|word| words.contains(word)),
            Opened::Unreadable(_) => false,
        }
    }
}

/// An entry that cannot be read here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnreadableLine {
    pub id: HistoryId,
    pub why: Unreadable,
    pub written_at: Timestamp,
}

/// A doctor who reads it.
#[derive(Clone, Debug, PartialEq)]
pub struct ReaderLine {
    pub account: AccountId,
    /// `None` where the directory does not know: a doctor who is no longer listed.
    pub name: Option<String>,
    pub until: Option<Timestamp>,
    /// Other keys were shown for them since: see [`VaultError::KeyChanged`].
    pub changed: bool,
    pub pending: bool,
}

#[derive(Clone, Debug, PartialEq)]
pub struct History {
    pub standing: Standing,
    /// In the order of their kinds; within a kind what matters today first, then by name.
    pub lines: Vec<HistoryLine>,
    pub unreadable: Vec<UnreadableLine>,
    pub readers: Vec<ReaderLine>,
}

/// The history of a patient, as this device can read it.
pub fn history(
    records: &Records,
    vaults: &Vaults,
    patient: PatientId,
    now: Timestamp,
) -> Result<History, StoreError> {
    let vault = history_of(patient);
    let mut shown = History {
        standing: Standing::Open,
        lines: Vec::new(),
        unreadable: Vec::new(),
        readers: readers(records, vaults, patient, now)?,
    };
    let entries = match vaults.entries(records, vault, now) {
        Ok(entries) => entries,
        Err(error) => {
            shown.standing = standing(error)?;
            return Ok(shown);
        }
    };
    let waiting = records.pending_of(Kind::HistoryEntry)?;
    for Entry { id, author, written_at, opened, .. } in entries {
        if let Opened::Unreadable(why) = *opened {
            shown.unreadable.push(UnreadableLine { id, why, written_at });
            continue;
        }
        let pending = waiting.contains(&id.0);
        let mine = author == records.account_id();
        shown.lines.push(HistoryLine { id, mine, written_at, pending, opened });
    }
    shown.lines.sort_by_cached_key(|line| {
        let content = line.content();
        let name = content.map(|content| content.title().to_lowercase());
        (content.map(Content::kind), content.is_some_and(|content| !content.is_current()), name, line.id)
    });
    Ok(shown)
}

fn standing(error: VaultError) -> Result<Standing, StoreError> {
    Ok(match error {
        VaultError::Store(error) => return Err(error),
        VaultError::NotYet | VaultError::NoKeys | VaultError::NotFetched { .. } => Standing::Loading,
        VaultError::Locked => Standing::Locked,
        VaultError::NoVault => Standing::NotShared,
        error => {
            tracing::warn!(%error, "a history does not open");
            Standing::Refused
        }
    })
}

fn readers(
    records: &Records,
    vaults: &Vaults,
    patient: PatientId,
    now: Timestamp,
) -> Result<Vec<ReaderLine>, StoreError> {
    let mut lines = Vec::new();
    for reader in vaults.readers(records, history_of(patient), now)? {
        let profile = match reader.doctor {
            Some(doctor) => records.get::<DoctorProfile>(doctor)?,
            None => None,
        };
        lines.push(ReaderLine {
            account: reader.account,
            name: profile.map(|profile| profile.details.name),
            until: reader.until,
            changed: reader.changed,
            pending: reader.pending,
        });
    }
    lines.sort_by(|a, b| (&a.name, a.account).cmp(&(&b.name, b.account)));
    Ok(lines)
}

impl History {
    /// The entries by kind, those kinds that have any; with a search, only those entries in which all its words occur.
    pub fn groups(&self, search: &str) -> Vec<(EntryKind, Vec<HistoryLine>)> {
        let search = search.to_lowercase();
        let mut groups: Vec<(EntryKind, Vec<HistoryLine>)> = Vec::new();
        for line in self.lines.iter().filter(|line| line.matches(&search)) {
            let Some(kind) = line.content().map(Content::kind) else { continue };
            match groups.last_mut() {
                Some((last, lines)) if *last == kind => lines.push(line.clone()),
                _ => groups.push((kind, vec![line.clone()])),
            }
        }
        groups
    }

    /// The entry of this id, if it can be read.
    pub fn line(&self, id: HistoryId) -> Option<&HistoryLine> {
        self.lines.iter().find(|line| line.id == id)
    }
}
