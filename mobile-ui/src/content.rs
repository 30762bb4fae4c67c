//! What screens are made of: cards, rows, people, ratings, states, histories.

mod card;
mod people;
mod picture;
mod progress;
mod qr;
mod tone;

pub use card::{Card, DetailList, DetailRow, ListRow, Section};
pub use people::{Avatar, EmailAddress, Rating, RatingBars};
pub use picture::{Picture, PictureKind};
pub use progress::{Steps, Timeline, TimelineEvent};
pub use qr::QrCode;
pub use tone::{Chip, StatusChip, Tone};
