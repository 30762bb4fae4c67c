//! Writing: every REST write is a command, run like any other.
//!
//! With an `Idempotency-Key` the command's id and the ids of what it creates follow from the account and the key, so the same
//! request sent twice is the same command: it takes effect once, and the answer given first is given again. The same key
//! with another body is 422, while the first is still running 409.

use std::{marker::PhantomData, sync::Arc};

use aide::{OperationInput, OperationOutput, generate::GenContext, openapi};
use axum::{
    Json,
    extract::FromRequestParts,
    http::{StatusCode, header, request::Parts},
    response::{IntoResponse, Response},
};
use jiff::SignedDuration;
use mediconnect_domain::{
    AccountId, Command, CommandId, Refusal, Stored,
    wire::{Outcome, Receipt},
};
use schemars::JsonSchema;
use serde::Serialize;
use uuid::Uuid;

use super::{
    gate::{self, Identity},
    problem::{Answer, Problem},
    read,
};
use crate::{app::App, storage::StoreError, values};

/// The longest idempotency key.
const KEY_LENGTH: usize = 200;

/// A write by the account that is signed in.
pub struct Write {
    pub app: Arc<App>,
    pub who: Identity,
    command: CommandId,
    /// Held while a request with an idempotency key runs.
    running: Option<Running>,
}

impl Write {
    /// The id of something this write creates; the same when the request is repeated with its key.
    pub fn new_id(&self, name: &str) -> Uuid {
        match self.running {
            Some(_) => mediconnect_domain::id::derive(&[self.command.0.as_bytes(), name.as_bytes()]),
            None => self.app.new_id(),
        }
    }

    /// Of the command that this write is.
    pub fn command_id(&self) -> CommandId {
        self.command
    }

    /// Runs the command; a refusal is part of the answer. What is grave is not even tried by a session that was not proven in
    /// the last minutes, so that the same request can be sent again afterwards.
    pub async fn receipt(&self, command: impl Into<Command>) -> Answer<Receipt> {
        let command = command.into();
        if command.is_grave() && !gate::is_proven(&self.app, &self.who).await? {
            return Err(Refusal::StepUpNeeded.into());
        }
        Ok(self.app.execute(self.who.account, self.command, command).await?)
    }

    /// Runs the command; a refusal is a problem.
    pub async fn run(&self, command: impl Into<Command>) -> Answer<()> {
        match self.receipt(command).await?.outcome {
            Outcome::Accepted { .. } => Ok(()),
            Outcome::Refused { refusal } => Err(refusal.into()),
        }
    }

    /// Runs the command and answers the record it made.
    pub async fn create<T: Stored + Send + 'static>(
        self,
        command: impl Into<Command>,
        id: impl Into<Uuid>,
    ) -> Answer<Created<T>> {
        self.run(command).await?;
        self.answer(id.into()).await
    }

    /// Runs the command and answers the record it changed.
    pub async fn change<T: Stored + Send + 'static>(
        self,
        command: impl Into<Command>,
        id: impl Into<Uuid>,
    ) -> Answer<Changed<T>> {
        self.run(command).await?;
        self.answer(id.into()).await
    }

    async fn answer<T: Stored + Send + 'static, const STATUS: u16>(
        &self,
        id: Uuid,
    ) -> Answer<Written<T, STATUS>> {
        let earlier = match self.running {
            Some(_) => self.earlier_answer().await?,
            None => None,
        };
        let body = match earlier {
            Some(body) => body,
            None => {
                let Json(record) = read::one::<T>(&self.app, &self.who, id).await?;
                self.keep_answer(text(&record), STATUS).await?
            }
        };
        Ok(Written { body, of: PhantomData })
    }

    async fn earlier_answer(&self) -> Answer<Option<String>> {
        let (account, command) = (self.who.account, self.command);
        let found = self.app.store().read(move |tx| {
            Box::pin(async move {
                let sql = "SELECT body FROM answer WHERE account = ?1 AND command = ?2";
                let row = tx.one(sql, &values![account.0, command.0]).await?;
                row.map(|row| row.text(0).map(str::to_owned)).transpose()
            })
        });
        Ok(found.await?)
    }

    async fn keep_answer(&self, body: String, status: u16) -> Answer<String> {
        if self.running.is_none() {
            return Ok(body);
        }
        let (account, command, at, kept) = (self.who.account, self.command, self.app.now(), body.clone());
        let stored = self.app.store().write(&[], move |tx| {
            let body = kept.clone();
            Box::pin(async move {
                let sql = "INSERT INTO answer (account, command, at, status, body) VALUES (?1, ?2, ?3, ?4, ?5) \
                           ON CONFLICT (account, command) DO NOTHING";
                tx.execute(sql, &values![account.0, command.0, at, status, body]).await
            })
        });
        stored.await?;
        Ok(body)
    }
}

