//! Leave: what is entered, and which visits it hits.

use jiff::{Timestamp, civil::Date};
use mediconnect_domain::{
    DoctorId, LeaveId, Need, RoleId, Span, Zone,
    appointments::Appointment,
    scheduling::{Leave, LeaveReason, leave::AddLeave, rules::LeaveTime},
    valid::{FieldError, checked},
};

use super::{
    practice::{leaves_from, own_doctor},
    schedule::fields_of,
    visits::{VisitLine, lines},
};
use crate::{Records, StoreError};

/// An entry that is not over.
#[derive(Clone, Debug, PartialEq)]
pub struct LeaveLine {
    pub id: LeaveId,
    pub time: LeaveTime,
    pub span: Span,
    pub zone: Zone,
    pub reason: LeaveReason,
    pub pending: bool,
    /// Visits that still stand in it.
    pub visits: u32,
}

/// The soonest first.
pub fn leaves(records: &Records, now: Timestamp) -> Result<Vec<LeaveLine>, StoreError> {
    let Some(doctor) = own_doctor(records)? else { return Ok(Vec::new()) };
    let mut found = Vec::new();
    for leave in leaves_from(records, doctor, now)? {
        let span = leave.time.span(&leave.zone);
        found.push(LeaveLine {
            id: leave.id,
            visits: hit_by(records, doctor, span, now)?.len() as u32,
            pending: records.is_pending(mediconnect_domain::Kind::Leave, leave.id)?,
            time: leave.time,
            zone: leave.zone,
            reason: leave.reason,
            span,
        });
    }
    found.sort_by_key(|line| line.span);
    Ok(found)
}

/// An entry with the visits it hits, for deciding about each.
pub fn one(
    records: &Records,
    id: LeaveId,
    now: Timestamp,
) -> Result<Option<(Leave, Vec<VisitLine>)>, StoreError> {
    let Some(leave) = records.get::<Leave>(id)? else { return Ok(None) };
    let visits = hit_by(records, leave.doctor_id, leave.time.span(&leave.zone), now)?;
    Ok(Some((leave, lines(records, &visits, now)?)))
}

/// The visits that leave at this time would hit, in order.
pub fn hits(
    records: &Records,
    time: &LeaveTime,
    zone: &Zone,
    now: Timestamp,
) -> Result<Vec<VisitLine>, StoreError> {
    let Some(doctor) = own_doctor(records)? else { return Ok(Vec::new()) };
    lines(records, &hit_by(records, doctor, time.span(zone), now)?, now)
}

fn hit_by(
    records: &Records,
    doctor: DoctorId,
    span: Span,
    now: Timestamp,
) -> Result<Vec<Appointment>, StoreError> {
    if span.start >= span.end {
        return Ok(Vec::new());
    }
    let mut visits: Vec<Appointment> = records.list(&Need::overlap(doctor, span))?;
    visits.retain(|visit| visit.occupies_at(now) && visit.end > now && visit.span().overlaps(&span));
    visits.sort_by_key(|visit| (visit.start, visit.id));
    Ok(visits)
}

/// Leave as it is being entered: dates and times as their fields hold them.
#[derive(Clone, Debug, PartialEq)]
pub struct Draft {
    pub all_day: bool,
    pub first: String,
    pub last: String,
    /// For leave of part of a day.
    pub from: String,
    pub to: String,
    pub reason: LeaveReason,
}

impl Draft {
    pub fn starting(date: Date) -> Self {
        let date = date.to_string();
        Self {
            all_day: true,
            first: date.clone(),
            last: date,
            from: "09:00".into(),
            to: "12:00".into(),
            reason: LeaveReason::Holiday,
        }
    }

    /// When it is, in `zone`; the fields that cannot be read otherwise.
    pub fn time(&self, zone: &Zone) -> Result<LeaveTime, Vec<FieldError>> {
        let unread = |path: &str| vec![FieldError::new(path, "must be filled in")];
        let date = |text: &str, path| text.parse::<Date>().map_err(|_| unread(path));
        let first = date(&self.first, "first")?;
        if self.all_day {
            return Ok(LeaveTime::Days { first, last: date(&self.last, "last")? });
        }
        let at = |text: &str, path| {
            let time: jiff::civil::Time = text.parse().map_err(|_| unread(path))?;
            let local = first.to_datetime(time).to_zoned(zone.rules());
            local.map(|local| local.timestamp()).map_err(|_| unread(path))
        };
        Ok(LeaveTime::Between { start: at(&self.from, "from")?, end: at(&self.to, "to")? })
    }

