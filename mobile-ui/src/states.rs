//! How what is shown stands to the truth: loading, empty, old, failed, waiting to be sent, refused.

mod list;
mod refusal;
mod sync;

pub use list::{EmptyState, ErrorState, OfflineNote, Skeleton};
pub use refusal::{Alternative, RefusalCard};
pub use sync::{PendingClock, SyncLine, SyncStatus};
