//! How the account is protected: the second step of signing in, a lost password, the e-mail address, the authenticator app,
//! tokens for programs. All of it needs the network, and nothing of it is kept on the device.
//!
//! A sign-in that wants a second step comes back as [`SignInError::SecondFactor`] with a challenge; [`Client::second_step`] goes
//! on from there. What is grave is answered with [`SignInError::StepUpNeeded`] unless somebody has just proven who they are:
//! [`Client::step_up`], then once more. [`Client::security`] says what a screen has to show.

use mediconnect_domain::{
    AccountId, DoctorId,
    fetch::Page,
    settings::Language,
    sign_in::{
        self, AccountSecurity, ApiToken, ApiTokenLine, BeginSignUp, Challenge, ForgotPassword, Fresh,
        Identified, Installation, MailProof, NewApiToken, RecoveryCodes, ResetPassword, ResetSecondFactor,
        SecondStep, StepUp, TotpCode, TotpSetUp, VerifyEmail,
    },
};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::{Value, json};
use uuid::Uuid;

use super::{Client, Session, SignInError, accounts::read};
use crate::remote::Call;

impl Client {
    /// The second step of signing in, with a code of the authenticator app or a recovery code. A wrong one can be tried again
    /// with the same challenge, a few times.
    pub async fn second_step(&self, challenge: &Challenge, code: &str) -> Result<Session, SignInError> {
        let request = SecondStep { challenge: challenge.token.clone(), code: code.to_owned() };
        self.enter(&Call::post(sign_in::SECOND_FACTOR, &request)).await
    }

    /// What the server says of itself to anybody: whether a sign-up begins with a code by e-mail, for one.
    pub async fn installation(&self) -> Result<Installation, SignInError> {
        read(self.inner.config.remote.call(None, &Call::get(sign_in::INSTALLATION)).await?)
    }

    /// Has an e-mail with a code sent to whoever wants to sign up. Succeeds whether anybody has that address or not.
    pub async fn begin_sign_up(&self, email: &str, language: Language) -> Result<(), SignInError> {
        self.say(sign_in::SIGN_UP_BEGIN, &BeginSignUp { email: email.trim().to_owned(), language }).await
    }

    /// Has an e-mail sent with which a new password can be set. Succeeds whether anybody has that address or not.
    pub async fn forgot_password(&self, email: &str) -> Result<(), SignInError> {
        let request = ForgotPassword { email: email.trim().to_owned() };
        self.say(sign_in::FORGOT, &request).await
    }

    /// Sets a new password by what the e-mail brought. All sessions end; a second factor stays.
    pub async fn reset_password(&self, proof: MailProof, new: &str) -> Result<(), SignInError> {
        self.say(sign_in::RESET, &ResetPassword { proof, new: new.to_owned() }).await
    }

    /// Has an e-mail sent by which the address of the account in use is verified.
    pub async fn send_verification(&self) -> Result<(), SignInError> {
        self.ask::<Value>(&Call::post(sign_in::SEND_EMAIL, &json!({}))).await.map(drop)
    }

    /// Verifies an address by what the e-mail brought.
    pub async fn verify_email(&self, proof: MailProof) -> Result<(), SignInError> {
        self.say(sign_in::VERIFY_EMAIL, &VerifyEmail { proof }).await
    }

    /// How the account in use is protected, and what this session may still have to do.
    pub async fn security(&self) -> Result<AccountSecurity, SignInError> {
        self.ask(&Call::get(sign_in::SECURITY)).await
    }

    /// Proves once more who sits there: with a code, where the account has a second factor, else with the password.
    pub async fn step_up(&self, proof: &StepUp) -> Result<Fresh, SignInError> {
        self.ask(&Call::post(sign_in::STEP_UP, proof)).await
    }

    /// Begins to set up an authenticator app. Nothing is in force before [`Client::confirm_totp`].
    pub async fn set_up_totp(&self) -> Result<TotpSetUp, SignInError> {
        self.ask(&Call::post(sign_in::TOTP, &json!({}))).await
    }

    /// Puts the authenticator app in force. The recovery codes are told once.
    pub async fn confirm_totp(&self, code: &str) -> Result<RecoveryCodes, SignInError> {
        self.ask(&Call::post(sign_in::TOTP_CONFIRM, &TotpCode { code: code.to_owned() })).await
    }

    /// Signs in without a second factor from now on.
    pub async fn turn_off_totp(&self) -> Result<(), SignInError> {
        self.ask::<Value>(&Call::delete(sign_in::TOTP)).await.map(drop)
    }

    /// New recovery codes; all earlier ones are worthless.
    pub async fn renew_recovery_codes(&self) -> Result<RecoveryCodes, SignInError> {
        self.ask(&Call::post(sign_in::RECOVERY_CODES, &json!({}))).await
    }

    /// A token by which a program can use the account. Told once.
    pub async fn make_api_token(&self, new: &NewApiToken) -> Result<ApiToken, SignInError> {
        self.ask(&Call::post(sign_in::API_TOKENS, new)).await
    }

    /// The API tokens of the account in use.
    pub async fn api_tokens(&self) -> Result<Vec<ApiTokenLine>, SignInError> {
        let page: Page<ApiTokenLine> = self.ask(&Call::get(sign_in::API_TOKENS)).await?;
        Ok(page.items)
    }

    /// Ends an API token.
    pub async fn end_api_token(&self, id: Uuid) -> Result<(), SignInError> {
        self.ask::<Value>(&Call::delete(format!("{}/{id}", sign_in::API_TOKENS))).await.map(drop)
    }

    /// As staff: lets somebody who lost authenticator app and recovery codes sign in with the password alone. All their
    /// sessions end, and they are told by e-mail.
    pub async fn reset_second_factor(
        &self,
        of: AccountId,
        identified: Identified,
    ) -> Result<(), SignInError> {
        self.reset(format!("/v1/admin/accounts/{of}/second-factor/reset"), identified).await
    }

    /// The same for a doctor of one's clinics.
    pub async fn reset_second_factor_of_doctor(
        &self,
        of: DoctorId,
        identified: Identified,
    ) -> Result<(), SignInError> {
        self.reset(format!("/v1/admin/doctors/{of}/second-factor/reset"), identified).await
    }

    async fn reset(&self, path: String, identified: Identified) -> Result<(), SignInError> {
        self.ask::<Value>(&Call::post(path, &ResetSecondFactor { identified })).await.map(drop)
    }

    /// As the account in use.
    async fn ask<T: DeserializeOwned>(&self, call: &Call) -> Result<T, SignInError> {
        read(self.account_open()?.line.call(call).await?)
    }

    /// As nobody in particular.
    async fn say(&self, path: &str, request: &impl Serialize) -> Result<(), SignInError> {
        self.inner.config.remote.call(None, &Call::post(path, request)).await?;
        Ok(())
    }
}
