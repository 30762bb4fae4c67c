//! What lies above the screen: dialogs, bottom sheets, passing messages.

mod modal;
mod toast;

pub use modal::{Dialog, Sheet};
pub(crate) use toast::ToastRegion;
pub use toast::{Toast, ToastAction, Toasts, use_toasts};
