//! Booking several visits at once.

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{
    Appointment, Origin,
    placing::{self, Wanted},
};
use crate::{
    AppointmentId, Change, Context, Facts, Halt, Kind, PatientId, Refusal, RoleId, Rule, SeriesId,
    VisitTypeId, access,
    access::Party,
    directory::PractitionerRole,
    scheduling::engine::{self, Recurrence, WhyNot},
};

/// Books every occurrence, or, where `skip_blocked`, those that are free. The first has to be free.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, garde::Validate)]
#[serde(deny_unknown_fields)]
pub struct BookSeries {
    #[garde(skip)]
    pub series_id: SeriesId,
    #[garde(length(min = 2, max = 52))]
    pub appointment_ids: Vec<AppointmentId>,
    #[garde(skip)]
    pub patient_id: PatientId,
    #[garde(skip)]
    pub role_id: RoleId,
    #[garde(skip)]
    pub visit_type_id: VisitTypeId,
    #[garde(skip)]
    pub first_start: Timestamp,
    /// Its `count` is the number of ids.
    #[garde(dive, custom(as_many_as(&self.appointment_ids)))]
    pub recurrence: Recurrence,
    #[garde(skip)]
    pub skip_blocked: bool,
}

impl Rule for BookSeries {
    const NAME: &'static str = "appointments.book_series";

    fn lane(&self) -> String {
        format!("booking:{}", self.patient_id)
    }

    fn guards(&self) -> Vec<Uuid> {
        vec![self.patient_id.0, self.role_id.0]
    }

    fn decide(&self, facts: &Facts, cx: &Context) -> Result<Vec<Change>, Halt> {
        let role: PractitionerRole = facts.get(self.role_id)?;
        let whom = (self.patient_id, Some(role.doctor_id), role.clinic_id);
        let by = access::party(facts, cx, whom, Kind::Patient)?;
        let patient = placing::active_patient(facts, self.patient_id)?;
        placing::limit_open(facts, cx, self.patient_id, by, self.appointment_ids.len())?;
        let mut changes = placing::introduce(facts, cx, &patient, &role)?;
        let mut blocked = Vec::new();
        let starts = engine::occurrences(&role.zone, self.first_start, self.recurrence);
        for (n, (start, id)) in starts.into_iter().zip(&self.appointment_ids).enumerate() {
            match self.occurrence(facts, cx, by, *id, &start) {
                Ok(visit) => changes.extend(visit),
                Err(Halt::Refused(refusal)) if n == 0 => return Err(refusal.into()),
                Err(Halt::Refused(_)) => blocked.push(named(&start, &role)),
                Err(halt) => return Err(halt),
            }
        }
        match blocked.is_empty() || self.skip_blocked {
            true => Ok(changes),
            false => Err(Refusal::SeriesBlocked { starts: blocked }.into()),
        }
    }
}

impl BookSeries {
    fn occurrence(
        &self,
        facts: &Facts,
        cx: &Context,
        by: Party,
        appointment_id: AppointmentId,
        start: &Result<Timestamp, WhyNot>,
    ) -> Result<Vec<Change>, Halt> {
        let start = match start {
            Ok(start) => *start,
            Err(why) => {
                return Err(Refusal::SlotNotOffered { why: why.clone(), next_free: Vec::new() }.into());
            }
        };
        if facts.find::<Appointment>(appointment_id)?.is_some() {
            return Err(Refusal::AlreadyExists { kind: Kind::Appointment }.into());
        }
        let wanted = Wanted {
            appointment_id,
            patient_id: self.patient_id,
            role_id: self.role_id,
            visit_type_id: self.visit_type_id,
            start,
            by,
            moving: None,
        };
        let placed = placing::place(facts, cx, &wanted)?;
        let origin = if by == Party::Patient { Origin::Patient } else { Origin::FrontDesk };
        let mut visit = placed.appointment(cx, &wanted, placed.first_state(cx, by), origin);
        visit.series_id = Some(self.series_id);
        let mut changes = placed.cleared;
        changes.push(Change::put(visit));
        Ok(changes)
    }
}

fn as_many_as(ids: &[AppointmentId]) -> impl Fn(&Recurrence, &()) -> garde::Result {
    move |recurrence, _| match usize::from(recurrence.count) == ids.len() {
        true => Ok(()),
        false => Err(garde::Error::new("count must be the number of appointment_ids")),
    }
}

/// The instant by which a blocked occurrence is named: of a time that clocks skip, when they go on.
fn named(start: &Result<Timestamp, WhyNot>, role: &PractitionerRole) -> Timestamp {
    match start {
        Ok(start) => *start,
        Err(WhyNot::NoSuchTime { local }) => role.zone.rules().to_timestamp(*local).unwrap_or(Timestamp::MAX),
        Err(_) => Timestamp::MAX,
    }
}
