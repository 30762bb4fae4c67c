//! Saving settings.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::Settings;
use crate::{
    Authority, Change, Context, Facts, Halt, Rule, Zone, access, accounts::Account, settings::Language,
    settings::NoticeSettings, settings::TextSize, settings::Theme,
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

    fn decide(&self, facts: &Facts, cx: &Context) -> Result<Vec<Change>, Halt> {
        let account = access::account(facts, cx)?;
        let settings = Settings {
            account_id: account.id,
            language: self.language,
            theme: self.theme,
            text_size: self.text_size,
            zone: self.zone.clone(),
            notices: self.notices,
        };
        let mut changes = vec![Change::put(settings)];
        if cx.authority == Authority::Final && account.language != self.language {
            changes.push(Change::put(Account { language: self.language, ..account }));
        }
        Ok(changes)
    }
}
