//! What follows from a change for those whom it concerns: the one table of notices for the whole product.
//!
//! Decided on the server, in the transaction of the change, so that a notice is there exactly when its cause is. Whoever did
//! it is not told of it.

use uuid::Uuid;

use crate::{
    AccountId, Actor, Change, Context, DoctorId, Facts, Halt, Need, NoticeId, PatientId, Record,
    access::Party,
    accounts::Account,
    appointments::{Appointment, Happening, Origin, State},
    consultations::{Consultation, ConsultationState},
    directory::Doctor,
    notices::{Notice, Subject, VisitFacts},
    profiles::{Link, Patient, Permission, Relation},
    record::Index,
    settings::{NoticeSettings, Settings},
    waitlist::{WaitlistEntry, WaitlistState},
};

/// The notices that these changes cause, as changes.
pub fn consequences(changes: &[Change], facts: &Facts, cx: &Context) -> Result<Vec<Change>, Halt> {
    let mut told = Vec::new();
    for change in changes {
        let Change::Put(record) = change else { continue };
        match record {
            Record::Appointment(visit) => told.extend(of_visit(visit, facts, cx)?),
            Record::WaitlistEntry(entry) => told.extend(of_waitlist(entry, changes, facts)?),
            Record::Consultation(request) => told.extend(of_consultation(request, facts)?),
            Record::Doctor(doctor) => told.extend(of_doctor(doctor, facts)?),
            Record::Link(link) => told.extend(of_link(link, facts)?),
            _ => {}
        }
    }
    told.into_iter().filter_map(|told| told.notice(facts, cx).transpose()).collect()
}

/// One subject for one account.
struct Told {
    account: AccountId,
    subject: Subject,
}

impl Told {
    fn notice(self, facts: &Facts, cx: &Context) -> Result<Option<Change>, Halt> {
        if cx.actor == Actor::Account(self.account) {
            return Ok(None);
        }
        let settings = facts.find::<Settings>(self.account)?.map_or_else(Default::default, |own| own.notices);
        if !wanted(&self.subject, settings) {
            return Ok(None);
        }
        let about = serde_json::to_string(&self.subject).expect("a subject is JSON");
        let parts = [cx.command.0.as_bytes(), self.account.0.as_bytes(), about.as_bytes()];
        let (id, account_id) = (NoticeId::derive(&parts), self.account);
        Ok(Some(Change::put(Notice { id, account_id, subject: self.subject, at: cx.now, read_at: None })))
    }
}

/// Whether the account wants to be told; what is about its own rights is always told.
fn wanted(subject: &Subject, settings: NoticeSettings) -> bool {
    match subject {
        Subject::VisitRequested { .. }
        | Subject::VisitBooked { .. }
        | Subject::VisitDeclined { .. }
        | Subject::VisitExpired { .. }
        | Subject::VisitMoved { .. }
        | Subject::VisitCancelled { .. }
        | Subject::VisitMissed { .. } => settings.visits,
        Subject::WaitlistOffer { .. } => settings.waitlist,
        Subject::ConsultationOpened { .. } | Subject::ConsultationChanged { .. } => settings.requests,
        Subject::StandingChanged { .. } | Subject::LinkGranted { .. } | Subject::LinkEnded { .. } => true,
    }
}

fn of_visit(visit: &Appointment, facts: &Facts, cx: &Context) -> Result<Vec<Told>, Halt> {
    let before = facts.find::<Appointment>(visit.id)?;
    let Some(last) = visit.history.last().filter(|moment| moment.at == cx.now) else { return Ok(Vec::new()) };
    if before.as_ref().is_some_and(|before| before.history.len() == visit.history.len()) {
        return Ok(Vec::new());
    }
    let moved = visit.history.iter().rev().take_while(|moment| moment.at == cx.now);
    let moved = moved.filter_map(|moment| match moment.what {
        Happening::Moved { from } => Some(from),
        _ => None,
    });
    let moved = moved.last().filter(|_| before.is_some());
    // An offer is told of as such; a hold that a form let go of concerns nobody.
    let was_held = before.as_ref().is_some_and(|before| before.state == State::Held);
    if visit.state == State::Held || (was_held && visit.state == State::Expired) {
        return Ok(Vec::new());
    }
    let about = visit_facts(visit, facts)?;
    let by = last.by;
    let subject = match (moved, visit.state) {
        (Some(from), _) => Subject::VisitMoved { visit: about, from },
        (None, State::Requested) => Subject::VisitRequested { visit: about },
        (None, State::Booked) => Subject::VisitBooked { visit: about },
        (None, State::Declined) => Subject::VisitDeclined { visit: about },
        (None, State::Expired) => Subject::VisitExpired { visit: about },
        (None, State::Cancelled) => Subject::VisitCancelled { visit: about, by },
        (None, State::Noshow) => Subject::VisitMissed { visit: about },
        (None, _) => return Ok(Vec::new()),
    };
    let mut accounts = Vec::new();
    // Their own request is no news to the patient's side, nor a missed visit to the doctor.
    if !matches!(subject, Subject::VisitRequested { .. }) || by != Party::Patient {
        accounts.extend(patient_side(visit.patient_id, facts, cx)?);
    }
    let own_answer =
        by == Party::Doctor || matches!(visit.origin, Origin::Consultation { .. }) && moved.is_none();
    if !own_answer && !matches!(subject, Subject::VisitMissed { .. }) {
        accounts.extend(accounts_of_doctor(visit.doctor_id, facts)?);
    }
    Ok(each(accounts, subject))
}

