//! Signing up, in and out; several accounts on one device.

use std::{fs, io, sync::Arc};

use mediconnect_domain::{
    AccountId, DoctorId, LinkId, PatientId, Refusal, Zone,
    accounts::{
        Role,
        open::{OpenDoctorAccount, OpenPatientAccount},
    },
    fetch::Page,
    settings::Language,
    sign_in::{
        self, Challenge, ChangePassword, DeviceInfo, Installation, SessionLine, SignIn, SignUpDoctor,
        SignUpPatient, SignedIn, problem,
    },
    wire::PROTOCOL,
};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;
use uuid::Uuid;

use super::{Client, OpenError, open::OpenAccount};
use crate::{
    StoreError,
    config::new_id,
    remote::{Call, RemoteError},
    store::AccountOnDevice,
    vault::Vaults,
};

/// The account in use.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Session {
    pub account_id: AccountId,
    pub name: String,
    pub role: Role,
    pub email: String,
    /// The server ended the session: reading works, syncing again after signing in.
    pub ended: bool,
}

/// A person who signs up for themself.
#[derive(Clone, Debug, PartialEq)]
pub struct NewPatient {
    pub name: String,
    pub email: String,
    pub password: String,
    pub language: Language,
    pub zone: Zone,
}

/// A doctor who registers.
#[derive(Clone, Debug, PartialEq)]
pub struct NewDoctor {
    pub name: String,
    pub email: String,
    pub password: String,
    pub language: Language,
    pub zone: Zone,
}

/// Why signing in, up or out, or a change of it, did not succeed.
#[derive(Debug, thiserror::Error)]
pub enum SignInError {
    #[error("unknown e-mail address or wrong password")]
    WrongCredentials,
    /// Fields are wrong, or the address is taken.
    #[error("refused: {}", .0.code())]
    Refused(Refusal),
    #[error("the password is known from breaches")]
    WeakPassword,
    /// The password is right; a second step is wanted, see [`Client::second_step`].
    #[error("a second step is wanted")]
    SecondFactor(Challenge),
    /// A code or link is wrong, was used before, or is too old.
    #[error("the code or link is not good")]
    WrongCode,
    /// A sign-up must bring the code of an e-mail, see [`Client::begin_sign_up`].
    #[error("a code by e-mail is wanted")]
    EmailCodeNeeded,
    /// Somebody must prove once more who they are, see [`Client::step_up`].
    #[error("a new proof of who sits there is wanted")]
    StepUpNeeded,
    /// Staff get nothing before they have set up a second factor and used it.
    #[error("a second factor is wanted first")]
    SecondFactorNeeded,
    /// The e-mail address must be verified first.
    #[error("the e-mail address is not verified")]
    EmailNotVerified,
    /// The server sends no e-mail: whoever forgot a password asks the clinic.
    #[error("the server sends no e-mail")]
    NoMail,
    #[error("too many attempts")]
    TooManyAttempts { retry_after_s: Option<u64> },
    #[error("the server cannot be reached")]
    Offline,
    #[error("the session has ended")]
    SessionEnded,
    #[error("the app must be updated")]
    UpgradeNeeded,
    /// The server is not the one whose key this device knows.
    #[error("this is another installation than the one this device knows")]
    OtherInstallation,
    #[error("the server failed: {0}")]
    Server(String),
    #[error(transparent)]
    Open(#[from] OpenError),
}

impl From<StoreError> for SignInError {
    fn from(error: StoreError) -> Self {
        Self::Open(error.into())
    }
}

impl From<RemoteError> for SignInError {
    fn from(error: RemoteError) -> Self {
        let (problem, retry_after_s) = match error {
            RemoteError::Offline(_) | RemoteError::Cut(_) => return Self::Offline,
            RemoteError::Problem { problem, retry_after_s } => (problem, retry_after_s),
            other => return Self::Server(other.to_string()),
        };
        if let Some(challenge) = problem.challenge {
            return Self::SecondFactor(challenge);
        }
        match (problem.status, problem.code.as_str()) {
            (_, problem::WRONG_CODE) => Self::WrongCode,
            (_, problem::EMAIL_CODE_NEEDED) => Self::EmailCodeNeeded,
            (_, problem::STEP_UP_NEEDED) => Self::StepUpNeeded,
            (_, problem::SECOND_FACTOR_NEEDED) => Self::SecondFactorNeeded,
            (_, problem::EMAIL_NOT_VERIFIED) => Self::EmailNotVerified,
            (_, problem::NO_MAIL) => Self::NoMail,
            (_, problem::WRONG_CREDENTIALS) => Self::WrongCredentials,
            (_, problem::WEAK_PASSWORD) => Self::WeakPassword,
            (_, problem::PROTOCOL) | (426, _) => Self::UpgradeNeeded,
            (401, _) => Self::SessionEnded,
            (429, _) => Self::TooManyAttempts { retry_after_s },
            _ => match problem.refusal {
                Some(refusal) => Self::Refused(refusal),
                None if !problem.errors.is_empty() => {
                    Self::Refused(Refusal::Invalid { fields: problem.errors })
                }
                None => Self::Server(problem.code),
            },
        }
    }
}

impl Client {
    /// The accounts on this device, in the order they came.
    pub fn accounts(&self) -> Result<Vec<AccountOnDevice>, StoreError> {
        self.inner.registry.accounts()
    }

