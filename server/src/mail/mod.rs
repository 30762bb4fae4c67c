//! E-mail: what is said to somebody outside of the app.
//!
//! A handler only leaves a row in the store ([`queue`]), in the transaction of the deed: nobody waits for a mail server, a crash
//! loses nothing, and an address that nobody has takes as long as one that somebody has. [`deliver`] takes the rows up, makes
//! what is to be said ([`letter`]) with a secret that is new for this sending, and hands it to [`Post`]: a mail server by SMTP,
//! or in development a mailbox in memory. Nothing is said that the receiver did not ask for beyond what happened to their
//! account, and nothing in it was typed by somebody else.

pub mod deliver;
mod letter;
mod post;

use jiff::{SignedDuration, Timestamp};
use mediconnect_domain::{AccountId, settings::Language};
use uuid::Uuid;

pub use letter::Letter;
pub use post::{Post, Undelivered};

use crate::{
    storage::{StoreError, Tx},
    values,
};

/// What an e-mail is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// To somebody without an account, in the language they chose; whoever has one is told so.
    SignUp(Language),
    VerifyEmail,
    ResetPassword,
    PasswordChanged,
    SecondFactorOn,
    SecondFactorOff,
    ApiTokenMade,
}

impl Kind {
    const ALL: [Self; 8] = [
        Self::SignUp(Language::En),
        Self::SignUp(Language::Hi),
        Self::VerifyEmail,
        Self::ResetPassword,
        Self::PasswordChanged,
        Self::SecondFactorOn,
        Self::SecondFactorOff,
        Self::ApiTokenMade,
    ];

    pub fn name(self) -> &'static str {
        match self {
            Self::SignUp(Language::En) => "sign_up_en",
            Self::SignUp(Language::Hi) => "sign_up_hi",
            Self::VerifyEmail => "verify_email",
            Self::ResetPassword => "reset_password",
            Self::PasswordChanged => "password_changed",
            Self::SecondFactorOn => "second_factor_on",
            Self::SecondFactorOff => "second_factor_off",
            Self::ApiTokenMade => "api_token_made",
        }
    }

    fn of_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// How long it is tried to send it.
    fn good_for(self) -> SignedDuration {
        match self {
            // Whoever waits for these asks again.
            Self::SignUp(_) | Self::VerifyEmail | Self::ResetPassword => SignedDuration::from_hours(1),
            _ => SignedDuration::from_hours(72),
        }
    }
}

/// Whom an e-mail is for.
#[derive(Clone, Debug, PartialEq)]
pub enum To {
    Account(AccountId),
    /// What somebody typed. Only if an account has it there will be an e-mail.
    Typed(String),
}

/// Leaves an e-mail to be sent. One of the same kind to the same person that still waits is enough.
pub async fn queue(tx: &mut dyn Tx, id: Uuid, kind: Kind, to: &To, now: Timestamp) -> Result<(), StoreError> {
    let (account, address) = match to {
        To::Account(account) => (Some(account.0), None),
        To::Typed(address) => (None, Some(address.trim().to_lowercase())),
    };
    let waits = match to {
        To::Account(_) => "SELECT 1 FROM mail WHERE kind = ?1 AND account = ?2",
        To::Typed(_) => "SELECT 1 FROM mail WHERE kind = ?1 AND address = ?2",
    };
    let whom = match (&account, &address) {
        (Some(account), _) => (*account).into(),
        (None, address) => address.clone().into(),
    };
    if tx.one(waits, &[kind.name().into(), whom]).await?.is_some() {
        return Ok(());
    }
    let sql =
        "INSERT INTO mail (id, kind, account, address, at, until, tries) VALUES (?1, ?2, ?3, ?4, ?5, ?6, 0)";
    tx.execute(sql, &values![id, kind.name(), account, address, now, now + kind.good_for()]).await.map(drop)
}
