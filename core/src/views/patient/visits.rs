//! My visits: upcoming and past, and one with all that can be done about it.

use jiff::Timestamp;
use mediconnect_domain::{
    AppointmentId, DoctorId, Kind, Money, PatientId, RoleId, VisitTypeId, Zone,
    appointments::{Appointment, Cancellation, Moment, State},
    directory::{Clinic, LocalText, Place},
    profiles::Address,
    record::Index,
    reviews::Review,
    scheduling::rules::Mode,
    time::plus_min,
};

use super::{
    directory::Directory,
    people::{Person, people},
};
use crate::{Records, StoreError};

/// A visit as a list shows it.
#[derive(Clone, Debug, PartialEq)]
pub struct VisitLine {
    pub id: AppointmentId,
    /// Whose visit it is, where it is not one's own.
    pub for_whom: Option<String>,
    pub doctor: String,
    pub clinic: String,
    pub visit_type: LocalText,
    pub start: Timestamp,
    pub end: Timestamp,
    /// The clinic's.
    pub zone: Zone,
    pub mode: Mode,
    pub state: State,
    /// Something about it was not answered by the server yet: its state is a guess.
    pub pending: bool,
}

/// All visits of those the account acts for; held times on offer are shown where they are answered.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Visits {
    /// The next first.
    pub upcoming: Vec<VisitLine>,
    /// The latest first.
    pub past: Vec<VisitLine>,
}

pub fn visits(records: &Records, now: Timestamp) -> Result<Visits, StoreError> {
    let mut visits = Visits::default();
    for person in people(records, now)? {
        let all: Vec<Appointment> = records.all_of(Index::PatientTime, person.patient_id)?;
        for visit in all.iter().filter(|visit| visit.state != State::Held && !was_never_more_than_held(visit))
        {
            let line = line(records, visit, &person)?;
            match is_ahead(visit, now) {
                true => visits.upcoming.push(line),
                false => visits.past.push(line),
            }
        }
    }
    visits.upcoming.sort_by_key(|line| (line.start, line.id));
    visits.past.sort_by_key(|line| std::cmp::Reverse((line.start, line.id)));
    Ok(visits)
}

/// Still to come or going on.
fn is_ahead(visit: &Appointment, now: Timestamp) -> bool {
    visit.occupies_at(now) && (visit.end > now || matches!(visit.state, State::Arrived | State::InProgress))
}

/// An offer that ran out is no visit that was missed.
fn was_never_more_than_held(visit: &Appointment) -> bool {
    use mediconnect_domain::appointments::Happening;
    let was = |state| visit.history.iter().any(|moment| moment.what == Happening::Became { state });
    matches!(visit.state, State::Expired | State::Cancelled) && !was(State::Requested) && !was(State::Booked)
}

pub(super) fn line(records: &Records, visit: &Appointment, person: &Person) -> Result<VisitLine, StoreError> {
    Ok(VisitLine {
        id: visit.id,
        for_whom: (!person.is_me()).then(|| person.name.clone()),
        doctor: visit.names.doctor.clone(),
        clinic: visit.names.clinic.clone(),
        visit_type: visit.names.visit_type.clone(),
        start: visit.start,
        end: visit.end,
        zone: visit.zone.clone(),
        mode: visit.mode,
        state: visit.state,
        pending: records.is_pending(Kind::Appointment, visit.id)?,
    })
}

/// One visit with everything about it.
#[derive(Clone, Debug, PartialEq)]
pub struct VisitDetails {
    pub line: VisitLine,
    pub patient_id: PatientId,
    pub doctor_id: DoctorId,
    pub role_id: RoleId,
    pub visit_type_id: VisitTypeId,
    pub price: Money,
    pub address: Option<Address>,
    pub phone: Option<String>,
    pub place: Option<Place>,
    /// Oldest first.
    pub history: Vec<Moment>,
    pub cancellation: Option<Cancellation>,
    pub answer_by: Timestamp,
    pub cancel: CancelTerms,
    pub may_move: bool,
    pub may_rebook: bool,
    pub may_review: bool,
    pub review: Option<Review>,
}

/// What cancelling now means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CancelTerms {
    /// There is nothing to cancel, or the account may not.
    No,
    /// Without consequences until then.
    Free { until: Timestamp },
    /// It will be marked as late.
    Late { notice_min: u32 },
    /// Only by calling the clinic.
    CallOnly { notice_min: u32 },
}

