//! HTTP with time-outs, repeated reads and streamed pulls.

use std::time::Duration;

use async_trait::async_trait;
use futures::{StreamExt, stream::BoxStream};
use mediconnect_domain::{
    sign_in::Problem,
    wire::{Pull, PullLine, Push, PushAnswer},
};
use reqwest::{Client, Proxy, Response, header};
use reqwest_middleware::{ClientBuilder, ClientWithMiddleware};
use reqwest_retry::{RetryTransientMiddleware, policies::ExponentialBackoff};
use serde::de::DeserializeOwned;
use serde_json::Value;
use url::Url;

use super::{Call, Method, Pin, Remote, RemoteError, live, tls};
use crate::sync::{Live, PullLines, TransportError};

const PUSH: &str = "/v1/sync/push";
const PULL: &str = "/v1/sync/pull";

/// A line longer than this is no line of the protocol.
const LINE_LIMIT: usize = 32 * 1024 * 1024;

#[derive(Clone, Debug)]
pub struct HttpOptions {
    /// PEM certificates to trust instead of the web's roots: a clinic's own authority.
    pub roots_pem: Option<Vec<u8>>,
    /// Public keys of which one must appear in the server's chain; none, or at least two (one is the backup).
    pub pins: Vec<Pin>,
    /// Calls go through it; the live stream does not, and the loop then asks every now and then.
    pub proxy: Option<Url>,
    pub connect_timeout: Duration,
    /// Between two pieces of an answer.
    pub read_timeout: Duration,
}

impl Default for HttpOptions {
    fn default() -> Self {
        Self {
            roots_pem: None,
            pins: Vec::new(),
            proxy: None,
            connect_timeout: Duration::from_secs(10),
            read_timeout: Duration::from_secs(30),
        }
    }
}

/// A server reached over HTTP: TLS, or plain on this machine only.
pub struct HttpRemote {
    root: Url,
    once: Client,
    /// Repeats what may be repeated: reads.
    again: ClientWithMiddleware,
    sockets: live::Connector,
}

impl HttpRemote {
    pub fn new(root: Url, options: HttpOptions) -> Result<Self, RemoteError> {
        check_address(&root)?;
        let tls = tls::client_config(options.roots_pem.as_deref(), &options.pins)?;
        let sockets = live::Connector::new(tls.clone(), options.connect_timeout);
        let mut http = tls;
        http.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
        let mut builder = Client::builder()
            .tls_backend_preconfigured(http)
            .connect_timeout(options.connect_timeout)
            .read_timeout(options.read_timeout)
            .redirect(reqwest::redirect::Policy::none())
            .user_agent(concat!("mediconnect/", env!("CARGO_PKG_VERSION")))
            .no_proxy();
        let configuration = |error: reqwest::Error| RemoteError::Configuration(error.to_string());
        if let Some(proxy) = options.proxy {
            builder = builder.proxy(Proxy::all(proxy).map_err(configuration)?);
        }
        let once = builder.build().map_err(configuration)?;
        let bounds = (Duration::from_millis(100), Duration::from_secs(1));
        let policy = ExponentialBackoff::builder().retry_bounds(bounds.0, bounds.1).build_with_max_retries(2);
        let again =
            ClientBuilder::new(once.clone()).with(RetryTransientMiddleware::new_with_policy(policy)).build();
        Ok(Self { root, once, again, sockets })
    }

    fn url(&self, path: &str) -> Result<Url, RemoteError> {
        self.root.join(path).map_err(|error| RemoteError::Configuration(error.to_string()))
    }

    async fn post(
        &self,
        path: &str,
        token: &str,
        body: &impl serde::Serialize,
    ) -> Result<Response, RemoteError> {
        let request = self.once.post(self.url(path)?).bearer_auth(token).json(body);
        accepted(request.send().await.map_err(broken)?).await
    }
}

/// Passwords and tokens cross no network in the clear.
fn check_address(root: &Url) -> Result<(), RemoteError> {
    let here = match root.host() {
        Some(url::Host::Domain(name)) => name == "localhost",
        Some(url::Host::Ipv4(address)) => address.is_loopback(),
        Some(url::Host::Ipv6(address)) => address.is_loopback(),
        None => return Err(RemoteError::Configuration("the server's address names no host".into())),
    };
    match root.scheme() {
        "https" => Ok(()),
        "http" if here => Ok(()),
        _ => Err(RemoteError::Configuration("the server's address must begin with https://".into())),
    }
}

#[async_trait]
impl Remote for HttpRemote {
    async fn call(&self, token: Option<&str>, call: &Call) -> Result<Value, RemoteError> {
        let mut url = self.url(&call.path)?;
        if !call.query.is_empty() {
            url.query_pairs_mut().extend_pairs(&call.query);
        }
        let answer = match call.method {
            Method::Get => {
                let request = self.again.get(url);
                let request = token.into_iter().fold(request, |request, token| request.bearer_auth(token));
                request.send().await.map_err(no_answer)?
            }
            Method::Post | Method::Delete => {
                let request = match call.method {
                    Method::Delete => self.once.delete(url),
                    _ => self.once.post(url),
                };
                let request = token.into_iter().fold(request, |request, token| request.bearer_auth(token));
                let request = call.body.iter().fold(request, |request, body| request.json(body));
                request.send().await.map_err(broken)?
            }
        };
        let bytes = accepted(answer).await?.bytes().await.map_err(broken)?;
        if bytes.is_empty() { Ok(Value::Null) } else { read(&bytes) }
    }

