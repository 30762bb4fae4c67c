//! The gate in front of every route: who asks, may they, and not too often.

use std::{
    net::{IpAddr, SocketAddr},
    sync::Arc,
};

use aide::OperationInput;
use axum::{
    extract::{ConnectInfo, FromRequestParts, Request, State},
    http::{HeaderMap, header, request::Parts},
    middleware::Next,
    response::Response,
};
use mediconnect_domain::{
    AccountId, DeviceId,
    accounts::{Account, AccountStatus, Role},
};
use uuid::Uuid;

use super::{
    problem::{Answer, Problem},
    route::Policy,
};
use crate::{
    app::App,
    auth::{sessions, table, tokens},
};

/// Who asks, from the session that the access token names.
#[derive(Clone, Debug)]
pub struct Identity {
    pub account: AccountId,
    pub session: Uuid,
    pub device: DeviceId,
    pub role: Role,
}

/// Where the request came from, as far as it can be believed.
#[derive(Clone, Copy, Debug)]
pub struct Origin(pub IpAddr);

/// Lets a request through to its handler, or answers for it.
pub async fn pass(
    State((app, policy)): State<(Arc<App>, Policy)>,
    mut request: Request,
    next: Next,
) -> Answer<Response> {
    let origin = origin(&app, &request);
    app.limiters.address(origin.0)?;
    match policy {
        Policy::SignIn => app.limiters.sign_in_from(origin.0)?,
        Policy::Machine if !origin.0.is_loopback() && !app.config.metrics_from_anywhere => {
            return Err(Problem::not_found());
        }
        _ => {}
    }
    if policy.needs_account() {
        let identity = identify(&app, request.headers()).await?;
        app.limiters.account(identity.account, identity.device)?;
        if !policy.admits(&identity.role) {
            return Err(Problem::not_allowed());
        }
        request.extensions_mut().insert(identity);
    }
    request.extensions_mut().insert(origin);
    Ok(next.run(request).await)
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
    Ok(Identity { account: id, session: session.id, device: session.device, role })
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
