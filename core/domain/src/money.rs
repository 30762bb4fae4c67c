//! Money in minor units, never in floating point.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// An amount in the minor unit of its currency (ISO 4217): 1250 EUR is 12.50 €.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
pub struct Money {
    pub amount_minor: i64,
    pub currency: Currency,
}

/// The currencies an installation can charge in (ISO 4217).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "UPPERCASE")]
pub enum Currency {
    Eur,
    Usd,
    Gbp,
    Inr,
    Aed,
    Jpy,
}

impl Currency {
    pub fn code(self) -> &'static str {
        match self {
            Self::Eur => "EUR",
            Self::Usd => "USD",
            Self::Gbp => "GBP",
            Self::Inr => "INR",
            Self::Aed => "AED",
            Self::Jpy => "JPY",
        }
    }

    /// Digits after the decimal sign.
    pub fn exponent(self) -> u32 {
        if self == Self::Jpy { 0 } else { 2 }
    }
}
