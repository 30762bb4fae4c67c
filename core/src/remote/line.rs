//! One account's line to the server: adds the access token, and gets a new one when the server no longer takes it.
//! The device's clock has no say in this: it may be years off.

use std::sync::Arc;

use async_trait::async_trait;
use mediconnect_domain::{
    sign_in::{REFRESH, Refresh, Tokens},
    wire::{Pull, Push, PushAnswer},
};
use serde_json::Value;

use super::{Call, Remote, RemoteError};
use crate::{
    StoreError,
    store::Store,
    sync::{Live, PullLines, Transport, TransportError},
};

pub(crate) struct Line {
    remote: Arc<dyn Remote>,
    store: Arc<Store>,
    /// Held while tokens are exchanged: the others wait and find the new one.
    exchange: tokio::sync::Mutex<()>,
}

impl Line {
    pub fn new(remote: Arc<dyn Remote>, store: Arc<Store>) -> Self {
        Self { remote, store, exchange: tokio::sync::Mutex::default() }
    }

    pub async fn call(&self, call: &Call) -> Result<Value, RemoteError> {
        let tokens = self.tokens()?;
        match self.remote.call(Some(&tokens.access), call).await {
            Err(error) if error.is_unauthenticated() => {
                let tokens = self.exchanged(&tokens).await?;
                self.remote.call(Some(&tokens.access), call).await
            }
            answer => answer,
        }
    }

    /// Tokens newer than `old`. Many may ask at once; one asks the server.
    async fn exchanged(&self, old: &Tokens) -> Result<Tokens, RemoteError> {
        let _turn = self.exchange.lock().await;
        let tokens = self.tokens()?;
        if tokens.refresh != old.refresh {
            return Ok(tokens);
        }
        let call = Call::post(REFRESH, &Refresh { refresh: tokens.refresh });
        let answer = self.remote.call(None, &call).await?;
        let tokens: Tokens =
            serde_json::from_value(answer).map_err(|error| RemoteError::Malformed(error.to_string()))?;
        self.store.set_tokens(&tokens).map_err(stopped)?;
        Ok(tokens)
    }

    fn tokens(&self) -> Result<Tokens, RemoteError> {
        self.store.tokens().map_err(stopped)?.ok_or_else(signed_out)
    }
}

/// Without tokens this device is as good as signed out.
fn signed_out() -> RemoteError {
    RemoteError::Problem {
        problem: Box::new(super::http::unnamed(reqwest::StatusCode::UNAUTHORIZED)),
        retry_after_s: None,
    }
}

fn stopped(error: StoreError) -> RemoteError {
    RemoteError::Configuration(error.to_string())
}

/// Sends with a token, and once more with a new one if the server no longer takes the first.
macro_rules! with_token {
    ($line:expr, |$token:ident| $send:expr) => {{
        let tokens = $line.tokens()?;
        let $token = &tokens.access;
        match $send.await {
            Err(error) if error.is_unauthenticated() => {
                let tokens = $line.exchanged(&tokens).await?;
                let $token = &tokens.access;
                Ok($send.await?)
            }
            answer => Ok(answer?),
        }
    }};
}

#[async_trait]
impl Transport for Line {
    async fn push(&self, push: &Push) -> Result<PushAnswer, TransportError> {
        with_token!(self, |token| self.remote.push(token, push))
    }

    async fn pull(&self, pull: &Pull) -> Result<Box<dyn PullLines>, TransportError> {
        with_token!(self, |token| self.remote.pull(token, pull))
    }

    async fn live(&self) -> Result<Box<dyn Live>, TransportError> {
        with_token!(self, |token| self.remote.live(token))
    }
}
