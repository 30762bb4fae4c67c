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
use mediconnect_domain::{accounts::Role, sign_in::ApiScope};

use super::{gate, problem::Problem};
use crate::app::App;

/// Who may call a route at all. What they see behind it follows from their scopes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Policy {
    /// Everyone.
    Public,
    /// Everyone, a few times a minute: signing in and up.
    SignIn,
    /// Every account that is signed in; staff also before they have shown a second factor.
    Own,
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
            Self::Public | Self::SignIn | Self::Own | Self::SignedIn | Self::Machine => true,
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
            Self::Own => "For every account that is signed in, without a second factor too.",
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
    /// Whether the session must have been proven in the last minutes.
    pub fresh: bool,
    /// What personal thing it shows to others than the patient, if any: that they looked is in the audit, see [`super::watch`].
    pub shows: Option<&'static str>,
    handler: routing::ApiMethodRouter<Arc<App>>,
}

impl Route {
    /// For what is grave: the session must have been proven in the last minutes, see [`crate::auth::steps`].
    pub fn fresh(self) -> Self {
        Self { fresh: true, ..self }
    }

    /// For what shows personal things of others.
    pub fn shows(self, what: &'static str) -> Self {
        Self { shows: Some(what), ..self }
    }

    /// What an API token must be for, used by an account in this role. `None` where no token opens it: how an account is
    /// protected, and what devices say to each other.
    pub fn scope(&self, role: &Role) -> Option<ApiScope> {
        let under = |folder: &str| self.path.starts_with(folder);
        if under("/v1/auth/") || under("/v1/sync/") {
            return None;
        }
        // A command by its name may be one of the admins'.
        let admin = under("/v1/admin/") || (self.path == "/v1/commands" && role.is_staff());
        Some(match (admin, self.method == Method::GET) {
            (false, true) => ApiScope::Read,
            (false, false) => ApiScope::Write,
            (true, true) => ApiScope::AdminRead,
            (true, false) => ApiScope::AdminWrite,
        })
    }
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
            Route { method, path, policy, about, fresh: false, shows: None, handler }
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
        let Route { handler, .. } = route;
        let line = Route { handler: routing::ApiMethodRouter::new(), ..route };
        let path = line.path;
        let gate = middleware::from_fn_with_state((app.clone(), Arc::new(line)), gate::pass);
        router.api_route(path, handler.route_layer(gate))
    })
}

/// The same without gates and without an app: good for its description only.
pub fn undeployed(routes: Vec<Route>) -> ApiRouter<Arc<App>> {
    routes.into_iter().fold(ApiRouter::new(), |router, route| router.api_route(route.path, route.handler))
}
