//! The API. One file per area holds its routes and their handlers; [`route`] makes the router from the table they form.
//!
//! A request passes [`observe`] (its id, its log line, its figures, the security headers), the [`gate`] of its route's
//! policy, the extractors ([`extract`]), and then a handler that asks ([`read`]) or runs a command ([`write`]). Whatever goes
//! wrong on the way is a [`problem`].

pub mod account;
pub mod admin;
pub mod appointments;
pub mod audit;
pub mod auth;
pub mod commands;
pub mod consultations;
pub mod directory;
pub mod docs;
pub mod doctors;
pub mod extract;
pub mod gate;
pub mod ics;
pub mod keys;
pub mod limits;
pub mod listing;
pub mod media;
pub mod observe;
pub mod operations;
pub mod patients;
pub mod problem;
pub mod read;
pub mod route;
pub mod slots;
pub mod sync;
pub mod waitlist;
pub mod watch;
pub mod write;

use std::sync::Arc;

use axum::{Router, http::StatusCode, middleware};
use tower_http::compression::CompressionLayer;

use crate::app::App;
use problem::Problem;
use route::Route;

/// The table of all routes.
pub fn routes() -> Vec<Route> {
    [
        operations::routes(),
        docs::table(),
        auth::routes(),
        directory::routes(),
        slots::routes(),
        account::routes(),
        keys::routes(),
        patients::routes(),
        appointments::routes(),
        waitlist::routes(),
        consultations::routes(),
        doctors::routes(),
        admin::routes(),
        audit::routes(),
        commands::routes(),
        sync::routes(),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// The service of an app.
pub fn service(app: &Arc<App>) -> Router {
    let router: Router<Arc<App>> = route::router(routes(), app).into();
    router
        .fallback(|| async { Problem::not_found() })
        .method_not_allowed_fallback(|| async {
            Problem::new(StatusCode::METHOD_NOT_ALLOWED, "method_not_allowed")
        })
        .layer(CompressionLayer::new())
        .layer(middleware::from_fn(observe::observe))
        .with_state(app.clone())
}
