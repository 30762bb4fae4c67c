//! Confirming that the account's e-mail address is its owner's. Needs the server.

use dioxus::prelude::*;
use mediconnect_core::SignInError;
use mediconnect_domain::sign_in::MailProof;
use mediconnect_ui::{
    Button, ButtonKind, Card, EmailAddress, EmptyState, ErrorSummary, FieldProblem, Form, Glyph, InputKind,
    PictureKind, Screen, TextField, Toast, Tone, use_now, use_reader, use_texts, use_toasts,
};

use crate::{Place, Problem, back, use_device, use_protection, words};

const CODE: &str = "email-code";

/// A calm reminder on the first screen until the address is confirmed. Nothing where the server cannot be asked.
#[component]
pub fn EmailCard() -> Element {
    let t = use_texts();
    let device = use_device();
    let protection = use_protection();
    let session = device.client().session();
    let said = session.as_ref().and_then(|session| protection.of(session.account_id));
    let online = device.sync().online;
    let open = said.as_ref().is_none_or(|said| !said.email_verified);
    use_effect(use_reactive!(|(online, open)| {
        if online && open {
            spawn(async move {
                if let Err(error) = protection.look(device).await {
                    tracing::info!(%error, "how the account is protected is not known");
                }
            });
        }
    }));
    match (session, said) {
        (Some(session), Some(said)) if !said.email_verified && said.email_works => rsx! {
            Card { tone: Tone::Accent, label: t.get("account-email-card"),
                h2 { class: "large", {t.get("account-email-card")} }
                p { {t.with("account-email-card-text", &[("email", session.email.into())])} }
                div { class: "row",
                    Button {
                        small: true,
                        kind: ButtonKind::Secondary,
                        glyph: Glyph::Mail,
                        onclick: |()| Place::ConfirmEmail.open(),
                        {t.get("account-email-confirm")}
                    }
                }
            }
        },
        _ => rsx! {},
    }
}

/// Has an e-mail sent and takes its code. Whoever opens the link in it instead sees it here soon after.
#[component]
pub fn ConfirmEmail() -> Element {
    let reader = use_reader();
    let t = reader.texts();
    let device = use_device();
    let protection = use_protection();
    let toasts = use_toasts();
    let mut sent = use_signal(|| false);
    let mut busy = use_signal(|| false);
    let mut refused = use_signal(|| None::<String>);
    let session = device.client().session();
    let email = session.as_ref().map(|session| session.email.clone()).unwrap_or_default();
    let said = session.and_then(|session| protection.of(session.account_id));
    let verified = said.is_some_and(|said| said.email_verified);
    let now = use_now();
    use_effect(use_reactive!(|now| {
        let _ = now;
        spawn(async move {
            protection.look(device).await.ok();
        });
    }));
    let send = move |()| {
        busy.set(true);
        refused.set(None);
        spawn(async move {
            let answer = device.client().send_verification().await;
            busy.set(false);
            match answer {
                Ok(()) if sent() => toasts.show(Toast::new(Tone::Positive, t.get("account-mail-sent-again"))),
                Ok(()) => sent.set(true),
                Err(error) => refused.set(Some(words::sign_in(reader, &error))),
            }
        });
    };
    rsx! {
        Screen { title: t.get("account-email-confirm"), on_back: |()| back(),
            if verified {
                EmptyState { picture: PictureKind::Done, title: t.get("account-email-done"),
                    Button { onclick: |()| back(), {t.get("action-done")} }
                }
            } else {
                p { class: "muted", {t.get("account-email-why")} }
                p { class: "strong", EmailAddress { address: email.clone() } }
                Problem { text: refused() }
                if sent() {
                    TakeCode { email }
                    div { class: "row",
                        Button { kind: ButtonKind::Quiet, glyph: Glyph::Retry, busy: busy(), onclick: send, {t.get("account-mail-send-again")} }
                    }
                } else {
                    Button { wide: true, glyph: Glyph::Mail, busy: busy(), onclick: send, {t.get("account-email-send")} }
                    div { class: "row",
                        Button { kind: ButtonKind::Quiet, onclick: move |()| sent.set(true), {t.get("account-email-have-code")} }
                    }
                }
            }
        }
    }
}

#[component]
fn TakeCode(email: String) -> Element {
    let reader = use_reader();
    let t = reader.texts();
    let device = use_device();
    let protection = use_protection();
    let mut code = use_signal(String::new);
    let mut attempts = use_signal(|| 0_u32);
    let mut busy = use_signal(|| false);
    let mut refused = use_signal(|| None::<String>);
    let missing =
        (attempts() > 0 && code.read().trim().is_empty()).then(|| t.get("account-mail-code-missing"));
    let problems = missing.iter().map(|text| FieldProblem::new(CODE, text.clone())).collect::<Vec<_>>();
    let confirm = move |()| {
        attempts += 1;
        if busy() || code.read().trim().is_empty() {
            return;
        }
        busy.set(true);
        refused.set(None);
        let email = email.clone();
        spawn(async move {
            let proof = MailProof::Code { email, code: code() };
            let answer = device.client().verify_email(proof).await;
            busy.set(false);
            match answer {
                // What the server then says of the account changes the screen.
                Ok(()) => match protection.look(device).await {
                    Ok(_) => {}
                    Err(error) => refused.set(Some(words::sign_in(reader, &error))),
                },
                Err(SignInError::WrongCode) => refused.set(Some(t.get("account-mail-code-wrong"))),
                Err(error) => refused.set(Some(words::sign_in(reader, &error))),
            }
        });
    };
    rsx! {
        p { class: "notice", role: "status", "data-tone": "accent", {t.get("account-email-sent")} }
        Form { label: t.get("account-email-confirm"), on_submit: confirm,
            ErrorSummary { problems, attempt: attempts() }
            Problem { text: refused() }
            TextField {
                id: CODE,
                label: t.get("account-mail-code"),
                help: t.get("account-email-code-help"),
                kind: InputKind::Number,
                autocomplete: "one-time-code",
                value: code(),
                error: missing,
                on_change: move |typed| code.set(typed),
            }
            Button { submit: true, wide: true, busy: busy(), {t.get("account-email-confirm")} }
        }
    }
}
