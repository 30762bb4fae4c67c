//! What the screens ask of the client: reads that are drawn again when something changed, commands, the server's answers.
//!
//! A screen reads the local store while it is drawn; [`Device::read`] notes that it did, so that any change of the store,
//! the outbox or the sync state draws it again. Nothing here waits for the network except [`Device::fetch`].

use dioxus::prelude::*;
use mediconnect_core::{
    Client, Fetched, LockState, PendingCommand, Records, StoreError, SubmitError, SyncState, VaultError,
    Vaults, WordsState, views::refusals::Refused,
};
use mediconnect_domain::{Command, CommandId, Kind, Refusal, accounts::Role, fetch::Fetch};
use mediconnect_ui::{Reader, Toast, Toasts, Tone};
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
pub(crate) fn use_device_provider(client: Client) -> Device {
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

    /// The same with what this device can open of sealed content.
    pub fn read_sealed<R>(
        &self,
        view: impl FnOnce(&Records, &Vaults) -> Result<R, StoreError>,
    ) -> Result<R, StoreError> {
        (self.changes)();
        self.client.peek().read_sealed(view)
    }

    /// The words of this key for who uses the app: doctors have their own, with `-doctor` behind the key.
    pub fn for_role(&self, key: &str) -> String {
        let doctor = self.client().session().is_some_and(|s| matches!(s.role, Role::Doctor { .. }));
        if doctor { format!("{key}-doctor") } else { key.to_owned() }
    }

    /// Whether the recovery words wait to be written down.
    pub fn words_wait(&self) -> bool {
        (self.changes)();
        self.client.peek().words_state().is_ok_and(|state| state == WordsState::Unsaved)
    }

    pub fn is_signed_in(&self) -> bool {
        (self.changes)();
        self.client.peek().session().is_some()
    }

    /// Whether the app waits for its PIN.
    pub fn is_locked(&self) -> bool {
        (self.changes)();
        self.client.peek().is_locked()
    }

    /// How the app's lock stands; `None` where there is no PIN.
    pub fn lock_state(&self) -> Option<LockState> {
        (self.changes)();
        self.client.peek().lock_state().ok().flatten()
    }

    /// Closes the account until its PIN is given.
    pub fn lock(&self) {
        if let Err(error) = self.client.peek().lock() {
            tracing::error!(%error, "the app was not locked");
        }
        self.look_again();
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

    pub fn new_id(&self) -> Uuid {
        self.client.peek().new_id()
    }

    /// Takes a command; durable when this returns.
    pub fn submit(&self, command: impl Into<Command>) -> Result<CommandId, NotTaken> {
        self.client.peek().submit(command).map_err(NotTaken::from)
    }

    /// Takes a command whose refusal needs no place on the screen: a message says why.
    pub fn send(&self, command: impl Into<Command>, toasts: Toasts) -> bool {
        tell(self.submit(command).map(drop), toasts)
    }

    /// Puts the same wish at another time in the place of a refused command. Says whether that was possible.
    pub fn ask_instead(&self, refused: &Refused, start: jiff::Timestamp, toasts: Toasts) -> bool {
        let Some(other) = refused.with_start(start, self.new_id()) else { return false };
        tell(self.client.peek().replace(refused.command_id, other).map(drop).map_err(NotTaken::from), toasts)
    }

    pub fn retry(&self, id: CommandId, toasts: Toasts) {
        tell(self.client.peek().retry(id).map(drop).map_err(NotTaken::from), toasts);
    }

    pub fn discard(&self, id: CommandId, toasts: Toasts) {
        tell(self.client.peek().discard(id).map_err(NotTaken::Store), toasts);
    }

    /// Somebody was told that the server's audit changed.
    pub fn dismiss_audit_alarm(&self) {
        if let Err(error) = self.client.peek().dismiss_audit_alarm() {
            tracing::error!(%error, "the alarm could not be dismissed");
        }
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
}

pub fn tell(taken: Result<(), NotTaken>, toasts: Toasts) -> bool {
    if let Err(no) = &taken {
        let (title, text) = no.words(consume_context::<Reader>());
        toasts.show(Toast::new(Tone::Critical, format!("{title}. {text}")));
    }
    taken.is_ok()
}

/// Why a command was not taken at once.
#[derive(Debug)]
pub enum NotTaken {
    /// What this device knows is enough to say no.
    Refused(Refusal),
    Store(StoreError),
    /// It cannot be sealed or opened here.
    Vault(VaultError),
}

impl From<VaultError> for NotTaken {
    fn from(error: VaultError) -> Self {
        match error {
            VaultError::Refused(refusal) => Self::Refused(refusal),
            VaultError::Store(error) => Self::Store(error),
            other => Self::Vault(other),
        }
    }
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
            Self::Refused(refusal) => {
                let words = t.refusal(refusal, &reader.zone(), (reader.now)());
                (words.title, words.text)
            }
            Self::Store(StoreError::DiskFull) => (t.get("app-store-full"), t.get("app-store-full-text")),
            Self::Store(_) => (t.get("app-store-failed"), t.get("app-store-failed-text")),
            Self::Vault(error) => (t.get("app-vault-failed"), words::vault(t, error)),
        }
    }
}
