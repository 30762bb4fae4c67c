//! From what the views say to words, in the reader's language. Chooses texts, decides nothing.

use jiff::{Timestamp, tz::TimeZone};
use mediconnect_core::views::doctor::{
    standing::Missing,
    visits::{Action, VisitLine},
};
use mediconnect_domain::{
    access::Party,
    appointments::{CancelReason, Happening, Moment, Origin, State},
    consultations::{ConsultationState, DeclineReason, PreferredDay, Urgency},
    directory::Standing,
    notices::{Subject, VisitFacts},
    profiles::Sex,
    scheduling::{LeaveReason, rules::LeaveTime},
    valid::FieldError,
};
use mediconnect_ui::{Glyph, Reader, Texts, Tone};

pub use mediconnect_app::words::{about, day_part, local, mode, money, spoken_language, stored_language};

/// 'Tomorrow, 09:30' by the clock of `zone`.
pub fn when(reader: Reader, at: Timestamp, zone: &TimeZone) -> String {
    reader.texts().when_in(at, zone, (reader.now)())
}

/// '09:30 – 09:50' by the clock of `zone`.
pub fn clock_range(t: Texts, start: Timestamp, end: Timestamp, zone: &TimeZone) -> String {
    let local = |at: Timestamp| at.to_zoned(zone.clone()).time();
    t.clock_range(local(start), local(end))
}

pub fn patient(t: Texts, name: &Option<String>) -> String {
    name.clone().unwrap_or_else(|| t.get("doctor-patient-unknown"))
}

/// A state with the tone it is shown in.
pub fn state(t: Texts, line: &VisitLine) -> (Tone, String) {
    if line.pending {
        return (Tone::Caution, t.get("state-pending"));
    }
    (state_tone(line.state), state_name(t, line.state))
}

pub fn state_tone(state: State) -> Tone {
    match state {
        State::Held | State::Requested => Tone::Caution,
        State::Booked => Tone::Accent,
        State::Arrived | State::InProgress => Tone::Positive,
        State::Declined | State::Noshow => Tone::Critical,
        State::Fulfilled | State::Expired | State::Cancelled => Tone::Neutral,
    }
}

fn state_name(t: Texts, state: State) -> String {
    t.get(match state {
        State::Held => "doctor-state-held",
        State::Requested => "state-requested",
        State::Booked => "state-booked",
        State::Arrived => "state-arrived",
        State::InProgress => "state-in-progress",
        State::Fulfilled => "state-done",
        State::Declined => "state-declined",
        State::Expired => "state-expired",
        State::Cancelled => "state-cancelled",
        State::Noshow => "state-no-show",
    })
}

pub fn action(t: Texts, action: Action) -> String {
    t.get(match action {
        Action::Accept => "doctor-accept",
        Action::Decline => "doctor-decline",
        Action::CheckIn => "doctor-check-in",
        Action::Start => "doctor-start",
        Action::Complete => "doctor-complete",
        Action::NoShow => "doctor-no-show",
        Action::Reschedule => "doctor-reschedule",
        Action::Cancel => "doctor-cancel-visit",
    })
}

pub fn action_glyph(action: Action) -> Glyph {
    match action {
        Action::Accept => Glyph::Check,
        Action::Decline => Glyph::Close,
        Action::CheckIn => Glyph::CheckedIn,
        Action::Start => Glyph::Start,
        Action::Complete => Glyph::Done,
        Action::NoShow => Glyph::NoShow,
        Action::Reschedule => Glyph::CalendarMove,
        Action::Cancel => Glyph::CalendarOff,
    }
}

/// The reasons a doctor can give, in the order in which they are chosen most.
pub fn cancel_reasons(t: Texts) -> Vec<(CancelReason, String)> {
    vec![
        (CancelReason::DoctorAway, t.get("doctor-reason-away")),
        (CancelReason::ClinicClosed, t.get("doctor-reason-closed")),
        (CancelReason::FoundOtherTime, t.get("doctor-reason-other-time")),
        (CancelReason::BookedTwice, t.get("doctor-reason-twice")),
        (CancelReason::NotNeeded, t.get("doctor-reason-not-needed")),
        (CancelReason::Other, t.get("doctor-reason-other")),
    ]
}

pub fn cancel_reason(t: Texts, reason: CancelReason) -> String {
    t.get(match reason {
        CancelReason::DoctorAway => "doctor-reason-away",
        CancelReason::ClinicClosed => "doctor-reason-closed",
        CancelReason::FoundOtherTime => "doctor-reason-other-time",
        CancelReason::BookedTwice => "doctor-reason-twice",
        CancelReason::NotNeeded => "doctor-reason-not-needed",
        CancelReason::CannotCome => "doctor-reason-cannot-come",
        CancelReason::Other => "doctor-reason-other",
    })
}

