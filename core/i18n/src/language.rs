//! The languages the product knows, and what sets them apart.

use std::{str::FromStr, sync::LazyLock};

use serde::{Deserialize, Serialize};
use unic_langid::{LanguageIdentifier, langid};

use crate::bundles;

/// A language of the product. It is offered to people once its texts are complete: see [`Language::offered`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    #[default]
    En,
    Hi,
    Es,
    Fr,
    Ar,
}

/// Which way lines run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    LeftToRight,
    RightToLeft,
}

impl Direction {
    /// The value of HTML's `dir`.
    pub fn attribute(self) -> &'static str {
        match self {
            Self::LeftToRight => "ltr",
            Self::RightToLeft => "rtl",
        }
    }
}

impl Language {
    pub const ALL: [Self; 5] = [Self::En, Self::Hi, Self::Es, Self::Fr, Self::Ar];

    /// The languages in which every text is there.
    pub fn offered() -> Vec<Self> {
        static OFFERED: LazyLock<Vec<Language>> = LazyLock::new(|| {
            Language::ALL.into_iter().filter(|language| bundles::missing(*language).is_empty()).collect()
        });
        OFFERED.clone()
    }

    /// The BCP 47 tag, for `lang` attributes and `Accept-Language`.
    pub fn tag(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Hi => "hi",
            Self::Es => "es",
            Self::Fr => "fr",
            Self::Ar => "ar",
        }
    }

    /// Its name in itself: nobody looks for 'Hindi' who reads Hindi.
    pub fn own_name(self) -> &'static str {
        match self {
            Self::En => "English",
            Self::Hi => "हिन्दी",
            Self::Es => "Español",
            Self::Fr => "Français",
            Self::Ar => "العربية",
        }
    }

    pub fn direction(self) -> Direction {
        if self == Self::Ar { Direction::RightToLeft } else { Direction::LeftToRight }
    }

    /// The first offered language a system's locale list (`hi_IN.UTF-8`, `fr-CA`, …) asks for.
    pub fn preferred<'a>(locales: impl IntoIterator<Item = &'a str>) -> Self {
        let offered = Self::offered();
        let known = locales.into_iter().filter_map(|locale| locale.parse().ok());
        known.into_iter().find(|language| offered.contains(language)).unwrap_or_default()
    }

    pub(crate) fn id(self) -> LanguageIdentifier {
        match self {
            Self::En => langid!("en"),
            Self::Hi => langid!("hi"),
            Self::Es => langid!("es"),
            Self::Fr => langid!("fr"),
            Self::Ar => langid!("ar"),
        }
    }
}

/// The text names no language of the product.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnknownLanguage;

impl FromStr for Language {
    type Err = UnknownLanguage;

    /// Reads the primary subtag and ignores region, script and encoding.
    fn from_str(tag: &str) -> Result<Self, UnknownLanguage> {
        let primary = tag.split(['-', '_', '.']).next().unwrap_or_default().to_ascii_lowercase();
        Self::ALL.into_iter().find(|language| language.tag() == primary).ok_or(UnknownLanguage)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_system_locale_picks_the_first_offered_language() {
        assert_eq!(Language::preferred(["xx", "hi_IN.UTF-8", "en"]), Language::Hi);
        assert_eq!(Language::preferred(["tlh"]), Language::En);
    }

    #[test]
    fn english_and_hindi_are_offered() {
        let offered = Language::offered();
        assert!(offered.contains(&Language::En) && offered.contains(&Language::Hi), "{offered:?}");
    }

    #[test]
    fn arabic_runs_from_right_to_left() {
        assert_eq!(Language::Ar.direction().attribute(), "rtl");
        assert_eq!(Language::Hi.direction().attribute(), "ltr");
    }
}
