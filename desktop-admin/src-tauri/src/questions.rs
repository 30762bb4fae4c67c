//! The questions by their names: each is asked as its own type, so a wrong field is told before anything is sent.

use mediconnect_core::{Client, Fetched};
use mediconnect_domain::{
    Refusal,
    fetch::{Fetch, admin, times},
};
use serde_json::Value;

use crate::failure::Failure;

macro_rules! questions {
    ($($name:literal => $question:ty),* $(,)?) => {
        /// Asks the question of this name.
        pub async fn ask(client: &Client, name: &str, query: Value) -> Result<Fetched<Value>, Failure> {
            match name {
                $($name => ask_as::<$question>(client, query).await,)*
                unknown => Err(Failure::server(format!("no question is called {unknown}"))),
            }
        }
    };
}

questions! {
    "appointments" => admin::Appointments,
    "consultations" => admin::Consultations,
    "one_consultation" => admin::OneConsultation,
    "doctors" => admin::Doctors,
    "patients" => admin::Patients,
    "doubles" => admin::Doubles,
    "patient_links" => admin::PatientLinks,
    "accounts" => admin::Accounts,
    "activity" => admin::Activity,
    "check_audit" => admin::CheckAudit,
    "figures" => admin::Figures,
    "slots" => times::Slots,
    "next_free" => times::NextFree,
    "why_not_free" => times::WhyNotFree,
}

async fn ask_as<Q: Fetch>(client: &Client, query: Value) -> Result<Fetched<Value>, Failure> {
    let question: Q =
        serde_json::from_value(query).map_err(|error| Refusal::field("query", &error.to_string()))?;
    let Fetched { answer, as_of, kept } = client.fetch(question).await?;
    let answer = serde_json::to_value(answer).map_err(|error| Failure::server(error.to_string()))?;
    Ok(Fetched { answer, as_of, kept })
}
