//! Connections: how many there may be, in all and from one address, and how long a client may take to say what it wants.
//!
//! One that is too many is closed at once. A client that sends the head of a request byte by byte is cut off, and so is one
//! that keeps a connection and asks for nothing. A body is limited by the time its handler has.

use std::{
    collections::HashMap,
    net::IpAddr,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use axum::{
    body::Body,
    extract::{ConnectInfo, Request},
};
use hyper::server::conn::http1;
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    service::TowerToHyperService,
};
use tokio::{net::TcpListener, sync::mpsc};
use tower::ServiceExt;

use crate::{
    app::App,
    config::Config,
    http::{self, limits::network},
};

/// The longest head of a request, all header lines together.
const HEAD_BYTES: usize = 64 * 1024;

/// How long nothing is accepted after the system could not give a connection.
const PAUSE: Duration = Duration::from_millis(100);

/// Answers until the app stops; then takes nothing new and ends when what was begun has been answered.
pub async fn serve(listener: TcpListener, app: Arc<App>) {
    let (router, places) = (http::service(&app), Places::new(&app.config));
    let mut server = http1::Builder::new();
    let within = Duration::from_secs(app.config.head_within_s);
    server.timer(TokioTimer::new()).header_read_timeout(within);
    server.max_buf_size(HEAD_BYTES).max_header_size(HEAD_BYTES);
    // Each connection holds a sender until it ends.
    let (open, mut all_ended) = mpsc::channel::<()>(1);
    let stopped = app.stopped();
    tokio::pin!(stopped);
    loop {
        let (stream, peer) = tokio::select! {
            () = &mut stopped => break,
            accepted = listener.accept() => match accepted {
                Ok(accepted) => accepted,
                Err(error) => {
                    tracing::warn!(%error, "no connection could be accepted");
                    tokio::time::sleep(PAUSE).await;
                    continue;
                }
            },
        };
        let Some(place) = places.take(peer.ip()) else {
            metrics::counter!("mediconnect_connections_refused").increment(1);
            continue;
        };
        // Small answers should not wait for more.
        let _ = stream.set_nodelay(true);
        let place = Arc::new(place);
        let held = place.clone();
        let service = router.clone().map_request(move |request: Request<hyper::body::Incoming>| {
            let mut request = request.map(Body::new);
            request.extensions_mut().insert(ConnectInfo(peer));
            request.extensions_mut().insert(held.clone());
            request
        });
        let connection = server.serve_connection(TokioIo::new(stream), TowerToHyperService::new(service));
        let (stopped, open) = (app.stopped(), open.clone());
        tokio::spawn(async move {
            let connection = connection.with_upgrades();
            tokio::pin!(connection);
            // Whatever ends it, there is nobody left to be told.
            tokio::select! {
                _ = connection.as_mut() => {}
                () = stopped => {
                    connection.as_mut().graceful_shutdown();
                    let _ = connection.await;
                }
            }
            drop((place, open));
        });
    }
    drop((listener, open));
    let _ = all_ended.recv().await;
}

/// The places for connections.
#[derive(Clone)]
pub struct Places {
    taken: Arc<Mutex<Taken>>,
    most: usize,
    most_of_address: usize,
    /// A proxy brings everybody's connections.
    proxies: Arc<[IpAddr]>,
}

#[derive(Default)]
struct Taken {
    all: usize,
    by_address: HashMap<IpAddr, usize>,
}

/// One connection's place, free again when it is dropped. A socket keeps the place of the connection it was made of.
pub struct Place {
    places: Places,
    of: IpAddr,
}

impl Places {
    pub fn new(config: &Config) -> Self {
        Self {
            taken: Arc::default(),
            most: config.connections,
            most_of_address: config.connections_per_address,
            proxies: config.trusted_proxies.as_slice().into(),
        }
    }

    /// A place for a connection from here, if there is one.
    pub fn take(&self, address: IpAddr) -> Option<Place> {
        let of = network(address);
        let mut taken = self.lock();
        let here = taken.by_address.get(&of).copied().unwrap_or(0);
        let one_too_many = here >= self.most_of_address && !self.proxies.contains(&address.to_canonical());
        if taken.all >= self.most || one_too_many {
            return None;
        }
        taken.all += 1;
        taken.by_address.insert(of, here + 1);
        drop(taken);
        Some(Place { places: self.clone(), of })
    }

    fn lock(&self) -> MutexGuard<'_, Taken> {
        self.taken.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut taken = self.places.lock();
        taken.all -= 1;
        if let Some(here) = taken.by_address.get_mut(&self.of) {
            *here -= 1;
            if *here == 0 {
                taken.by_address.remove(&self.of);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_has_so_many_places_and_a_proxy_all_of_them() {
        let ip = |text: &str| text.parse::<IpAddr>().unwrap();
        let mut config = Config::of(crate::config::Settings::default()).unwrap();
        (config.connections, config.connections_per_address) = (5, 2);
        config.trusted_proxies = vec![ip("10.0.0.1")];
        let places = Places::new(&config);
        let take = |address: &str| places.take(ip(address));
        let own = [take("192.0.2.7"), take("192.0.2.7")];
        assert!(own.iter().all(Option::is_some) && take("192.0.2.7").is_none());
        let others = [take("10.0.0.1"), take("10.0.0.1"), take("10.0.0.1")];
        assert!(others.iter().all(Option::is_some) && take("192.0.2.8").is_none());
        drop((own, others));
        assert!(take("192.0.2.7").is_some());
        assert!(places.lock().by_address.is_empty(), "who is gone is forgotten");
    }
}
