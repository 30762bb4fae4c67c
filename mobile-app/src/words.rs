//! From what the core says to words, in the reader's language, where both apps say the same.

use jiff::Timestamp;
use mediconnect_core::{OpenError, SignInError, StoreError, VaultError};
use mediconnect_domain::{
    Money, Refusal,
    consultations::About,
    directory::LocalText,
    history::content::{Content, EntryKind, Moment, Severity, What},
    scheduling::rules::Mode,
    settings,
    waitlist::DayPart,
};
use mediconnect_ui::{Language, Reader, Texts};

/// The language of stored texts that stands nearest to the reader's.
pub fn stored_language(language: Language) -> settings::Language {
    match language {
        Language::Hi => settings::Language::Hi,
        _ => settings::Language::En,
    }
}

pub fn shown_language(language: settings::Language) -> Language {
    match language {
        settings::Language::En => Language::En,
        settings::Language::Hi => Language::Hi,
    }
}

pub fn local(t: Texts, text: &LocalText) -> String {
    text.in_language(stored_language(t.language())).to_owned()
}

pub fn money(t: Texts, money: Money) -> String {
    match money.amount_minor {
        0 => t.get("app-free-of-charge"),
        _ => t.money(money),
    }
}

/// 'Tomorrow, 09:30' in the reader's zone.
pub fn when(reader: Reader, at: Timestamp) -> String {
    reader.texts().when_in(at, &reader.zone(), (reader.now)())
}

pub fn mode(t: Texts, mode: Mode) -> String {
    t.get(match mode {
        Mode::InPerson => "app-mode-in-person",
        Mode::Video => "app-mode-video",
        Mode::Chat => "app-mode-chat",
    })
}

pub fn about(t: Texts, about: About) -> String {
    t.get(match about {
        About::NewProblem => "app-about-new-problem",
        About::FollowUp => "app-about-follow-up",
        About::PrescriptionRenewal => "app-about-prescription",
        About::TestResults => "app-about-test-results",
        About::Certificate => "app-about-certificate",
        About::Other => "app-about-other",
    })
}

pub fn day_part(t: Texts, part: DayPart) -> String {
    t.get(match part {
        DayPart::Morning => "part-of-day-morning",
        DayPart::Afternoon => "part-of-day-afternoon",
        DayPart::Evening => "part-of-day-evening",
    })
}

/// The name of a language in the reader's language; its code where the texts have none.
pub fn spoken_language(t: Texts, code: &str) -> String {
    t.find(&format!("app-language-{code}")).unwrap_or_else(|| code.to_uppercase())
}

/// What a command does, by its name: 'Book a visit'.
pub fn command(t: Texts, name: &str) -> Option<String> {
    t.find(&format!("app-did-{}", name.replace(['.', '_'], "-")))
}

/// Why something cannot be sealed or opened here.
pub fn vault(t: Texts, error: &VaultError) -> String {
    t.get(match error {
        VaultError::NotYet | VaultError::NoKeys | VaultError::NotFetched { .. } => "app-vault-not-yet",
        VaultError::Locked => "app-vault-locked",
        VaultError::KeyChanged { .. } => "app-vault-key-changed",
        VaultError::NoRecipient => "app-vault-no-recipient",
        VaultError::Offline => "app-sign-in-offline",
        VaultError::NoVault => "app-vault-none",
        _ => "app-vault-refused",
    })
}

/// The heading of a kind of entry: 'Allergies'.
pub fn entry_kind(t: Texts, kind: EntryKind) -> String {
    t.get(match kind {
        EntryKind::Allergy => "app-entries-allergy",
        EntryKind::Medication => "app-entries-medication",
        EntryKind::Condition => "app-entries-condition",
        EntryKind::BloodType => "app-entries-blood-type",
        EntryKind::Immunisation => "app-entries-immunisation",
        EntryKind::Procedure => "app-entries-procedure",
        EntryKind::FamilyHistory => "app-entries-family-history",
    })
}

pub fn severity(t: Texts, severity: Severity) -> String {
    t.get(match severity {
        Severity::Unknown => "app-severity-unknown",
        Severity::Mild => "app-severity-mild",
        Severity::Moderate => "app-severity-moderate",
        Severity::Severe => "app-severity-severe",
    })
}

/// What an entry says beside its title, in one line.
pub fn entry_detail(t: Texts, content: &Content) -> String {
    let since = |moment: &Option<Moment>| moment.map(|moment| moment_words(t, moment)).unwrap_or_default();
    let parts = match &content.what {
        What::BloodType { .. } => vec![],
        What::Allergy { reaction, severity: how, .. } if *how == Severity::Unknown => vec![reaction.clone()],
        What::Allergy { reaction, severity: how, .. } => vec![severity(t, *how), reaction.clone()],
        What::Condition { since: from, resolved, .. } => {
            let over = if *resolved { t.get("app-entry-resolved") } else { String::new() };
            let from = from.map(|from| t.with("app-entry-since", &[("when", moment_words(t, from).into())]));
            vec![from.unwrap_or_default(), over]
        }
        What::Medication { dose, stopped, .. } => {
            vec![dose.clone(), if *stopped { t.get("app-entry-stopped") } else { String::new() }]
        }
        What::Immunisation { given: when, .. } | What::Procedure { done: when, .. } => vec![since(when)],
        What::FamilyHistory { relative, .. } => vec![relative.clone()],
    };
    let parts = parts.into_iter().chain([content.note.clone()]).filter(|part| !part.is_empty());
    parts.collect::<Vec<_>>().join(" · ")
}

/// 'April 2019', or only the year.
fn moment_words(t: Texts, moment: Moment) -> String {
    let text = moment.to_string();
    match format!("{text}-01").parse() {
        Ok(date) => t.month_and_year(date),
        Err(_) => text,
    }
}

/// Why signing in, signing up or changing it did not work.
pub fn sign_in(reader: Reader, error: &SignInError) -> String {
    let t = reader.texts();
    match error {
        SignInError::WrongCredentials => t.get("app-sign-in-wrong"),
        SignInError::Refused(Refusal::AlreadyExists { .. }) => t.get("app-sign-up-email-taken"),
        SignInError::Refused(refusal) => t.refusal(refusal, &reader.zone(), (reader.now)()).text,
        SignInError::WeakPassword => t.get("app-password-weak"),
        SignInError::SecondFactor(_) => t.get("app-sign-in-second-step"),
        SignInError::WrongCode => t.get("app-sign-in-wrong-code"),
        SignInError::EmailCodeNeeded => t.get("app-sign-in-email-code-needed"),
        SignInError::StepUpNeeded => t.get("app-sign-in-step-up"),
        SignInError::SecondFactorNeeded => t.get("app-sign-in-second-factor-needed"),
        SignInError::EmailNotVerified => t.get("app-sign-in-not-verified"),
        SignInError::NoMail => t.get("app-sign-in-no-mail"),
        SignInError::TooManyAttempts { .. } => t.get("app-sign-in-too-many"),
        SignInError::Offline => t.get("app-sign-in-offline"),
        SignInError::SessionEnded => t.get("app-sign-in-ended"),
        SignInError::UpgradeNeeded => t.get("app-update-needed"),
        SignInError::OtherInstallation => t.get("app-sign-in-other-installation"),
        SignInError::Server(_) => t.get("app-sign-in-server"),
        SignInError::Open(OpenError::Store(StoreError::DiskFull)) => t.get("app-store-full-text"),
        SignInError::Open(_) => t.get("app-store-failed-text"),
    }
}
