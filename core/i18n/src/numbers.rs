//! Numbers, money, distances: grouping, decimal signs and the place of the currency sign by language.

use crate::{Language, Texts};

impl Texts {
    /// A whole number with its groups: `1,234,567`, in Hindi `12,34,567`.
    pub fn number(self, value: i64) -> String {
        localised(&value.to_string(), self.language())
    }

    /// A number with exactly `digits` after the decimal sign.
    pub fn decimal(self, value: f64, digits: usize) -> String {
        localised(&format!("{value:.digits$}"), self.language())
    }

    /// `amount_minor` of a currency (ISO 4217 code) with `exponent` digits after the decimal sign. Whole amounts show
    /// no decimals: a fee reads `₹1,200`, a share of it `₹1,200.50`. Rupees are grouped in lakhs in every language.
    pub fn amount(self, amount_minor: i64, exponent: u32, currency: &str) -> String {
        let unit = 10_u64.pow(exponent);
        let (whole, rest) = (amount_minor.unsigned_abs() / unit, amount_minor.unsigned_abs() % unit);
        let digits = match rest {
            0 => whole.to_string(),
            _ => format!("{whole}.{rest:0width$}", width = exponent as usize),
        };
        let grouped = match currency {
            "INR" => localised_in_lakhs(&digits, self.language()),
            _ => localised(&digits, self.language()),
        };
        let sign = if amount_minor < 0 { "−" } else { "" };
        match self.language() {
            Language::Es | Language::Fr | Language::Ar => {
                format!("{sign}{grouped}\u{a0}{}", symbol(currency))
            }
            _ if symbol(currency) == currency => format!("{sign}{currency}\u{a0}{grouped}"),
            _ => format!("{sign}{}{grouped}", symbol(currency)),
        }
    }

    /// A distance as people say it: metres below one kilometre, then kilometres, with a decimal below ten.
    pub fn distance(self, metres: u32) -> String {
        let kilometres = f64::from(metres) / 1000.0;
        match metres {
            0..=949 => self.with("distance-m", &[("n", (metres.div_ceil(50) * 50).max(50).into())]),
            950..=9949 => self.with("distance-km", &[("n", self.decimal(kilometres, 1).into())]),
            _ => self.with("distance-km", &[("n", self.decimal(kilometres, 0).into())]),
        }
    }
}

fn symbol(currency: &str) -> &str {
    match currency {
        "EUR" => "€",
        "USD" => "$",
        "GBP" => "£",
        "INR" => "₹",
        "JPY" => "¥",
        other => other,
    }
}

pub(crate) fn groups_in_lakhs(language: Language) -> bool {
    language == Language::Hi
}

/// (between groups, before decimals)
fn signs(language: Language) -> (&'static str, &'static str) {
    match language {
        Language::En | Language::Hi | Language::Ar => (",", "."),
        Language::Es => (".", ","),
        Language::Fr => ("\u{202f}", ","),
    }
}

/// A plain decimal (`-1234.5`) in the manner of a language.
pub(crate) fn localised(plain: &str, language: Language) -> String {
    grouped(plain, signs(language), if groups_in_lakhs(language) { 2 } else { 3 })
}

fn localised_in_lakhs(plain: &str, language: Language) -> String {
    grouped(plain, signs(language), 2)
}

/// The last group has three digits, those before it `size`.
fn grouped(plain: &str, (separator, decimal): (&str, &str), size: usize) -> String {
    let (negative, digits) = plain.strip_prefix('-').map_or((false, plain), |digits| (true, digits));
    let (whole, rest) = digits.split_once('.').map_or((digits, None), |(whole, rest)| (whole, Some(rest)));
    let mut text = String::from(if negative { "−" } else { "" });
    for (at, digit) in whole.chars().enumerate() {
        let left = whole.len() - at;
        if at > 0 && (left == 3 || (left > 3 && (left - 3) % size == 0)) {
            text.push_str(separator);
        }
        text.push(digit);
    }
    if let Some(rest) = rest {
        text.push_str(decimal);
        text.push_str(rest);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_grouped_by_language() {
        assert_eq!(Texts::new(Language::En).number(1_234_567), "1,234,567");
        assert_eq!(Texts::new(Language::Hi).number(1_234_567), "12,34,567");
        assert_eq!(Texts::new(Language::Fr).number(-1_234_567), "−1\u{202f}234\u{202f}567");
        assert_eq!(Texts::new(Language::Es).decimal(1234.56, 1), "1.234,6");
        assert_eq!(Texts::new(Language::En).number(999), "999");
        assert_eq!(Texts::new(Language::Hi).number(100_000), "1,00,000");
    }

    #[test]
    fn money_shows_decimals_only_when_there_are_some() {
        let (en, fr) = (Texts::new(Language::En), Texts::new(Language::Fr));
        assert_eq!(en.amount(120_000, 2, "INR"), "₹1,200");
        assert_eq!(en.amount(123_456_789, 2, "INR"), "₹12,34,567.89");
        assert_eq!(en.amount(123_456_789, 2, "USD"), "$1,234,567.89");
        assert_eq!(en.amount(-505, 2, "EUR"), "−€5.05");
        assert_eq!(en.amount(4_500, 0, "JPY"), "¥4,500");
        assert_eq!(en.amount(20_000, 2, "AED"), "AED\u{a0}200");
        assert_eq!(fr.amount(6_050, 2, "EUR"), "60,50\u{a0}€");
    }

    #[test]
    fn distances_read_as_spoken() {
        let en = Texts::new(Language::En);
        assert_eq!(en.distance(12), "50 m");
        assert_eq!(en.distance(310), "350 m");
        assert_eq!(en.distance(1_240), "1.2 km");
        assert_eq!(en.distance(18_600), "19 km");
    }
}
