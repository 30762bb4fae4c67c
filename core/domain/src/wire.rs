//! What device and server say to each other in sync. See docs/ARCHITECTURE.md for the path.
//!
//! `POST /v1/sync/push` takes [`Push`] and answers [`PushAnswer`]; `POST /v1/sync/pull` takes [`Pull`] and answers lines of
//! [`PullLine`], one JSON text a line; `GET /v1/sync/live` upgrades to a WebSocket of [`Frame`]s.

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize, de::Error};
use serde_json::{Value, value::RawValue};
use uuid::Uuid;

use crate::{AccountId, Command, CommandId, DeviceId, Kind, Refusal, access::Scope};

/// The version of this protocol. The server speaks to this one and the two before.
pub const PROTOCOL: u32 = 1;

/// The version of the commands' forms.
pub const SCHEMA: u32 = 1;

/// A command as a device sends it. Its bytes do not change after the first send.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Envelope {
    pub id: CommandId,
    pub lane: String,
    /// Counts per device and lane, from 1.
    pub seq: u64,
    pub name: String,
    pub args: Value,
    /// Commands whose effects this one builds on.
    pub depends_on: Vec<CommandId>,
    pub schema: u32,
    /// The command that this one is a changed form of: should that one have taken effect, its result comes back.
    pub replaces: Option<CommandId>,
}

impl Envelope {
    /// The command inside, or why it cannot be read.
    pub fn command(&self) -> Result<Command, Refusal> {
        if self.schema > SCHEMA {
            return Err(Refusal::UnknownCommand);
        }
        match Command::read(&self.name, &self.args.to_string()) {
            None => Err(Refusal::UnknownCommand),
            Some(read) => read.map_err(|error| Refusal::field("args", &error.to_string())),
        }
    }

