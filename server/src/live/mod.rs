//! The live stream: after each commit every connected device gets the new rows of the buckets it may hold.
//!
//! Everything here is a hint: a frame that is lost, late or refused costs a pull and nothing else. What must never happen is
//! a row without a right to it. So a device is subscribed to buckets from its rights alone; when those change, in the same
//! commit's publication, it is unsubscribed from everything at once and subscribed anew from what the store then says.
//! A device that reads too slowly, and frames that are large, get a poke instead.

pub mod socket;

use std::{
    collections::{HashMap, HashSet},
    sync::{
        Arc, Mutex, MutexGuard, OnceLock, PoisonError,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
};

use axum::extract::ws::Utf8Bytes;
use mediconnect_domain::{
    AccountId,
    access::Scope,
    wire::{Delta, EntryRow, Frame},
};
use serde_json::value::RawValue;
use tokio::sync::{Notify, mpsc};
use uuid::Uuid;

use crate::{
    clock::Clock,
    rights::Rights,
    storage::{BucketChange, Commit, Publish},
};

/// The longest frame; what is longer is pulled.
const FRAME_BYTES: usize = 64 * 1024;
/// Frames that wait for a slow device.
const QUEUE: usize = 64;

/// All connected devices. Cheap to clone.
#[derive(Clone)]
pub struct Live {
    members: Arc<Mutex<Members>>,
    clock: Arc<dyn Clock>,
}

#[derive(Default)]
struct Members {
    last: u64,
    by_number: HashMap<u64, Member>,
    by_bucket: HashMap<Scope, HashSet<u64>>,
    by_account: HashMap<AccountId, HashSet<u64>>,
}

struct Member {
    account: AccountId,
    session: Uuid,
    rights: Rights,
    queue: mpsc::Sender<Utf8Bytes>,
    bell: Arc<Bell>,
}

/// What a connection must know beside its frames. Never lost, unlike they.
#[derive(Default)]
pub struct Bell {
    ring: Notify,
    /// Counts how often the rights changed.
    changes: AtomicU64,
    stale: AtomicBool,
    lagged: AtomicBool,
    bye: OnceLock<String>,
}

/// A place in the stream; gone when dropped.
pub struct Seat {
    live: Live,
    number: u64,
    pub frames: mpsc::Receiver<Utf8Bytes>,
    pub bell: Arc<Bell>,
}

impl Drop for Seat {
    fn drop(&mut self) {
        let mut members = self.live.lock();
        members.unsubscribe(self.number);
        if let Some(member) = members.by_number.remove(&self.number) {
            remove_from(&mut members.by_account, &member.account, self.number);
        }
    }
}

impl Live {
    pub fn new(clock: Arc<dyn Clock>) -> Self {
        Self { members: Arc::default(), clock }
    }

    /// Give this to the store.
    pub fn publisher(&self) -> Publish {
        let live = self.clone();
        Arc::new(move |commit| live.publish(&commit))
    }

    /// How many devices are connected.
    pub fn count(&self) -> usize {
        self.lock().by_number.len()
    }

    /// How many of them are this account's.
    pub fn count_of(&self, account: AccountId) -> usize {
        self.lock().by_account.get(&account).map_or(0, HashSet::len)
    }

    /// A place for a device, subscribed to nothing yet.
    pub fn join(&self, account: AccountId, session: Uuid) -> Seat {
        let (queue, frames) = mpsc::channel(QUEUE);
        let bell = Arc::new(Bell::default());
        let mut members = self.lock();
        members.last += 1;
        let number = members.last;
        let member = Member { account, session, rights: Rights::default(), queue, bell: bell.clone() };
        members.by_number.insert(number, member);
        members.by_account.entry(account).or_default().insert(number);
        drop(members);
        Seat { live: self.clone(), number, frames, bell }
    }

    /// The session is over: its connections are told why and closed.
    pub fn end_session(&self, session: Uuid, reason: &str) {
        self.end(|member| member.session == session, reason);
    }

    /// All sessions of the account are over.
    pub fn end_account(&self, account: AccountId, reason: &str) {
        self.end(|member| member.account == account, reason);
    }

    /// The server stops: every connection is told and closed.
    pub fn end_all(&self, reason: &str) {
        self.end(|_| true, reason);
    }

    fn end(&self, concerned: impl Fn(&Member) -> bool, reason: &str) {
        let mut members = self.lock();
        let ended: Vec<u64> =
            members.by_number.iter().filter(|(_, m)| concerned(m)).map(|(number, _)| *number).collect();
        for number in ended {
            members.unsubscribe(number);
            if let Some(member) = members.by_number.get(&number) {
                let _ = member.bell.bye.set(reason.to_owned());
                member.bell.ring.notify_one();
            }
        }
    }

    /// Hands a commit to whom it concerns.
    pub fn publish(&self, commit: &Commit) {
        let now = self.clock.now();
        let mut members = self.lock();
        for account in &commit.regranted {
            for number in members.by_account.get(account).cloned().unwrap_or_default() {
                members.outdate(number);
            }
        }
        // Which of the commit's buckets each device gets.
        let mut concerned: HashMap<u64, Vec<usize>> = HashMap::new();
        for (at, change) in commit.buckets.iter().enumerate() {
            for number in members.by_bucket.get(&change.bucket).into_iter().flatten() {
                concerned.entry(*number).or_default().push(at);
            }
        }
        let mut frames = Frames { commit, deltas: vec![None; commit.buckets.len()], made: HashMap::new() };
        for (number, which) in concerned {
            match members.by_number.get(&number) {
                Some(member) if member.rights.ended(now) => members.outdate(number),
                Some(member) => member.offer(frames.of(which)),
                None => {}
            }
        }
    }

    fn lock(&self) -> MutexGuard<'_, Members> {
        self.members.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Member {
    /// `None` is a poke.
    fn offer(&self, frame: Option<Utf8Bytes>) {
        let taken = frame.is_some_and(|frame| self.queue.try_send(frame).is_ok());
        if !taken {
            self.bell.lagged.store(true, Ordering::Release);
            self.bell.ring.notify_one();
        }
    }
}

impl Members {
    fn unsubscribe(&mut self, number: u64) {
        let Some(member) = self.by_number.get_mut(&number) else { return };
        let rights = std::mem::take(&mut member.rights);
        for bucket in rights.buckets() {
            remove_from(&mut self.by_bucket, &bucket, number);
        }
    }

    /// Takes all rights away until they have been read anew.
    fn outdate(&mut self, number: u64) {
        self.unsubscribe(number);
        if let Some(member) = self.by_number.get(&number) {
            member.bell.changes.fetch_add(1, Ordering::AcqRel);
            member.bell.stale.store(true, Ordering::Release);
            member.bell.ring.notify_one();
        }
    }
}

fn remove_from<K: std::hash::Hash + Eq>(map: &mut HashMap<K, HashSet<u64>>, key: &K, number: u64) {
    if let Some(numbers) = map.get_mut(key) {
        numbers.remove(&number);
        if numbers.is_empty() {
            map.remove(key);
        }
    }
}

impl Seat {
    pub fn account(&self) -> Option<AccountId> {
        self.live.lock().by_number.get(&self.number).map(|member| member.account)
    }

    /// Where the rights stand. Read before the rights are read from the store.
    pub fn changes(&self) -> u64 {
        self.bell.changes.load(Ordering::Acquire)
    }

    /// Subscribes to what the rights give, unless they have changed since `changes`: then they must be read again.
    pub fn subscribe(&self, rights: Rights, changes: u64) -> bool {
        let mut members = self.live.lock();
        members.unsubscribe(self.number);
        if self.changes() != changes || self.bell.bye.get().is_some() {
            return false;
        }
        for bucket in rights.buckets() {
            members.by_bucket.entry(bucket).or_default().insert(self.number);
        }
        if let Some(member) = members.by_number.get_mut(&self.number) {
            member.rights = rights;
        }
        true
    }
}

impl Bell {
    /// Waits until something is to be looked at.
    pub async fn rung(&self) {
        self.ring.notified().await;
    }

    /// Why the session ended, if it did.
    pub fn bye(&self) -> Option<&str> {
        self.bye.get().map(String::as_str)
    }

    /// Whether the rights changed since this was asked last.
    pub fn take_stale(&self) -> bool {
        self.stale.swap(false, Ordering::AcqRel)
    }

    /// Whether a frame was left out since this was asked last.
    pub fn take_lagged(&self) -> bool {
        self.lagged.swap(false, Ordering::AcqRel)
    }
}

/// The frames of one commit, each made once however many devices get it.
struct Frames<'a> {
    commit: &'a Commit,
    deltas: Vec<Option<Arc<str>>>,
    made: HashMap<Vec<usize>, Option<Utf8Bytes>>,
}

impl Frames<'_> {
    /// The frame with these buckets of the commit; `None` where it would be too long.
    fn of(&mut self, mut which: Vec<usize>) -> Option<Utf8Bytes> {
        which.sort_unstable();
        if let Some(frame) = self.made.get(&which) {
            return frame.clone();
        }
        let deltas: Vec<Arc<str>> = which.iter().map(|at| self.delta(*at)).collect();
        let length: usize = deltas.iter().map(|delta| delta.len() + 1).sum();
        let frame = (length <= FRAME_BYTES).then(|| {
            // As `Frame::Commit` is written, around deltas that are text already.
            Utf8Bytes::from(format!("{{\"frame\":\"commit\",\"buckets\":[{}]}}", deltas.join(",")))
        });
        self.made.insert(which, frame.clone());
        frame
    }

    fn delta(&mut self, at: usize) -> Arc<str> {
        let commit = self.commit;
        self.deltas[at].get_or_insert_with(|| delta(&commit.buckets[at]).into()).clone()
    }
}

fn delta(change: &BucketChange) -> String {
    let row = |row: &crate::storage::EntryChange| EntryRow {
        seq: row.seq,
        kind: row.kind.name().to_owned(),
        id: row.id,
        rev: row.rev,
        body: row.body.as_ref().and_then(|body| RawValue::from_string(body.to_string()).ok()),
    };
    let delta = Delta {
        bucket: change.bucket,
        from: change.from,
        to: change.to,
        hash: change.hash.hex(),
        rows: change.rows.iter().map(row).collect(),
    };
    serde_json::to_string(&delta).expect("a delta is JSON")
}

/// A frame as it is sent.
pub fn text(frame: &Frame) -> Utf8Bytes {
    serde_json::to_string(frame).expect("a frame is JSON").into()
}
