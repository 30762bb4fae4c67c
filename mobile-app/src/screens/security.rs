//! How the account is protected: its address, the second step of signing in, recovery codes. Needs the server.

use dioxus::prelude::*;
use mediconnect_core::SignInError;
use mediconnect_domain::sign_in::AccountSecurity;
use mediconnect_ui::{
    Button, ButtonKind, Chip, Dialog, EmailAddress, ErrorState, Glyph, ListRow, Screen, Section, Skeleton,
    Toast, Tone, use_reader, use_texts, use_toasts,
};

use super::recovery_codes::RecoveryCodes;
use crate::{Place, Problem, back, use_device, use_protection, words};

#[component]
pub fn Security() -> Element {
    let reader = use_reader();
    let t = reader.texts();
    let device = use_device();
    let protection = use_protection();
    let mut codes = use_signal(|| None::<Vec<String>>);
    let mut looked = use_resource(move || async move { protection.look(device).await });
    if let Some(told) = codes() {
        return rsx! { RecoveryCodes { codes: told, on_done: move |()| codes.set(None) } };
    }
    let session = device.client().session();
    let said = session.as_ref().and_then(|session| protection.of(session.account_id));
    let failed = looked
        .read()
        .as_ref()
        .and_then(|looked| looked.as_ref().err().map(|error| words::sign_in(reader, error)));
    let shown = match (failed, said) {
        // What was said before may not hold any more, and nothing here can be done without the server.
        (Some(text), _) => rsx! {
            ErrorState { title: t.get("account-security-unknown"), text, on_retry: move |()| looked.restart() }
        },
        (None, None) => rsx! { Skeleton {} },
        (None, Some(said)) => rsx! {
            Address { email: session.map(|session| session.email).unwrap_or_default(), said: said.clone() }
            SecondFactor { said, on_codes: move |told| codes.set(Some(told)) }
        },
    };
    rsx! {
        Screen { title: t.get("account-security"), on_back: |()| back(),
            {shown}
            Section { title: t.get("account-security-more"),
                div { class: "card card--list",
                    ListRow { title: t.get("app-password"), glyph: Glyph::Key, onclick: |()| Place::Password.open() }
                    ListRow { title: t.get("app-sessions"), glyph: Glyph::Device, onclick: |()| Place::Sessions.open() }
                }
            }
        }
    }
}

#[component]
fn Address(email: String, said: AccountSecurity) -> Element {
    let t = use_texts();
    rsx! {
        Section { title: t.get("sign-in-email"),
            div { class: "card",
                div { class: "row row--apart",
                    p { class: "strong", EmailAddress { address: email } }
                    match said.email_verified {
                        true => rsx! { Chip { tone: Tone::Positive, glyph: Glyph::Check, {t.get("account-email-verified")} } },
                        false => rsx! { Chip { tone: Tone::Caution, glyph: Glyph::Waiting, {t.get("account-email-unverified")} } },
                    }
                }
                if !said.email_works {
                    p { class: "small muted", {t.get("account-email-no-mail")} }
                } else if !said.email_verified {
                    p { class: "small muted", {t.get("account-email-why")} }
                    Button { kind: ButtonKind::Secondary, glyph: Glyph::Mail, onclick: |()| Place::ConfirmEmail.open(), {t.get("account-email-confirm")} }
                }
            }
        }
    }
}

/// What can be asked before it is done.
#[derive(Clone, Copy, PartialEq)]
enum Grave {
    NewCodes,
    TurnOff,
}

impl Grave {
    fn keys(self) -> [&'static str; 3] {
        match self {
            Self::NewCodes => {
                ["account-recovery-renew", "account-recovery-renew-question", "account-recovery-renew-text"]
            }
            Self::TurnOff => [
                "account-second-turn-off",
                "account-second-turn-off-question",
                "account-second-turn-off-text",
            ],
        }
    }
}

/// The fewest recovery codes before one should make new ones.
const FEW: u32 = 3;

#[component]
fn SecondFactor(said: AccountSecurity, on_codes: EventHandler<Vec<String>>) -> Element {
    let reader = use_reader();
    let t = reader.texts();
    let device = use_device();
    let protection = use_protection();
    let toasts = use_toasts();
    let mut asked = use_signal(|| None::<Grave>);
    let mut busy = use_signal(|| false);
    let mut refused = use_signal(|| None::<String>);
    let mut act = move |what: Grave| {
        asked.set(None);
        busy.set(true);
        refused.set(None);
        spawn(async move {
            let client = device.client();
            let done: Result<(), SignInError> = match what {
                Grave::NewCodes => {
                    let told = protection.proven(async || client.renew_recovery_codes().await).await;
                    told.map(|told| on_codes.call(told.codes))
                }
                Grave::TurnOff => {
                    let off = protection.proven(async || client.turn_off_totp().await).await;
                    off.map(|()| toasts.show(Toast::new(Tone::Neutral, t.get("account-second-turned-off"))))
                }
            };
            busy.set(false);
            match done {
                Ok(()) => drop(protection.look(device).await),
                Err(error) => refused.set(Some(words::sign_in(reader, &error))),
            }
        });
    };
    let left = said.recovery_codes_left;
    let keys = asked().unwrap_or(Grave::NewCodes).keys();
    rsx! {
        Section { title: t.get("account-second-step"),
            div { class: "card",
                div { class: "row row--apart",
                    p { class: "strong", {t.get("account-authenticator")} }
                    match said.totp {
                        true => rsx! { Chip { tone: Tone::Positive, glyph: Glyph::Check, {t.get("account-second-on")} } },
                        false => rsx! { Chip { {t.get("account-second-off")} } },
                    }
                }
                Problem { text: refused() }
                if said.totp {
                    p { class: "small muted", {t.get("account-second-on-text")} }
                    div { class: "row row--apart",
                        p { {t.with("account-recovery-left", &[("n", left.into())])} }
                        if left < FEW {
                            Chip { tone: Tone::Caution, glyph: Glyph::Alert, {t.get("account-recovery-few")} }
                        }
                    }
                    div { class: "row",
                        Button { small: true, kind: ButtonKind::Secondary, glyph: Glyph::Key, busy: busy(), onclick: move |()| asked.set(Some(Grave::NewCodes)), {t.get("account-recovery-renew")} }
                        Button { small: true, kind: ButtonKind::Critical, busy: busy(), onclick: move |()| asked.set(Some(Grave::TurnOff)), {t.get("account-second-turn-off")} }
                    }
                } else {
                    p { class: "small muted", {t.get("account-second-why")} }
                    Button { kind: ButtonKind::Secondary, glyph: Glyph::Shield, onclick: |()| Place::Authenticator.open(), {t.get("account-authenticator-set-up")} }
                }
            }
        }
        Dialog {
            open: asked().is_some(),
            title: t.get(keys[1]),
            on_close: move |()| asked.set(None),
            actions: rsx! {
                Button { kind: ButtonKind::Secondary, onclick: move |()| asked.set(None), {t.get("action-cancel")} }
                Button {
                    kind: ButtonKind::Critical,
                    onclick: move |()| {
                        if let Some(what) = asked() {
                            act(what);
                        }
                    },
                    {t.get(keys[0])}
                }
            },
            p { {t.get(keys[2])} }
        }
    }
}