    /// The account in use; `None` where nobody is signed in.
    pub fn session(&self) -> Option<Session> {
        let open = self.account_open().ok()?;
        let known = self
            .inner
            .registry
            .accounts()
            .ok()?
            .into_iter()
            .find(|known| known.account_id == open.account)?;
        let AccountOnDevice { account_id, name, email, role, ended } = known;
        let ended = ended || self.sync_state().session_ended;
        Some(Session { account_id, name, role, email, ended })
    }

    pub async fn sign_up_patient(&self, new: NewPatient) -> Result<Session, SignInError> {
        self.sign_up_patient_by(new, None).await
    }

    /// With the code of the e-mail that [`Client::begin_sign_up`] had sent.
    pub async fn sign_up_patient_by(
        &self,
        new: NewPatient,
        code: Option<String>,
    ) -> Result<Session, SignInError> {
        let account = OpenPatientAccount {
            account_id: AccountId(self.new_id()),
            patient_id: PatientId(self.new_id()),
            link_id: LinkId(self.new_id()),
            name: new.name,
            email: new.email,
            language: new.language,
            zone: new.zone,
        };
        let request = SignUpPatient { account, password: new.password, device: self.device()?, code };
        self.enter(&Call::post(sign_in::SIGN_UP_PATIENT, &request)).await
    }

    pub async fn sign_up_doctor(&self, new: NewDoctor) -> Result<Session, SignInError> {
        self.sign_up_doctor_by(new, None).await
    }

    /// With the code of the e-mail that [`Client::begin_sign_up`] had sent.
    pub async fn sign_up_doctor_by(
        &self,
        new: NewDoctor,
        code: Option<String>,
    ) -> Result<Session, SignInError> {
        let account = OpenDoctorAccount {
            account_id: AccountId(self.new_id()),
            doctor_id: DoctorId(self.new_id()),
            name: new.name,
            email: new.email,
            language: new.language,
            zone: new.zone,
        };
        let request = SignUpDoctor { account, password: new.password, device: self.device()?, code };
        self.enter(&Call::post(sign_in::SIGN_UP_DOCTOR, &request)).await
    }

    /// Signs in, or in again: what lies on this device of that account, the outbox included, is kept.
    pub async fn sign_in(&self, email: &str, password: &str) -> Result<Session, SignInError> {
        let device = self.device()?;
        let request = SignIn { email: email.trim().to_owned(), password: password.to_owned(), device };
        self.enter(&Call::post(sign_in::SESSIONS, &request)).await
    }

    /// Makes another account of this device the one in use. Needs no network.
    pub fn switch(&self, account: AccountId) -> Result<Session, OpenError> {
        let known = self.accounts()?.iter().any(|known| known.account_id == account);
        if !known {
            return Err(StoreError::NotSignedIn.into());
        }
        self.open_account(account)?;
        self.session().ok_or(OpenError::Store(StoreError::NotSignedIn))
    }