pub fn decline_reasons(t: Texts) -> Vec<(DeclineReason, String)> {
    vec![
        (DeclineReason::NoCapacity, t.get("doctor-declined-no-capacity")),
        (DeclineReason::NotOffered, t.get("doctor-declined-not-offered")),
        (DeclineReason::CallUs, t.get("doctor-declined-call-us")),
        (DeclineReason::EmergencyCare, t.get("doctor-declined-emergency")),
        (DeclineReason::Other, t.get("doctor-reason-other")),
    ]
}

pub fn party(t: Texts, party: Party) -> String {
    t.get(match party {
        Party::Patient => "doctor-by-patient",
        Party::Doctor => "doctor-by-doctor",
        Party::Clinic => "doctor-by-clinic",
        Party::System => "doctor-by-system",
    })
}

pub fn origin(t: Texts, origin: Origin) -> String {
    t.get(match origin {
        Origin::Patient => "doctor-origin-patient",
        Origin::FrontDesk => "doctor-origin-front-desk",
        Origin::Waitlist { .. } => "doctor-origin-waitlist",
        Origin::Consultation { .. } => "doctor-origin-request",
    })
}

/// One event of a visit's history.
pub fn moment(reader: Reader, moment: &Moment, zone: &TimeZone) -> (Tone, String, Option<String>) {
    let t = reader.texts();
    match &moment.what {
        Happening::Moved { from } => {
            (Tone::Accent, t.with("doctor-event-moved", &[("from", when(reader, *from, zone).into())]), None)
        }
        Happening::Reassigned { .. } => (Tone::Accent, t.get("doctor-event-reassigned"), None),
        Happening::Reopened { reason, .. } => {
            (Tone::Accent, t.get("doctor-event-reopened"), Some(reason.clone()))
        }
        Happening::Became { state } => (state_tone(*state), state_name(t, *state), None),
    }
}

pub fn sex(t: Texts, sex: Sex) -> String {
    t.get(match sex {
        Sex::Female => "doctor-sex-female",
        Sex::Male => "doctor-sex-male",
        Sex::Other => "doctor-sex-other",
        Sex::Unknown => "doctor-sex-unknown",
    })
}

pub fn urgency(t: Texts, urgency: Urgency) -> (Tone, String) {
    match urgency {
        Urgency::Routine => (Tone::Neutral, t.get("doctor-urgency-routine")),
        Urgency::Soon => (Tone::Caution, t.get("doctor-urgency-soon")),
        Urgency::Urgent => (Tone::Critical, t.get("doctor-urgency-urgent")),
    }
}

/// The state of a request as its chip shows it: waiting where the server has not answered yet.
pub fn request_chip(t: Texts, state: ConsultationState, pending: bool) -> (Tone, String) {
    match pending {
        true => (Tone::Caution, t.get("state-pending")),
        false => request_state(t, state),
    }
}

pub fn request_state(t: Texts, state: ConsultationState) -> (Tone, String) {
    let (tone, key) = match state {
        ConsultationState::New | ConsultationState::Triaged => (Tone::Caution, "doctor-request-waits"),
        ConsultationState::Offered => (Tone::Accent, "doctor-request-offered"),
        ConsultationState::Accepted => (Tone::Positive, "doctor-request-accepted"),
        ConsultationState::Declined => (Tone::Critical, "doctor-request-declined"),
        ConsultationState::Withdrawn => (Tone::Neutral, "doctor-request-withdrawn"),
        ConsultationState::Expired => (Tone::Neutral, "doctor-request-expired"),
    };
    (tone, t.get(key))
}

pub fn preferred_days(t: Texts, days: &[PreferredDay]) -> String {
    let one = |day: &PreferredDay| match day.part {
        Some(of_day) => format!("{}, {}", t.date_short(day.date), day_part(t, of_day)),
        None => t.date_short(day.date),
    };
    match days {
        [] => t.get("doctor-any-day"),
        days => days.iter().map(one).collect::<Vec<_>>().join(" · "),
    }
}

pub fn leave_reason(t: Texts, reason: LeaveReason) -> String {
    t.get(match reason {
        LeaveReason::Holiday => "doctor-leave-holiday",
        LeaveReason::Away => "doctor-leave-away",
        LeaveReason::Training => "doctor-leave-training",
        LeaveReason::Block => "doctor-leave-block",
    })
}

