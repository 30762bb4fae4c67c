//! Signing in: with the password, and where the account has a second factor, with a code.

use dioxus::prelude::*;
use mediconnect_core::SignInError;
use mediconnect_domain::sign_in::Challenge;
use mediconnect_ui::{
    Button, ButtonKind, ErrorSummary, FieldProblem, Form, Screen,
    screens::{SignInDetails, SignInForm},
    use_reader,
};

use crate::{
    Place, Problem, back,
    code_field::{CODE, CodeField},
    typed::use_typed,
    use_device, words,
};

/// Wrong codes after which the server takes no more for the same password.
const WRONG_CODES: u32 = 5;

/// What was typed stays from one step to the other, and after a wrong code.
#[component]
pub fn SignIn() -> Element {
    let reader = use_reader();
    let t = reader.texts();
    let device = use_device();
    let mut typed = use_typed();
    let mut details = use_signal(|| {
        let known = device.client().session().map(|session| session.email);
        SignInDetails { email: known.unwrap_or_else(|| typed.email()), password: String::new() }
    });
    let mut busy = use_signal(|| false);
    let mut refused = use_signal(|| None::<String>);
    let mut challenged = use_signal(|| None::<Challenge>);
    let sign_in = move |filled: SignInDetails| {
        busy.set(true);
        refused.set(None);
        typed.set_email(&filled.email);
        details.set(filled.clone());
        spawn(async move {
            let answer = device.client().sign_in(&filled.email, &filled.password).await;
            busy.set(false);
            match answer {
                Ok(_) => device.look_again(),
                Err(SignInError::SecondFactor(challenge)) => challenged.set(Some(challenge)),
                Err(error) => refused.set(Some(words::sign_in(reader, &error))),
            }
        });
    };
    if let Some(challenge) = challenged() {
        let again = move |why: Option<String>| {
            refused.set(why);
            challenged.set(None);
        };
        return rsx! { SecondStep { challenge, on_again: again } };
    }
    rsx! {
        Screen { title: t.get("sign-in-title"), on_back: |()| back(),
            SignInForm {
                filled: details(),
                busy: busy(),
                refused: refused(),
                on_sign_in: sign_in,
                on_forgot: move |email: String| {
                    typed.set_email(&email);
                    Place::ForgottenPassword.open();
                },
                on_create: |()| Place::SignUp.open_instead(),
            }
        }
    }
}

/// The code. `on_again` goes back to the password, with words where it must be typed again.
#[component]
fn SecondStep(challenge: Challenge, on_again: EventHandler<Option<String>>) -> Element {
    let reader = use_reader();
    let t = reader.texts();
    let device = use_device();
    let mut code = use_signal(String::new);
    let mut wrong = use_signal(|| 0_u32);
    let mut attempts = use_signal(|| 0_u32);
    let mut busy = use_signal(|| false);
    let mut refused = use_signal(|| None::<String>);
    let missing = (attempts() > 0 && code.read().trim().is_empty()).then(|| t.get("account-code-missing"));
    let problems = missing.iter().map(|text| FieldProblem::new(CODE, text.clone())).collect::<Vec<_>>();
    let go_on = move |()| {
        attempts += 1;
        if busy() || code.read().trim().is_empty() {
            return;
        }
        busy.set(true);
        refused.set(None);
        let challenge = challenge.clone();
        spawn(async move {
            let client = device.client();
            let answer = client.second_step(&challenge, &code()).await;
            busy.set(false);
            match answer {
                Ok(_) => device.look_again(),
                Err(SignInError::WrongCode) => {
                    wrong += 1;
                    let over = wrong() >= WRONG_CODES || client.now() >= challenge.expires_at;
                    match over {
                        true => on_again.call(Some(t.get("account-second-over"))),
                        false => refused.set(Some(t.get("account-second-wrong"))),
                    }
                }
                Err(error) => refused.set(Some(words::sign_in(reader, &error))),
            }
        });
    };
    rsx! {
        Screen { title: t.get("account-second"), on_back: move |()| on_again.call(None),
            p { class: "muted", {t.get("account-second-text")} }
            Form { label: t.get("account-second"), on_submit: go_on,
                ErrorSummary { problems, attempt: attempts() }
                Problem { text: refused() }
                CodeField { value: code(), error: missing, on_change: move |typed| code.set(typed) }
                Button { submit: true, wide: true, busy: busy(), {t.get(if busy() { "sign-in-busy" } else { "action-sign-in" })} }
            }
            p { class: "small muted", {t.get("account-second-lost")} }
            div { class: "row",
                Button { kind: ButtonKind::Quiet, onclick: move |()| on_again.call(None), {t.get("account-second-other-account")} }
            }
        }
    }
}
