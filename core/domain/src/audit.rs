//! The server's word on its audit: how far it goes and what is in it.
//!
//! The server writes a line for what is done and tried, and seals the new lines about once a second: each seal holds the hash of its
//! lines and of the seal before. Whoever keeps a head can tell later whether the audit still goes through it: one that was
//! shortened or written anew does not. Devices keep the last one they saw ([`HEAD`]).

use std::fmt;

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The head of the audit, and the seal at the number asked for: `GET` answers a [`HeadAnswer`].
pub const HEAD: &str = "/v1/audit/head";

/// One seal, signed. The newest is the head.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct AuditHead {
    /// Counts from 1.
    pub number: u64,
    /// BLAKE3 over the seal before and the lines of this one, hex.
    pub hash: String,
    pub at: Timestamp,
    /// Ed25519 over [`AuditHead::signed_bytes`] by the server's receipt key, hex.
    pub signature: String,
}

impl AuditHead {
    /// What the signature covers. The first words keep it apart from all else that the key signs.
    pub fn signed_bytes(number: u64, hash: &str, at: Timestamp) -> Vec<u8> {
        format!("mediconnect audit seal 1\n{number}\n{hash}\n{}", at.as_microsecond()).into_bytes()
    }
}

/// What is asked of [`HEAD`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AskHead {
    /// A seal seen before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<u64>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct HeadAnswer {
    /// `None` as long as nothing was sealed.
    pub head: Option<AuditHead>,
    /// The seal asked for; `None` too where there is none of that number.
    pub asked: Option<AuditHead>,
}

/// What a head that somebody kept says of an audit seen later.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Witnessed {
    /// The audit goes through it.
    Continued,
    /// The audit ends before it: its newest lines were taken away.
    Shortened,
    /// The audit has something else in its place: lines before it were changed.
    Rewritten,
}

impl AuditHead {
    /// Compares this one, kept, with the seal of the same number now.
    pub fn witness(&self, now: Option<&AuditHead>) -> Witnessed {
        match now {
            None => Witnessed::Shortened,
            Some(now) if now.number == self.number && now.hash == self.hash => Witnessed::Continued,
            Some(_) => Witnessed::Rewritten,
        }
    }
}

/// What a check of the whole audit found.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct AuditReport {
    pub seals: u64,
    pub lines: u64,
    /// Written in the last moments, not sealed yet.
    pub waiting: u64,
    pub head: Option<AuditHead>,
    /// Empty where all is as it was written.
    pub findings: Vec<AuditFinding>,
}

/// Something that cannot come from the server's own work.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum AuditFinding {
    /// There is no seal of this number though there are later ones.
    SealMissing { seal: u64 },
    /// The seal does not bear this installation's signature.
    SealForged { seal: u64 },
    /// Of the lines of this seal some are gone.
    LinesMissing { seal: u64, after: u64, until: u64, count: u64 },
    /// Lines stand among those of this seal that were not there.
    LinesAdded { seal: u64, after: u64, until: u64, count: u64 },
    /// One of the lines of this seal says something else, or they stand in another order.
    LinesChanged { seal: u64, after: u64, until: u64 },
    /// These lines were left unsealed for longer than the server ever does.
    NeverSealed { after: u64, count: u64 },
    /// Somebody kept a head, and the audit ends before it.
    Shortened { kept: u64 },
    /// Somebody kept a head, and the audit has another in its place.
    Rewritten { kept: u64 },
    /// A head that was kept is not from this installation.
    ForeignWitness { kept: u64 },
}

impl fmt::Display for AuditFinding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::SealMissing { seal } => write!(f, "seal {seal} is missing"),
            Self::SealForged { seal } => write!(f, "seal {seal} does not bear this installation's signature"),
            Self::LinesMissing { seal, after, until, count } => {
                write!(f, "seal {seal}: {count} of the lines after {after} up to {until} are missing")
            }
            Self::LinesAdded { seal, after, until, count } => {
                write!(f, "seal {seal}: {count} lines were added after {after} up to {until}")
            }
            Self::LinesChanged { seal, after, until } => {
                write!(f, "seal {seal}: a line after {after} up to {until} was changed or moved")
            }
            Self::NeverSealed { after, count } => write!(f, "{count} lines after {after} were never sealed"),
            Self::Shortened { kept } => write!(f, "the audit ends before seal {kept}, which a witness has"),
            Self::Rewritten { kept } => write!(f, "seal {kept} is not the one that a witness has"),
            Self::ForeignWitness { kept } => {
                write!(f, "the witness's seal {kept} does not bear this installation's signature")
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn head(number: u64, hash: &str) -> AuditHead {
        AuditHead { number, hash: hash.into(), at: Timestamp::UNIX_EPOCH, signature: String::new() }
    }

    #[test]
    fn a_kept_head_tells_a_shortened_from_a_rewritten_audit() {
        let kept = head(7, "aa");
        assert_eq!(kept.witness(Some(&head(7, "aa"))), Witnessed::Continued);
        assert_eq!(kept.witness(Some(&head(7, "ab"))), Witnessed::Rewritten);
        assert_eq!(kept.witness(Some(&head(6, "aa"))), Witnessed::Rewritten);
        assert_eq!(kept.witness(None), Witnessed::Shortened);
    }
}
