//! The stylesheet and the fonts, embedded, so that an app looks the same offline, in a test and on every system.

use std::sync::LazyLock;

use base64::{Engine, engine::general_purpose::STANDARD};
use dioxus::prelude::*;

use crate::reader::use_reader;

/// Tokens and component styles, without the fonts.
pub fn stylesheet() -> &'static str {
    concat!(
        include_str!("../tokens.css"),
        include_str!("../styles/base.css"),
        include_str!("../styles/controls.css"),
        include_str!("../styles/forms.css"),
        include_str!("../styles/frame.css"),
        include_str!("../styles/content.css"),
        include_str!("../styles/states.css"),
        include_str!("../styles/calendar.css"),
        include_str!("../styles/screens.css"),
    )
}

struct Font {
    family: &'static str,
    weight: &'static str,
    range: &'static str,
    data: &'static [u8],
}

const LATIN: &str = "U+0000-00FF,U+0131,U+0152-0153,U+02BB-02BC,U+02C6,U+02DA,U+02DC,U+2000-206F,U+20AC,U+2122,\
                     U+2191,U+2193,U+2212,U+2215";
const DEVANAGARI: &str = "U+0900-097F,U+1CD0-1CF9,U+200C-200D,U+20A8,U+20B9,U+25CC,U+A830-A839,U+A8E0-A8FF";

const FONTS: [Font; 3] = [
    Font {
        family: "Inter Variable",
        weight: "100 900",
        range: LATIN,
        data: include_bytes!("../fonts/inter-latin-wght-normal.woff2"),
    },
    Font {
        family: "Noto Sans Devanagari",
        weight: "400",
        range: DEVANAGARI,
        data: include_bytes!("../fonts/noto-sans-devanagari-devanagari-400-normal.woff2"),
    },
    Font {
        family: "Noto Sans Devanagari",
        weight: "600",
        range: DEVANAGARI,
        data: include_bytes!("../fonts/noto-sans-devanagari-devanagari-600-normal.woff2"),
    },
];

static FONT_FACES: LazyLock<String> = LazyLock::new(|| {
    let face = |font: &Font| {
        format!(
            "@font-face{{font-family:'{}';font-weight:{};font-display:block;unicode-range:{};\
             src:url(data:font/woff2;base64,{}) format('woff2')}}",
            font.family,
            font.weight,
            font.range,
            STANDARD.encode(font.data)
        )
    };
    FONTS.iter().map(face).collect()
});

/// The styles of everything below, with the reader's text size at the root so that every size follows it.
#[component]
pub fn Styles() -> Element {
    let percent = (use_reader().text_size)().percent();
    rsx! {
        style { dangerous_inner_html: FONT_FACES.as_str() }
        style { dangerous_inner_html: stylesheet() }
        style { dangerous_inner_html: ":root{{font-size:{percent}%}}" }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    const TOKENS: &str = include_str!("../tokens.css");

    /// The custom properties of the block that follows `selector`.
    fn block(selector: &str) -> BTreeMap<&'static str, &'static str> {
        let start = TOKENS.find(selector).expect("the selector is in tokens.css") + selector.len();
        let body = &TOKENS[start..];
        let body = &body[..body.find('}').expect("the block ends")];
        body.lines()
            .filter_map(|line| line.trim().strip_suffix(';')?.split_once(": "))
            .filter(|(name, _)| name.starts_with("--"))
            .collect()
    }

    fn luminance(colour: &str) -> f64 {
        let channel = |at: usize| {
            let value = u8::from_str_radix(&colour[at..at + 2], 16).expect("a colour in hexadecimal");
            let share = f64::from(value) / 255.0;
            if share <= 0.04045 { share / 12.92 } else { ((share + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5)
    }

    /// WCAG 2.2, contrast ratio.
    fn contrast(one: &str, other: &str) -> f64 {
        let (one, other) = (luminance(one), luminance(other));
        (one.max(other) + 0.05) / (one.min(other) + 0.05)
    }

    #[test]
    fn the_two_dark_blocks_are_the_same() {
        let wished = block(":root:not([data-theme=\"light\"]) {");
        let chosen = block(":root[data-theme=\"dark\"] {");
        assert!(!wished.is_empty());
        assert_eq!(wished, chosen);
    }

    #[test]
    fn every_pair_of_text_and_ground_has_enough_contrast() {
        for selector in [":root {", ":root[data-theme=\"dark\"] {"] {
            let tokens = block(selector);
            let check = |ink: &str, ground: &str, least: f64| {
                let ratio = contrast(tokens[ink], tokens[ground]);
                assert!(ratio >= least, "{selector} {ink} on {ground}: {ratio:.2} < {least}");
            };
            for ground in ["--surface", "--surface-raised", "--surface-sunken"] {
                for ink in ["--text", "--text-muted", "--accent", "--positive", "--caution", "--critical"] {
                    check(ink, ground, 4.5);
                }
                for shape in ["--border-strong", "--focus", "--rating"] {
                    check(shape, ground, 3.0);
                }
            }
            check("--accent-text", "--accent", 4.5);
            check("--accent-text", "--accent-hover", 4.5);
            for tone in ["accent", "positive", "caution", "critical"] {
                check(&format!("--{tone}"), &format!("--{tone}-soft"), 4.5);
                check("--text", &format!("--{tone}-soft"), 4.5);
                check("--text-muted", &format!("--{tone}-soft"), 4.5);
            }
        }
    }
}
