//! What an account has set, on the screen; and what is on the screen, as it is stored.

use dioxus::prelude::*;
use mediconnect_core::{Records, StoreError};
use mediconnect_domain::{
    Zone,
    settings::{self, NoticeSettings, save::SaveSettings},
};
use mediconnect_ui::{Reader, TextSize, Theme};

use crate::{Device, words};

/// The settings of the open account; `None` until they have come.
pub(crate) fn stored(records: &Records) -> Result<Option<settings::Settings>, StoreError> {
    records.get(records.account_id().0)
}

/// Makes the app look and speak as the account has it, also when that was changed on another device.
pub(crate) fn use_stored_settings(reader: Reader, device: Device) {
    let stored = device.read(stored).ok().flatten();
    use_effect(use_reactive!(|stored| {
        if let Some(stored) = stored {
            let Reader { mut language, mut theme, mut text_size, mut zone, .. } = reader;
            language.set(words::shown_language(stored.language));
            theme.set(shown_theme(stored.theme));
            text_size.set(shown_text_size(stored.text_size));
            zone.set(stored.zone.rules());
        }
    }));
}

/// What is on the screen, as the command that keeps it.
pub(crate) fn chosen(reader: Reader, zone: Zone, notices: NoticeSettings) -> SaveSettings {
    SaveSettings {
        language: words::stored_language((reader.language)()),
        theme: stored_theme((reader.theme)()),
        text_size: stored_text_size((reader.text_size)()),
        zone,
        notices,
    }
}

fn shown_theme(theme: settings::Theme) -> Theme {
    match theme {
        settings::Theme::Device => Theme::System,
        settings::Theme::Light => Theme::Light,
        settings::Theme::Dark => Theme::Dark,
    }
}

fn stored_theme(theme: Theme) -> settings::Theme {
    match theme {
        Theme::System => settings::Theme::Device,
        Theme::Light => settings::Theme::Light,
        Theme::Dark => settings::Theme::Dark,
    }
}

fn shown_text_size(size: settings::TextSize) -> TextSize {
    match size {
        settings::TextSize::Normal => TextSize::Normal,
        settings::TextSize::Large => TextSize::Large,
        settings::TextSize::Larger => TextSize::Larger,
        settings::TextSize::Largest => TextSize::Largest,
    }
}

fn stored_text_size(size: TextSize) -> settings::TextSize {
    match size {
        TextSize::Normal => settings::TextSize::Normal,
        TextSize::Large => settings::TextSize::Large,
        TextSize::Larger => settings::TextSize::Larger,
        TextSize::Largest => settings::TextSize::Largest,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_chosen_comes_back_from_the_store_as_it_was() {
        for size in TextSize::ALL {
            assert_eq!(shown_text_size(stored_text_size(size)), size);
        }
        for theme in Theme::ALL {
            assert_eq!(shown_theme(stored_theme(theme)), theme);
        }
    }
}
