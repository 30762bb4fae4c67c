//! What people press and fill in.

mod button;
mod choice;
mod field;
mod form;

pub(crate) use button::Badge;
pub use button::{Button, ButtonKind, FilterChip, FilterChips, IconButton};
pub use choice::{Checkbox, ChoiceOption, Choices, Segmented, Switch};
pub use field::{InputKind, PasswordField, SearchField, SelectField, TextArea, TextField};
pub use form::{ErrorSummary, FieldProblem, Form};
