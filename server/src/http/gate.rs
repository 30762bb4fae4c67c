//! The gate in front of every route: who asks, may they, and not too often.

use std::{
    net::{IpAddr, SocketAddr},
    sync::Arc,
};

use aide::OperationInput;
use axum::{
    extract::{ConnectInfo, FromRequestParts, Request, State},
    http::{HeaderMap, StatusCode, header, request::Parts},
    middleware::Next,
    response::Response,
};
use jiff::Timestamp;
use mediconnect_domain::{
    AccountId, DeviceId,
    accounts::{Account, AccountStatus, Role},
    sign_in::{ApiScope, problem},
};
use uuid::Uuid;

use super::{
    limits::network,
    problem::{Answer, Problem},
    route::{Policy, Route},
    watch,
};
use crate::{
    app::App,
    auth::{
        api_tokens::{self, Presented},
        attempts::{self, Allowance, Key},
        sessions, table, tokens,
    },
};

/// Who asks, from the session that the access token names.
#[derive(Clone, Debug)]
pub struct Identity {
    pub account: AccountId,
    /// Or the API token.
    pub session: Uuid,
    pub device: DeviceId,
    pub role: Role,
    /// Until when the session counts as just proven.
    pub fresh_until: Timestamp,
    /// Whether it was begun, or proven, with a second factor.
    pub second_factor: bool,
    /// Where a program asks, what its token is for.
    pub token: Option<Arc<[ApiScope]>>,
}

/// Where the request came from, as far as it can be believed.
#[derive(Clone, Copy, Debug)]
pub struct Origin(pub IpAddr);

/// Lets a request through to its handler, or answers for it.
pub async fn pass(
    State((app, route)): State<(Arc<App>, Arc<Route>)>,
    mut request: Request,
    next: Next,
) -> Answer<Response> {
    let origin = origin(&app, &request);
    app.limiters.address(origin.0)?;
    let policy = route.policy;
    match policy {
        Policy::SignIn => may_try_from(&app, origin.0).await?,
        Policy::Machine if !origin.0.is_loopback() && !app.config.metrics_from_anywhere => {
            return Err(Problem::not_found());
        }
        _ => {}
    }
    request.extensions_mut().insert(origin);
    if !policy.needs_account() {
        return Ok(next.run(request).await);
    }
    let identity = identify(&app, request.headers()).await?;
    app.limiters.account(identity.account, identity.device)?;
    let subject = watch::subject(&mut request).await;
    if let Err(problem) = admit(&app, &route, &identity).await {
        watch::turned_away(&app, &route, &identity, subject, &problem).await?;
        return Err(problem);
    }
    request.extensions_mut().insert(identity.clone());
    let response = next.run(request).await;
    watch::answered(&app, &route, &identity, subject, response.status()).await?;
    Ok(response)
}

/// Signing in and the like, a few times a minute from one address.
async fn may_try_from(app: &App, address: IpAddr) -> Answer<()> {
    let (now, keys, allowance) =
        (app.now(), app.keys.clone(), Allowance::a_minute(app.config.limits.sign_in));
    let address = network(address);
    let taken = app.store().write(&[], move |tx| {
        let keys = keys.clone();
        Box::pin(async move { attempts::take(tx, &keys, &Key::From(address), allowance, now).await })
    });
    taken.await?.map_err(Problem::slow_down)
}

/// Whether this account, in this session or by this token, may pass.
async fn admit(app: &App, route: &Route, who: &Identity) -> Answer<()> {
    if !route.policy.admits(&who.role) {
        return Err(Problem::not_allowed());
    }
    let forbidden = |code| Err(Problem::new(StatusCode::FORBIDDEN, code));
    if app.config.demands_second_factor(&who.role) && !who.second_factor && route.policy != Policy::Own {
        return forbidden(problem::SECOND_FACTOR_NEEDED);
    }
    if let Some(scopes) = &who.token {
        let needed = route.scope(&who.role);
        if !needed.is_some_and(|needed| scopes.contains(&needed)) {
            return forbidden(problem::SCOPE_MISSING);
        }
    }
    if route.fresh && !is_proven(app, who).await? {
        return forbidden(problem::STEP_UP_NEEDED);
    }
    Ok(())
}

/// Whether who asks was proven in the last minutes. What is believed of a session may be some seconds old, and the session
/// stepped up on another node. A program never is.
pub async fn is_proven(app: &App, who: &Identity) -> Answer<bool> {
    if who.fresh_until >= app.now() || who.token.is_some() {
        return Ok(who.fresh_until >= app.now());
    }
    let now = look_up(app, who.session).await?;
    let is_fresh = now.fresh_until >= app.now();
    app.seen.insert(who.session, now);
    Ok(is_fresh)
}