/// How long a write can be repeated with its key and is answered as before.
const ANSWERS_KEPT: SignedDuration = SignedDuration::from_hours(24 * 7);

/// Forgets old answers, some at a time. The command stays known, so its effect is never repeated.
pub async fn forget_answers(app: &App) -> Result<u64, StoreError> {
    let until = app.now() - ANSWERS_KEPT;
    app.store()
        .write(&[], move |tx| {
            Box::pin(async move {
                let sql = "DELETE FROM answer WHERE (account, command) IN \
                           (SELECT account, command FROM answer WHERE at < ?1 ORDER BY at LIMIT 500)";
                tx.execute(sql, &values![until]).await
            })
        })
        .await
}

fn text<T: Serialize>(said: &T) -> String {
    serde_json::to_string(said).expect("what the API says is JSON")
}

/// One request with an idempotency key, while it runs.
struct Running {
    app: Arc<App>,
    key: (AccountId, CommandId),
}

impl Running {
    fn start(app: &Arc<App>, key: (AccountId, CommandId)) -> Answer<Self> {
        match app.in_flight.lock().unwrap_or_else(std::sync::PoisonError::into_inner).insert(key) {
            true => Ok(Self { app: app.clone(), key }),
            false => Err(Problem::new(StatusCode::CONFLICT, "idempotency_in_flight")),
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.app.in_flight.lock().unwrap_or_else(std::sync::PoisonError::into_inner).remove(&self.key);
    }
}

impl FromRequestParts<Arc<App>> for Write {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self, Problem> {
        let who = Identity::from_request_parts(parts, app).await?;
        let Some(key) = parts.headers.get("idempotency-key") else {
            return Ok(Self { app: app.clone(), who, command: CommandId(app.new_id()), running: None });
        };
        if key.is_empty() || key.len() > KEY_LENGTH {
            return Err(Problem::field("idempotency-key", "must have 1 to 200 characters"));
        }
        // The route belongs to the key: one key on two routes is two requests with different bodies.
        let command = CommandId::derive(&[b"rest", who.account.0.as_bytes(), key.as_bytes()]);
        let running = Some(Running::start(app, (who.account, command))?);
        Ok(Self { app: app.clone(), who, command, running })
    }
}

#[derive(JsonSchema)]
#[expect(dead_code, reason = "only its schema is used")]
struct WriteHeaders {
    /// Makes the request repeatable: sent again with the same key and body, it takes effect once and is answered the same.
    #[serde(rename = "Idempotency-Key")]
    #[schemars(length(min = 1, max = 200))]
    idempotency_key: Option<String>,
}

impl OperationInput for Write {
    fn operation_input(ctx: &mut GenContext, operation: &mut openapi::Operation) {
        let schema = ctx.schema.subschema_for::<WriteHeaders>();
        let headers =
            aide::operation::parameters_from_schema(ctx, schema, aide::operation::ParamLocation::Header);
        aide::operation::add_parameters(ctx, operation, headers);
    }
}

/// What a write answers: the thing as it then was.
pub struct Written<T, const STATUS: u16> {
    body: String,
    of: PhantomData<T>,
}

/// What was made without a command: 201, and told once.
pub struct Told<T>(pub T);

impl<T: serde::Serialize> IntoResponse for Told<T> {
    fn into_response(self) -> Response {
        (StatusCode::CREATED, Json(self.0)).into_response()
    }
}

impl<T: JsonSchema> OperationOutput for Told<T> {
    type Inner = T;

    fn inferred_responses(
        ctx: &mut GenContext,
        operation: &mut openapi::Operation,
    ) -> Vec<(Option<u16>, openapi::Response)> {
        Created::<T>::inferred_responses(ctx, operation)
    }
}

pub type Created<T> = Written<T, 201>;
pub type Changed<T> = Written<T, 200>;

impl<T, const STATUS: u16> IntoResponse for Written<T, STATUS> {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(STATUS).unwrap_or(StatusCode::OK);
        (status, [(header::CONTENT_TYPE, "application/json")], self.body).into_response()
    }
}

impl<T: JsonSchema, const STATUS: u16> OperationOutput for Written<T, STATUS> {
    type Inner = T;

    fn operation_response(
        ctx: &mut GenContext,
        operation: &mut openapi::Operation,
    ) -> Option<openapi::Response> {
        Json::<T>::operation_response(ctx, operation)
    }

    fn inferred_responses(
        ctx: &mut GenContext,
        operation: &mut openapi::Operation,
    ) -> Vec<(Option<u16>, openapi::Response)> {
        Self::operation_response(ctx, operation)
            .map(|response| (Some(STATUS), response))
            .into_iter()
            .collect()
    }
}
