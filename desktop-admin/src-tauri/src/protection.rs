//! How accounts are protected: one's own, and the help that staff give others. The other side is `Protections` in
//! `../../src/lib/backend/index.ts`.

use mediconnect_core::{Client, SignInError};
use mediconnect_domain::{
    AccountId, DoctorId,
    sign_in::{Identified, MailProof, NewApiToken, StepUp},
};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use uuid::Uuid;

use crate::failure::Failure;

/// One call of core each.
#[derive(Deserialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum Asked {
    Security,
    StepUp { proof: StepUp },
    SendVerification,
    VerifyEmail { proof: MailProof },
    SetUpTotp,
    ConfirmTotp { code: String },
    TurnOffTotp,
    RenewRecoveryCodes,
    ApiTokens,
    MakeApiToken { new: NewApiToken },
    EndApiToken { id: Uuid },
    ResetSecondFactor { account_id: AccountId, identified: Identified },
    ResetSecondFactorOfDoctor { doctor_id: DoctorId, identified: Identified },
}

pub async fn ask(client: &Client, asked: Asked) -> Result<Value, Failure> {
    match asked {
        Asked::Security => said(client.security().await),
        Asked::StepUp { proof } => said(client.step_up(&proof).await),
        Asked::SendVerification => said(client.send_verification().await),
        Asked::VerifyEmail { proof } => said(client.verify_email(proof).await),
        Asked::SetUpTotp => said(client.set_up_totp().await),
        Asked::ConfirmTotp { code } => said(client.confirm_totp(&code).await),
        Asked::TurnOffTotp => said(client.turn_off_totp().await),
        Asked::RenewRecoveryCodes => said(client.renew_recovery_codes().await),
        Asked::ApiTokens => said(client.api_tokens().await),
        Asked::MakeApiToken { new } => said(client.make_api_token(&new).await),
        Asked::EndApiToken { id } => said(client.end_api_token(id).await),
        Asked::ResetSecondFactor { account_id, identified } => {
            said(client.reset_second_factor(account_id, identified).await)
        }
        Asked::ResetSecondFactorOfDoctor { doctor_id, identified } => {
            said(client.reset_second_factor_of_doctor(doctor_id, identified).await)
        }
    }
}

fn said<T: Serialize>(answer: Result<T, SignInError>) -> Result<Value, Failure> {
    serde_json::to_value(answer?).map_err(|error| Failure::server(error.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_question_is_read_as_the_front_end_writes_it() {
        let read = |text: &str| serde_json::from_str::<Asked>(text);
        assert!(matches!(read(r#"{"is":"security"}"#), Ok(Asked::Security)));
        let proof = read(r#"{"is":"step_up","proof":{"by":"code","code":"123456"}}"#);
        assert!(matches!(proof, Ok(Asked::StepUp { proof: StepUp::Code { .. } })));
        assert!(read(r#"{"is":"everything"}"#).is_err());
    }
}
