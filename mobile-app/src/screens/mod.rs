//! The screens that every account has, a file each. Where they differ between the apps, the app hands that in.

mod notices;
mod outbox;
mod password;
mod sessions;
mod settings;
mod sign_in;
mod sign_out;
mod unlock;
mod words;

pub use notices::Notices;
pub use outbox::Outbox;
pub use password::Password;
pub use sessions::Sessions;
pub use settings::Settings;
pub use sign_in::SignIn;
pub use unlock::{Locked, Unlock};
pub use words::{RecoveryWords, WordsWait};
