//! Small drawings for places where there is nothing yet, in the colours of the theme.

use dioxus::prelude::*;

/// What is drawn.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PictureKind {
    #[default]
    Calendar,
    Search,
    People,
    Offline,
    Broken,
    Done,
    Welcome,
}

/// A drawing beside words that say the same, hidden from assistive technology.
#[component]
pub fn Picture(kind: PictureKind) -> Element {
    rsx! {
        svg { class: "picture", view_box: "0 0 160 120", fill: "none", "aria-hidden": "true",
            ellipse { cx: "80", cy: "108", rx: "56", ry: "6", fill: "var(--surface-sunken)" }
            {drawing(kind)}
        }
    }
}

fn drawing(kind: PictureKind) -> Element {
    match kind {
        PictureKind::Calendar => rsx! {
            rect { x: "38", y: "22", width: "84", height: "80", rx: "12", class: "picture__paper" }
            path { d: "M38 44h84V34a12 12 0 0 0-12-12H50a12 12 0 0 0-12 12z", class: "picture__soft" }
            path { d: "M58 14v16M102 14v16", class: "picture__line" }
            rect { x: "50", y: "54", width: "16", height: "14", rx: "4", class: "picture__soft" }
            rect { x: "72", y: "54", width: "16", height: "14", rx: "4", class: "picture__fill" }
            rect { x: "94", y: "54", width: "16", height: "14", rx: "4", class: "picture__soft" }
            rect { x: "50", y: "76", width: "16", height: "14", rx: "4", class: "picture__soft" }
            rect { x: "72", y: "76", width: "16", height: "14", rx: "4", class: "picture__soft" }
        },
        PictureKind::Search => rsx! {
            rect { x: "30", y: "26", width: "82", height: "24", rx: "12", class: "picture__paper" }
            rect { x: "30", y: "58", width: "64", height: "16", rx: "8", class: "picture__soft" }
            rect { x: "30", y: "82", width: "48", height: "16", rx: "8", class: "picture__soft" }
            circle { cx: "104", cy: "68", r: "22", class: "picture__paper" }
            circle { cx: "104", cy: "68", r: "22", class: "picture__line" }
            path { d: "M120 85l14 14", class: "picture__line" }
        },
        PictureKind::People => rsx! {
            circle { cx: "60", cy: "48", r: "18", class: "picture__soft" }
            path { d: "M28 102c2-22 16-32 32-32s30 10 32 32z", class: "picture__soft" }
            circle { cx: "98", cy: "42", r: "20", class: "picture__paper" }
            path { d: "M62 102c2-26 18-36 36-36s34 10 36 36z", class: "picture__paper" }
            path { d: "M98 80v14M91 87h14", class: "picture__line" }
        },
        PictureKind::Offline => rsx! {
            path {
                d: "M52 90a22 22 0 0 1-2-44 32 32 0 0 1 61-6 25 25 0 0 1-1 50z",
                class: "picture__paper",
            }
            path { d: "M58 68h10M76 68h8M92 68h10", class: "picture__line" }
            path { d: "M40 24l80 76", class: "picture__line" }
        },
        PictureKind::Broken => rsx! {
            rect { x: "40", y: "20", width: "80", height: "82", rx: "12", class: "picture__paper" }
            path { d: "M40 66l20-10 18 14 20-16 22 12v24a12 12 0 0 1-12 12H52a12 12 0 0 1-12-12z", class: "picture__soft" }
            path { d: "M68 38v6M92 38v6M70 56c6-6 14-6 20 0", class: "picture__line" }
        },
        PictureKind::Done => rsx! {
            circle { cx: "80", cy: "60", r: "40", class: "picture__soft" }
            circle { cx: "80", cy: "60", r: "27", class: "picture__fill" }
            path { d: "M68 61l8 9 17-18", class: "picture__check" }
        },
        PictureKind::Welcome => rsx! {
            path { d: "M18 104c6-40 30-64 62-64s56 24 62 64z", class: "picture__soft" }
            rect { x: "52", y: "30", width: "56", height: "74", rx: "14", class: "picture__paper" }
            path { d: "M60 66h9l6-14 9 26 6-12h10", class: "picture__line" }
            circle { cx: "118", cy: "36", r: "14", class: "picture__fill" }
            path { d: "M112 36l4 4 8-8", class: "picture__check picture__check--small" }
        },
    }
}
