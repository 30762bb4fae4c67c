//! The table of routes. The router, the API description and the access tests are all made from it, so a route without a
//! policy cannot exist.

use std::sync::Arc;

use aide::{
    OperationInput, OperationOutput,
    axum::{ApiRouter, routing},
    operation::OperationHandler,
    transform::TransformOperation,
};
use axum::{handler::Handler, http::Method, middleware};
use mediconnect_domain::accounts::Role;

use super::{gate, problem::Problem};
use crate::app::App;

/// Who may call a route at all. What they see behind it follows from their scopes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Policy {
    /// Everyone.
    Public,
    /// Everyone, a few times a minute: signing in and up.
    SignIn,
    /// Every account that is signed in.
    SignedIn,
    /// Doctors.
    Doctor,
    /// Staff in any admin role.
    Staff,
    /// Staff who run clinics: super and clinic admins.
    ClinicStaff,
    /// Super admins.
    SuperAdmin,
    /// Programs on this machine, unless the settings open it to all.
    Machine,
}

impl Policy {
    /// Whether an account in this role passes.
    pub fn admits(self, role: &Role) -> bool {
        match self {
            Self::Public | Self::SignIn | Self::SignedIn | Self::Machine => true,
            Self::Doctor => matches!(role, Role::Doctor { .. }),
            Self::Staff => role.is_staff(),
            Self::ClinicStaff => matches!(role, Role::ClinicAdmin { .. } | Role::SuperAdmin),
            Self::SuperAdmin => matches!(role, Role::SuperAdmin),
        }
    }

    pub fn needs_account(self) -> bool {
        !matches!(self, Self::Public | Self::SignIn | Self::Machine)
    }

    fn in_words(self) -> &'static str {
        match self {
            Self::Public => "Open to everyone.",
            Self::SignIn => "Open to everyone, a few times a minute.",
            Self::SignedIn => "For every account that is signed in.",
            Self::Doctor => "For doctors.",
            Self::Staff => "For staff.",
            Self::ClinicStaff => "For super and clinic admins.",
            Self::SuperAdmin => "For super admins.",
            Self::Machine => "For programs on the server's own machine.",
        }
    }
}

/// One line of the table.
pub struct Route {
    pub method: Method,
    pub path: &'static str,
    pub policy: Policy,
    /// What it does, in one sentence; also in the API description.
    pub about: &'static str,
    handler: routing::ApiMethodRouter<Arc<App>>,
}

macro_rules! methods {
    ($($name:ident $with:ident $method:ident),* $(,)?) => {$(
        pub fn $name<H, I, O, T>(path: &'static str, policy: Policy, about: &'static str, handler: H) -> Route
        where
            H: Handler<T, Arc<App>> + OperationHandler<I, O>,
            I: OperationInput,
            O: OperationOutput,
            T: 'static,
        {
            let method = Method::$method;
            let named = method.clone();
            let handler = routing::$with(handler, |operation| describe(operation, &named, path, policy, about));
            Route { method, path, policy, about, handler }
        }
    )*};
}

methods! { get get_with GET, post post_with POST, put put_with PUT, delete delete_with DELETE }

fn describe<'t>(
    operation: TransformOperation<'t>,
    method: &Method,
    path: &str,
    policy: Policy,
    about: &str,
) -> TransformOperation<'t> {
    let name = path.trim_start_matches("/v1").replace(['/', '-', '.'], "_").replace(['{', '}'], "");
    let area = path.trim_start_matches("/v1").split('/').nth(1).unwrap_or_default();
    let operation = operation
        .id(&format!("{}{name}", method.as_str().to_lowercase()))
        .summary(about)
        .description(policy.in_words())
        .tag(area)
        .default_response::<Problem>();
    if policy.needs_account() { operation.security_requirement("access_token") } else { operation }
}

/// The router over these routes, each behind the gate of its policy.
pub fn router(routes: Vec<Route>, app: &Arc<App>) -> ApiRouter<Arc<App>> {
    routes.into_iter().fold(ApiRouter::new(), |router, route| {
        let gate = middleware::from_fn_with_state((app.clone(), route.policy), gate::pass);
        router.api_route(route.path, route.handler.route_layer(gate))
    })
}

/// The same without gates and without an app: good for its description only.
pub fn undeployed(routes: Vec<Route>) -> ApiRouter<Arc<App>> {
    routes.into_iter().fold(ApiRouter::new(), |router, route| router.api_route(route.path, route.handler))
}
