//! What a person set for themself: language, appearance, which notices, which doctors are at hand.

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{
    Deserialize, Deserializer, Serialize,
    de::value::{self, StringDeserializer},
};
use uuid::Uuid;

use crate::{
    AccountId, DoctorId, FollowId, Kind, Stored, Zone,
    access::Scope,
    record::{Index, IndexKey},
};

/// The languages that are complete (BCP 47).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Language {
    #[default]
    En,
    Hi,
}

/// An account's settings. One per account, with the account's id.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Settings {
    pub account_id: AccountId,
    pub language: Language,
    pub theme: Theme,
    #[serde(deserialize_with = "known_size")]
    pub text_size: TextSize,
    pub zone: Zone,
    /// In-app notices on or off, by subject.
    pub notices: NoticeSettings,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Theme {
    /// As the device has it.
    #[default]
    Device,
    Light,
    Dark,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum TextSize {
    #[default]
    Normal,
    Large,
    Larger,
    Largest,
}

/// A record stays readable where a newer build wrote a size that this one does not know: text is then as usual.
fn known_size<'de, D: Deserializer<'de>>(stored: D) -> Result<TextSize, D::Error> {
    let name = StringDeserializer::<value::Error>::new(String::deserialize(stored)?);
    Ok(TextSize::deserialize(name).unwrap_or_default())
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct NoticeSettings {
    pub visits: bool,
    pub requests: bool,
    pub waitlist: bool,
}

impl Default for NoticeSettings {
    fn default() -> Self {
        Self { visits: true, requests: true, waitlist: true }
    }
}

impl Settings {
    pub fn new(account_id: AccountId, language: Language, zone: Zone) -> Self {
        let (theme, text_size, notices) = Default::default();
        Self { account_id, language, theme, text_size, zone, notices }
    }
}

impl Stored for Settings {
    const KIND: Kind = Kind::Settings;

    fn id(&self) -> Uuid {
        self.account_id.0
    }

    fn scopes(&self) -> Vec<Scope> {
        vec![Scope::Account(self.account_id)]
    }
}

/// That an account keeps a doctor at hand: favourite or recently viewed. Brings that doctor's times on offer to its devices.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Follow {
    pub id: FollowId,
    pub account_id: AccountId,
    pub doctor_id: DoctorId,
    pub favourite: bool,
    pub at: Timestamp,
}

impl Follow {
    pub fn id_of(account: AccountId, doctor: DoctorId) -> FollowId {
        FollowId::derive(&[b"follow", account.0.as_bytes(), doctor.0.as_bytes()])
    }
}

impl Stored for Follow {
    const KIND: Kind = Kind::Follow;

    fn id(&self) -> Uuid {
        self.id.0
    }

    fn scopes(&self) -> Vec<Scope> {
        vec![Scope::Account(self.account_id)]
    }

    fn index_keys(&self) -> Vec<IndexKey> {
        vec![IndexKey::new(Index::FollowsOfAccount, self.account_id, crate::record::sort_key(self.at))]
    }
}

pub mod follow;
pub mod save;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::derive;

    #[test]
    fn settings_of_a_newer_build_are_read_with_usual_text() {
        let settings = Settings::new(AccountId(derive(&[b"account"])), Language::Hi, Zone::utc());
        for (written, read) in [("larger", TextSize::Larger), ("enormous", TextSize::Normal)] {
            let mut stored = serde_json::to_value(&settings).expect("settings are JSON");
            stored["text_size"] = written.into();
            let shown: Settings = serde_json::from_value(stored).expect("readable settings");
            assert_eq!(shown, Settings { text_size: read, ..settings.clone() });
        }
    }
}
