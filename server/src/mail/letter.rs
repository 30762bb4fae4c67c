//! What an e-mail says, in the language of its reader.

use jiff::Timestamp;
use mediconnect_domain::settings;
use mediconnect_i18n::{Language, Texts};
use schemars::JsonSchema;
use serde::Serialize;
use url::Url;

use super::Kind;
use crate::auth::one_time::OneTime;

/// An e-mail as it is handed over.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Letter {
    pub to: String,
    pub subject: String,
    pub text: String,
    pub at: Timestamp,
}

/// Whom it is for, and what is told.
pub struct Content<'a> {
    pub kind: Kind,
    pub to: &'a str,
    pub language: settings::Language,
    pub installation: &'a str,
    /// For the kinds that bring one.
    pub secret: Option<&'a OneTime>,
    /// Where people reach the server. Never from a request.
    pub root: Option<&'a Url>,
}

pub fn write(content: &Content<'_>, at: Timestamp) -> Letter {
    let language = match content.language {
        settings::Language::En => Language::En,
        settings::Language::Hi => Language::Hi,
    };
    let texts = Texts::new(language);
    let name = [("name", content.installation.into())];
    let said = |subject: String, text: String| (subject, vec![text]);
    let (subject, mut parts) = match content.kind {
        Kind::SignUp(_) if content.secret.is_none() => {
            said(texts.with("mail-already-subject", &name), texts.with("mail-already", &name))
        }
        Kind::SignUp(_) => said(texts.with("mail-sign-up-subject", &name), texts.with("mail-sign-up", &name)),
        Kind::VerifyEmail => said(texts.with("mail-verify-subject", &name), texts.with("mail-verify", &name)),
        Kind::ResetPassword => said(texts.with("mail-reset-subject", &name), texts.with("mail-reset", &name)),
        Kind::PasswordChanged => {
            said(texts.with("mail-password-subject", &name), texts.with("mail-password", &name))
        }
        Kind::SecondFactorOn => {
            said(texts.with("mail-factor-on-subject", &name), texts.with("mail-factor-on", &name))
        }
        Kind::SecondFactorOff => {
            said(texts.with("mail-factor-off-subject", &name), texts.with("mail-factor-off", &name))
        }
        Kind::ApiTokenMade => said(texts.with("mail-token-subject", &name), texts.with("mail-token", &name)),
    };
    if let Some(secret) = content.secret {
        let (first, last) = secret.code.split_at(secret.code.len() / 2);
        parts.push(texts.with("mail-code", &[("code", format!("{first} {last}").into())]));
        if let Some(link) = content.root.and_then(|root| link(root, content.kind, language, &secret.token)) {
            parts.push(texts.with("mail-link", &[("link", link.to_string().into())]));
        }
        parts.push(match content.kind {
            Kind::ResetPassword => texts.get("mail-reset-unasked"),
            _ => texts.get("mail-verify-unasked"),
        });
    } else if !matches!(content.kind, Kind::SignUp(_)) {
        parts.push(texts.get("mail-not-you"));
    }
    Letter { to: content.to.to_owned(), subject, text: parts.join("\n\n") + "\n", at }
}

/// The secret stands behind the `#`: it goes to no server and into no log before the page sends it.
fn link(root: &Url, kind: Kind, language: Language, token: &str) -> Option<Url> {
    let what = match kind {
        Kind::VerifyEmail => "verify",
        Kind::ResetPassword => "reset",
        _ => return None,
    };
    let mut link = root.join(crate::http::auth::LINK).ok()?;
    link.query_pairs_mut().append_pair("l", language.tag());
    link.set_fragment(Some(&format!("{what}.{token}")));
    Some(link)
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp::constant(1_800_000_000, 0);

    fn letter(kind: Kind, language: settings::Language) -> Letter {
        let secret = OneTime { token: "tok".into(), code: "12345678".into() };
        let brings = matches!(kind, Kind::SignUp(_) | Kind::VerifyEmail | Kind::ResetPassword);
        let root: Url = "https://clinic.example/".parse().unwrap();
        let content = Content {
            kind,
            to: "asha@example.org",
            language,
            installation: "Banyan Health",
            secret: brings.then_some(&secret),
            root: Some(&root),
        };
        write(&content, NOW)
    }

    #[test]
    fn every_letter_is_complete_in_every_language() {
        for kind in Kind::ALL {
            let [english, hindi] =
                [settings::Language::En, settings::Language::Hi].map(|language| letter(kind, language));
            for letter in [&english, &hindi] {
                assert!(letter.subject.contains("Banyan Health"), "{letter:?}");
                assert!(!letter.text.contains(['[', '{']), "{letter:?}");
            }
            assert_ne!(english.text, hindi.text);
        }
    }

    #[test]
    fn a_letter_with_a_secret_has_its_code_and_its_link_from_the_settings() {
        let letter = letter(Kind::ResetPassword, settings::Language::Hi);
        assert!(letter.text.contains("1234 5678"), "{}", letter.text);
        assert!(letter.text.contains("https://clinic.example/link?l=hi#reset.tok"), "{}", letter.text);
    }
}
