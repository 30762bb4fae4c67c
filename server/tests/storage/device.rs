//! A device as far as pulling goes: it keeps what it is sent and checks what can be checked.

use std::collections::BTreeMap;

use mediconnect_domain::{
    AccountId, Kind, Stored,
    access::Scope,
    wire::{BucketCursor, BucketState, PROTOCOL, Pull, PullLine, RowHash, checkpoint},
};
use mediconnect_server::sync::pull;
use uuid::Uuid;

use crate::kit::Kit;

pub struct Device {
    pub account: AccountId,
    pub incarnation: Option<Uuid>,
    pub buckets: BTreeMap<Scope, Held>,
}

#[derive(Default)]
pub struct Held {
    pub generation: u64,
    pub seq: u64,
    pub rows: BTreeMap<(String, Uuid), (u64, String)>,
}

/// What a pull brought.
#[derive(Debug, Default, PartialEq)]
pub struct Pulled {
    pub same: bool,
    pub pages: usize,
    pub rows: usize,
    pub afresh: Vec<Scope>,
}

impl Held {
    fn hash(&self) -> RowHash {
        let hashes = self.rows.iter().map(|((kind, id), (rev, _))| RowHash::of(kind, *id, *rev));
        hashes.fold(RowHash::default(), RowHash::add)
    }
}

impl Device {
    pub fn new(account: AccountId) -> Self {
        Self { account, incarnation: None, buckets: BTreeMap::new() }
    }

    fn request(&self, with_cursors: bool) -> Pull {
        let cursor = |(bucket, held): (&Scope, &Held)| BucketCursor {
            bucket: *bucket,
            generation: held.generation,
            seq: held.seq,
            hash: held.hash().hex(),
        };
        Pull {
            protocol: PROTOCOL,
            incarnation: self.incarnation,
            checkpoint: checkpoint(
                self.buckets.iter().map(|(bucket, held)| (bucket, held.generation, held.seq)),
            ),
            cursors: with_cursors.then(|| self.buckets.iter().map(cursor).collect()),
        }
    }

    /// Pulls: first with the checkpoint alone, then with the cursors where the server asks for them.
    pub async fn pull(&mut self, kit: &Kit) -> Pulled {
        let lines = pull::collect(&kit.store, self.account, self.request(false), kit.now()).await.unwrap();
        match lines.as_slice() {
            [PullLine::Same { .. }] => return Pulled { same: true, ..Pulled::default() },
            [PullLine::SendCursors] => {}
            other => panic!("{other:?}"),
        }
        let lines = pull::collect(&kit.store, self.account, self.request(true), kit.now()).await.unwrap();
        self.apply(lines)
    }

    fn apply(&mut self, lines: Vec<PullLine>) -> Pulled {
        let mut pulled = Pulled::default();
        let mut lines = lines.into_iter();
        let Some(PullLine::Begin { incarnation, buckets, .. }) = lines.next() else { panic!("no beginning") };
        self.incarnation = Some(incarnation);
        self.buckets.retain(|bucket, _| buckets.iter().any(|state| state.bucket == *bucket));
        for state in buckets.iter().filter(|state| state.afresh) {
            pulled.afresh.push(state.bucket);
            self.buckets.insert(state.bucket, Held::default());
        }
        let mut ended = false;
        for line in lines {
            assert!(!ended, "nothing comes after the end");
            match line {
                PullLine::Page { bucket, rows } => {
                    pulled.pages += 1;
                    pulled.rows += rows.len();
                    let held = self.buckets.get_mut(&bucket).expect("rows of buckets that were announced");
                    for row in rows {
                        assert!(row.seq > held.seq, "rows come in the order of their numbers");
                        held.seq = row.seq;
                        match row.body {
                            Some(body) => {
                                drop(held.rows.insert((row.kind, row.id), (row.rev, body.get().to_owned())))
                            }
                            None => drop(held.rows.remove(&(row.kind, row.id))),
                        }
                    }
                }
                PullLine::End => ended = true,
                other => panic!("{other:?}"),
            }
        }
        assert!(ended, "a pull has an end");
        buckets.iter().for_each(|state| self.arrive(state));
        pulled
    }

    fn arrive(&mut self, state: &BucketState) {
        let held = self.buckets.get_mut(&state.bucket).expect("a bucket that was announced");
        held.generation = state.generation;
        held.seq = state.head;
        assert_eq!(held.hash().hex(), state.hash, "the hash of {}", state.bucket);
    }

    /// The record, whichever bucket brought it.
    pub fn get<T: Stored>(&self, id: impl Into<Uuid>) -> Option<T> {
        let key = (T::KIND.name().to_owned(), id.into());
        let found =
            self.buckets.values().filter_map(|held| held.rows.get(&key)).max_by_key(|(rev, _)| *rev)?;
        Some(serde_json::from_str(&found.1).unwrap())
    }

    pub fn holds(&self, kind: Kind, id: impl Into<Uuid>) -> bool {
        let key = (kind.name().to_owned(), id.into());
        self.buckets.values().any(|held| held.rows.contains_key(&key))
    }
}
