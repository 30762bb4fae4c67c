//! Another password. Needs the server.

use dioxus::prelude::*;
use mediconnect_core::views::sign_up::SHORTEST_PASSWORD;
use mediconnect_ui::{
    Button, ErrorSummary, FieldProblem, Form, PasswordField, Screen, Toast, Tone, use_reader, use_toasts,
};

use crate::{Problem, back, use_device, words};

const CURRENT: &str = "password-current";
const NEW: &str = "password-new";

#[component]
pub fn Password() -> Element {
    let reader = use_reader();
    let t = reader.texts();
    let device = use_device();
    let toasts = use_toasts();
    let mut current = use_signal(String::new);
    let mut new = use_signal(String::new);
    let mut attempts = use_signal(|| 0_u32);
    let mut busy = use_signal(|| false);
    let mut refused = use_signal(|| None::<String>);
    let missing = move || current.read().is_empty();
    let short = move || new.read().chars().count() < SHORTEST_PASSWORD;
    let tried = attempts() > 0;
    let current_error = (tried && missing()).then(|| t.get("sign-in-password-missing"));
    let new_error = (tried && short()).then(|| t.get("app-password-short"));
    let problem = |id, error: &Option<String>| error.clone().map(|error| FieldProblem::new(id, error));
    let problems: Vec<FieldProblem> =
        [problem(CURRENT, &current_error), problem(NEW, &new_error)].into_iter().flatten().collect();
    let change = move |()| {
        attempts += 1;
        if busy() || missing() || short() {
            return;
        }
        busy.set(true);
        refused.set(None);
        spawn(async move {
            let answer = device.client().change_password(&current(), &new()).await;
            busy.set(false);
            match answer {
                Ok(()) => {
                    toasts.show(Toast::new(Tone::Positive, t.get("app-password-changed")));
                    back();
                }
                Err(error) => refused.set(Some(words::sign_in(reader, &error))),
            }
        });
    };
    rsx! {
        Screen { title: t.get("app-password"), on_back: |()| back(),
            p { class: "muted", {t.get("app-password-intro")} }
            Form { label: t.get("app-password"), on_submit: change,
                ErrorSummary { problems, attempt: attempts() }
                Problem { text: refused() }
                PasswordField {
                    id: CURRENT,
                    label: t.get("app-password-current"),
                    value: current(),
                    error: current_error,
                    on_change: move |typed| current.set(typed),
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
                Button { submit: true, wide: true, busy: busy(), {t.get("app-password")} }
            }
        }
    }
}
