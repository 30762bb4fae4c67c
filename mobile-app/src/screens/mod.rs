//! The screens that every account has, a file each. Where they differ between the apps, the app hands that in.

mod app_lock;
mod authenticator;
mod email;
mod forgotten;
mod lock;
mod notices;
mod outbox;
mod password;
mod recovery_codes;
mod security;
mod sessions;
mod settings;
mod sign_in;
mod sign_out;
mod unlock;
mod words;

pub use app_lock::AppLock;
pub use authenticator::Authenticator;
pub use email::{ConfirmEmail, EmailCard};
pub use forgotten::ForgottenPassword;
pub use lock::Lock;
pub use notices::Notices;
pub use outbox::Outbox;
pub use password::Password;
pub use security::Security;
pub use sessions::Sessions;
pub use settings::Settings;
pub use sign_in::SignIn;
pub use unlock::{Locked, Unlock};
pub use words::{RecoveryWords, WordsWait};
