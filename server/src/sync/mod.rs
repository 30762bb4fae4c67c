//! Sync with devices: [`push`] takes commands from an outbox, [`pull`] gives the rows of buckets. What happens in between
//! comes down the live stream ([`crate::live`]). [`compact`] keeps buckets from growing without end.

pub mod compact;
pub mod pull;
pub mod push;

use mediconnect_domain::wire::PROTOCOL;

/// The server speaks to this version of the protocol and to the two before.
pub fn speaks(protocol: u32) -> bool {
    (PROTOCOL.saturating_sub(2).max(1)..=PROTOCOL).contains(&protocol)
}