/// `None` where the account has no such visit.
pub fn details(
    records: &Records,
    id: AppointmentId,
    now: Timestamp,
) -> Result<Option<VisitDetails>, StoreError> {
    let Some(visit) = records.get::<Appointment>(id)? else { return Ok(None) };
    let Some(person) = people(records, now)?.into_iter().find(|person| person.patient_id == visit.patient_id)
    else {
        return Ok(None);
    };
    let clinic: Option<Clinic> = records.get(visit.clinic_id)?;
    let bookable = Directory::read(records)?
        .roles
        .iter()
        .any(|role| role.id == visit.role_id && role.offering(visit.visit_type_id).is_some());
    let review: Option<Review> = records.get(Review::id_of(visit.id))?;
    let open = matches!(visit.state, State::Requested | State::Booked) && visit.start > now;
    let late = visit.state == State::Booked && visit.is_late(now);
    Ok(Some(VisitDetails {
        line: line(records, &visit, &person)?,
        patient_id: visit.patient_id,
        doctor_id: visit.doctor_id,
        role_id: visit.role_id,
        visit_type_id: visit.visit_type_id,
        price: visit.price,
        address: clinic.as_ref().map(|clinic| clinic.details.address.clone()),
        phone: clinic.as_ref().map(|clinic| clinic.details.phone.clone()),
        place: clinic.as_ref().map(|clinic| clinic.details.place),
        cancel: match open && person.may_book {
            true => terms(&visit, clinic.as_ref(), now),
            false => CancelTerms::No,
        },
        may_move: open && person.may_book && bookable && !late,
        may_rebook: visit.state.is_terminal() && person.may_book && bookable,
        may_review: visit.state == State::Fulfilled && person.may_book && review.is_none(),
        review,
        history: visit.history,
        cancellation: visit.cancellation,
        answer_by: visit.answer_by,
    }))
}

fn terms(visit: &Appointment, clinic: Option<&Clinic>, now: Timestamp) -> CancelTerms {
    let notice_min = visit.cancel_notice_min;
    let allowed_late = clinic.is_none_or(|clinic| clinic.details.policy.late_cancel_allowed);
    match (visit.state == State::Booked && visit.is_late(now), allowed_late) {
        (false, _) => CancelTerms::Free { until: plus_min(visit.start, -i64::from(notice_min)) },
        (true, true) => CancelTerms::Late { notice_min },
        (true, false) => CancelTerms::CallOnly { notice_min },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::views::patient::examples::*;

    fn with(visits: impl IntoIterator<Item = Appointment>) -> Vec<mediconnect_domain::Record> {
        let mut rows = family();
        rows.extend(visits.into_iter().map(Into::into));
        rows
    }

    #[test]
    fn visits_of_the_whole_family_are_sorted_into_upcoming_and_past() {
        let rows = with([
            visit(1, patient_id(), "2026-03-05T09:00:00Z", State::Booked),
            visit(2, child_id(), "2026-03-03T09:00:00Z", State::Requested),
            visit(3, patient_id(), "2026-02-01T09:00:00Z", State::Fulfilled),
            visit(4, patient_id(), "2026-03-04T09:00:00Z", State::Cancelled),
            visit(5, patient_id(), "2026-03-04T10:00:00Z", State::Held),
        ]);
        let mut shown = read(&rows, |records| visits(records, now()));
        let starts: Vec<_> = shown.upcoming.iter().map(|line| line.start).collect();
        assert_eq!(starts, [at("2026-03-03T09:00:00Z"), at("2026-03-05T09:00:00Z")]);
        assert_eq!(shown.upcoming.remove(0).for_whom.as_deref(), Some("Arun Shah"));
        assert_eq!(shown.upcoming.remove(0).for_whom, None);
        let past: Vec<_> = shown.past.iter().map(|line| line.state).collect();
        assert_eq!(past, [State::Fulfilled], "a cancelled hold was never a visit");
    }

    #[test]
    fn cancelling_is_free_until_the_notice_and_marked_late_after() {
        let booked = visit(1, patient_id(), "2026-03-05T09:00:00Z", State::Booked);
        let id = booked.id;
        let terms_at = |now: &str| {
            let shown = read(&with([booked.clone()]), |records| details(records, id, at(now)));
            let shown = shown.expect("a visit");
            (shown.cancel, shown.may_move)
        };
        let free = CancelTerms::Free { until: at("2026-03-04T09:00:00Z") };
        assert_eq!(terms_at("2026-03-02T09:00:00Z"), (free, true));
        assert_eq!(terms_at("2026-03-04T10:00:00Z"), (CancelTerms::Late { notice_min: 1440 }, false));
        assert_eq!(terms_at("2026-03-05T09:30:00Z"), (CancelTerms::No, false));
    }

    #[test]
    fn a_finished_visit_can_be_reviewed_once_and_booked_again() {
        let done = visit(1, patient_id(), "2026-02-01T09:00:00Z", State::Fulfilled);
        let id = done.id;
        let mut rows = with([done]);
        let shown = read(&rows, |records| details(records, id, now())).expect("a visit");
        assert!(shown.may_review && shown.may_rebook && !shown.may_move);
        rows.push(
            Review {
                id: Review::id_of(id),
                doctor_id: doctor_id(0),
                stars: 5,
                text: "Kind.".into(),
                month: jiff::civil::date(2026, 2, 1),
                number: 1,
                reply: None,
            }
            .into(),
        );
        let shown = read(&rows, |records| details(records, id, now())).expect("a visit");
        assert!(!shown.may_review);
        assert_eq!(shown.review.map(|review| review.stars), Some(5));
    }
}
