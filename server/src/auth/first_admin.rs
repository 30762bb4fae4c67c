//! The first super admin, made on the server's own machine: somebody has to let the others in.

use anyhow::{bail, ensure};
use mediconnect_domain::{
    AccountId, Actor, CommandId,
    accounts::{Role, staff::AddStaff},
    settings::Language,
};
use secrecy::{ExposeSecret, SecretString};

use super::sign_up::{self, Made, NewAccount};
use crate::app::App;

/// Makes a super admin. Answers the password where none was given.
pub async fn create(
    app: &App,
    email: &str,
    name: &str,
    given: Option<SecretString>,
) -> anyhow::Result<Option<String>> {
    let made_up = given.is_none().then(made_up);
    let password = given.unwrap_or_else(|| SecretString::from(made_up.clone().unwrap_or_default()));
    app.hasher.accepts(&password, email, name).await?;
    let account = AccountId(app.new_id());
    let open = AddStaff {
        account_id: account,
        name: name.to_owned(),
        email: email.to_owned(),
        role: Role::SuperAdmin,
        language: Language::En,
    };
    let new = NewAccount {
        actor: Actor::System,
        command: CommandId(app.new_id()),
        account,
        open: open.into(),
        password: app.hasher.hash(SecretString::from(password.expose_secret())).await,
    };
    match sign_up::make(app, new).await? {
        Made::New(_) => Ok(made_up),
        Made::Before(_) => bail!("the account is there already"),
        Made::Refused(refusal) => {
            ensure!(refusal.code() != "already_exists", "somebody signs in with {email} already");
            bail!("refused: {refusal:?}")
        }
    }
}

/// Letters and digits that are not mistaken for one another.
pub const LETTERS: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";

/// A password nobody has to remember: 100 random bits in letters that are not mistaken for one another.
pub fn made_up() -> String {
    let random: [u8; 20] = rand::random();
    let letters: Vec<char> = random.iter().map(|byte| char::from(LETTERS[usize::from(byte % 32)])).collect();
    letters.chunks(5).map(|four| four.iter().collect::<String>()).collect::<Vec<_>>().join("-")
}
