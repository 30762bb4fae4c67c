//! What the domain says in codes, in words: refusals, why a time is not free, money.

use jiff::{Timestamp, tz::TimeZone};
use mediconnect_domain::{Money, Refusal, scheduling::engine::WhyNot};

use crate::Texts;

/// A heading and what follows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Words {
    pub title: String,
    pub text: String,
}

impl Texts {
    /// An amount in its currency.
    pub fn money(self, money: Money) -> String {
        self.amount(money.amount_minor, money.currency.exponent(), money.currency.code())
    }

    /// What was refused and why, with times in `zone` seen from `now`.
    pub fn refusal(self, refusal: &Refusal, zone: &TimeZone, now: Timestamp) -> Words {
        let words = self.refusal_by_code(refusal.code());
        let text = match refusal {
            Refusal::SlotNotOffered { why, .. } => self.why_not(why, zone, now),
            Refusal::OwnOverlap { start, .. } => {
                self.with("refusal-own-overlap-detail", &[("when", self.when_in(*start, zone, now).into())])
            }
            Refusal::TooLate { notice_min } => {
                self.with("refusal-too-late-detail", &[("notice", self.duration(*notice_min).into())])
            }
            Refusal::TooMany { limit } => self.with("refusal-too-many-detail", &[("limit", (*limit).into())]),
            _ => return words,
        };
        Words { text, ..words }
    }

    /// A refusal of which only the code is known; one that this version does not know gets general words.
    pub fn refusal_by_code(self, code: &str) -> Words {
        let key = format!("refusal-{}", code.replace('_', "-"));
        match (self.find(&format!("{key}-title")), self.find(&key)) {
            (Some(title), Some(text)) => Words { title, text },
            _ => Words { title: self.get("refusal-unknown-title"), text: self.get("refusal-unknown") },
        }
    }

    /// Why a visit cannot start at a time.
    pub fn why_not(self, why: &WhyNot, zone: &TimeZone, now: Timestamp) -> String {
        let key = format!("why-not-{}", why.code().replace('_', "-"));
        let variable = match why {
            WhyNot::TooSoon { earliest: at } | WhyNot::NotOnGrid { nearest: at } => {
                ("when", self.when_in(*at, zone, now))
            }
            WhyNot::BeyondHorizon { latest } => ("date", self.date(*latest)),
            WhyNot::NoSuchTime { local } => ("time", self.clock(local.time())),
            _ => return self.get(&key),
        };
        self.with(&key, &[(variable.0, variable.1.into())])
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::Language;

    fn complete(text: &str) -> bool {
        !text.is_empty() && !text.contains(['[', '{'])
    }

    #[test]
    fn every_refusal_is_worded_in_every_offered_language() {
        for language in Language::offered() {
            let texts = Texts::new(language);
            let unknown = texts.refusal_by_code("no_such_code");
            for refusal in Refusal::examples() {
                let words = texts.refusal(&refusal, &TimeZone::UTC, Timestamp::UNIX_EPOCH);
                assert!(
                    complete(&words.title) && complete(&words.text),
                    "{language:?} {refusal:?}: {words:?}"
                );
                assert_ne!(words.title, unknown.title, "{language:?} {refusal:?}");
            }
        }
    }

    #[test]
    fn every_reason_against_a_time_has_words_of_its_own() {
        for language in Language::offered() {
            let texts = Texts::new(language);
            let reasons = WhyNot::examples();
            let words: BTreeSet<String> =
                reasons.iter().map(|why| texts.why_not(why, &TimeZone::UTC, Timestamp::UNIX_EPOCH)).collect();
            assert_eq!(words.len(), reasons.len());
            assert!(words.iter().all(|text| complete(text)), "{words:?}");
        }
    }

    #[test]
    fn a_refusal_of_a_newer_server_gets_general_words() {
        let words = Texts::new(Language::En).refusal_by_code("moon_phase");
        assert_eq!(words.title, "This was not accepted");
    }

    #[test]
    fn a_refusal_names_what_is_known_of_the_case() {
        let texts = Texts::new(Language::En);
        let too_late =
            texts.refusal(&Refusal::TooLate { notice_min: 720 }, &TimeZone::UTC, Timestamp::UNIX_EPOCH);
        assert_eq!(
            too_late.text,
            "This had to be done at least 12\u{a0}h before. Call the clinic if you can't come."
        );
    }
}
