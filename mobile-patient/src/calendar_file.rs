//! Handing a visit to the calendar of the phone.

use dioxus::prelude::*;
use mediconnect_app::use_device;
use mediconnect_core::views::patient::{ics, visits};
use mediconnect_domain::AppointmentId;
use mediconnect_ui::{Button, ButtonKind, Glyph, Toast, Tone, save_file, use_now, use_reader, use_toasts};

use crate::words;

/// A button that gives the visit to the calendar.
#[component]
pub fn AddToCalendar(id: AppointmentId) -> Element {
    let reader = use_reader();
    let t = reader.texts();
    let device = use_device();
    let toasts = use_toasts();
    let now = use_now();
    let save = move |()| {
        let Ok(Some(visit)) = device.read(|records| visits::details(records, id, now)) else { return };
        let kind = words::local(t, &visit.line.visit_type);
        let summary = [("type", kind.into()), ("doctor", visit.line.doctor.clone().into())];
        let there = visit.line.start.to_zoned(visit.line.zone.rules());
        let details = [
            ("when", t.when(&there, now).into()),
            ("zone", t.zone(visit.line.zone.name()).into()),
            ("phone", visit.phone.clone().unwrap_or_default().into()),
        ];
        let words = ics::Words {
            summary: t.with("patient-calendar-summary", &summary),
            description: t.with("patient-calendar-description", &details),
        };
        // Every web view opens a calendar file with the calendar.
        save_file("visit.ics", "text/calendar", &ics::calendar(&visit, &words, now));
        toasts.show(Toast::new(Tone::Positive, t.get("patient-calendar-saved")));
    };
    rsx! {
        Button {
            small: true,
            kind: ButtonKind::Secondary,
            glyph: Glyph::CalendarAdd,
            onclick: save,
            {t.get("patient-add-to-calendar")}
        }
    }
}
