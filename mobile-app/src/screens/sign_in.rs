//! Signing in.

use dioxus::prelude::*;
use mediconnect_ui::{
    Screen,
    screens::{SignInDetails, SignInForm},
    use_reader,
};

use crate::{Place, back, use_device, words};

#[component]
pub fn SignIn() -> Element {
    let reader = use_reader();
    let t = reader.texts();
    let device = use_device();
    let mut busy = use_signal(|| false);
    let mut refused = use_signal(|| None::<String>);
    let sign_in = move |details: SignInDetails| {
        busy.set(true);
        refused.set(None);
        spawn(async move {
            let answer = device.client().sign_in(&details.email, &details.password).await;
            busy.set(false);
            match answer {
                Ok(_) => device.look_again(),
                Err(error) => refused.set(Some(words::sign_in(reader, &error))),
            }
        });
    };
    rsx! {
        Screen { title: t.get("sign-in-title"), on_back: |()| back(),
            SignInForm {
                busy: busy(),
                refused: refused(),
                on_sign_in: sign_in,
                on_create: |()| Place::SignUp.open_instead(),
            }
        }
    }
}
