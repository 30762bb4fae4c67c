//! Components, tokens and shared screens of the two mobile apps.
//!
//! An app wraps its root in [`App`], which lays the [`Reader`] into the context (language, theme, text size, zone, the
//! present moment), embeds the styles and shows messages. Everything below asks for texts with [`use_texts`] and for the
//! rest with [`use_reader`]. Components hold behaviour and names for assistive technology; looks are in `tokens.css` and
//! `styles/`, one file per family. No component knows the network or the store: data and events go through properties.

pub mod calendar;
mod content;
mod controls;
mod frame;
mod icon;
mod layers;
mod page;
mod reader;
pub mod screens;
mod states;
mod styles;

pub use content::{
    Avatar, Card, Chip, DetailList, DetailRow, EmailAddress, ListRow, Picture, PictureKind, QrCode, Rating,
    RatingBars, Section, StatusChip, Steps, Timeline, TimelineEvent, Tone,
};
pub use controls::{
    Button, ButtonKind, Checkbox, ChoiceOption, Choices, ErrorSummary, FieldProblem, FilterChip, FilterChips,
    Form, IconButton, InputKind, PasswordField, SearchField, Segmented, SelectField, Switch, TextArea,
    TextField,
};
pub use frame::{ActionBar, App, Screen, Tab, TabBar, Toolbar, TopBar};
pub use icon::{Glyph, Icon};
pub use layers::{Dialog, Sheet, Toast, ToastAction, Toasts, use_toasts};
pub use mediconnect_i18n::{Language, Texts, Value};
pub use page::{copy, save_file, use_element_id, use_trail};
pub use reader::{Reader, TextSize, Theme, use_now, use_reader, use_reader_provider, use_texts};
pub use states::{
    Alternative, EmptyState, ErrorState, OfflineNote, PendingClock, RefusalCard, Skeleton, SyncLine,
    SyncStatus,
};
pub use styles::{Styles, stylesheet};
