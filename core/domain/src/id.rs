//! Typed ids: UUIDv7 (RFC 9562 §5.7), so that rows written one after the other lie beside each other on disk.

use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize, de::Error};
use uuid::Uuid;

/// An id that follows from its parts, in the shape of a UUIDv7. Equal parts give the equal id on every machine.
pub fn derive(parts: &[&[u8]]) -> Uuid {
    let mut hasher = blake3::Hasher::new();
    for part in parts {
        hasher.update(&(part.len() as u64).to_le_bytes());
        hasher.update(part);
    }
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&hasher.finalize().as_bytes()[..16]);
    bytes[6] = (bytes[6] & 0x0f) | 0x70;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    Uuid::from_bytes(bytes)
}

/// A UUIDv7 from an instant (milliseconds since 1970) and 74 random bits taken from `random`.
pub fn v7(unix_ms: u64, random: [u8; 10]) -> Uuid {
    uuid::Builder::from_unix_timestamp_millis(unix_ms, &random).into_uuid()
}

fn version_7<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Uuid, D::Error> {
    let id = Uuid::deserialize(deserializer)?;
    if id.get_version_num() == 7 { Ok(id) } else { Err(D::Error::custom("expected a UUIDv7")) }
}

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
        #[serde(transparent)]
        pub struct $name(#[serde(deserialize_with = "version_7")] pub Uuid);

        impl $name {
            /// The id that follows from these parts; see [`derive`].
            pub fn derive(parts: &[&[u8]]) -> Self {
                Self(derive(parts))
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }

        impl std::str::FromStr for $name {
            type Err = NotAnId;
            fn from_str(text: &str) -> Result<Self, NotAnId> {
                let id = Uuid::parse_str(text).map_err(|_| NotAnId)?;
                if id.get_version_num() == 7 { Ok(Self(id)) } else { Err(NotAnId) }
            }
        }

        impl From<$name> for Uuid {
            fn from(id: $name) -> Uuid {
                id.0
            }
        }
    )*};
}

/// The text is not a UUIDv7.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("expected a UUIDv7")]
pub struct NotAnId;

ids! {
    /// Someone who signs in.
    AccountId,
    /// A person who is treated; accounts act for patients.
    PatientId,
    /// The link by which an account acts for a patient.
    LinkId,
    DoctorId,
    ClinicId,
    SpecialtyId,
    VisitTypeId,
    /// A doctor's role at one clinic; it has the schedule.
    RoleId,
    LeaveId,
    AppointmentId,
    /// Visits booked together.
    SeriesId,
    WaitlistId,
    ConsultationId,
    ReviewId,
    NoticeId,
    FollowId,
    SummaryId,
    AvailabilityId,
    CommandId,
    DeviceId,
    /// What is sealed for the same people, such as a patient's history.
    VaultId,
    HistoryId,
}