    /// The hash of what was sent, by which a second sending is told from a second use of the id.
    pub fn digest(&self) -> String {
        let text = serde_json::to_string(self).expect("an envelope is JSON");
        blake3::hash(text.as_bytes()).to_hex().to_string()
    }
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Push {
    pub protocol: u32,
    pub device: DeviceId,
    /// At most 100.
    pub commands: Vec<Envelope>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct PushAnswer {
    /// In the order of the commands. A command of a lane that is blocked by an earlier one has none.
    pub receipts: Vec<Receipt>,
}

/// The server's word on a command: what was decided, when, signed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Receipt {
    pub command: CommandId,
    pub account: AccountId,
    pub at: Timestamp,
    pub outcome: Outcome,
    /// Ed25519 over [`Receipt::signed_bytes`] by the server's receipt key, hex.
    pub signature: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum Outcome {
    Accepted {
        /// The entries this command wrote. Once a device has applied those it holds, the command's effect is in its base.
        entries: Vec<Written>,
    },
    Refused {
        refusal: Refusal,
    },
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Written {
    pub bucket: Scope,
    pub seq: u64,
}

impl Receipt {
    /// What the signature covers: the receipt without it, as compact JSON in the order of the fields.
    pub fn signed_bytes(&self) -> Vec<u8> {
        let unsigned = (self.command, self.account, self.at, &self.outcome);
        serde_json::to_vec(&unsigned).expect("a receipt is JSON")
    }
}

/// Where a device is in one bucket.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct BucketCursor {
    pub bucket: Scope,
    pub generation: u64,
    /// The last entry applied.
    pub seq: u64,
    /// The additive hash over the rows held, hex; see [`RowHash`].
    pub hash: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Pull {
    pub protocol: u32,
    /// Of the store the cursors are from; `None` at the first pull.
    pub incarnation: Option<Uuid>,
    /// [`checkpoint`] of the cursors.
    pub checkpoint: String,
    /// Left out where the device hopes that nothing is new; the server then asks for them if it is not so.
    pub cursors: Option<Vec<BucketCursor>>,
}

/// One line of a pull's answer.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(tag = "line", rename_all = "snake_case")]
pub enum PullLine {
    /// Nothing is new. The only line.
    Same { at: Timestamp },
    /// The checkpoint does not match: send the cursors. The only line.
    SendCursors,
    /// First line: what the device may hold now. Buckets missing here are to be hidden and purged.
    Begin { at: Timestamp, incarnation: Uuid, buckets: Vec<BucketState> },
    /// Some rows of one bucket, in order of seq.
    Page { bucket: Scope, rows: Vec<EntryRow> },
    /// Last line: all was sent.
    End,
}

/// A bucket in the server's snapshot.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct BucketState {
    pub bucket: Scope,
    pub generation: u64,
    pub head: u64,
    /// The rows come whole: forget what is held of this bucket.
    pub afresh: bool,
    /// The additive hash over all live rows at `head`.
    pub hash: String,
}

/// A record in a bucket.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct EntryRow {
    pub seq: u64,
    pub kind: String,
    pub id: Uuid,
    pub rev: u64,
    /// `None` is: no longer in this bucket.
    #[schemars(with = "Option<Value>")]
    pub body: Option<Box<RawValue>>,
}

impl EntryRow {
    /// The kind; `None` where this build does not know it and leaves the row aside.
    pub fn known_kind(&self) -> Option<Kind> {
        Kind::from_name(&self.kind)
    }
}

/// What comes down the live stream.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(tag = "frame", rename_all = "snake_case")]
pub enum Frame {
    /// First: the store's incarnation.
    Hello { incarnation: Uuid, at: Timestamp },
    /// One commit, as far as it concerns this device.
    Commit { buckets: Vec<Delta> },
    /// Something changed that is not sent here: pull.
    Poke,
    /// The session ended: sign in again.
    Bye { reason: String },
}

/// Bodies come through untouched as raw JSON, which serde cannot read inside a tagged enum: so all fields are read first and
/// the tag chooses among them.
#[derive(Deserialize)]
struct LineFields {
    line: String,
    at: Option<Timestamp>,
    incarnation: Option<Uuid>,
    buckets: Option<Vec<BucketState>>,
    bucket: Option<Scope>,
    rows: Option<Vec<EntryRow>>,
}

impl<'de> Deserialize<'de> for PullLine {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let LineFields { line, at, incarnation, buckets, bucket, rows } =
            Deserialize::deserialize(deserializer)?;
        Ok(match line.as_str() {
            "same" => Self::Same { at: given(at, "at")? },
            "send_cursors" => Self::SendCursors,
            "begin" => Self::Begin {
                at: given(at, "at")?,
                incarnation: given(incarnation, "incarnation")?,
                buckets: given(buckets, "buckets")?,
            },
            "page" => Self::Page { bucket: given(bucket, "bucket")?, rows: given(rows, "rows")? },
            "end" => Self::End,
            other => return Err(D::Error::custom(format_args!("unknown line `{other}`"))),
        })
    }
}

/// See [`LineFields`].
#[derive(Deserialize)]
struct FrameFields {
    frame: String,
    at: Option<Timestamp>,
    incarnation: Option<Uuid>,
    buckets: Option<Vec<Delta>>,
    reason: Option<String>,
}

impl<'de> Deserialize<'de> for Frame {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let FrameFields { frame, at, incarnation, buckets, reason } = Deserialize::deserialize(deserializer)?;
        Ok(match frame.as_str() {
            "hello" => Self::Hello { incarnation: given(incarnation, "incarnation")?, at: given(at, "at")? },
            "commit" => Self::Commit { buckets: given(buckets, "buckets")? },
            "poke" => Self::Poke,
            "bye" => Self::Bye { reason: given(reason, "reason")? },
            other => return Err(D::Error::custom(format_args!("unknown frame `{other}`"))),
        })
    }
}

fn given<T, E: Error>(field: Option<T>, name: &'static str) -> Result<T, E> {
    field.ok_or_else(|| E::missing_field(name))
}

