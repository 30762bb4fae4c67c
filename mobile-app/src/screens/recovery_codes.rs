//! Recovery codes, told once: whoever goes on says that they are kept somewhere.

use dioxus::prelude::*;
use mediconnect_ui::{
    Button, ButtonKind, Checkbox, Glyph, Icon, Screen, Toast, Tone, copy, save_file, use_reader, use_toasts,
};

use crate::Problem;

/// The whole screen, until they are said to be saved.
#[component]
pub fn RecoveryCodes(codes: Vec<String>, on_done: EventHandler<()>) -> Element {
    let t = use_reader().texts();
    let toasts = use_toasts();
    let mut saved = use_signal(|| false);
    let mut hurried = use_signal(|| false);
    let text = use_hook(|| codes.join("\n"));
    let (to_copy, to_save) = (text.clone(), text);
    let done = move |()| match saved() {
        true => on_done.call(()),
        false => hurried.set(true),
    };
    let why = (hurried() && !saved()).then(|| t.get("account-recovery-first"));
    rsx! {
        Screen { title: t.get("account-recovery"), on_back: done,
            p { class: "notice", "data-tone": "caution",
                Icon { glyph: Glyph::Alert }
                span { {t.get("account-recovery-once")} }
            }
            p { class: "muted", {t.get("account-recovery-text")} }
            ul { class: "secrets", aria_label: t.get("account-recovery"),
                for code in codes {
                    li { key: "{code}", class: "secret", dir: "ltr", {code.clone()} }
                }
            }
            div { class: "row",
                Button {
                    kind: ButtonKind::Secondary,
                    glyph: Glyph::Copy,
                    onclick: move |()| {
                        copy(&to_copy, true);
                        toasts.show(Toast::new(Tone::Positive, t.get("account-copied-secret")));
                    },
                    {t.get("account-recovery-copy")}
                }
                Button {
                    kind: ButtonKind::Secondary,
                    glyph: Glyph::Download,
                    onclick: move |()| {
                        let title = t.get("account-recovery-file");
                        save_file("mediconnect-recovery-codes.txt", "text/plain", &format!("{title}\n\n{to_save}\n"));
                    },
                    {t.get("account-recovery-save")}
                }
            }
            Problem { text: why }
            Checkbox { label: t.get("account-recovery-saved"), checked: saved(), on_change: move |on| saved.set(on) }
            Button { wide: true, onclick: done, {t.get("action-done")} }
        }
    }
}
