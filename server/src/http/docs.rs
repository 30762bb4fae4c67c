//! The description of the API, made from the table of routes, and a page that shows it. The page carries all it needs: it
//! works without the internet.

use std::sync::LazyLock;

use aide::{
    openapi::{Info, OpenApi, SecurityScheme},
    redoc::Redoc,
};
use axum::{
    http::{HeaderValue, header},
    response::IntoResponse,
};

use super::{
    media::{self, Media},
    route::{self, Policy, Route, get},
    routes,
};

pub fn table() -> Vec<Route> {
    vec![
        get("/openapi.json", Policy::Public, "Gives the description of this API (OpenAPI 3.1).", openapi),
        get("/docs", Policy::Public, "Shows the description of this API.", page),
    ]
}

/// The OpenAPI document, as JSON.
pub static DOCUMENT: LazyLock<String> = LazyLock::new(|| {
    aide::generate::extract_schemas(true);
    aide::generate::infer_responses(true);
    let info = Info {
        title: "MediConnect".into(),
        version: env!("CARGO_PKG_VERSION").into(),
        description: Some(
            "Booking, patients, doctors and the people who run clinics. Errors are RFC 9457 problems with a stable \
             `code`; lists are pages with `items` and `next_cursor`; writes take an `Idempotency-Key`."
                .into(),
        ),
        ..Info::default()
    };
    let mut document = OpenApi { info, ..OpenApi::default() };
    let token = SecurityScheme::Http {
        scheme: "bearer".into(),
        bearer_format: Some("JWT".into()),
        description: Some("From signing in; good for ten minutes.".into()),
        extensions: Default::default(),
    };
    let _router = route::undeployed(routes())
        .finish_api_with(&mut document, |document| document.security_scheme("access_token", token));
    serde_json::to_string_pretty(&document).expect("the description is JSON")
});

async fn openapi() -> impl aide::axum::IntoApiResponse {
    ([(header::CONTENT_TYPE, "application/json")], DOCUMENT.as_str()).into_response()
}

/// The page runs scripts and styles that it carries itself (its search in a worker), and talks to this server only.
const PAGE_POLICY: HeaderValue = HeaderValue::from_static(
    "default-src 'none'; script-src 'unsafe-inline'; worker-src blob:; style-src 'unsafe-inline'; img-src data:; \
     font-src data:; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'",
);

async fn page() -> media::Of<Page> {
    let html = Redoc::new("/openapi.json").with_title("MediConnect API").html();
    media::Of::new(([(header::CONTENT_SECURITY_POLICY, PAGE_POLICY)], html))
}

struct Page;

impl Media for Page {
    const TYPE: &'static str = "text/html; charset=utf-8";
    const ABOUT: &'static str = "A page to read in a browser.";
    type Content = String;
}