    /// Ends the session and wipes the account from this device: key, store and tokens. Commands that wait are lost with it;
    /// ask before, see [`Client::pending`]. Without network the server learns of it never, but nothing here can be read.
    pub async fn sign_out(&self) -> Result<(), SignInError> {
        let open = self.account_open()?;
        let end = open.line.call(&Call::delete(format!("{}/current", sign_in::SESSIONS))).await;
        if let Err(error) = end {
            tracing::info!(%error, "the server does not know of the sign-out");
        }
        let account = open.account;
        drop(open);
        self.wipe(account)?;
        Ok(())
    }

    /// The sessions of the account in use, on all devices.
    pub async fn sessions(&self) -> Result<Vec<SessionLine>, SignInError> {
        let answer = self.account_open()?.line.call(&Call::get(sign_in::SESSIONS)).await?;
        let page: Page<SessionLine> = read(answer)?;
        Ok(page.items)
    }

    /// Ends another session of the account in use.
    pub async fn revoke_session(&self, id: Uuid) -> Result<(), SignInError> {
        self.account_open()?.line.call(&Call::delete(format!("{}/{id}", sign_in::SESSIONS))).await?;
        Ok(())
    }

    /// All other sessions of the account end.
    pub async fn change_password(&self, current: &str, new: &str) -> Result<(), SignInError> {
        let request = ChangePassword { current: current.to_owned(), new: new.to_owned() };
        self.account_open()?.line.call(&Call::post(sign_in::PASSWORD, &request)).await?;
        Ok(())
    }

    pub(super) async fn enter(&self, call: &Call) -> Result<Session, SignInError> {
        let remote = &self.inner.config.remote;
        let installation: Installation = read(remote.call(None, &Call::get(sign_in::INSTALLATION)).await?)?;
        if installation.oldest_protocol > PROTOCOL {
            return Err(SignInError::UpgradeNeeded);
        }
        if self.inner.registry.pin_receipt_key(&installation.receipt_key)? != installation.receipt_key {
            return Err(SignInError::OtherInstallation);
        }
        let SignedIn { account, tokens } = read(remote.call(None, call).await?)?;
        self.inner.registry.add(&account)?;
        let open = self.open_account(account.id)?;
        open.store.set_tokens(&tokens)?;
        open.store.introduce(&account)?;
        self.inner.board.session_ended(false);
        self.inner.wake.notify_one();
        self.session().ok_or(SignInError::Open(StoreError::NotSignedIn.into()))
    }

    fn device(&self) -> Result<DeviceInfo, StoreError> {
        let config = &self.inner.config;
        let id = self.inner.registry.device(|| new_id(&*config.clock, &*config.random))?;
        Ok(DeviceInfo { id, name: config.device_name.clone() })
    }

    /// First the key: from then on the rest is noise.
    pub(super) fn wipe(&self, account: AccountId) -> Result<(), OpenError> {
        let inner = &self.inner;
        {
            let mut open = inner.open.write().unwrap_or_else(std::sync::PoisonError::into_inner);
            if let Some(was) = open.take_if(|open: &mut Arc<OpenAccount>| open.account == account) {
                was.vaults.close();
            }
        }
        self.forget_lock(account)?;
        inner.registry.remove(account)?;
        inner.registry.forget_device()?;
        inner.config.keychain.forget(&account.to_string())?;
        Vaults::forget(&*inner.config.keychain, account)?;
        let path = inner.store_path(account);
        for beside in ["", "-wal", "-shm"] {
            let mut name = path.clone().into_os_string();
            name.push(beside);
            match fs::remove_file(&name) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error.into()),
                _ => {}
            }
        }
        inner.board.reset(Default::default());
        inner.signals.fire_all();
        inner.wake.notify_one();
        Ok(())
    }
}

pub(super) fn read<T: DeserializeOwned>(answer: Value) -> Result<T, SignInError> {
    serde_json::from_value(answer).map_err(|error| SignInError::Server(error.to_string()))
}