    async fn push(&self, token: &str, push: &Push) -> Result<PushAnswer, RemoteError> {
        let answer = self.post(PUSH, token, push).await?;
        read(&answer.bytes().await.map_err(broken)?)
    }

    async fn pull(&self, token: &str, pull: &Pull) -> Result<Box<dyn PullLines>, RemoteError> {
        let answer = self.post(PULL, token, pull).await?;
        let pieces =
            answer.bytes_stream().map(|piece| piece.map(|piece| piece.to_vec()).map_err(broken)).boxed();
        Ok(Box::new(Lines { pieces, held: Vec::new() }))
    }

    async fn live(&self, token: &str) -> Result<Box<dyn Live>, RemoteError> {
        let url = self.url(live::PATH)?;
        Ok(Box::new(self.sockets.connect(url, token).await?))
    }
}

fn broken(error: reqwest::Error) -> RemoteError {
    let sent = !error.is_connect();
    // The address may carry what somebody searched for: it stays out of messages.
    let why = error.without_url().to_string();
    if sent { RemoteError::Cut(why) } else { RemoteError::Offline(why) }
}

fn no_answer(error: reqwest_middleware::Error) -> RemoteError {
    match error {
        reqwest_middleware::Error::Reqwest(error) => broken(error),
        reqwest_middleware::Error::Middleware(error) => RemoteError::Cut(error.to_string()),
    }
}

fn read<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, RemoteError> {
    serde_json::from_slice(bytes).map_err(|error| RemoteError::Malformed(error.to_string()))
}

/// The answer, or the problem it carries.
async fn accepted(answer: Response) -> Result<Response, RemoteError> {
    let status = answer.status();
    if status.is_success() {
        return Ok(answer);
    }
    let retry_after_s =
        answer.headers().get(header::RETRY_AFTER).and_then(|value| value.to_str().ok()?.parse().ok());
    let bytes = answer.bytes().await.map_err(broken)?;
    let problem = serde_json::from_slice(&bytes).unwrap_or_else(|_| unnamed(status));
    Err(RemoteError::Problem { problem: Box::new(problem), retry_after_s })
}

/// What a proxy in between may answer: a status and no problem.
pub(super) fn unnamed(status: reqwest::StatusCode) -> Problem {
    Problem {
        kind: "about:blank".into(),
        title: status.canonical_reason().unwrap_or_default().into(),
        status: status.as_u16(),
        code: "unknown".into(),
        detail: None,
        errors: Vec::new(),
        refusal: None,
        challenge: None,
    }
}

/// JSON texts, one a line, from pieces that end anywhere.
struct Lines {
    pieces: BoxStream<'static, Result<Vec<u8>, RemoteError>>,
    held: Vec<u8>,
}

#[async_trait]
impl PullLines for Lines {
    async fn next(&mut self) -> Result<Option<PullLine>, TransportError> {
        let mut searched = 0;
        loop {
            if let Some(end) = self.held[searched..].iter().position(|byte| *byte == b'\n') {
                let line: Vec<u8> = self.held.drain(..=searched + end).collect();
                return Ok(Some(read(&line)?));
            }
            searched = self.held.len();
            if searched > LINE_LIMIT {
                return Err(TransportError::Malformed("a line without end".into()));
            }
            match self.pieces.next().await {
                Some(piece) => self.held.extend(piece?),
                None if self.held.is_empty() => return Ok(None),
                // The last line needs no line end, but it must be whole.
                None => return Ok(Some(read(&std::mem::take(&mut self.held))?)),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(pieces: &[&str]) -> Lines {
        let pieces: Vec<_> = pieces.iter().map(|piece| Ok(piece.as_bytes().to_vec())).collect();
        Lines { pieces: futures::stream::iter(pieces).boxed(), held: Vec::new() }
    }

    #[tokio::test]
    async fn lines_are_found_wherever_the_pieces_end() {
        let mut whole = lines(&["{\"line\":\"send_", "cursors\"}\n{\"line\"", ":\"end\"}\n"]);
        assert!(matches!(whole.next().await, Ok(Some(PullLine::SendCursors))));
        assert!(matches!(whole.next().await, Ok(Some(PullLine::End))));
        assert!(matches!(whole.next().await, Ok(None)));
    }

    #[tokio::test]
    async fn a_line_that_was_cut_is_an_error_and_no_line() {
        let mut cut = lines(&["{\"line\":\"end\"}\n{\"line\":\"pa"]);
        assert!(matches!(cut.next().await, Ok(Some(PullLine::End))));
        assert!(matches!(cut.next().await, Err(TransportError::Malformed(_))));
    }

    #[test]
    fn plain_http_is_for_this_machine_only() {
        let remote =
            |address: &str| HttpRemote::new(address.parse().unwrap(), HttpOptions::default()).is_ok();
        assert!(remote("http://127.0.0.1:8080") && remote("http://localhost:1") && remote("http://[::1]:1"));
        assert!(remote("https://clinic.example"));
        assert!(
            !remote("http://clinic.example") && !remote("http://192.168.1.4") && !remote("ftp://localhost")
        );
    }

    #[test]
    fn a_pin_without_a_backup_is_refused() {
        let pin: Pin = "11".repeat(32).parse().unwrap();
        let with = |pins: Vec<Pin>| {
            HttpRemote::new(
                "https://a.example".parse().unwrap(),
                HttpOptions { pins, ..HttpOptions::default() },
            )
            .is_ok()
        };
        assert!(with(vec![]) && with(vec![pin, pin]) && !with(vec![pin]));
        assert_eq!("11".parse::<Pin>(), Err(super::super::NotAPin));
    }
}
