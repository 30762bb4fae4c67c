//! Whose an e-mail address is, and getting a lost password back by it.
//!
//! What asks for an e-mail says nothing of whether there is an account: the row it leaves is the same, and the account is looked
//! up when the e-mail is made. Whoever redeems what an e-mail brought has shown that the address is theirs. A reset gives back
//! sign-in: all sessions and tokens end, a second factor stays in force, and no key to sealed content hangs on it.

use mediconnect_domain::{
    AccountId, Need,
    accounts::{Account, AccountStatus, email_key},
    settings::Language,
    sign_in::MailProof,
};

use super::{
    attempts::{self, Allowance, Key},
    one_time::{self, Kept, Purpose},
    sessions::{self, Deed},
    table,
};
use crate::{
    app::App,
    audit,
    mail::{self, Kind, To},
    storage::{StoreError, Tx},
};

/// E-mails that somebody can have sent to one address.
const MAILS: Allowance = Allowance { count: 6, within: jiff::SignedDuration::from_hours(1) };

/// Guesses of the short code for one address, over all e-mails.
const GUESSES: Allowance = Allowance::a_day(30);

/// Leaves an e-mail for whoever has this address, if anybody; too many and it is left out, silently.
pub async fn ask_for_reset(app: &App, email: &str) -> Result<(), StoreError> {
    ask(app, email.to_owned(), Kind::ResetPassword, To::Typed(email.to_owned())).await.map(drop)
}

/// Leaves an e-mail for whoever wants to sign up with this address.
pub async fn ask_for_sign_up(app: &App, email: &str, language: Language) -> Result<(), StoreError> {
    ask(app, email.to_owned(), Kind::SignUp(language), To::Typed(email.to_owned())).await.map(drop)
}

/// Whether the code came by e-mail to this address, which has no account yet. It stays good for its time, so that a sign-up
/// whose answer was lost can be sent again: all it opens is this address.
pub async fn may_sign_up(app: &App, email: &str, code: &str) -> Result<bool, StoreError> {
    let (now, keys, email, code) = (app.now(), app.keys.clone(), email.to_owned(), code.to_owned());
    app.store()
        .write(&[], move |tx| {
            let (keys, email, code) = (keys.clone(), email.clone(), code.clone());
            Box::pin(async move {
                if attempts::take(tx, &keys, &Key::Code(&email), GUESSES, now).await?.is_err() {
                    return Ok(false);
                }
                let nobody = one_time::nobody(&email);
                Ok(one_time::by_code(tx, &keys, Purpose::SignUp, nobody, &code, now).await?.is_some())
            })
        })
        .await
}

/// The address of an account was shown to be its owner's before there was an account.
pub async fn verified_before(app: &App, account: AccountId) -> Result<(), StoreError> {
    let now = app.now();
    app.store().write(&[account.0], move |tx| Box::pin(table::verify(tx, account, now))).await
}

/// Leaves an e-mail by which an account shows that its address is its owner's. Says after how many seconds there can be
/// another, where there were too many.
pub async fn ask_for_verification(app: &App, account: &Account) -> Result<Result<(), u64>, StoreError> {
    ask(app, account.email.clone(), Kind::VerifyEmail, To::Account(account.id)).await
}

async fn ask(app: &App, email: String, kind: Kind, to: To) -> Result<Result<(), u64>, StoreError> {
    let (now, id, keys) = (app.now(), app.new_id(), app.keys.clone());
    app.store()
        .write(&[], move |tx| {
            let (email, to, keys) = (email.clone(), to.clone(), keys.clone());
            Box::pin(async move {
                let allowed = attempts::take(tx, &keys, &Key::Mail(&email), MAILS, now).await?;
                if allowed.is_ok() {
                    mail::queue(tx, id, kind, &to, now).await?;
                }
                Ok(allowed)
            })
        })
        .await
}

/// The account that this proof is of, as long as it is good. A wrong code counts.
pub async fn redeemable(
    app: &App,
    purpose: Purpose,
    proof: &MailProof,
) -> Result<Option<(Kept, Account)>, StoreError> {
    let (now, keys, proof) = (app.now(), app.keys.clone(), proof.clone());
    app.store()
        .write(&[], move |tx| {
            let (keys, proof) = (keys.clone(), proof.clone());
            Box::pin(async move {
                let kept = match &proof {
                    MailProof::Link { token } => one_time::by_token(tx, purpose, token, now).await?,
                    MailProof::Code { email, code } => {
                        let allowed = attempts::take(tx, &keys, &Key::Code(email), GUESSES, now).await?;
                        match (allowed, of_address(tx, email).await?) {
                            (Ok(()), Some(account)) => {
                                one_time::by_code(tx, &keys, purpose, account, code, now).await?
                            }
                            _ => None,
                        }
                    }
                };
                let Some(kept) = kept else { return Ok(None) };
                let account = sessions::account(tx, kept.account).await?;
                let account = account.filter(|account| account.status == AccountStatus::Active);
                Ok(account.map(|account| (kept, account)))
            })
        })
        .await
}

async fn of_address(tx: &mut dyn Tx, email: &str) -> Result<Option<AccountId>, StoreError> {
    let account = sessions::account_by(tx, Need::Unique(email_key(email))).await?;
    Ok(account.map(|account| account.id))
}

/// The address is the account's. False where the proof was used meanwhile.
pub async fn verify(app: &App, kept: Kept) -> Result<bool, StoreError> {
    let now = app.now();
    app.store()
        .write(&[kept.account.0], move |tx| {
            let kept = kept.clone();
            Box::pin(async move {
                if !one_time::use_up(tx, &kept).await? {
                    return Ok(false);
                }
                table::verify(tx, kept.account, now).await?;
                let owner = sessions::account(tx, kept.account).await?;
                let deed = Deed { name: "auth.verify_email", outcome: audit::ACCEPTED, id: kept.account.0 };
                deed.note(tx, owner.as_ref(), now).await.map(|()| true)
            })
        })
        .await
}

/// Sets the password and ends everything that was opened with the old one. False where the proof was used meanwhile.
pub async fn reset(app: &App, kept: Kept, account: &Account, hash: String) -> Result<bool, StoreError> {
    let (now, id, keys, email) = (app.now(), app.new_id(), app.keys.clone(), account.email.clone());
    let guards = [kept.account.0];
    let ended = app.store().write(&guards, move |tx| {
        let (kept, hash, keys, email) = (kept.clone(), hash.clone(), keys.clone(), email.clone());
        Box::pin(async move {
            if !one_time::use_up(tx, &kept).await? {
                return Ok(None);
            }
            table::verify(tx, kept.account, now).await?;
            for key in [Key::SignIn(&email, None), Key::SignInDaily(&email, None)] {
                attempts::forgive(tx, &keys, &key).await?;
            }
            sessions::change_password_in(tx, kept.account, &hash, None, id, now).await.map(Some)
        })
    });
    let Some(ended) = ended.await? else { return Ok(false) };
    app.forget_sessions(ended);
    Ok(true)
}
