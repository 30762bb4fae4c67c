//! Any command by its name: what devices push, for programs that have no outbox.

use axum::{Json, http::StatusCode};
use mediconnect_domain::{Command, wire::Receipt};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{
    extract::Sent,
    problem::{Answer, Problem},
    route::{Policy, Route, get, post},
    write::Write,
};

pub fn routes() -> Vec<Route> {
    vec![
        post("/v1/commands", Policy::SignedIn, "Runs a command and answers its signed receipt.", run),
        get(
            "/v1/commands/schemas",
            Policy::Public,
            "Gives the JSON schema of every command's arguments.",
            schemas,
        ),
    ]
}

#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Named {
    /// `area.operation`.
    name: String,
    args: Value,
}

/// A refusal is an answer here, inside the receipt.
async fn run(write: Write, Sent(sent): Sent<Named>) -> Answer<Json<Receipt>> {
    let unknown = || Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "unknown_command");
    let command = Command::read(&sent.name, &sent.args.to_string()).ok_or_else(unknown)?;
    let command = command.map_err(|error| Problem::field("args", error.to_string()))?;
    write.receipt(command).await.map(Json)
}

async fn schemas() -> Json<Value> {
    let mut generator = schemars::SchemaGenerator::default();
    let commands: serde_json::Map<String, Value> = Command::schemas(&mut generator)
        .into_iter()
        .map(|(name, schema)| (name.to_owned(), schema.into()))
        .collect();
    let definitions = generator.take_definitions(true);
    Json(serde_json::json!({ "commands": commands, "$defs": definitions }))
}
