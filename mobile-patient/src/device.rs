//! What the screens ask of the client: reads that are drawn again when something changed, commands, the server's answers.
//!
//! A screen reads the local store while it is drawn; [`Device::read`] notes that it did, so that any change of the store,
//! the outbox or the sync state draws it again. Nothing here waits for the network except [`Device::fetch`].

use dioxus::prelude::*;
use jiff::Timestamp;
use mediconnect_core::{
    Client, Fetched, OpenError, PendingCommand, Records, SignInError, StoreError, SubmitError, SyncState,
    views::patient::home::waits,
};
use mediconnect_domain::{
    Command, CommandId, DoctorId, Kind, Refusal,
    fetch::Fetch,
    settings::{
        Follow,
        follow::{FollowDoctor, UnfollowDoctor},
    },
};
use mediconnect_ui::{Texts, Toast, Toasts, Tone};
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

    /// How many things wait for the person's answer.
    pub fn waiting_for_me(&self, now: Timestamp) -> u32 {
        let pending = self.pending();
        self.read(|records| waits(records, &pending, now)).map_or(0, |waits| waits.count() as u32)
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
            let (title, text) = no.words(consume_context::<mediconnect_ui::Reader>().texts());
            toasts.show(Toast::new(Tone::Critical, format!("{title}. {text}")));
        }
        taken.is_ok()
    }

    /// What the server says, or said last time; `None` where it was never asked and cannot be reached.
    pub async fn fetch<F: Fetch>(&self, question: F) -> Option<Fetched<F::Answer>> {
        let client = self.client();
        match client.fetch(question).await {
            Ok(fetched) => Some(fetched),
            Err(error) => {
                tracing::info!(%error, path = F::PATH, "a question was not answered");
                None
            }
        }
    }

    /// Keeps a doctor who was looked at on this device, so that their times are here without network too.
    pub fn view_doctor(&self, doctor: DoctorId) {
        let client = self.client.peek();
        let follow =
            client.read(|records| records.get::<Follow>(Follow::id_of(records.account_id(), doctor)));
        // Once a day is enough to stay among the recently viewed.
        let fresh =
            |follow: &Follow| follow.favourite || client.now().duration_since(follow.at).as_hours() < 24;
        if matches!(follow, Ok(follow) if !follow.as_ref().is_some_and(fresh)) {
            client.submit(FollowDoctor { doctor_id: doctor, favourite: false }).ok();
        }
    }

    pub fn follow(&self, doctor: DoctorId, favourite: bool, toasts: Toasts) {
        let command: Command = match favourite {
            true => FollowDoctor { doctor_id: doctor, favourite }.into(),
            false => UnfollowDoctor { doctor_id: doctor }.into(),
        };
        self.send(command, toasts);
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
    pub fn words(&self, t: Texts) -> (String, String) {
        match self {
            Self::Refused(refusal) => words::refusal(t, refusal),
            Self::Store(StoreError::DiskFull) => {
                (t.get("patient-store-full"), t.get("patient-store-full-text"))
            }
            Self::Store(_) => (t.get("patient-store-failed"), t.get("patient-store-failed-text")),
        }
    }
}

/// Why signing in, signing up or changing it did not work.
pub fn sign_in_words(t: Texts, error: &SignInError) -> String {
    match error {
        SignInError::WrongCredentials => t.get("patient-sign-in-wrong"),
        SignInError::Refused(Refusal::AlreadyExists { .. }) => t.get("patient-sign-up-email-taken"),
        SignInError::Refused(refusal) => words::refusal(t, refusal).1,
        SignInError::WeakPassword => t.get("patient-sign-up-password-weak"),
        SignInError::TooManyAttempts { .. } => t.get("patient-sign-in-too-many"),
        SignInError::Offline => t.get("patient-sign-in-offline"),
        SignInError::SessionEnded => t.get("patient-sign-in-ended"),
        SignInError::UpgradeNeeded => t.get("patient-update-needed"),
        SignInError::OtherInstallation => t.get("patient-sign-in-other-installation"),
        SignInError::Server(_) => t.get("patient-sign-in-server"),
        SignInError::Open(OpenError::Store(StoreError::DiskFull)) => t.get("patient-store-full-text"),
        SignInError::Open(_) => t.get("patient-store-failed-text"),
    }
}
