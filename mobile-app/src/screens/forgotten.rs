//! A forgotten password: an e-mail brings a code, the code sets a new password. Needs the server.

use dioxus::prelude::*;
use mediconnect_core::{
    SignInError,
    views::sign_up::{SHORTEST_PASSWORD, is_email},
};
use mediconnect_domain::sign_in::MailProof;
use mediconnect_ui::{
    Button, ButtonKind, ErrorSummary, FieldProblem, Form, Glyph, Icon, InputKind, PasswordField, Screen,
    Steps, TextField, Toast, Tone, use_reader, use_toasts,
};

use crate::{Place, Problem, back, typed::use_typed, use_device, words};

const EMAIL: &str = "forgotten-email";
const CODE: &str = "forgotten-code";
const NEW: &str = "forgotten-new";

#[component]
pub fn ForgottenPassword() -> Element {
    let t = use_reader().texts();
    let mut sent = use_signal(|| false);
    let go_back = move |()| match sent() {
        true => sent.set(false),
        false => back(),
    };
    rsx! {
        Screen { title: t.get("account-forgotten"), on_back: go_back,
            Steps { step: if sent() { 2 } else { 1 }, steps: 2 }
            if sent() {
                NewPassword { on_other_address: move |()| sent.set(false) }
            } else {
                Ask { on_sent: move |()| sent.set(true) }
            }
        }
    }
}

/// The address. Whether anybody has it is not said.
#[component]
fn Ask(on_sent: EventHandler<()>) -> Element {
    let reader = use_reader();
    let t = reader.texts();
    let device = use_device();
    let mut typed = use_typed();
    let mut email = use_signal(|| typed.email());
    let mut attempts = use_signal(|| 0_u32);
    let mut busy = use_signal(|| false);
    let mut refused = use_signal(|| None::<String>);
    let error = (attempts() > 0 && !is_email(&email.read())).then(|| t.get("sign-in-email-wrong"));
    let problems = error.iter().map(|text| FieldProblem::new(EMAIL, text.clone())).collect::<Vec<_>>();
    let ask = move |()| {
        attempts += 1;
        if busy() || !is_email(&email.read()) {
            return;
        }
        busy.set(true);
        refused.set(None);
        typed.set_email(&email.read());
        spawn(async move {
            let answer = device.client().forgot_password(&email()).await;
            busy.set(false);
            match answer {
                Ok(()) => on_sent.call(()),
                Err(error) => refused.set(Some(words::sign_in(reader, &error))),
            }
        });
    };
    rsx! {
        p { class: "muted", {t.get("account-forgotten-text")} }
        Form { label: t.get("account-forgotten"), on_submit: ask,
            ErrorSummary { problems, attempt: attempts() }
            Problem { text: refused() }
            TextField {
                id: EMAIL,
                label: t.get("sign-in-email"),
                kind: InputKind::Email,
                autocomplete: "username",
                value: email(),
                error,
                on_change: move |typed| email.set(typed),
            }
            Button { submit: true, wide: true, busy: busy(), {t.get("account-forgotten-send")} }
        }
    }
}

/// The code of the e-mail and the new password. A password that is too easy does not use the code up.
#[component]
fn NewPassword(on_other_address: EventHandler<()>) -> Element {
    let reader = use_reader();
    let t = reader.texts();
    let device = use_device();
    let toasts = use_toasts();
    let email = use_typed().email();
    let address = use_signal(|| email.clone());
    let mut code = use_signal(String::new);
    let mut new = use_signal(String::new);
    let mut attempts = use_signal(|| 0_u32);
    let mut busy = use_signal(|| false);
    let mut refused = use_signal(|| None::<String>);
    let no_code = move || code.read().trim().is_empty();
    let short = move || new.read().chars().count() < SHORTEST_PASSWORD;
    let tried = attempts() > 0;
    let code_error = (tried && no_code()).then(|| t.get("account-mail-code-missing"));
    let new_error = (tried && short()).then(|| t.get("app-password-short"));
    let problem = |id, error: &Option<String>| error.clone().map(|error| FieldProblem::new(id, error));
    let problems: Vec<FieldProblem> =
        [problem(CODE, &code_error), problem(NEW, &new_error)].into_iter().flatten().collect();
    let set = move |()| {
        attempts += 1;
        if busy() || no_code() || short() {
            return;
        }
        busy.set(true);
        refused.set(None);
        spawn(async move {
            let proof = MailProof::Code { email: address(), code: code() };
            let answer = device.client().reset_password(proof, &new()).await;
            busy.set(false);
            match answer {
                Ok(()) => {
                    toasts.show(Toast::new(Tone::Positive, t.get("account-forgotten-done")));
                    Place::SignIn.open_instead();
                }
                Err(SignInError::WrongCode) => refused.set(Some(t.get("account-mail-code-wrong"))),
                Err(error) => refused.set(Some(words::sign_in(reader, &error))),
            }
        });
    };
    let send_again = move |()| {
        refused.set(None);
        spawn(async move {
            match device.client().forgot_password(&address()).await {
                Ok(()) => toasts.show(Toast::new(Tone::Positive, t.get("account-mail-sent-again"))),
                Err(error) => refused.set(Some(words::sign_in(reader, &error))),
            }
        });
    };
    rsx! {
        p { class: "notice", role: "status", "data-tone": "accent",
            Icon { glyph: Glyph::Mail }
            span { {t.with("account-forgotten-sent", &[("email", email.clone().into())])} }
        }
        Form { label: t.get("account-forgotten-new"), on_submit: set,
            ErrorSummary { problems, attempt: attempts() }
            Problem { text: refused() }
            TextField {
                id: CODE,
                label: t.get("account-mail-code"),
                help: t.get("account-forgotten-code-help"),
                kind: InputKind::Number,
                autocomplete: "one-time-code",
                value: code(),
                error: code_error,
                on_change: move |typed| code.set(typed),
            }
            PasswordField {
                id: NEW,
                label: t.get("app-password-new"),
                help: t.get("app-password-help"),
                choosing: true,
                value: new(),
                error: new_error,
                on_change: move |typed| new.set(typed),
            }
            Button { submit: true, wide: true, busy: busy(), {t.get("account-forgotten-set")} }
        }
        p { class: "small muted", {t.get("account-forgotten-ends")} }
        div { class: "row",
            Button { kind: ButtonKind::Quiet, glyph: Glyph::Retry, onclick: send_again, {t.get("account-mail-send-again")} }
            Button { kind: ButtonKind::Quiet, onclick: move |()| on_other_address.call(()), {t.get("account-forgotten-other")} }
        }
    }
}
