//! What an entry says, once a device has opened it. The server never sees this form; devices seal it as JSON.

use std::fmt;

use garde::Validate;
use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use zeroize::Zeroize;

use crate::{Refusal, valid};

/// One thing that a doctor should know.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, garde::Validate)]
pub struct Content {
    #[garde(dive)]
    #[serde(flatten)]
    pub what: What,
    /// In the words of whoever wrote it; empty where there is nothing more to say.
    #[garde(length(chars, max = 2_000), custom(valid::printable))]
    #[serde(default)]
    pub note: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, garde::Validate)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum What {
    BloodType {
        #[garde(skip)]
        blood_type: BloodType,
    },
    Allergy {
        #[garde(length(chars, max = 200), custom(valid::line))]
        substance: String,
        /// What happens; empty where nobody knows.
        #[garde(length(chars, max = 200), custom(valid::printable))]
        reaction: String,
        #[garde(skip)]
        severity: Severity,
    },
    Condition {
        #[garde(length(chars, max = 200), custom(valid::line))]
        name: String,
        #[garde(skip)]
        since: Option<Moment>,
        /// Whether it is over.
        #[garde(skip)]
        resolved: bool,
    },
    Medication {
        #[garde(length(chars, max = 200), custom(valid::line))]
        name: String,
        /// How much and how often, such as `5 mg in the morning`.
        #[garde(length(chars, max = 200), custom(valid::printable))]
        dose: String,
        /// Whether it is no longer taken.
        #[garde(skip)]
        stopped: bool,
    },
    Immunisation {
        #[garde(length(chars, max = 200), custom(valid::line))]
        vaccine: String,
        #[garde(skip)]
        given: Option<Moment>,
    },
    /// An operation, or something like it.
    Procedure {
        #[garde(length(chars, max = 200), custom(valid::line))]
        name: String,
        #[garde(skip)]
        done: Option<Moment>,
    },
    FamilyHistory {
        #[garde(length(chars, max = 200), custom(valid::line))]
        condition: String,
        /// Who has or had it, such as `mother`.
        #[garde(length(chars, max = 200), custom(valid::line))]
        relative: String,
    },
}

/// The kinds of entry, in the order in which they are shown: first what matters in an emergency.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EntryKind {
    Allergy,
    Medication,
    Condition,
    BloodType,
    Immunisation,
    Procedure,
    FamilyHistory,
}

impl EntryKind {
    pub const ALL: [Self; 7] = [
        Self::Allergy,
        Self::Medication,
        Self::Condition,
        Self::BloodType,
        Self::Immunisation,
        Self::Procedure,
        Self::FamilyHistory,
    ];

    /// A stable code, for addresses and texts.
    pub fn code(self) -> &'static str {
        match self {
            Self::Allergy => "allergy",
            Self::Medication => "medication",
            Self::Condition => "condition",
            Self::BloodType => "blood_type",
            Self::Immunisation => "immunisation",
            Self::Procedure => "procedure",
            Self::FamilyHistory => "family_history",
        }
    }

    pub fn of_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }
}

/// ABO and Rh(D).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub enum BloodType {
    #[serde(rename = "A+")]
    APositive,
    #[serde(rename = "A-")]
    ANegative,
    #[serde(rename = "B+")]
    BPositive,
    #[serde(rename = "B-")]
    BNegative,
    #[serde(rename = "AB+")]
    AbPositive,
    #[serde(rename = "AB-")]
    AbNegative,
    #[serde(rename = "O+")]
    OPositive,
    #[serde(rename = "O-")]
    ONegative,
}

impl BloodType {
    pub const ALL: [Self; 8] = [
        Self::APositive,
        Self::ANegative,
        Self::BPositive,
        Self::BNegative,
        Self::AbPositive,
        Self::AbNegative,
        Self::OPositive,
        Self::ONegative,
    ];

    /// As it is written everywhere.
    pub fn sign(self) -> &'static str {
        match self {
            Self::APositive => "A+",
            Self::ANegative => "A-",
            Self::BPositive => "B+",
            Self::BNegative => "B-",
            Self::AbPositive => "AB+",
            Self::AbNegative => "AB-",
            Self::OPositive => "O+",
            Self::ONegative => "O-",
        }
    }
}

/// How bad a reaction was (HL7 FHIR R4 reaction-event-severity, with 'unknown' for what nobody knows).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    Unknown,
    Mild,
    Moderate,
    Severe,
}

/// A year, or a month of a year: people rarely know the day. `2019` or `2019-04`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Moment {
    year: i16,
    month: Option<i8>,
}

/// The text is no year and no month of a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("expected a year such as 2019, or a month such as 2019-04")]
pub struct NotAMoment;

impl std::str::FromStr for Moment {
    type Err = NotAMoment;

