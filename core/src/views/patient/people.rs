//! For whom the signed-in account acts: oneself, children, people one cares for.

use jiff::{Timestamp, civil::Date};
use mediconnect_domain::{
    LinkId, PatientId,
    profiles::{Link, Patient, PatientStatus, Permission, Relation},
    record::Index,
};

use crate::{Records, StoreError};

/// Someone the account acts for.
#[derive(Clone, Debug, PartialEq)]
pub struct Person {
    pub patient_id: PatientId,
    pub link_id: LinkId,
    pub name: String,
    pub birth_date: Option<Date>,
    pub relation: Relation,
    pub may_book: bool,
    pub may_manage: bool,
    /// When the right ends.
    pub until: Option<Timestamp>,
}

impl Person {
    pub fn is_me(&self) -> bool {
        self.relation == Relation::Oneself
    }
}

/// Whom the account may read, oneself first, then by name. Closed files are left out.
pub fn people(records: &Records, now: Timestamp) -> Result<Vec<Person>, StoreError> {
    let links: Vec<Link> = records.all_of(Index::AccountLinks, records.account_id())?;
    let mut people = Vec::new();
    for link in links.iter().filter(|link| link.allows(Permission::Read, now)) {
        let patient: Option<Patient> = records.get(link.patient_id)?;
        if patient.as_ref().is_none_or(|patient| patient.status == PatientStatus::Active) {
            people.push(person(link, patient.as_ref(), now));
        }
    }
    people.sort_by(|a, b| (!a.is_me(), &a.name).cmp(&(!b.is_me(), &b.name)));
    Ok(people)
}

fn person(link: &Link, patient: Option<&Patient>, now: Timestamp) -> Person {
    Person {
        patient_id: link.patient_id,
        link_id: link.id,
        name: patient.map_or(&link.patient_name, |patient| &patient.profile.name).clone(),
        birth_date: patient.and_then(|patient| patient.profile.birth_date),
        relation: link.relation,
        may_book: link.allows(Permission::Book, now),
        may_manage: link.allows(Permission::Manage, now),
        until: link.expires_at,
    }
}

/// An account that acts for a patient, as the patient's side sees it.
#[derive(Clone, Debug, PartialEq)]
pub struct Carer {
    pub link_id: LinkId,
    pub name: String,
    pub relation: Relation,
    pub permissions: Vec<Permission>,
    pub until: Option<Timestamp>,
    /// The signed-in account.
    pub me: bool,
}

/// Who acts for a patient now.
pub fn carers(records: &Records, patient: PatientId, now: Timestamp) -> Result<Vec<Carer>, StoreError> {
    let links: Vec<Link> = records.all_of(Index::PatientLinks, patient)?;
    let carer = |link: Link| Carer {
        link_id: link.id,
        me: link.account_id == records.account_id(),
        name: link.account_name,
        relation: link.relation,
        permissions: link.permissions,
        until: link.expires_at,
    };
    let mut carers: Vec<Carer> = links.into_iter().filter(|link| link.is_live(now)).map(carer).collect();
    carers.sort_by(|a, b| (!a.me, &a.name).cmp(&(!b.me, &b.name)));
    Ok(carers)
}
