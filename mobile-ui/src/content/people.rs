//! People and what others think of them.

use dioxus::prelude::*;

use crate::use_texts;

/// A person's picture, or their initials on a colour that is always theirs. The name stands beside it, so it is hidden
/// from assistive technology.
#[component]
pub fn Avatar(
    name: String,
    #[props(default)] picture: Option<String>,
    #[props(default)] large: bool,
) -> Element {
    rsx! {
        span { class: "avatar", "data-large": large, "data-hue": hue(&name), aria_hidden: "true",
            if let Some(picture) = picture {
                img { src: picture, alt: "" }
            } else {
                {initials(&name)}
            }
        }
    }
}

/// An address of e-mail. One too long for its line breaks before the @ and before dots.
#[component]
pub fn EmailAddress(address: String) -> Element {
    let mut ends: Vec<usize> = address.match_indices(['@', '.']).map(|(at, _)| at).collect();
    ends.push(address.len());
    let begins = std::iter::once(0).chain(ends.iter().copied());
    let parts: Vec<&str> = begins.zip(&ends).map(|(begin, end)| &address[begin..*end]).collect();
    rsx! {
        span { dir: "ltr",
            for part in parts {
                "{part}"
                wbr {}
            }
        }
    }
}

/// The first letters of the first and the last name; titles are no names.
fn initials(name: &str) -> String {
    let words: Vec<&str> = name.split_whitespace().filter(|word| !word.ends_with('.')).collect();
    let ends = match words.as_slice() {
        [] => return String::new(),
        [one] => vec![*one],
        [first, .., last] => vec![*first, *last],
    };
    ends.iter()
        .filter_map(|word| word.chars().find(|c| c.is_alphanumeric()))
        .flat_map(char::to_uppercase)
        .collect()
}

/// One of six hues, the same for the same name on every device.
fn hue(name: &str) -> String {
    let sum = name.bytes().fold(0_u32, |sum, byte| sum.wrapping_mul(31).wrapping_add(byte.into()));
    (sum % 6).to_string()
}

const STAR: &str = "M12 2.6l2.9 5.9 6.5.95-4.7 4.58 1.1 6.47L12 17.45 6.2 20.5l1.1-6.47L2.6 9.45l6.5-.95z";

/// Stars, the value and how many say so. `mean` runs from 1 to 5.
#[component]
pub fn Rating(mean: f64, count: u32) -> Element {
    let t = use_texts();
    if count == 0 {
        return rsx! { span { class: "rating muted small", {t.get("rating-none")} } };
    }
    let value = t.decimal(mean, 1);
    let spoken = t.with("rating-value", &[("value", value.clone().into())]);
    rsx! {
        span { class: "rating",
            svg { class: "rating__star", view_box: "0 0 24 24", role: "img", "aria-label": spoken,
                path { d: STAR }
            }
            span { class: "strong", aria_hidden: "true", {value} }
            span { class: "muted", {t.with("rating-count", &[("n", count.into())])} }
        }
    }
}

/// How many gave one to five stars, five on top. `counts[0]` are those of one star.
#[component]
pub fn RatingBars(counts: [u32; 5]) -> Element {
    let t = use_texts();
    let most = counts.iter().copied().max().unwrap_or_default().max(1);
    rsx! {
        ul { class: "rating-bars",
            for stars in (1..=5usize).rev() {
                li { key: "{stars}", class: "rating-bars__row",
                    span { class: "visually-hidden",
                        {t.with("rating-stars", &[("n", stars.into())])}
                        ": "
                        {t.with("rating-count", &[("n", counts[stars - 1].into())])}
                    }
                    span { class: "rating-bars__stars", aria_hidden: "true", "{stars}"
                        svg { class: "rating__star", view_box: "0 0 24 24", path { d: STAR } }
                    }
                    span { class: "rating-bars__track", aria_hidden: "true",
                        span { style: "inline-size:{100 * counts[stars - 1] / most}%" }
                    }
                    span { class: "rating-bars__count muted", aria_hidden: "true", {t.number(counts[stars - 1].into())} }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn initials_leave_titles_out() {
        assert_eq!(initials("Dr. Asha Rao"), "AR");
        assert_eq!(initials("Prince"), "P");
        assert_eq!(initials("María José de la Cruz"), "MC");
        assert_eq!(initials("डॉ. आशा राव"), "आर");
        assert_eq!(initials("  "), "");
    }
}
