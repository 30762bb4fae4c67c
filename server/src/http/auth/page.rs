//! The page behind the links in e-mails, and the mailbox of developers.
//!
//! The secret stands in the part of the address that browsers send to nobody. Opening the page changes nothing, for mail
//! programs open links by themselves: only the button sends the secret.

use std::sync::Arc;

use axum::{
    Extension, Json,
    extract::State,
    http::{HeaderValue, header},
};
use mediconnect_domain::fetch::Page;
use mediconnect_i18n::{Direction, Language, Texts};
use schemars::JsonSchema;
use serde::Deserialize;

use crate::{
    app::App,
    http::{
        extract::Asked,
        gate::Origin,
        media::{self, Media},
        problem::{Answer, Problem},
        route::{Policy, Route, get},
    },
    mail::Letter,
};

/// The path of the page.
pub const LINK: &str = "/link";

pub fn routes() -> Vec<Route> {
    vec![
        get(LINK, Policy::Public, "Shows the page behind the links in e-mails.", page),
        get("/link.js", Policy::Public, "Gives the script of that page.", script),
        get(
            "/dev/mailbox",
            Policy::Machine,
            "Shows the e-mails of a development server, on its own machine.",
            mailbox,
        ),
        get("/dev/mailbox/letters", Policy::Machine, "Lists the same.", letters),
    ]
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct InLanguage {
    /// A language tag.
    l: Option<String>,
}

const POLICY: HeaderValue = HeaderValue::from_static(
    "default-src 'none'; script-src 'self'; style-src 'unsafe-inline'; connect-src 'self'; frame-ancestors 'none'; \
     base-uri 'none'; form-action 'none'",
);

struct Html;

impl Media for Html {
    const TYPE: &'static str = "text/html; charset=utf-8";
    const ABOUT: &'static str = "A page to read in a browser.";
    type Content = String;
}

struct Script;

impl Media for Script {
    const TYPE: &'static str = "text/javascript; charset=utf-8";
    const ABOUT: &'static str = "A script.";
    type Content = String;
}

/// What the script says, each as an attribute of the page.
const SAID: [&str; 11] = [
    "link-title-verify",
    "link-title-reset",
    "link-verify",
    "link-reset",
    "link-new",
    "link-help",
    "link-verified",
    "link-was-reset",
    "link-wrong",
    "link-weak",
    "link-later",
];

async fn page(State(app): State<Arc<App>>, Asked(asked): Asked<InLanguage>) -> media::Of<Html> {
    let language = asked.l.and_then(|tag| tag.parse().ok()).unwrap_or(Language::En);
    let texts = Texts::new(language);
    let said: String = SAID
        .iter()
        .map(|key| format!(" data-{key}=\"{}\"", escaped(&texts.find(key).unwrap_or_default())))
        .collect();
    let direction = if language.direction() == Direction::RightToLeft { "rtl" } else { "ltr" };
    let html = include_str!("link.html")
        .replace("{lang}", language.tag())
        .replace("{dir}", direction)
        .replace("{name}", &escaped(&app.config.installation_name))
        .replace("{script}", &escaped(&texts.get("link-script")))
        .replace("{said}", &said);
    media::Of::new(([(header::CONTENT_SECURITY_POLICY, POLICY)], html))
}

async fn script() -> media::Of<Script> {
    media::Of::new(include_str!("link.js"))
}

/// Text as it may stand in HTML.
fn escaped(text: &str) -> String {
    text.chars().fold(String::new(), |mut html, c| {
        match c {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            '\'' => html.push_str("&#39;"),
            c => html.push(c),
        }
        html
    })
}

/// The letters, for somebody on the server's own machine, if this is a development server. Else there is no such page.
fn held(app: &App, origin: Origin) -> Answer<Vec<Letter>> {
    let held = app.post.held().filter(|_| origin.0.is_loopback());
    held.ok_or_else(Problem::not_found)
}

async fn letters(
    State(app): State<Arc<App>>,
    Extension(origin): Extension<Origin>,
) -> Answer<Json<Page<Letter>>> {
    Ok(Json(Page { items: held(&app, origin)?, next_cursor: None }))
}

async fn mailbox(
    State(app): State<Arc<App>>,
    Extension(origin): Extension<Origin>,
) -> Answer<media::Of<Html>> {
    let letters: String = held(&app, origin)?.iter().map(shown).collect();
    let html = format!(
        "<!doctype html><meta charset=\"utf-8\"><title>Mailbox</title><h1>Mailbox</h1><p>E-mails of this development \
         server, the newest first. Nothing was sent.</p>{letters}"
    );
    Ok(media::Of::new(([(header::CONTENT_SECURITY_POLICY, POLICY)], html)))
}

fn shown(letter: &Letter) -> String {
    let Letter { to, subject, text, at } = letter;
    let line =
        |line: &str| match line.split_once("http").map(|(before, rest)| (before, format!("http{rest}"))) {
            Some((before, link)) => {
                format!("{}<a href=\"{link}\">{link}</a>\n", escaped(before), link = escaped(&link))
            }
            None => format!("{}\n", escaped(line)),
        };
    let text: String = text.lines().map(line).collect();
    format!("<article><h2>{}</h2><p>{} · {at}</p><pre>{text}</pre></article>", escaped(subject), escaped(to))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_letter_becomes_markup() {
        let letter = Letter {
            to: "<b>@example.org".into(),
            subject: "\"&'".into(),
            text: "<script>\nsee https://clinic.example/\"><img>\n".into(),
            at: jiff::Timestamp::UNIX_EPOCH,
        };
        let html = shown(&letter);
        assert!(!html.contains("<script>") && !html.contains("<img>") && !html.contains("<b>"), "{html}");
        assert!(html.contains("<a href=\"https://clinic.example/&quot;&gt;&lt;img&gt;\">"), "{html}");
    }
}
