//! The witness: heads of the audit, kept where whoever owns the database cannot reach.
//!
//! Once an hour, and when the server stops, the newest head is appended to a file that the operator places on another machine's
//! storage, made append-only at best. `verify-audit --witness FILE` reads it back. Devices keep heads as well.

use std::{
    fs,
    io::{self, Write},
    path::{Path, PathBuf},
};

use jiff::{SignedDuration, Timestamp};
use mediconnect_domain::audit::AuditHead;

use super::seal;
use crate::storage::{Store, StoreError};

const EVERY: SignedDuration = SignedDuration::from_hours(1);

/// Why a head was not kept, or cannot be read back.
#[derive(Debug, thiserror::Error)]
pub enum WitnessError {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error("{}: {error}", path.display())]
    File { path: PathBuf, error: io::Error },
    #[error("{}, line {line}: not a head of an audit", path.display())]
    Line { path: PathBuf, line: usize },
}

/// Hands heads to the file.
pub struct Witness {
    file: Option<PathBuf>,
    noted: Option<(Timestamp, u64)>,
}

impl Witness {
    pub fn new(file: Option<PathBuf>) -> Self {
        Self { file, noted: None }
    }

    /// Appends the newest head, if an hour has passed since the last and there is another.
    pub async fn note(&mut self, store: &Store, now: Timestamp) -> Result<(), WitnessError> {
        let Some(file) = &self.file else { return Ok(()) };
        if self.noted.is_some_and(|(at, _)| now < at + EVERY) {
            return Ok(());
        }
        let Some(seal) = store.read(|tx| Box::pin(seal::last(tx))).await? else { return Ok(()) };
        let number = seal.head.number;
        if self.noted.is_none_or(|(_, noted)| noted < number) {
            append(file, &seal.head).map_err(|error| WitnessError::File { path: file.clone(), error })?;
        }
        self.noted = Some((now, number));
        Ok(())
    }
}

fn append(path: &Path, head: &AuditHead) -> io::Result<()> {
    let mut file = fs::OpenOptions::new().create(true).append(true).open(path)?;
    let line = serde_json::to_string(head).expect("a head is JSON") + "\n";
    file.write_all(line.as_bytes())?;
    file.sync_all()
}

/// The heads of a witness's file.
pub fn read(path: &Path) -> Result<Vec<AuditHead>, WitnessError> {
    let text = fs::read_to_string(path).map_err(|error| WitnessError::File { path: path.into(), error })?;
    let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    let head = |(at, line): (usize, &str)| {
        serde_json::from_str(line).map_err(|_| WitnessError::Line { path: path.into(), line: at + 1 })
    };
    lines.map(head).collect()
}
