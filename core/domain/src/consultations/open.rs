//! Asking a clinic.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{Consultation, ConsultationMoment, ConsultationState, Urgency};
use crate::{
    Authority, Change, ClinicId, ConsultationId, Context, Facts, Halt, Kind, Need, PatientId, Refusal, Rule,
    access, access::Party, appointments::placing, consultations::ConsultationWish, directory::Clinic,
    record::Index, time::plus_min,
};

/// A new request.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, garde::Validate)]
#[serde(deny_unknown_fields)]
pub struct OpenConsultation {
    #[garde(skip)]
    pub consultation_id: ConsultationId,
    #[garde(skip)]
    pub patient_id: PatientId,
    #[garde(skip)]
    pub clinic_id: ClinicId,
    #[garde(dive)]
    pub wish: ConsultationWish,
}

impl Rule for OpenConsultation {
    const NAME: &'static str = "consultations.open";

    fn lane(&self) -> String {
        format!("booking:{}", self.patient_id)
    }

    fn guards(&self) -> Vec<Uuid> {
        vec![self.patient_id.0]
    }

    fn decide(&self, facts: &Facts, cx: &Context) -> Result<Vec<Change>, Halt> {
        let by = access::party(facts, cx, (self.patient_id, None, self.clinic_id), Kind::Patient)?;
        let patient = placing::active_patient(facts, self.patient_id)?;
        let clinic: Clinic = facts.get(self.clinic_id)?;
        if !clinic.active {
            return Err(Refusal::NotFound { kind: Kind::Clinic }.into());
        }
        self.sensible(cx, &clinic)?;
        let requests = facts.list::<Consultation>(Need::all(Index::RequestsOfPatient, self.patient_id))?;
        if requests.iter().filter(|request| request.state.is_open()).count() >= MAX_OPEN {
            return Err(Refusal::TooMany { limit: MAX_OPEN as u32 }.into());
        }
        if facts.is_taken::<Consultation>(cx, self.consultation_id)? {
            return Err(Refusal::AlreadyExists { kind: Kind::Consultation }.into());
        }
        let mut changes = vec![Change::put(self.request(cx, by))];
        if cx.authority == Authority::Final && !patient.clinics.contains(&self.clinic_id) {
            let mut known = patient;
            known.clinics.push(self.clinic_id);
            changes.push(Change::put(known));
        }
        Ok(changes)
    }
}

/// Open requests one patient may have.
const MAX_OPEN: usize = 5;

impl OpenConsultation {
    /// Preferred days lie ahead, each once.
    fn sensible(&self, cx: &Context, clinic: &Clinic) -> Result<(), Halt> {
        let today = clinic.details.zone.rules().to_datetime(cx.now).date();
        for (n, day) in self.wish.days.iter().enumerate() {
            let path = format!("wish.days[{n}].date");
            if day.date < today {
                return Err(Refusal::field(&path, "must not be in the past").into());
            }
            if day.date.duration_since(today).as_hours() / 24 > 184 {
                return Err(Refusal::field(&path, "must be within half a year").into());
            }
            if self.wish.days[..n].contains(day) {
                return Err(Refusal::field(&path, "must not be named twice").into());
            }
        }
        Ok(())
    }

    fn request(&self, cx: &Context, by: Party) -> Consultation {
        let state = ConsultationState::New;
        let days = match self.wish.urgency {
            Urgency::Urgent => 3,
            Urgency::Soon => 14,
            Urgency::Routine => 60,
        };
        Consultation {
            id: self.consultation_id,
            patient_id: self.patient_id,
            clinic_id: self.clinic_id,
            wish: self.wish.clone(),
            state,
            assigned: None,
            appointment_id: None,
            offer_expires_at: None,
            opened_at: cx.now,
            expires_at: plus_min(cx.now, days * 24 * 60),
            decline_reason: None,
            history: vec![ConsultationMoment { at: cx.now, by, state }],
            staff_notes: Vec::new(),
        }
    }
}
