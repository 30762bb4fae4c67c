//! From what the views say to words, in the reader's language. Chooses texts, decides nothing.

use jiff::Timestamp;
use mediconnect_core::views::patient::visits::VisitLine;
use mediconnect_domain::{
    appointments::{CancelReason, Happening, Moment, State},
    consultations::{ConsultationState, DeclineReason, Urgency},
    directory::LocalText,
    notices::Subject,
    profiles::{Address, Permission, Relation, Sex},
};
use mediconnect_ui::{Reader, Texts, Tone};

pub use mediconnect_app::words::{
    about, day_part, local, mode, money, shown_language, spoken_language, stored_language, when,
};

pub fn locals(t: Texts, texts: &[LocalText]) -> String {
    texts.iter().map(|text| local(t, text)).collect::<Vec<_>>().join(" · ")
}

/// 'Tuesday 3 March 2026' in the reader's zone.
pub fn long_date(reader: Reader, at: Timestamp) -> String {
    reader.texts().date(at.to_zoned(reader.zone()).date())
}

/// 'Tue 3 Mar, 09:30' in the reader's zone: for the middle of a sentence, where 'Tomorrow' would stand out.
pub fn day_and_time(reader: Reader, at: Timestamp) -> String {
    let (t, at) = (reader.texts(), at.to_zoned(reader.zone()));
    t.with("day-and-time", &[("day", t.date_short(at.date()).into()), ("time", t.clock(at.time()).into())])
}

/// '09:30 – 09:50' in the reader's zone.
pub fn clock_range(reader: Reader, start: Timestamp, end: Timestamp) -> String {
    let local = |at: Timestamp| at.to_zoned(reader.zone()).time();
    reader.texts().clock_range(local(start), local(end))
}

pub fn address_line(address: &Address) -> String {
    let place = format!("{} {}", address.postal_code, address.city);
    format!("{}, {}", address.street, place.trim())
}

/// A state with the tone it is shown in.
pub fn state(t: Texts, line: &VisitLine) -> (Tone, String) {
    if line.pending {
        return (Tone::Caution, t.get("state-pending"));
    }
    let (tone, key) = match line.state {
        State::Held => (Tone::Caution, "state-held"),
        State::Requested => (Tone::Caution, "state-requested"),
        State::Booked => (Tone::Positive, "state-booked"),
        State::Arrived => (Tone::Accent, "state-arrived"),
        State::InProgress => (Tone::Accent, "state-in-progress"),
        State::Fulfilled => (Tone::Neutral, "state-done"),
        State::Declined => (Tone::Critical, "state-declined"),
        State::Expired => (Tone::Neutral, "state-expired"),
        State::Cancelled => (Tone::Neutral, "state-cancelled"),
        State::Noshow => (Tone::Critical, "state-no-show"),
    };
    (tone, t.get(key))
}

pub fn cancel_reasons(t: Texts) -> Vec<(CancelReason, String)> {
    vec![
        (CancelReason::CannotCome, t.get("patient-cancel-cannot-come")),
        (CancelReason::NotNeeded, t.get("patient-cancel-not-needed")),
        (CancelReason::FoundOtherTime, t.get("patient-cancel-found-other")),
        (CancelReason::BookedTwice, t.get("patient-cancel-booked-twice")),
        (CancelReason::Other, t.get("patient-cancel-other")),
    ]
}

/// One event of a visit's history.
pub fn moment(reader: Reader, moment: &Moment) -> (Tone, String) {
    let t = reader.texts();
    let (tone, key) = match &moment.what {
        Happening::Moved { from } => {
            return (Tone::Accent, t.with("patient-event-moved", &[("from", when(reader, *from).into())]));
        }
        Happening::Reassigned { .. } => (Tone::Accent, "patient-event-reassigned"),
        Happening::Reopened { .. } => (Tone::Accent, "patient-event-reopened"),
        Happening::Became { state } => match state {
            State::Held => (Tone::Caution, "patient-event-held"),
            State::Requested => (Tone::Accent, "patient-event-requested"),
            State::Booked => (Tone::Positive, "patient-event-booked"),
            State::Arrived => (Tone::Positive, "patient-event-arrived"),
            State::InProgress => (Tone::Positive, "patient-event-started"),
            State::Fulfilled => (Tone::Positive, "patient-event-done"),
            State::Declined => (Tone::Critical, "patient-event-declined"),
            State::Expired => (Tone::Neutral, "patient-event-expired"),
            State::Cancelled => (Tone::Neutral, "patient-event-cancelled"),
            State::Noshow => (Tone::Critical, "patient-event-no-show"),
        },
    };
    (tone, t.get(key))
}

/// What somebody who may act for a person is to that person.
pub fn carer(t: Texts, relation: Relation) -> String {
    t.get(match relation {
        Relation::Oneself => "patient-carer-oneself",
        Relation::Guardian => "patient-carer-guardian",
        Relation::Caregiver => "patient-carer-helper",
    })
}

/// What the reader is to a person.
pub fn relation(t: Texts, relation: Relation) -> String {
    t.get(match relation {
        Relation::Oneself => "patient-relation-oneself",
        Relation::Guardian => "patient-relation-guardian",
        Relation::Caregiver => "patient-relation-caregiver",
    })
}

