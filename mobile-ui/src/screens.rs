//! Screens both apps show. They hold no data: properties come in, callbacks go out.

mod settings;
mod sign_in;
mod welcome;

pub use settings::SettingsPanel;
pub use sign_in::{SignInDetails, SignInForm};
pub use welcome::WelcomeFrame;
