//! Times on offer, from the engine.

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Fetch;
use crate::{RoleId, VisitTypeId, scheduling::engine};

/// The slots of a role and visit type in a stretch of at most 62 days.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Slots {
    pub role_id: RoleId,
    pub visit_type_id: VisitTypeId,
    pub from: Timestamp,
    pub until: Timestamp,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct SlotsAnswer {
    pub slots: Vec<engine::Slot>,
    /// The first free start at or after `until`, if none lies in the stretch.
    pub next_free: Option<Timestamp>,
    pub as_of: Timestamp,
}

impl Fetch for Slots {
    const PATH: &'static str = "/v1/slots";
    type Answer = SlotsAnswer;
}

/// The next free starts of several roles, for a list of doctors.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NextFree {
    /// Comma-separated role ids, at most 50.
    pub role_ids: String,
    /// The first offering of the role where left out.
    pub visit_type_id: Option<VisitTypeId>,
    /// Starts per role, 1 to 10.
    pub count: u8,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct NextFreeAnswer {
    pub roles: Vec<RoleTimes>,
    pub as_of: Timestamp,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct RoleTimes {
    pub role_id: RoleId,
    pub visit_type_id: VisitTypeId,
    pub starts: Vec<Timestamp>,
}

impl Fetch for NextFree {
    const PATH: &'static str = "/v1/slots/next";
    type Answer = NextFreeAnswer;
}

/// Why a start is not on offer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WhyNotFree {
    pub role_id: RoleId,
    pub visit_type_id: VisitTypeId,
    pub start: Timestamp,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct WhyNotFreeAnswer {
    /// `None`: it is free.
    pub why: Option<engine::WhyNot>,
    pub next_free: Vec<Timestamp>,
}

impl Fetch for WhyNotFree {
    const PATH: &'static str = "/v1/slots/why";
    type Answer = WhyNotFreeAnswer;
}
