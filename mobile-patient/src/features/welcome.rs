//! The first screens: the promise, an account in three steps, signing in.

use dioxus::prelude::*;
use mediconnect_app::{Problem, back, use_device};
use mediconnect_core::{
    NewPatient,
    views::patient::sign_up::{self, Step},
};
use mediconnect_domain::Zone;
use mediconnect_ui::{
    Button, ErrorSummary, FieldProblem, Form, InputKind, PasswordField, Screen, Steps, TextField, Texts,
    screens::WelcomeFrame, use_reader,
};

use crate::{drafts::use_drafts, route::Route, words};

#[component]
pub fn Welcome() -> Element {
    rsx! {
        WelcomeFrame {
            on_create: |()| {
                navigator().push(Route::SignUp {});
            },
            on_sign_in: |()| {
                navigator().push(Route::SignIn {});
            },
        }
    }
}

const FIELDS: [&str; 3] = ["sign-up-name", "sign-up-email", "sign-up-password"];

/// One question per step. What was typed stays when one leaves and comes back, the password aside.
#[component]
pub fn SignUp() -> Element {
    let reader = use_reader();
    let t = reader.texts();
    let device = use_device();
    let mut form = use_drafts().sign_up;
    let mut tried = use_signal(|| false);
    let mut busy = use_signal(|| false);
    let mut refused = use_signal(|| None::<String>);
    let step = form.read().step;
    let field = FIELDS[step as usize];
    let problem = form.read().problem().filter(|_| tried());
    let message = problem.map(|key| t.get(key));
    let problems: Vec<FieldProblem> =
        message.iter().map(|text| FieldProblem::new(field, text.clone())).collect();
    let create = move || {
        let filled = form.read().clone();
        busy.set(true);
        refused.set(None);
        spawn(async move {
            let zone = Zone::new(reader.zone().iana_name().unwrap_or("UTC")).unwrap_or_else(Zone::utc);
            let new = NewPatient {
                name: filled.name.trim().to_owned(),
                email: filled.email.trim().to_owned(),
                password: filled.password.clone(),
                language: words::stored_language((reader.language)()),
                zone,
            };
            let answer = device.client().sign_up_patient(new).await;
            busy.set(false);
            match answer {
                Ok(_) => {
                    form.set(sign_up::SignUp::default());
                    device.look_again();
                    navigator().replace(Route::Find {});
                }
                Err(error) => refused.set(Some(mediconnect_app::words::sign_in(reader, &error))),
            }
        });
    };
    let mut create = create;
    let go_on = move |()| {
        tried.set(true);
        if busy() || form.read().problem().is_some() {
            return;
        }
        match step.next() {
            Some(next) => {
                form.write().step = next;
                tried.set(false);
            }
            None => create(),
        }
    };
    let go_back = move |()| {
        refused.set(None);
        match step.before() {
            Some(before) => form.write().step = before,
            None => back(),
        }
    };
    rsx! {
        Screen { title: t.get("patient-sign-up"), on_back: go_back,
            Steps { step: step.number(), steps: 3, label: step_title(t, step) }
            Form { label: step_title(t, step), on_submit: go_on,
                ErrorSummary { problems }
                Problem { text: refused() }
                match step {
                    Step::Who => rsx! {
                        TextField {
                            key: "{field}",
                            id: FIELDS[0],
                            label: t.get("patient-sign-up-name"),
                            help: t.get("patient-sign-up-name-help"),
                            autocomplete: "name",
                            value: form.read().name.clone(),
                            error: message.clone(),
                            on_change: move |name| form.write().name = name,
                        }
                    },
                    Step::Reach => rsx! {
                        TextField {
                            key: "{field}",
                            id: FIELDS[1],
                            label: t.get("sign-in-email"),
                            help: t.get("patient-sign-up-email-help"),
                            kind: InputKind::Email,
                            autocomplete: "email",
                            value: form.read().email.clone(),
                            error: message.clone(),
                            on_change: move |email| form.write().email = email,
                        }
                    },
                    Step::Password => rsx! {
                        PasswordField {
                            key: "{field}",
                            id: FIELDS[2],
                            label: t.get("sign-in-password"),
                            help: t.get("app-password-help"),
                            choosing: true,
                            value: form.read().password.clone(),
                            error: message.clone(),
                            on_change: move |password| form.write().password = password,
                        }
                    },
                }
                Button { submit: true, wide: true, busy: busy(),
                    {t.get(if step == Step::Password { "action-create-account" } else { "action-continue" })}
                }
            }
        }
    }
}

fn step_title(t: Texts, step: Step) -> String {
    t.get(match step {
        Step::Who => "patient-sign-up-who",
        Step::Reach => "patient-sign-up-reach",
        Step::Password => "patient-sign-up-secret",
    })
}