/// The peer's address; behind a trusted proxy the last address that is not a trusted proxy's. What a client writes into
/// the header itself stands before that and is never looked at.
fn origin(app: &App, request: &Request) -> Origin {
    let peer = request
        .extensions()
        .get::<ConnectInfo<SocketAddr>>()
        .map(|ConnectInfo(peer)| peer.ip().to_canonical());
    let peer = peer.unwrap_or(IpAddr::from([127, 0, 0, 1]));
    Origin(forwarded_for(peer, request.headers(), &app.config.trusted_proxies))
}

fn forwarded_for(peer: IpAddr, headers: &HeaderMap, trusted: &[IpAddr]) -> IpAddr {
    if !trusted.contains(&peer) {
        return peer;
    }
    let lines = headers.get_all("x-forwarded-for").iter().filter_map(|line| line.to_str().ok());
    let hops: Vec<IpAddr> =
        lines.flat_map(|line| line.split(',')).filter_map(|hop| hop.trim().parse().ok()).collect();
    hops.into_iter().rev().find(|hop| !trusted.contains(hop)).unwrap_or(peer)
}

/// The account and session of the access token.
pub async fn identify(app: &App, headers: &HeaderMap) -> Answer<Identity> {
    let value = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    let token = value
        .and_then(|value| value.split_once(' '))
        .filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"));
    if let Some(presented) = token.and_then(|(_, token)| api_tokens::read(token.trim())) {
        return of_program(app, presented).await;
    }
    let bearer = token.and_then(|(_, token)| tokens::read_access(&app.keys, token.trim(), app.now()));
    let bearer = bearer.ok_or_else(Problem::unauthenticated)?;
    if let Some(identity) = app.seen.get(&bearer.session) {
        return Ok(identity);
    }
    let identity = look_up(app, bearer.session).await?;
    app.seen.insert(bearer.session, identity.clone());
    Ok(identity)
}

async fn look_up(app: &App, id: Uuid) -> Answer<Identity> {
    let found = app.store().read(move |tx| {
        Box::pin(async move {
            let Some(session) = table::live(tx, id).await? else { return Ok(None) };
            Ok(sessions::account(tx, session.account).await?.map(|account| (session, account)))
        })
    });
    let Some((session, account)) = found.await? else { return Err(Problem::unauthenticated()) };
    let Account { id, role, status: AccountStatus::Active, .. } = account else {
        return Err(Problem::unauthenticated());
    };
    Ok(Identity {
        account: id,
        session: session.id,
        device: session.device,
        role,
        fresh_until: session.proved_at + app.config.proof_counts,
        second_factor: session.second_factor,
        token: None,
    })
}

/// The account that an API token speaks for. It was made by a session that had shown whatever was demanded.
async fn of_program(app: &App, presented: Presented) -> Answer<Identity> {
    let (now, presented) = (app.now(), Arc::new(presented));
    let (id, shared) = (presented.id, presented.clone());
    let found = app.store().read(move |tx| {
        let presented = shared.clone();
        Box::pin(async move {
            let Some(found) = api_tokens::look_up(tx, &presented, now).await? else { return Ok(None) };
            Ok(sessions::account(tx, found.account).await?.map(|account| (found, account)))
        })
    });
    let Some((found, account)) = found.await? else { return Err(Problem::unauthenticated()) };
    let Account { id: account, role, status: AccountStatus::Active, .. } = account else {
        return Err(Problem::unauthenticated());
    };
    if found.use_is_to_be_noted(now) {
        let noted = app.store().write(&[], move |tx| Box::pin(api_tokens::note_use(tx, id, now)));
        noted.await?;
    }
    Ok(Identity {
        account,
        session: id,
        device: DeviceId(id),
        role,
        fresh_until: Timestamp::UNIX_EPOCH,
        second_factor: true,
        token: Some(found.scopes.into()),
    })
}

impl<S: Send + Sync> FromRequestParts<S> for Identity {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        // The gate of every policy that needs an account has put it there.
        parts.extensions.get().cloned().ok_or_else(Problem::unauthenticated)
    }
}

impl OperationInput for Identity {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_trusted_proxy_is_believed() {
        let ip = |text: &str| text.parse::<IpAddr>().unwrap();
        let headers = HeaderMap::from_iter([(
            "x-forwarded-for".parse().unwrap(),
            "203.0.113.9, 198.51.100.4, 10.0.0.2".parse().unwrap(),
        )]);
        assert_eq!(forwarded_for(ip("198.51.100.7"), &headers, &[]), ip("198.51.100.7"));
        let trusted = [ip("10.0.0.1"), ip("10.0.0.2")];
        assert_eq!(forwarded_for(ip("10.0.0.1"), &headers, &trusted), ip("198.51.100.4"));
        assert_eq!(forwarded_for(ip("10.0.0.1"), &HeaderMap::new(), &trusted), ip("10.0.0.1"));
    }
}
