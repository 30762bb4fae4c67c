//! The few things only the page itself can do: move focus, open a modal dialog, name its language.

use std::sync::atomic::{AtomicU64, Ordering};

use dioxus::prelude::*;

/// An id for an element that is unlike all others on the page and stays while the component lives.
pub fn use_element_id(prefix: &'static str) -> String {
    static NEXT: AtomicU64 = AtomicU64::new(1);
    use_hook(|| format!("{prefix}-{}", NEXT.fetch_add(1, Ordering::Relaxed)))
}

/// Keeps the scroll position of each screen on the way back, and brings the reader's focus along to a new one.
const ENTER: &str = r#"
    const path = await dioxus.recv();
    const trail = window.mediconnectTrail ??= { stack: [], positions: {} };
    if (trail.current === path) return;
    history.scrollRestoration = "manual";
    if (trail.current === undefined) {
        addEventListener("scroll", () => { trail.positions[trail.current] = scrollY; }, { passive: true });
    }
    const returning = trail.stack.at(-2) === path;
    returning ? trail.stack.pop() : trail.stack.push(path);
    trail.current = path;
    const top = returning ? trail.positions[path] ?? 0 : 0;
    requestAnimationFrame(() => {
        scrollTo(0, top);
        if (trail.stack.length > 1) document.getElementById("content")?.focus({ preventScroll: true });
    });
"#;

/// Tells the page which screen is shown, by its address: a return leads to where one was on it.
pub fn use_trail(path: String) {
    use_effect(use_reactive!(|path| {
        document::eval(ENTER).send(path).ok();
    }));
}

/// Moves focus to an element, scrolling it into view.
pub(crate) fn focus(id: &str) {
    on_element(id, "element.focus(); element.scrollIntoView({ block: 'center' });");
}

/// Scrolls in an element that scrolls by itself: this share of the height of its `part` lies above what is seen.
pub(crate) fn scroll_to(id: &str, part: &str, share: f64) {
    on_element(id, &format!("element.scrollTop = element.querySelector({part:?}).offsetHeight * {share};"));
}

/// What must not lie about is taken off the clipboard after a minute, unless something else lies there by then.
const COPY: &str = r#"
    const [text, secret] = await dioxus.recv();
    try {
        await navigator.clipboard.writeText(text);
    } catch {
        // Web views without that permission still copy what is selected.
        const area = Object.assign(document.createElement("textarea"), { value: text });
        (document.querySelector("dialog[open]") ?? document.body).append(area);
        area.select();
        document.execCommand("copy");
        area.remove();
    }
    if (!secret) return;
    setTimeout(async () => {
        const now = await navigator.clipboard.readText().catch(() => text);
        if (now === text) navigator.clipboard.writeText("").catch(() => {});
    }, 60000);
"#;

/// Lays a text on the clipboard; a `secret` one for a minute only.
pub fn copy(text: &str, secret: bool) {
    document::eval(COPY).send((text, secret)).ok();
}

const SAVE: &str = r#"
    const [name, kind, text] = await dioxus.recv();
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([text], { type: kind }));
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60000);
"#;

/// Saves a text as a file of this kind (a MIME type) by the page's own means.
pub fn save_file(name: &str, kind: &str, text: &str) {
    document::eval(SAVE).send((name, kind, text)).ok();
}

/// Shows or closes a `<dialog>`. A modal dialog traps focus, and closing it gives focus back to where it was.
pub(crate) fn show_dialog(id: &str, open: bool) {
    let script = match open {
        true => "if (!element.open) element.showModal();",
        false => "if (element.open) element.close();",
    };
    on_element(id, script);
}

/// Runs `script` with `element`. Ids come from [`use_element_id`] or the source, never from data.
fn on_element(id: &str, script: &str) {
    document::eval(&format!("const element = document.getElementById({id:?}); if (element) {{ {script} }}"));
}

/// Tells the page's root what the reader chose, for the screen reader's voice, hyphenation and the scroll bars.
pub(crate) fn describe_root(language: &str, direction: &str, theme: &str) {
    document::eval(&format!(
        "Object.assign(document.documentElement, {{ lang: {language:?}, dir: {direction:?} }}); \
         document.documentElement.dataset.theme = {theme:?};"
    ));
}
