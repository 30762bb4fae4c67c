//! The description of the API, made from the table of routes, and a page that shows it. The page carries all it needs: it
//! works without the internet.

use std::sync::LazyLock;

use aide::{
    OperationOutput,
    generate::GenContext,
    openapi::{self, Info, OpenApi, SecurityScheme},
    scalar::Scalar,
};
use axum::{
    http::{HeaderValue, header},
    response::{Html, IntoResponse, Response},
};

use super::{
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

/// The page runs scripts and styles that it carries itself, and talks to this server only.
const PAGE_POLICY: HeaderValue = HeaderValue::from_static(
    "default-src 'none'; script-src 'unsafe-inline' 'unsafe-eval'; style-src 'unsafe-inline'; img-src data:; \
     font-src data:; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'",
);

async fn page() -> Page {
    Page(Html(Scalar::new("/openapi.json").with_title("MediConnect API").html()))
}

struct Page(Html<String>);

impl IntoResponse for Page {
    fn into_response(self) -> Response {
        ([(header::CONTENT_SECURITY_POLICY, PAGE_POLICY)], self.0).into_response()
    }
}

impl OperationOutput for Page {
    type Inner = String;

    fn operation_response(ctx: &mut GenContext, operation: &mut openapi::Operation) -> Option<openapi::Response> {
        Html::<String>::operation_response(ctx, operation)
    }

    fn inferred_responses(
        ctx: &mut GenContext,
        operation: &mut openapi::Operation,
    ) -> Vec<(Option<u16>, openapi::Response)> {
        Self::operation_response(ctx, operation).map(|response| (Some(200), response)).into_iter().collect()
    }
}
