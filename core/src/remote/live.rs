//! The live stream: one WebSocket, with signs of life.

use std::{sync::Arc, time::Duration};

use async_trait::async_trait;
use futures::{SinkExt, StreamExt};
use mediconnect_domain::wire::Frame;
use rustls::ClientConfig;
use tokio::{net::TcpStream, time::timeout};
use tokio_tungstenite::{
    Connector as TlsConnector, MaybeTlsStream, WebSocketStream, connect_async_tls_with_config,
    tungstenite::{
        Error, Message,
        client::IntoClientRequest,
        http::{HeaderValue, header},
    },
};
use url::Url;

use super::RemoteError;
use crate::sync::{Live, TransportError};

pub(super) const PATH: &str = "/v1/sync/live";

/// Quiet for this long: ask for a sign of life.
const QUIET: Duration = Duration::from_secs(25);
/// None came for this long: the connection is half open.
const PATIENCE: Duration = Duration::from_secs(10);

/// Opens sockets.
pub(super) struct Connector {
    tls: Arc<ClientConfig>,
    connect_timeout: Duration,
}

impl Connector {
    pub fn new(tls: ClientConfig, connect_timeout: Duration) -> Self {
        Self { tls: Arc::new(tls), connect_timeout }
    }

    pub async fn connect(&self, mut url: Url, token: &str) -> Result<Socket, RemoteError> {
        let scheme = if url.scheme() == "https" { "wss" } else { "ws" };
        let unusable = |what: &str| RemoteError::Configuration(what.to_owned());
        url.set_scheme(scheme).map_err(|()| unusable("no address for sockets"))?;
        let mut request = url.as_str().into_client_request().map_err(|error| unusable(&error.to_string()))?;
        let bearer = HeaderValue::try_from(format!("Bearer {token}")).map_err(|_| unusable("not a token"))?;
        request.headers_mut().insert(header::AUTHORIZATION, bearer);
        let tls = TlsConnector::Rustls(self.tls.clone());
        let connecting = connect_async_tls_with_config(request, None, true, Some(tls));
        match timeout(self.connect_timeout, connecting).await {
            Ok(Ok((stream, _))) => Ok(Socket { stream, quiet: QUIET, patience: PATIENCE }),
            Ok(Err(Error::Http(answer))) => Err(RemoteError::Problem {
                problem: Box::new(super::http::unnamed(answer.status())),
                retry_after_s: None,
            }),
            Ok(Err(error)) => Err(RemoteError::Offline(error.to_string())),
            Err(_) => Err(RemoteError::Offline("no connection in time".into())),
        }
    }
}

pub(super) struct Socket {
    stream: WebSocketStream<MaybeTlsStream<TcpStream>>,
    quiet: Duration,
    patience: Duration,
}

#[async_trait]
impl Live for Socket {
    async fn next(&mut self) -> Result<Option<Frame>, TransportError> {
        let mut asked = false;
        loop {
            let wait = if asked { self.patience } else { self.quiet };
            match timeout(wait, self.stream.next()).await {
                Ok(None | Some(Ok(Message::Close(_)))) => return Ok(None),
                Ok(Some(Ok(Message::Text(text)))) => {
                    let frame = serde_json::from_str(&text);
                    return frame.map(Some).map_err(|error| TransportError::Malformed(error.to_string()));
                }
                // Answers to our pings, the server's own pings: signs of life.
                Ok(Some(Ok(_))) => asked = false,
                Ok(Some(Err(error))) => return Err(TransportError::Cut(error.to_string())),
                Err(_) if asked => return Err(TransportError::Cut("the connection is half open".into())),
                Err(_) => {
                    asked = true;
                    let ping =
                        timeout(self.patience, self.stream.send(Message::Ping(Vec::new().into()))).await;
                    if !matches!(ping, Ok(Ok(()))) {
                        return Err(TransportError::Cut("the connection is half open".into()));
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use tokio::net::TcpListener;

    use super::*;

    async fn pair() -> (Socket, WebSocketStream<TcpStream>) {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}{PATH}", listener.local_addr().unwrap()).parse().unwrap();
        let accepting = async {
            let (stream, _) = listener.accept().await.unwrap();
            tokio_tungstenite::accept_async(stream).await.unwrap()
        };
        let tls = super::super::tls::client_config(None, &[]).unwrap();
        let connector = Connector::new(tls, Duration::from_secs(5));
        let (socket, server) = tokio::join!(connector.connect(url, "token"), accepting);
        (socket.unwrap(), server)
    }

    #[tokio::test]
    async fn a_connection_that_gives_no_sign_of_life_ends() {
        let (mut socket, server) = pair().await;
        (socket.quiet, socket.patience) = (Duration::from_millis(20), Duration::from_millis(50));
        // The other side reads nothing, so it answers no ping.
        assert!(matches!(socket.next().await, Err(TransportError::Cut(_))));
        drop(server);
    }

    #[tokio::test]
    async fn frames_come_in_order_and_an_unknown_one_is_an_error() {
        let (mut socket, mut server) = pair().await;
        server.send(Message::text(r#"{"frame":"poke"}"#)).await.unwrap();
        server.send(Message::text(r#"{"frame":"not yet invented"}"#)).await.unwrap();
        assert!(matches!(socket.next().await, Ok(Some(Frame::Poke))));
        assert!(matches!(socket.next().await, Err(TransportError::Malformed(_))));
        server.close(None).await.unwrap();
        assert!(matches!(socket.next().await, Ok(None)));
    }
}