    /// The command, or what is wrong with which field.
    pub fn command(
        &self,
        leave_id: LeaveId,
        doctor_id: DoctorId,
        role_id: Option<RoleId>,
        zone: &Zone,
    ) -> Result<AddLeave, Vec<FieldError>> {
        let (time, zone) = (self.time(zone)?, zone.clone());
        let command = AddLeave { leave_id, doctor_id, role_id, time, zone, reason: self.reason };
        match checked(&command.clone().into()) {
            Ok(_) => Ok(command),
            Err(refusal) => Err(fields_of(&refusal).into_iter().map(|field| self.at_field(field)).collect()),
        }
    }

    /// The rules speak of `time.end`, the form of the field it was entered in.
    fn at_field(&self, error: FieldError) -> FieldError {
        let path = match error.path.as_str() {
            "time.end" => "to".to_owned(),
            "time.last" => "last".to_owned(),
            other => other.to_owned(),
        };
        FieldError { path, ..error }
    }
}

/// A stretch of the calendar that is blocked with one tap.
pub fn block(leave_id: LeaveId, doctor_id: DoctorId, span: Span, zone: Zone) -> AddLeave {
    let time = LeaveTime::Between { start: span.start, end: span.end };
    AddLeave { leave_id, doctor_id, role_id: None, time, zone, reason: LeaveReason::Block }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use mediconnect_domain::{appointments::State, id::derive};

    use super::*;
    use crate::views::doctor::examples::*;

    fn kolkata() -> Zone {
        Zone::new("Asia/Kolkata").expect("a zone")
    }

    fn command(draft: &Draft) -> Result<AddLeave, Vec<FieldError>> {
        draft.command(LeaveId(derive(&[b"leave"])), doctor_id(0), None, &kolkata())
    }

    #[test]
    fn whole_days_hit_the_visits_of_the_clinics_days() {
        let mut rows = practice();
        rows.extend([
            // 00:30 on 3 March and 23:30 on 3 March in Kolkata; the first is 2 March in UTC.
            visit(1, patient_id(), "2026-03-02T19:00:00Z", State::Booked).into(),
            visit(2, child_id(), "2026-03-03T18:00:00Z", State::Requested).into(),
            visit(3, child_id(), "2026-03-03T19:00:00Z", State::Booked).into(),
            visit(4, child_id(), "2026-03-03T09:00:00Z", State::Cancelled).into(),
        ]);
        let time = Draft::starting(date(2026, 3, 3)).time(&kolkata()).expect("it can be read");
        let hit = read(&rows, |records| hits(records, &time, &kolkata(), now()));
        assert_eq!(hit.len(), 2);
        assert_eq!(hit[0].start, at("2026-03-02T19:00:00Z"));
    }

    #[test]
    fn an_end_before_the_start_is_told_at_the_field_of_the_end() {
        let draft = Draft { all_day: false, to: "08:00".into(), ..Draft::starting(date(2026, 3, 3)) };
        let wrong = command(&draft).expect_err("it ends before it starts");
        assert_eq!(wrong[0].path, "to");
        let draft = Draft { last: "2026-03-01".into(), ..Draft::starting(date(2026, 3, 3)) };
        assert_eq!(command(&draft).expect_err("backwards")[0].path, "last");
        let draft = Draft { first: String::new(), ..Draft::starting(date(2026, 3, 3)) };
        assert_eq!(command(&draft).expect_err("no date")[0].path, "first");
        assert!(command(&Draft::starting(date(2026, 3, 3))).is_ok());
    }

    #[test]
    fn an_entry_is_listed_until_it_is_over_with_the_visits_in_it() {
        let mut rows = practice();
        rows.extend([
            visit(1, patient_id(), "2026-03-03T09:00:00Z", State::Booked).into(),
            leave(1, "2026-03-03T08:00:00Z", "2026-03-03T10:00:00Z").into(),
            leave(2, "2026-02-03T08:00:00Z", "2026-02-03T10:00:00Z").into(),
        ]);
        let shown = read(&rows, |records| leaves(records, now()));
        assert_eq!(shown.iter().map(|line| line.visits).collect::<Vec<_>>(), [1]);
    }
}
