//! What the screens ask of the client: reads that are drawn again when something changed, and commands.
//!
//! A screen reads the local store while it is drawn; [`Device::read`] notes that it did, so that any change of the store,
//! the outbox or the sync state draws it again. Nothing here waits for the network.

use dioxus::prelude::*;
use mediconnect_core::{
    Client, OpenError, PendingCommand, Records, SignInError, StoreError, SubmitError, SyncState,
    views::doctor::attention::{Attention, attention},
};
use mediconnect_domain::{Command, CommandId, DoctorId, Kind, Refusal, accounts::Role};
use mediconnect_ui::{Reader, Texts, Toast, Toasts, Tone};
use uuid::Uuid;

use crate::words;

/// A handle for screens. Cheap to copy; lives as long as the app.
#[derive(Clone, Copy, PartialEq)]
pub struct Device {
    client: Signal<Client>,
    /// Counts changes of the store, the outbox and the account.
    changes: Signal<u64>,
    sync: Signal<SyncState>,
}

/// Lays the device into the context and keeps it in step for as long as the app runs.
pub fn use_device_provider(client: Client) -> Device {
    let device = use_context_provider(|| Device {
        sync: Signal::new(client.sync_state()),
        client: Signal::new(client),
        changes: Signal::new(0),
    });
    use_future(move || async move {
        let mut records = device.client().watch(Kind::ALL);
        let mut outbox = device.client().watch_pending();
        loop {
            let goes_on = tokio::select! {
                goes_on = records.changed() => goes_on,
                goes_on = outbox.changed() => goes_on,
            };
            if !goes_on {
                return;
            }
            device.look_again();
        }
    });
    use_future(move || async move {
        let mut states = device.client().watch_sync();
        let mut sync = device.sync;
        while states.changed().await.is_ok() {
            let state = states.borrow_and_update().clone();
            sync.set(state);
        }
    });
    device
}

pub fn use_device() -> Device {
    use_context::<Device>()
}

impl Device {
    pub fn client(&self) -> Client {
        self.client.peek().clone()
    }

    /// Draws again what was read.
    pub fn look_again(&self) {
        let mut changes = self.changes;
        changes += 1;
    }

    /// A view of the local store at this moment; the component is drawn again when the store changes.
    pub fn read<R>(&self, view: impl FnOnce(&Records) -> Result<R, StoreError>) -> Result<R, StoreError> {
        (self.changes)();
        self.client.peek().read(view)
    }

    pub fn is_signed_in(&self) -> bool {
        (self.changes)();
        self.client.peek().session().is_some()
    }

    /// The commands that the server has not accepted.
    pub fn pending(&self) -> Vec<PendingCommand> {
        (self.changes)();
        self.client.peek().pending().unwrap_or_default()
    }

    pub fn sync(&self) -> SyncState {
        (self.sync)()
    }

    /// This account's data is still coming for the first time.
    pub fn is_first_sync(&self) -> bool {
        let sync = self.sync();
        sync.first_sync.is_some() || (sync.last_synced_at.is_none() && !sync.online)
    }

    /// What waits for the doctor.
    pub fn attention(&self) -> Attention {
        let now = self.client.peek().now();
        self.read(|records| attention(records, now)).unwrap_or_default()
    }

    /// The doctor that the open account is.
    pub fn doctor_id(&self) -> Option<DoctorId> {
        match self.client.peek().session()?.role {
            Role::Doctor { doctor_id } => Some(doctor_id),
            _ => None,
        }
    }

    pub fn new_id(&self) -> Uuid {
        self.client.peek().new_id()
    }

    /// Takes a command; durable when this returns.
    pub fn submit(&self, command: impl Into<Command>) -> Result<CommandId, NotTaken> {
        self.client.peek().submit(command).map_err(NotTaken::from)
    }

    /// Puts another form in the place of a refused command.
    pub fn replace(&self, refused: CommandId, command: Command) -> Result<CommandId, NotTaken> {
        self.client.peek().replace(refused, command).map_err(NotTaken::from)
    }

    /// Takes a command whose refusal needs no place on the screen: a message says why.
    pub fn send(&self, command: impl Into<Command>, toasts: Toasts) -> bool {
        self.tell(self.submit(command).map(drop), toasts)
    }

    pub fn retry(&self, id: CommandId, toasts: Toasts) {
        self.tell(self.client.peek().retry(id).map(drop).map_err(NotTaken::from), toasts);
    }

    pub fn discard(&self, id: CommandId, toasts: Toasts) {
        self.tell(self.client.peek().discard(id).map_err(NotTaken::Store), toasts);
    }

    fn tell(&self, taken: Result<(), NotTaken>, toasts: Toasts) -> bool {
        if let Err(no) = &taken {
            let (title, text) = no.words(consume_context::<Reader>());
            toasts.show(Toast::new(Tone::Critical, format!("{title}. {text}")));
        }
        taken.is_ok()
    }
}

/// Why a command was not taken at once.
#[derive(Debug)]
pub enum NotTaken {
    /// What this device knows is enough to say no.
    Refused(Refusal),
    Store(StoreError),
}

impl From<SubmitError> for NotTaken {
    fn from(error: SubmitError) -> Self {
        match error {
            SubmitError::Refused(refusal) => Self::Refused(refusal),
            SubmitError::Store(error) => Self::Store(error),
        }
    }
}

impl NotTaken {
    /// Title and text.
    pub fn words(&self, reader: Reader) -> (String, String) {
        let t = reader.texts();
        match self {
            Self::Refused(refusal) => words::refusal(reader, refusal),
            Self::Store(StoreError::DiskFull) => {
                (t.get("doctor-store-full"), t.get("doctor-store-full-text"))
            }
            Self::Store(_) => (t.get("doctor-store-failed"), t.get("doctor-store-failed-text")),
        }
    }
}

/// Why signing in, signing up or changing it did not work.
pub fn sign_in_words(t: Texts, error: &SignInError) -> String {
    match error {
        SignInError::WrongCredentials => t.get("doctor-sign-in-wrong"),
        SignInError::Refused(Refusal::AlreadyExists { .. }) => t.get("doctor-sign-up-email-taken"),
        SignInError::Refused(refusal) => t.refusal_by_code(refusal.code()).text,
        SignInError::WeakPassword => t.get("doctor-sign-up-password-weak"),
        SignInError::TooManyAttempts { .. } => t.get("doctor-sign-in-too-many"),
        SignInError::Offline => t.get("doctor-sign-in-offline"),
        SignInError::SessionEnded => t.get("doctor-sign-in-ended"),
        SignInError::UpgradeNeeded => t.get("doctor-update-needed"),
        SignInError::OtherInstallation => t.get("doctor-sign-in-other-installation"),
        SignInError::Server(_) => t.get("doctor-sign-in-server"),
        SignInError::Open(OpenError::Store(StoreError::DiskFull)) => t.get("doctor-store-full-text"),
        SignInError::Open(_) => t.get("doctor-store-failed-text"),
    }
}
