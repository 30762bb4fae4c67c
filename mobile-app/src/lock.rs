//! The app's own lock, as screens see it: when the app was touched last, and locking it when that is too long ago.
//!
//! What a PIN opens and what guessing one leads to is in [`mediconnect_core::client`]; here is only when to lock.

use std::{cell::Cell, rc::Rc, time::Instant};

use dioxus::prelude::*;
use mediconnect_ui::use_reader;

use crate::Device;

/// When the app was touched last.
#[derive(Clone)]
struct Touched(Rc<Cell<Instant>>);

/// Tells when the page is hidden and when it is seen again.
const SEEN: &str = r#"
    document.addEventListener("visibilitychange", () => dioxus.send(!document.hidden));
    await new Promise(() => {});
"#;

pub(crate) fn use_lock_provider(device: Device) {
    let touched = use_context_provider(|| Touched(Rc::new(Cell::new(Instant::now()))));
    let look = {
        let touched = touched.clone();
        use_callback(move |()| lock_when_idle(device, touched.0.get()))
    };
    // The clock of the screens ticks every quarter of a minute; a phone that slept looks as soon as it is seen again.
    let now = use_reader().now;
    use_effect(move || {
        now.read();
        look.call(());
    });
    use_future(move || async move {
        let mut seen = document::eval(SEEN);
        while seen.recv::<bool>().await.is_ok() {
            look.call(());
        }
    });
}

fn lock_when_idle(device: Device, touched: Instant) {
    let client = device.client();
    let Ok(Some(state)) = client.lock_state() else { return };
    if !client.is_locked() && touched.elapsed().as_secs() >= u64::from(state.idle_s) {
        device.lock();
    }
}

/// Everything of the app, inside: a touch or a key puts the lock off.
#[component]
pub fn Awake(children: Element) -> Element {
    let touched = use_context::<Touched>();
    let (pointer, key) = (touched.clone(), touched);
    rsx! {
        div {
            onpointerdown: move |_| pointer.0.set(Instant::now()),
            onkeydown: move |_| key.0.set(Instant::now()),
            {children}
        }
    }
}