/// New rows of a bucket. Applies to a device that is at `from`; any other pulls.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Delta {
    pub bucket: Scope,
    pub from: u64,
    pub to: u64,
    /// The bucket's additive hash at `to`.
    pub hash: String,
    pub rows: Vec<EntryRow>,
}

/// The additive 128-bit hash of a bucket: the sum, modulo 2^128, of a hash of each live row. Adding and removing rows in any
/// order gives the same. It finds bugs; it does not protect against a malicious server.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RowHash(pub u128);

impl RowHash {
    pub fn of(kind: &str, id: Uuid, rev: u64) -> Self {
        let mut hasher = blake3::Hasher::new();
        hasher.update(kind.as_bytes()).update(id.as_bytes()).update(&rev.to_le_bytes());
        let mut bytes = [0; 16];
        bytes.copy_from_slice(&hasher.finalize().as_bytes()[..16]);
        Self(u128::from_le_bytes(bytes))
    }

    // Not `Add`: it wraps, and what it is undone by is called `remove`.
    #[allow(clippy::should_implement_trait)]
    pub fn add(self, other: Self) -> Self {
        Self(self.0.wrapping_add(other.0))
    }

    pub fn remove(self, other: Self) -> Self {
        Self(self.0.wrapping_sub(other.0))
    }

    pub fn hex(self) -> String {
        format!("{:032x}", self.0)
    }

    pub fn from_hex(text: &str) -> Option<Self> {
        u128::from_str_radix(text, 16).ok().map(Self)
    }
}

/// One hash over all cursors, sorted by bucket: says 'I am here' in 32 characters.
pub fn checkpoint<'a>(cursors: impl IntoIterator<Item = (&'a Scope, u64, u64)>) -> String {
    let mut sorted: Vec<_> = cursors.into_iter().collect();
    sorted.sort();
    let mut hasher = blake3::Hasher::new();
    for (bucket, generation, seq) in sorted {
        hasher.update(format!("{bucket} {generation} {seq}\n").as_bytes());
    }
    hasher.finalize().to_hex()[..32].to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(body: Option<&str>) -> EntryRow {
        let body = body.map(|body| RawValue::from_string(body.to_owned()).unwrap());
        EntryRow { seq: 1, kind: "clinic".into(), id: crate::id::derive(&[b"row"]), rev: 2, body }
    }

    #[test]
    fn lines_and_frames_are_read_as_they_are_written_with_bodies_untouched() {
        let (at, incarnation, bucket) = (Timestamp::UNIX_EPOCH, Uuid::nil(), Scope::Directory);
        let body = r#"{"later":  1.50,"b":[ ]}"#;
        let rows = || vec![row(Some(body)), row(None)];
        let state = BucketState { bucket, generation: 1, head: 2, afresh: true, hash: RowHash(3).hex() };
        let delta = Delta { bucket, from: 1, to: 2, hash: RowHash(3).hex(), rows: rows() };
        let lines = [
            PullLine::Same { at },
            PullLine::SendCursors,
            PullLine::Begin { at, incarnation, buckets: vec![state] },
            PullLine::Page { bucket, rows: rows() },
            PullLine::End,
        ];
        for line in lines {
            let text = serde_json::to_string(&line).unwrap();
            let read: PullLine = serde_json::from_str(&text).unwrap();
            assert_eq!(serde_json::to_string(&read).unwrap(), text);
        }
        let frames = [
            Frame::Hello { incarnation, at },
            Frame::Commit { buckets: vec![delta] },
            Frame::Poke,
            Frame::Bye { reason: "signed_out".into() },
        ];
        for frame in frames {
            let text = serde_json::to_string(&frame).unwrap();
            assert!(!text.contains("commit") || text.contains(body));
            let read: Frame = serde_json::from_str(&text).unwrap();
            assert_eq!(serde_json::to_string(&read).unwrap(), text);
        }
        for broken in [r#"{"line":"page"}"#, r#"{"line":"news"}"#, "{}", r#"{"line":"begin","at":1}"#] {
            assert!(serde_json::from_str::<PullLine>(broken).is_err());
        }
    }
}
