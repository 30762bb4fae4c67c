//! How the open account is protected, as the server last said, and proving once more who sits there.
//!
//! All of it needs the network, and none of it is kept on the device. Whatever the server may answer with
//! [`SignInError::StepUpNeeded`] is done through [`Protection::proven`]: it asks for the proof in [`ProofDialog`], which each app
//! draws once beside its router, and then goes on.

use std::{cell::RefCell, rc::Rc};

use dioxus::prelude::*;
use mediconnect_core::SignInError;
use mediconnect_domain::{
    AccountId,
    sign_in::{AccountSecurity, StepUp},
};
use mediconnect_ui::{Button, ButtonKind, Dialog, Form, Glyph, PasswordField, use_reader, use_texts};
use tokio::sync::oneshot;

use crate::{Device, Problem, code_field::CodeField, use_device, words};

/// A handle for screens. Cheap to copy.
#[derive(Clone, Copy, PartialEq)]
pub struct Protection {
    said: Signal<Option<(AccountId, AccountSecurity)>>,
    asks: Signal<Option<Question>>,
}

/// A proof that somebody waits for.
#[derive(Clone)]
struct Question {
    answer: Rc<RefCell<Option<oneshot::Sender<()>>>>,
}

impl PartialEq for Question {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.answer, &other.answer)
    }
}

pub(crate) fn use_protection_provider() {
    use_context_provider(|| Protection { said: Signal::new(None), asks: Signal::new(None) });
}

pub fn use_protection() -> Protection {
    use_context::<Protection>()
}

impl Protection {
    /// What the server last said of this account; `None` where it was not asked yet.
    pub fn of(&self, account: AccountId) -> Option<AccountSecurity> {
        let said = self.said.read();
        said.as_ref().filter(|(of, _)| *of == account).map(|(_, security)| security.clone())
    }

    /// Asks the server.
    pub async fn look(&self, device: Device) -> Result<AccountSecurity, SignInError> {
        let client = device.client();
        let account = client.session().map(|session| session.account_id);
        let security = client.security().await?;
        if let Some(account) = account {
            let mut said = self.said;
            said.set(Some((account, security.clone())));
        }
        Ok(security)
    }

    /// Does something grave. Where the server wants a new proof first, asks for it and does it once more; whoever gives none is
    /// left with [`SignInError::StepUpNeeded`].
    pub async fn proven<T>(
        &self,
        action: impl AsyncFn() -> Result<T, SignInError>,
    ) -> Result<T, SignInError> {
        match action().await {
            Err(SignInError::StepUpNeeded) if self.ask().await => action().await,
            other => other,
        }
    }

    async fn ask(&self) -> bool {
        let (sender, proven) = oneshot::channel();
        let mut asks = self.asks;
        asks.set(Some(Question { answer: Rc::new(RefCell::new(Some(sender))) }));
        proven.await.is_ok()
    }
}

/// Asks who sits there while something waits for it: for a code where the account has a second factor, else for the password.
#[component]
pub fn ProofDialog() -> Element {
    let t = use_texts();
    let Protection { mut asks, .. } = use_protection();
    // Nothing of an account is shown while it is locked.
    let question = asks().filter(|_| !use_device().is_locked());
    rsx! {
        Dialog {
            open: question.is_some(),
            title: t.get("account-proof"),
            on_close: move |()| asks.set(None),
            actions: rsx! {},
            if let Some(question) = question {
                Proof { question }
            }
        }
    }
}

#[component]
fn Proof(question: Question) -> Element {
    let reader = use_reader();
    let t = reader.texts();
    let device = use_device();
    let protection = use_protection();
    let Protection { mut asks, .. } = protection;
    let mut typed = use_signal(String::new);
    let mut busy = use_signal(|| false);
    let mut refused = use_signal(|| None::<String>);
    let security = use_resource(move || async move { protection.look(device).await });
    let by_code = match &*security.read() {
        None => return rsx! { p { class: "muted", role: "status", {t.get("ui-loading")} } },
        Some(Err(error)) => return rsx! { Problem { text: words::sign_in(reader, error) } },
        Some(Ok(security)) => security.totp,
    };
    let prove = move |()| {
        if busy() || typed.read().is_empty() {
            return;
        }
        busy.set(true);
        refused.set(None);
        let question = question.clone();
        spawn(async move {
            let proof = match by_code {
                true => StepUp::Code { code: typed() },
                false => StepUp::Password { password: typed() },
            };
            let answer = device.client().step_up(&proof).await;
            busy.set(false);
            match answer {
                Ok(_) => {
                    if let Some(sender) = question.answer.take() {
                        sender.send(()).ok();
                    }
                    asks.set(None);
                }
                Err(error) => refused.set(Some(wrong(reader, by_code, &error))),
            }
        });
    };
    rsx! {
        p { {t.get(if by_code { "account-proof-by-code" } else { "account-proof-by-password" })} }
        Form { label: t.get("account-proof"), on_submit: prove,
            Problem { text: refused() }
            if by_code {
                CodeField { value: typed(), on_change: move |code| typed.set(code) }
            } else {
                PasswordField {
                    id: "proof-password",
                    label: t.get("sign-in-password"),
                    value: typed(),
                    on_change: move |password| typed.set(password),
                }
            }
            div { class: "row",
                Button { submit: true, glyph: Glyph::Lock, busy: busy(), {t.get("action-continue")} }
                Button { kind: ButtonKind::Secondary, onclick: move |()| asks.set(None), {t.get("action-cancel")} }
            }
        }
    }
}

/// A wrong password is told as one; here there is no address to check.
fn wrong(reader: mediconnect_ui::Reader, by_code: bool, error: &SignInError) -> String {
    match error {
        SignInError::WrongCredentials => reader.texts().get("account-proof-wrong-password"),
        SignInError::WrongCode if by_code => reader.texts().get("account-second-wrong"),
        other => words::sign_in(reader, other),
    }
}
