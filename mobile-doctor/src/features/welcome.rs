//! The first screens: what the app is for, an account, signing in.

use dioxus::prelude::*;
use mediconnect_app::{Problem, back, use_device};
use mediconnect_core::{
    NewDoctor,
    views::sign_up::{SHORTEST_PASSWORD, is_email},
};
use mediconnect_domain::Zone;
use mediconnect_ui::{
    Button, ErrorSummary, FieldProblem, Form, InputKind, PasswordField, Screen, TextField, Texts,
    screens::WelcomeFrame, use_reader, use_texts,
};

use crate::{route::Route, words};

#[component]
pub fn Welcome() -> Element {
    let t = use_texts();
    rsx! {
        WelcomeFrame {
            promise: t.get("doctor-promise"),
            detail: t.get("doctor-promise-detail"),
            on_create: |()| {
                navigator().push(Route::SignUp {});
            },
            on_sign_in: |()| {
                navigator().push(Route::SignIn {});
            },
        }
    }
}

const NAME: &str = "sign-up-name";
const EMAIL: &str = "sign-up-email";
const PASSWORD: &str = "sign-up-password";

#[derive(Clone, Default, PartialEq)]
struct Filled {
    name: String,
    email: String,
    password: String,
}

/// Registration. What the license needs is asked afterwards, when the account is safe.
#[component]
pub fn SignUp() -> Element {
    let reader = use_reader();
    let t = reader.texts();
    let device = use_device();
    let mut form = use_signal(Filled::default);
    let mut tried = use_signal(|| false);
    let mut busy = use_signal(|| false);
    let mut refused = use_signal(|| None::<String>);
    let problems = if tried() { problems(t, &form.read()) } else { Vec::new() };
    let error = |id: &str| problems.iter().find(|one| one.field_id == id).map(|one| one.message.clone());
    let (name_error, email_error, password_error) = (error(NAME), error(EMAIL), error(PASSWORD));
    let create = move |()| {
        tried.set(true);
        let filled = form.read().clone();
        if busy() || !self::problems(reader.texts(), &filled).is_empty() {
            return;
        }
        busy.set(true);
        refused.set(None);
        spawn(async move {
            let zone = reader.zone().iana_name().and_then(Zone::new).unwrap_or_else(Zone::utc);
            let new = NewDoctor {
                name: filled.name.trim().to_owned(),
                email: filled.email.trim().to_owned(),
                password: filled.password,
                language: words::stored_language((reader.language)()),
                zone,
            };
            let answer = device.client().sign_up_doctor(new).await;
            busy.set(false);
            match answer {
                Ok(_) => {
                    device.look_again();
                    navigator().replace(Route::Verification {});
                }
                Err(error) => refused.set(Some(mediconnect_app::words::sign_in(reader, &error))),
            }
        });
    };
    rsx! {
        Screen { title: t.get("doctor-sign-up"), on_back: |()| back(),
            p { class: "muted", {t.get("doctor-sign-up-intro")} }
            Form { label: t.get("doctor-sign-up"), on_submit: create,
                ErrorSummary { problems }
                Problem { text: refused() }
                TextField {
                    id: NAME,
                    label: t.get("doctor-name"),
                    help: t.get("doctor-name-help"),
                    autocomplete: "name",
                    value: form.read().name.clone(),
                    error: name_error,
                    on_change: move |name| form.write().name = name,
                }
                TextField {
                    id: EMAIL,
                    label: t.get("sign-in-email"),
                    kind: InputKind::Email,
                    autocomplete: "email",
                    value: form.read().email.clone(),
                    error: email_error,
                    on_change: move |email| form.write().email = email,
                }
                PasswordField {
                    id: PASSWORD,
                    label: t.get("sign-in-password"),
                    help: t.get("app-password-help"),
                    choosing: true,
                    value: form.read().password.clone(),
                    error: password_error,
                    on_change: move |password| form.write().password = password,
                }
                Button { submit: true, wide: true, busy: busy(), {t.get("action-create-account")} }
            }
        }
    }
}

/// What can be seen to be wrong without asking the server.
fn problems(t: Texts, filled: &Filled) -> Vec<FieldProblem> {
    let checks = [
        (NAME, filled.name.trim().is_empty(), "doctor-wrong-name"),
        (EMAIL, !is_email(&filled.email), "sign-in-email-wrong"),
        (PASSWORD, filled.password.chars().count() < SHORTEST_PASSWORD, "app-password-short"),
    ];
    let wrong = checks.into_iter().filter(|(_, wrong, _)| *wrong);
    wrong.map(|(id, _, key)| FieldProblem::new(id, t.get(key))).collect()
}