    fn from_str(text: &str) -> Result<Self, NotAMoment> {
        let digits = |text: &str, many| text.len() == many && text.bytes().all(|b| b.is_ascii_digit());
        let (year, month) = match text.split_once('-') {
            None => (text, None),
            Some((year, month)) if digits(month, 2) => (year, Some(month)),
            Some(_) => return Err(NotAMoment),
        };
        let year = digits(year, 4).then(|| year.parse().ok()).flatten().ok_or(NotAMoment)?;
        let month = month.map(|month| month.parse().map_err(|_| NotAMoment)).transpose()?;
        match (1850..=2200).contains(&year) && month.is_none_or(|month| (1..=12).contains(&month)) {
            true => Ok(Self { year, month }),
            false => Err(NotAMoment),
        }
    }
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.month {
            None => write!(f, "{}", self.year),
            Some(month) => write!(f, "{}-{month:02}", self.year),
        }
    }
}

impl Serialize for Moment {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Moment {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

impl JsonSchema for Moment {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "HistoryMoment".into()
    }
    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "string", "pattern": "^[0-9]{4}(-[0-9]{2})?$" })
    }
}

impl Content {
    pub fn kind(&self) -> EntryKind {
        match self.what {
            What::BloodType { .. } => EntryKind::BloodType,
            What::Allergy { .. } => EntryKind::Allergy,
            What::Condition { .. } => EntryKind::Condition,
            What::Medication { .. } => EntryKind::Medication,
            What::Immunisation { .. } => EntryKind::Immunisation,
            What::Procedure { .. } => EntryKind::Procedure,
            What::FamilyHistory { .. } => EntryKind::FamilyHistory,
        }
    }

    /// What it is about: the line one reads first.
    pub fn title(&self) -> &str {
        match &self.what {
            What::BloodType { blood_type } => blood_type.sign(),
            What::Allergy { substance, .. } => substance,
            What::Condition { name, .. } | What::Medication { name, .. } | What::Procedure { name, .. } => {
                name
            }
            What::Immunisation { vaccine, .. } => vaccine,
            What::FamilyHistory { condition, .. } => condition,
        }
    }

    /// All that somebody typed, for searching.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        let more = match &self.what {
            What::Allergy { reaction, .. } => reaction,
            What::Medication { dose, .. } => dose,
            What::FamilyHistory { relative, .. } => relative,
            _ => "",
        };
        [self.title(), more, &self.note].into_iter().filter(|text| !text.is_empty())
    }

    /// Whether it matters today: a medication that is taken, a condition that is not over.
    pub fn is_current(&self) -> bool {
        !matches!(self.what, What::Condition { resolved: true, .. } | What::Medication { stopped: true, .. })
    }

    /// Overwrites all that somebody typed.
    pub fn wipe(&mut self) {
        let texts = match &mut self.what {
            What::BloodType { .. } => vec![],
            What::Allergy { substance, reaction, .. } => vec![substance, reaction],
            What::Medication { name, dose, .. } => vec![name, dose],
            What::FamilyHistory { condition, relative } => vec![condition, relative],
            What::Condition { name, .. } | What::Procedure { name, .. } => vec![name],
            What::Immunisation { vaccine, .. } => vec![vaccine],
        };
        texts.into_iter().chain([&mut self.note]).for_each(Zeroize::zeroize);
    }

    /// The bytes that are sealed, if the fields are in order.
    pub fn to_bytes(&self) -> Result<Vec<u8>, Refusal> {
        self.validate()?;
        Ok(serde_json::to_vec(self).expect("made of values that JSON can say"))
    }

    /// What was sealed; an error where this build does not know its form.
    pub fn read(bytes: &[u8]) -> Result<Self, serde_json::Error> {
        serde_json::from_slice(bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn condition(since: Option<Moment>) -> Content {
        let what = What::Condition { name: "Asthma".into(), since, resolved: false };
        Content { what, note: "worse in spring".into() }
    }

    #[test]
    fn what_was_written_is_read_with_its_month() {
        let content = condition("2019-04".parse().ok());
        let bytes = content.to_bytes().unwrap();
        assert!(std::str::from_utf8(&bytes).unwrap().contains(r#""since":"2019-04""#));
        assert_eq!(Content::read(&bytes).unwrap(), content);
        let later = br#"{"kind":"implant","name":"x"}"#;
        assert!(Content::read(later).is_err(), "a kind that a later version invented");
    }

    #[test]
    fn a_moment_is_a_year_or_a_month_and_nothing_else() {
        for good in ["1999", "2026-12"] {
            assert_eq!(good.parse::<Moment>().unwrap().to_string(), good);
        }
        for bad in ["", "99", "2019-4", "2019-13", "2019-00", "+999", "0001", "2019-04-01", "２０１９"] {
            assert_eq!(bad.parse::<Moment>(), Err(NotAMoment), "{bad}");
        }
    }

    #[test]
    fn a_blank_name_is_refused_before_it_is_sealed() {
        let mut content = condition(None);
        let What::Condition { name, .. } = &mut content.what else { panic!("a condition") };
        *name = "  ".into();
        let Err(Refusal::Invalid { fields }) = content.to_bytes() else { panic!("refused") };
        assert_eq!(fields[0].path, "what.name");
    }

    #[test]
    fn nothing_typed_is_left_after_a_wipe() {
        let mut content = condition(None);
        content.wipe();
        assert_eq!(content.texts().count(), 0);
    }

    #[test]
    fn everything_typed_can_be_searched() {
        let texts: Vec<_> = condition(None).texts().map(str::to_owned).collect();
        assert_eq!(texts, ["Asthma", "worse in spring"]);
    }
}
