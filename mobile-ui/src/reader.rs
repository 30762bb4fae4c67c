//! Who reads: language, theme, text size, time zone and the present moment, shared through Dioxus' context.

use std::time::Duration;

use dioxus::prelude::*;
use jiff::{Timestamp, tz::TimeZone};
use mediconnect_i18n::{Language, Texts};

/// Light, dark, or as the system wishes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    #[default]
    System,
    Light,
    Dark,
}

impl Theme {
    pub const ALL: [Self; 3] = [Self::System, Self::Light, Self::Dark];

    /// The stable name, as stored and as in `data-theme`.
    pub fn name(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|theme| theme.name() == name)
    }
}

/// How large text is, on top of the system's own setting.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TextSize {
    #[default]
    Normal,
    Large,
    Larger,
    Largest,
}

impl TextSize {
    pub const ALL: [Self; 4] = [Self::Normal, Self::Large, Self::Larger, Self::Largest];

    pub fn percent(self) -> u32 {
        match self {
            Self::Normal => 100,
            Self::Large => 125,
            Self::Larger => 150,
            Self::Largest => 200,
        }
    }

    /// The stable name, as stored.
    pub fn name(self) -> &'static str {
        match self {
            Self::Normal => "normal",
            Self::Large => "large",
            Self::Larger => "larger",
            Self::Largest => "largest",
        }
    }

    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|size| size.name() == name)
    }
}

/// The signals every component may read and the settings screen writes.
#[derive(Clone, Copy, PartialEq)]
pub struct Reader {
    pub language: Signal<Language>,
    pub theme: Signal<Theme>,
    pub text_size: Signal<TextSize>,
    /// The zone times are shown in.
    pub zone: Signal<TimeZone>,
    /// The present moment, moving on by itself: see [`use_now`].
    pub now: Signal<Timestamp>,
}

impl Reader {
    /// The texts in the reader's language. A component that calls this is drawn again when the language changes.
    pub fn texts(&self) -> Texts {
        Texts::new((self.language)())
    }

    /// The reader's zone.
    pub fn zone(&self) -> TimeZone {
        (self.zone)()
    }
}

const TICK: Duration = Duration::from_secs(15);

/// Lays a [`Reader`] into the context. `clock` is asked for the present moment every quarter of a minute.
pub fn use_reader_provider(language: Language, zone: TimeZone, clock: fn() -> Timestamp) -> Reader {
    let reader = use_context_provider(|| Reader {
        language: Signal::new(language),
        theme: Signal::new(Theme::default()),
        text_size: Signal::new(TextSize::default()),
        zone: Signal::new(zone),
        now: Signal::new(clock()),
    });
    use_future(move || async move {
        let mut now = reader.now;
        loop {
            tokio::time::sleep(TICK).await;
            now.set(clock());
        }
    });
    reader
}

pub fn use_reader() -> Reader {
    use_context::<Reader>()
}

/// The texts in the reader's language: `let t = use_texts();` then `t.get("action-save")`.
pub fn use_texts() -> Texts {
    use_reader().texts()
}

/// The present moment. A component that calls this is drawn again as time goes by.
pub fn use_now() -> Timestamp {
    (use_reader().now)()
}
