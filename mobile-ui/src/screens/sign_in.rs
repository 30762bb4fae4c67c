//! Signing in with email and password.

use dioxus::prelude::*;

use crate::{
    Button, ButtonKind, ErrorSummary, FieldProblem, Form, Glyph, Icon, InputKind, PasswordField, TextField,
    Texts, use_texts,
};

/// What was filled in.
#[derive(Clone, Default, PartialEq)]
pub struct SignInDetails {
    pub email: String,
    pub password: String,
}

const EMAIL: &str = "sign-in-email";
const PASSWORD: &str = "sign-in-password";

/// The form, which begins as `filled` before. `refused` is the server's answer in words, such as that email and password do
/// not go together.
#[component]
pub fn SignInForm(
    #[props(default)] filled: SignInDetails,
    #[props(default)] busy: bool,
    #[props(default)] refused: Option<String>,
    on_sign_in: EventHandler<SignInDetails>,
    #[props(default)] on_create: Option<EventHandler<()>>,
    /// With the address typed so far.
    #[props(default)]
    on_forgot: Option<EventHandler<String>>,
) -> Element {
    let t = use_texts();
    let mut details = use_signal(|| filled);
    let mut attempts = use_signal(|| 0_u32);
    let problems = if attempts() > 0 { problems(t, &details.read()) } else { Vec::new() };
    let error = |id: &str| {
        problems.iter().find(|problem| problem.field_id == id).map(|problem| problem.message.clone())
    };
    let (email_error, password_error) = (error(EMAIL), error(PASSWORD));
    rsx! {
        Form {
            label: t.get("sign-in-title"),
            on_submit: move |()| {
                attempts += 1;
                let filled = details.read().clone();
                if !busy && self::problems(t, &filled).is_empty() {
                    on_sign_in.call(filled);
                }
            },
            ErrorSummary { problems, attempt: attempts() }
            if let Some(refused) = refused {
                p { class: "notice", role: "alert", "data-tone": "critical",
                    Icon { glyph: Glyph::Error }
                    span { {refused} }
                }
            }
            TextField {
                id: EMAIL,
                label: t.get("sign-in-email"),
                kind: InputKind::Email,
                autocomplete: "username",
                value: details.read().email.clone(),
                error: email_error,
                on_change: move |email| details.write().email = email,
            }
            PasswordField {
                id: PASSWORD,
                label: t.get("sign-in-password"),
                value: details.read().password.clone(),
                error: password_error,
                on_change: move |password| details.write().password = password,
            }
            Button { submit: true, wide: true, busy, {t.get(if busy { "sign-in-busy" } else { "action-sign-in" })} }
            if let Some(on_forgot) = on_forgot {
                Button {
                    kind: ButtonKind::Quiet,
                    onclick: move |()| on_forgot.call(details.peek().email.clone()),
                    {t.get("sign-in-forgot")}
                }
            }
            if let Some(on_create) = on_create {
                div { class: "row form__other",
                    span { class: "muted", {t.get("sign-in-no-account")} }
                    Button {
                        kind: ButtonKind::Quiet,
                        onclick: move |()| on_create.call(()),
                        {t.get("action-create-account")}
                    }
                }
            }
        }
    }
}

/// What can be seen to be wrong without asking the server.
fn problems(t: Texts, details: &SignInDetails) -> Vec<FieldProblem> {
    let email = match details.email.trim() {
        "" => Some("sign-in-email-missing"),
        email if !looks_like_email(email) => Some("sign-in-email-wrong"),
        _ => None,
    };
    let password = details.password.is_empty().then_some("sign-in-password-missing");
    let problem = |id: &str, key: Option<&str>| key.map(|key| FieldProblem::new(id, t.get(key)));
    [problem(EMAIL, email), problem(PASSWORD, password)].into_iter().flatten().collect()
}

fn looks_like_email(text: &str) -> bool {
    text.split_once('@')
        .is_some_and(|(name, host)| !name.is_empty() && host.contains('.') && !host.ends_with('.'))
}
