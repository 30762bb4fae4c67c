//! Staff and their first passwords. The server makes a password up and tells it once: nothing of these answers is kept.

use mediconnect_domain::{
    AccountId,
    accounts::{Account, Role},
    settings::Language,
};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use serde_json::json;

use super::{Client, FetchError};
use crate::remote::Call;

const STAFF: &str = "/v1/admin/staff";

/// Somebody who is to work in the admin app.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewStaff {
    pub name: String,
    pub email: String,
    pub role: Role,
    pub language: Language,
}

/// An account and the password it opens with.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub struct FirstPassword {
    pub account: Account,
    pub password: String,
}

impl Client {
    /// Adds a member of staff. Where the answer is lost the account may be there all the same: asking again is refused
    /// as [`mediconnect_domain::Refusal::AlreadyExists`], and [`Client::new_staff_password`] helps on.
    pub async fn add_staff(&self, new: &NewStaff) -> Result<FirstPassword, FetchError> {
        self.told_once(Call::post(STAFF, new)).await
    }

    /// A new first password for a member of staff; all their sessions end.
    pub async fn new_staff_password(&self, account: AccountId) -> Result<FirstPassword, FetchError> {
        self.told_once(Call::post(format!("{STAFF}/{account}/password"), &json!({}))).await
    }

    async fn told_once<T: DeserializeOwned>(&self, call: Call) -> Result<T, FetchError> {
        let answer = self.call(&call).await?;
        serde_json::from_value(answer).map_err(|error| FetchError::Malformed(error.to_string()))
    }
}
