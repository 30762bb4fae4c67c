//! Saving settings.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{
    Change, Context, Facts, Halt, Refusal, Rule, Zone, settings::Language, settings::NoticeSettings,
    settings::TextSize, settings::Theme,
};

/// All settings of the acting account.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, garde::Validate)]
#[serde(deny_unknown_fields)]
pub struct SaveSettings {
    #[garde(skip)]
    pub language: Language,
    #[garde(skip)]
    pub theme: Theme,
    #[garde(skip)]
    pub text_size: TextSize,
    #[garde(skip)]
    pub zone: Zone,
    #[garde(skip)]
    pub notices: NoticeSettings,
}

impl Rule for SaveSettings {
    const NAME: &'static str = "settings.save";

    fn lane(&self) -> String {
        "settings".into()
    }

    fn guards(&self) -> Vec<Uuid> {
        vec![]
    }

    fn decide(&self, _facts: &Facts, _cx: &Context) -> Result<Vec<Change>, Halt> {
        Err(Refusal::UnknownCommand.into())
    }
}