fn of_waitlist(entry: &WaitlistEntry, changes: &[Change], facts: &Facts) -> Result<Vec<Told>, Halt> {
    let (WaitlistState::Offered, Some(offered), Some(expires_at)) =
        (entry.state, entry.offered, entry.offer_expires_at)
    else {
        return Ok(Vec::new());
    };
    let visit = changes.iter().find_map(|change| match change {
        Change::Put(Record::Appointment(visit)) if visit.id == offered => Some(visit),
        _ => None,
    });
    let Some(visit) = visit else { return Ok(Vec::new()) };
    let subject =
        Subject::WaitlistOffer { waitlist_id: entry.id, visit: visit_facts(visit, facts)?, expires_at };
    let links = facts.list::<Link>(Need::all(Index::PatientLinks, entry.patient_id))?;
    let live = links.iter().filter(|link| link.revoked_at.is_none()).map(|link| link.account_id);
    Ok(each(live.collect(), subject))
}

fn of_consultation(request: &Consultation, facts: &Facts) -> Result<Vec<Told>, Halt> {
    let before = facts.find::<Consultation>(request.id)?;
    if before
        .as_ref()
        .is_some_and(|before| before.state == request.state && before.assigned == request.assigned)
    {
        return Ok(Vec::new());
    }
    let (consultation_id, patient_id) = (request.id, request.patient_id);
    let changed = Subject::ConsultationChanged { consultation_id, patient_id, state: request.state };
    let opened = Subject::ConsultationOpened { consultation_id, patient_id };
    let links = facts.list::<Link>(Need::all(Index::PatientLinks, patient_id))?;
    let patients =
        links.iter().filter(|link| link.revoked_at.is_none()).map(|link| link.account_id).collect();
    Ok(match request.state {
        ConsultationState::New => {
            let staff = facts.list::<Account>(Need::all(Index::StaffByRole, request.clinic_id))?;
            each(staff.iter().map(|account| account.id).collect(), opened)
        }
        ConsultationState::Triaged => {
            let mut told = each(patients, changed);
            if let Some(doctor) = request.assigned {
                told.extend(each(accounts_of_doctor(doctor, facts)?, opened));
            }
            told
        }
        ConsultationState::Offered | ConsultationState::Declined | ConsultationState::Expired => {
            each(patients, changed)
        }
        ConsultationState::Accepted | ConsultationState::Withdrawn => match request.assigned {
            Some(doctor) => each(accounts_of_doctor(doctor, facts)?, changed),
            None => Vec::new(),
        },
    })
}

fn of_doctor(doctor: &Doctor, facts: &Facts) -> Result<Vec<Told>, Halt> {
    let before = facts.find::<Doctor>(doctor.id)?;
    let same = before.as_ref().is_none_or(|before| before.standing == doctor.standing);
    let subject = Subject::StandingChanged { doctor_id: doctor.id, standing: doctor.standing };
    Ok(if same { Vec::new() } else { each(vec![doctor.account_id], subject) })
}

fn of_link(link: &Link, facts: &Facts) -> Result<Vec<Told>, Halt> {
    let before = facts.find::<Link>(link.id)?;
    let (patient_id, patient_name) = (link.patient_id, link.patient_name.clone());
    let subject = match (&before, link.revoked_at) {
        (None, None) if link.relation == Relation::Caregiver => {
            Subject::LinkGranted { patient_id, patient_name }
        }
        (Some(before), Some(_)) if before.revoked_at.is_none() => {
            Subject::LinkEnded { patient_id, patient_name }
        }
        _ => return Ok(Vec::new()),
    };
    Ok(each(vec![link.account_id], subject))
}

fn each(mut accounts: Vec<AccountId>, subject: Subject) -> Vec<Told> {
    accounts.sort();
    accounts.dedup();
    accounts.into_iter().map(|account| Told { account, subject: subject.clone() }).collect()
}

fn patient_side(patient: PatientId, facts: &Facts, cx: &Context) -> Result<Vec<AccountId>, Halt> {
    let links = facts.list::<Link>(Need::all(Index::PatientLinks, patient))?;
    Ok(links
        .iter()
        .filter(|link| link.allows(Permission::Read, cx.now))
        .map(|link| link.account_id)
        .collect())
}

fn accounts_of_doctor(doctor: DoctorId, facts: &Facts) -> Result<Vec<AccountId>, Halt> {
    let accounts = facts.list::<Account>(Need::all(Index::StaffByRole, Uuid::from(doctor)))?;
    Ok(accounts.iter().map(|account| account.id).collect())
}

fn visit_facts(visit: &Appointment, facts: &Facts) -> Result<VisitFacts, Halt> {
    let patient: Patient = facts.get(visit.patient_id)?;
    Ok(VisitFacts {
        appointment_id: visit.id,
        patient_id: visit.patient_id,
        patient_name: patient.profile.name,
        doctor_name: visit.names.doctor.clone(),
        start: visit.start,
        zone: visit.zone.clone(),
    })
}