/// 'Tue 3 Mar – Fri 6 Mar', or a day with its hours.
pub fn leave_time(reader: Reader, time: &LeaveTime, zone: &TimeZone) -> String {
    let t = reader.texts();
    match time {
        LeaveTime::Days { first, last } if first == last => t.date(*first),
        LeaveTime::Days { first, last } => format!("{} – {}", t.date_short(*first), t.date_short(*last)),
        LeaveTime::Between { start, end } => {
            let (from, to) = (start.to_zoned(zone.clone()), end.to_zoned(zone.clone()));
            let now = (reader.now)();
            match from.date() == to.date() {
                true => format!("{} – {}", t.when(&from, now), t.clock(to.time())),
                false => format!("{} – {}", t.when(&from, now), t.when(&to, now)),
            }
        }
    }
}

pub fn standing(t: Texts, standing: Standing) -> (Tone, String, String) {
    let (tone, title, text) = match standing {
        Standing::Registered => {
            (Tone::Caution, "doctor-standing-registered", "doctor-standing-registered-text")
        }
        Standing::Submitted => (Tone::Accent, "doctor-standing-submitted", "doctor-standing-submitted-text"),
        Standing::Verified => (Tone::Positive, "doctor-standing-verified", "doctor-standing-verified-text"),
        Standing::Rejected => (Tone::Critical, "doctor-standing-rejected", "doctor-standing-rejected-text"),
        Standing::Suspended => {
            (Tone::Critical, "doctor-standing-suspended", "doctor-standing-suspended-text")
        }
        Standing::Removed => (Tone::Neutral, "doctor-standing-removed", "doctor-standing-removed-text"),
    };
    (tone, t.get(title), t.get(text))
}

pub fn missing(t: Texts, missing: Missing) -> (String, String) {
    let (title, text) = match missing {
        Missing::License => ("doctor-missing-license", "doctor-missing-license-text"),
        Missing::Specialty => ("doctor-missing-specialty", "doctor-missing-specialty-text"),
        Missing::Role => ("doctor-missing-role", "doctor-missing-role-text"),
        Missing::Hours => ("doctor-missing-hours", "doctor-missing-hours-text"),
    };
    (t.get(title), t.get(text))
}

/// What is wrong with a field: said by the field, since the rules' own messages are for programs.
pub fn field_error(t: Texts, error: &FieldError) -> String {
    let field = error.path.rsplit('.').next().unwrap_or_default();
    let field = field.split('[').next().unwrap_or_default().replace('_', "-");
    if error.message.contains("overlap") {
        return t.get("doctor-wrong-overlap");
    }
    if error.message == "must be filled in" {
        return t.get("doctor-wrong-empty");
    }
    t.find(&format!("doctor-wrong-{field}")).unwrap_or_else(|| t.get("doctor-wrong"))
}

/// Title and text of a notice.
pub fn notice(reader: Reader, subject: &Subject) -> (String, String) {
    let t = reader.texts();
    let visit = |facts: &VisitFacts| {
        format!("{} · {}", facts.patient_name, when(reader, facts.start, &facts.zone.rules()))
    };
    match subject {
        Subject::VisitRequested { visit: facts } => (t.get("doctor-notice-requested"), visit(facts)),
        Subject::VisitBooked { visit: facts } => (t.get("doctor-notice-booked"), visit(facts)),
        Subject::VisitDeclined { visit: facts } => (t.get("doctor-notice-declined"), visit(facts)),
        Subject::VisitExpired { visit: facts } => (t.get("doctor-notice-expired"), visit(facts)),
        Subject::VisitMoved { visit: facts, .. } => (t.get("doctor-notice-moved"), visit(facts)),
        Subject::VisitCancelled { visit: facts, .. } => (t.get("doctor-notice-cancelled"), visit(facts)),
        Subject::VisitMissed { visit: facts } => (t.get("doctor-notice-missed"), visit(facts)),
        Subject::WaitlistOffer { visit: facts, .. } => (t.get("doctor-notice-waitlist"), visit(facts)),
        Subject::ConsultationOpened { .. } => {
            (t.get("doctor-notice-request"), t.get("doctor-notice-request-text"))
        }
        Subject::ConsultationChanged { state, .. } => {
            (t.get("doctor-notice-request-changed"), request_state(t, *state).1)
        }
        Subject::StandingChanged { standing: now, .. } => {
            (t.get("doctor-notice-standing"), standing(t, *now).1)
        }
        Subject::LinkGranted { patient_name, .. } | Subject::LinkEnded { patient_name, .. } => {
            (t.get("doctor-notice-other"), patient_name.clone())
        }
    }
}
