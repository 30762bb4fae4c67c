//! Setting up an authenticator app: its code by camera or by hand, a first code of it, and the recovery codes. Needs the
//! server.

use dioxus::prelude::*;
use mediconnect_core::SignInError;
use mediconnect_domain::sign_in::TotpSetUp;
use mediconnect_ui::{
    Button, ButtonKind, ErrorState, ErrorSummary, FieldProblem, Form, Glyph, QrCode, Screen, Section,
    Skeleton, Toast, Tone, copy, use_reader, use_toasts,
};

use super::recovery_codes::RecoveryCodes;
use crate::{
    Place, Problem, back,
    code_field::{CODE, CodeField},
    use_device, use_protection, words,
};

#[component]
pub fn Authenticator() -> Element {
    let reader = use_reader();
    let t = reader.texts();
    let device = use_device();
    let protection = use_protection();
    let mut codes = use_signal(|| None::<Vec<String>>);
    let mut begun = use_resource(move || async move {
        let client = device.client();
        protection.proven(async || client.set_up_totp().await).await
    });
    if let Some(codes) = codes() {
        return rsx! { RecoveryCodes { codes, on_done: |()| back() } };
    }
    let shown = match &*begun.read() {
        None => rsx! { Skeleton {} },
        Some(Err(SignInError::EmailNotVerified)) => rsx! {
            p { {t.get("account-authenticator-email-first")} }
            Button { wide: true, glyph: Glyph::Mail, onclick: |()| Place::ConfirmEmail.open_instead(), {t.get("account-email-confirm")} }
        },
        Some(Err(error)) => rsx! {
            ErrorState {
                title: t.get("account-authenticator-not-begun"),
                text: words::sign_in(reader, error),
                on_retry: move |()| begun.restart(),
            }
        },
        Some(Ok(begun)) => rsx! {
            Connect { begun: begun.clone() }
            FirstCode { on_confirmed: move |told: Vec<String>| codes.set(Some(told)) }
        },
    };
    rsx! {
        Screen { title: t.get("account-authenticator-set-up"), on_back: |()| back(), {shown} }
    }
}

/// The secret, for a camera and for a hand.
#[component]
fn Connect(begun: TotpSetUp) -> Element {
    let t = use_reader().texts();
    let toasts = use_toasts();
    let grouped = grouped(&begun.secret);
    let secret = begun.secret.clone();
    rsx! {
        p { class: "muted", {t.get("account-authenticator-text")} }
        Section { title: t.get("account-authenticator-connect"),
            div { class: "card",
                p { {t.get("account-authenticator-scan")} }
                QrCode { text: begun.uri, label: t.get("account-authenticator-qr") }
                p { {t.get("account-authenticator-same-phone")} }
                p { class: "secret", dir: "ltr", {grouped} }
                div { class: "row",
                    Button {
                        small: true,
                        kind: ButtonKind::Secondary,
                        glyph: Glyph::Copy,
                        onclick: move |()| {
                            copy(&secret, true);
                            toasts.show(Toast::new(Tone::Positive, t.get("account-copied-secret")));
                        },
                        {t.get("account-authenticator-copy")}
                    }
                }
            }
        }
    }
}

/// In groups of four, as people read it out.
fn grouped(secret: &str) -> String {
    let letters: Vec<char> = secret.chars().collect();
    letters.chunks(4).map(|four| four.iter().collect::<String>()).collect::<Vec<_>>().join(" ")
}

/// A code of the app puts it in force.
#[component]
fn FirstCode(on_confirmed: EventHandler<Vec<String>>) -> Element {
    let reader = use_reader();
    let t = reader.texts();
    let device = use_device();
    let protection = use_protection();
    let mut code = use_signal(String::new);
    let mut attempts = use_signal(|| 0_u32);
    let mut busy = use_signal(|| false);
    let mut refused = use_signal(|| None::<String>);
    let missing = (attempts() > 0 && code.read().trim().is_empty()).then(|| t.get("account-code-missing"));
    let problems = missing.iter().map(|text| FieldProblem::new(CODE, text.clone())).collect::<Vec<_>>();
    let confirm = move |()| {
        attempts += 1;
        if busy() || code.read().trim().is_empty() {
            return;
        }
        busy.set(true);
        refused.set(None);
        spawn(async move {
            let client = device.client();
            let answer = protection.proven(async || client.confirm_totp(&code()).await).await;
            busy.set(false);
            match answer {
                Ok(told) => {
                    on_confirmed.call(told.codes);
                    protection.look(device).await.ok();
                }
                Err(SignInError::WrongCode) => refused.set(Some(t.get("account-authenticator-wrong"))),
                Err(error) => refused.set(Some(words::sign_in(reader, &error))),
            }
        });
    };
    rsx! {
        Section { title: t.get("account-authenticator-check"),
            Form { label: t.get("account-authenticator-check"), on_submit: confirm,
                ErrorSummary { problems, attempt: attempts() }
                Problem { text: refused() }
                CodeField { value: code(), error: missing, or_recovery: false, on_change: move |typed| code.set(typed) }
                Button { submit: true, wide: true, busy: busy(), {t.get("account-authenticator-turn-on")} }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_shown_in_groups_of_four() {
        assert_eq!(grouped("JBSWY3DPEHPK3PXP"), "JBSW Y3DP EHPK 3PXP");
        assert_eq!(grouped("JBSWY"), "JBSW Y");
    }
}