pub fn permission(t: Texts, permission: Permission) -> (String, String) {
    match permission {
        Permission::Read => (t.get("patient-permission-read"), t.get("patient-permission-read-detail")),
        Permission::Book => (t.get("patient-permission-book"), t.get("patient-permission-book-detail")),
        Permission::Manage => (t.get("patient-permission-manage"), t.get("patient-permission-manage-detail")),
    }
}

pub fn permissions(t: Texts, permissions: &[Permission]) -> String {
    permissions.iter().map(|one| permission(t, *one).0).collect::<Vec<_>>().join(", ")
}

pub fn sex(t: Texts, sex: Sex) -> String {
    t.get(match sex {
        Sex::Female => "patient-sex-female",
        Sex::Male => "patient-sex-male",
        Sex::Other => "patient-sex-other",
        Sex::Unknown => "patient-sex-unknown",
    })
}

/// The words of an urgency and what they mean.
pub fn urgency(t: Texts, urgency: Urgency) -> (String, String) {
    match urgency {
        Urgency::Routine => (t.get("patient-urgency-routine"), t.get("patient-urgency-routine-detail")),
        Urgency::Soon => (t.get("patient-urgency-soon"), t.get("patient-urgency-soon-detail")),
        Urgency::Urgent => (t.get("patient-urgency-urgent"), t.get("patient-urgency-urgent-detail")),
    }
}

pub fn request_state(t: Texts, state: ConsultationState) -> (Tone, String) {
    let (tone, key) = match state {
        ConsultationState::New => (Tone::Accent, "patient-request-new"),
        ConsultationState::Triaged => (Tone::Accent, "patient-request-triaged"),
        ConsultationState::Offered => (Tone::Caution, "patient-request-offered"),
        ConsultationState::Accepted => (Tone::Positive, "patient-request-accepted"),
        ConsultationState::Declined => (Tone::Critical, "patient-request-declined"),
        ConsultationState::Withdrawn => (Tone::Neutral, "patient-request-withdrawn"),
        ConsultationState::Expired => (Tone::Neutral, "patient-request-expired"),
    };
    (tone, t.get(key))
}

pub fn decline_reason(t: Texts, reason: DeclineReason) -> String {
    t.get(match reason {
        DeclineReason::NotOffered => "patient-declined-not-offered",
        DeclineReason::NoCapacity => "patient-declined-no-capacity",
        DeclineReason::CallUs => "patient-declined-call-us",
        DeclineReason::EmergencyCare => "patient-declined-emergency",
        DeclineReason::Other => "patient-declined-other",
    })
}

/// Title and text of a notice.
pub fn notice(reader: Reader, subject: &Subject) -> (String, String) {
    let t = reader.texts();
    let visit = |facts: &mediconnect_domain::notices::VisitFacts| {
        let parts = [
            ("doctor", facts.doctor_name.clone().into()),
            ("when", when(reader, facts.start).into()),
            ("patient", facts.patient_name.clone().into()),
        ];
        t.with("patient-notice-visit", &parts)
    };
    let named = |key: &str, name: &str| t.with(key, &[("name", name.to_owned().into())]);
    match subject {
        Subject::VisitRequested { visit: facts } => (t.get("patient-notice-visit-requested"), visit(facts)),
        Subject::VisitBooked { visit: facts } => (t.get("patient-notice-visit-booked"), visit(facts)),
        Subject::VisitDeclined { visit: facts } => (t.get("patient-notice-visit-declined"), visit(facts)),
        Subject::VisitExpired { visit: facts } => (t.get("patient-notice-visit-expired"), visit(facts)),
        Subject::VisitMoved { visit: facts, .. } => (t.get("patient-notice-visit-moved"), visit(facts)),
        Subject::VisitCancelled { visit: facts, .. } => {
            (t.get("patient-notice-visit-cancelled"), visit(facts))
        }
        Subject::VisitMissed { visit: facts } => (t.get("patient-notice-visit-missed"), visit(facts)),
        Subject::WaitlistOffer { visit: facts, .. } => (t.get("patient-notice-waitlist-offer"), visit(facts)),
        Subject::ConsultationOpened { .. } => {
            (t.get("patient-notice-request-opened"), t.get("patient-notice-request-opened-text"))
        }
        Subject::ConsultationChanged { state, .. } => {
            (t.get("patient-notice-request-changed"), request_state(t, *state).1)
        }
        Subject::LinkGranted { patient_name, .. } => {
            (t.get("patient-notice-link-granted"), named("patient-notice-link-granted-text", patient_name))
        }
        Subject::LinkEnded { patient_name, .. } => {
            (t.get("patient-notice-link-ended"), named("patient-notice-link-ended-text", patient_name))
        }
        Subject::StandingChanged { .. } => (t.get("patient-notice-other"), String::new()),
    }
}

pub fn spoken_languages(t: Texts, codes: &[String]) -> String {
    codes.iter().map(|code| spoken_language(t, code)).collect::<Vec<_>>().join(", ")
}

/// A map with the way there, in whatever the phone opens such links with.
pub fn directions(place: mediconnect_domain::directory::Place) -> String {
    format!("https://www.openstreetmap.org/directions?to={:.5}%2C{:.5}", place.latitude, place.longitude)
}
