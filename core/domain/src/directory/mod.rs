//! The directory everyone sees: clinics, specialties, visit types and listed doctors; and what stands behind a listing.

use jiff::{Timestamp, civil::Date};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{
    AccountId, ClinicId, Context, DoctorId, Halt, Kind, Money, Refusal, RoleId, SpecialtyId, Stored,
    VisitTypeId, Zone,
    access::Scope,
    money::Currency,
    profiles::Address,
    record::{Due, Index, IndexKey},
    scheduling::rules::{Mode, Offering},
    valid,
};

/// A name in each language the product speaks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, garde::Validate)]
pub struct LocalText {
    #[garde(length(chars, max = 120), custom(valid::line))]
    pub en: String,
    #[garde(length(chars, max = 120), custom(valid::line))]
    pub hi: String,
}

impl LocalText {
    pub fn in_language(&self, language: crate::settings::Language) -> &str {
        match language {
            crate::settings::Language::En => &self.en,
            crate::settings::Language::Hi => &self.hi,
        }
    }
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Clinic {
    pub id: ClinicId,
    pub details: ClinicDetails,
    pub active: bool,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, garde::Validate)]
pub struct ClinicDetails {
    #[garde(length(chars, max = 120), custom(valid::line))]
    pub name: String,
    #[garde(dive)]
    pub address: Address,
    #[garde(dive)]
    pub place: Place,
    #[garde(skip)]
    pub zone: Zone,
    #[garde(pattern(r"^\+[1-9][0-9]{6,14}$"))]
    pub phone: String,
    #[garde(skip)]
    pub currency: Currency,
    #[garde(dive)]
    pub policy: Policy,
}

/// A point on the WGS 84 ellipsoid, in degrees.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema, garde::Validate)]
pub struct Place {
    #[garde(range(min = -90.0, max = 90.0))]
    pub latitude: f64,
    #[garde(range(min = -180.0, max = 180.0))]
    pub longitude: f64,
}

/// A clinic's rules for all its doctors.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, garde::Validate)]
pub struct Policy {
    /// Patients cancel or move a visit at least this long before; later it counts as late.
    #[garde(range(max = 20_160))]
    pub cancel_notice_min: u32,
    /// Whether a patient may still cancel later than that (it is then marked late).
    #[garde(skip)]
    pub late_cancel_allowed: bool,
    /// A booked visit without check-in becomes a no-show this long after its end.
    #[garde(range(min = 5, max = 1_440))]
    pub no_show_after_min: u32,
    /// A request to book that the doctor has not answered expires this long before its start at the latest.
    #[garde(range(max = 1_440))]
    pub answer_before_min: u32,
    /// How long an offered time is held.
    #[garde(range(min = 5, max = 2_880))]
    pub offer_hold_min: u32,
}

impl Default for Policy {
    fn default() -> Self {
        Self {
            cancel_notice_min: 24 * 60,
            late_cancel_allowed: true,
            no_show_after_min: 30,
            answer_before_min: 60,
            offer_hold_min: 120,
        }
    }
}

impl Stored for Clinic {
    const KIND: Kind = Kind::Clinic;

    fn id(&self) -> Uuid {
        self.id.0
    }

    fn scopes(&self) -> Vec<Scope> {
        vec![Scope::Directory, Scope::Clinic(self.id), Scope::Support, Scope::Installation]
    }
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Specialty {
    pub id: SpecialtyId,
    pub name: LocalText,
    pub active: bool,
}

impl Stored for Specialty {
    const KIND: Kind = Kind::Specialty;

    fn id(&self) -> Uuid {
        self.id.0
    }

    fn scopes(&self) -> Vec<Scope> {
        vec![Scope::Directory, Scope::Support, Scope::Installation]
    }
}

/// A kind of visit the installation offers, such as a first consultation.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct VisitType {
    pub id: VisitTypeId,
    pub details: VisitTypeDetails,
    pub active: bool,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, garde::Validate)]
pub struct VisitTypeDetails {
    #[garde(dive)]
    pub name: LocalText,
    #[garde(skip)]
    pub mode: Mode,
    /// What a doctor's schedule starts from.
    #[garde(range(min = 5, max = 480))]
    pub default_length_min: u16,
    #[garde(range(min = 1, max = 100))]
    pub default_capacity: u16,
}

impl Stored for VisitType {
    const KIND: Kind = Kind::VisitType;

    fn id(&self) -> Uuid {
        self.id.0
    }

    fn scopes(&self) -> Vec<Scope> {
        vec![Scope::Directory, Scope::Support, Scope::Installation]
    }
}

/// A doctor as the installation knows them: license and standing. Not public.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Doctor {
    pub id: DoctorId,
    pub account_id: AccountId,
    pub name: String,
    pub email: String,
    pub standing: Standing,
    pub license: Option<License>,
    /// Clinics where the doctor has or asks for a role.
    pub clinics: Vec<ClinicId>,
    pub registered_at: Timestamp,
    pub submitted_at: Option<Timestamp>,
    /// Newest last.
    pub history: Vec<StandingMoment>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, garde::Validate)]
pub struct License {
    #[garde(length(chars, max = 60), custom(valid::line))]
    pub number: String,
    /// Who issued it.
    #[garde(length(chars, max = 120), custom(valid::line))]
    pub authority: String,
    /// ISO 3166-1 alpha-2.
    #[garde(pattern(r"^[A-Z]{2}$"))]
    pub country: String,
    #[garde(skip)]
    pub valid_until: Date,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    Registered,
    Submitted,
    Verified,
    Rejected,
    Suspended,
    Removed,
}

impl Standing {
    pub fn name(self) -> &'static str {
        match self {
            Self::Registered => "registered",
            Self::Submitted => "submitted",
            Self::Verified => "verified",
            Self::Rejected => "rejected",
            Self::Suspended => "suspended",
            Self::Removed => "removed",
        }
    }
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct StandingMoment {
    pub at: Timestamp,
    pub standing: Standing,
    /// Why, in the reviewer's words; shown to the doctor.
    pub reason: Option<String>,
    pub by: Option<AccountId>,
}

impl Doctor {
    /// This doctor in another standing, with the event in the history.
    pub fn into_standing(mut self, standing: Standing, reason: Option<String>, cx: &Context) -> Self {
        let by = match cx.actor {
            crate::Actor::Account(account) => Some(account),
            crate::Actor::System => None,
        };
        self.standing = standing;
        self.history.push(StandingMoment { at: cx.now, standing, reason, by });
        self
    }

    pub fn wrong_standing(&self) -> Halt {
        Refusal::WrongState { kind: Kind::Doctor, state: self.standing.name().into() }.into()
    }
}

impl Stored for Doctor {
    const KIND: Kind = Kind::Doctor;

    fn id(&self) -> Uuid {
        self.id.0
    }

    fn scopes(&self) -> Vec<Scope> {
        let mut scopes = vec![Scope::Practice(self.id), Scope::Support, Scope::Installation];
        scopes.extend(self.clinics.iter().copied().map(Scope::Clinic));
        scopes
    }

    fn unique_keys(&self) -> Vec<String> {
        self.license
            .iter()
            .filter(|_| self.standing != Standing::Removed)
            .map(|l| format!("license:{}:{}", l.country, l.number.trim().to_lowercase()))
            .collect()
    }
}

/// A doctor's public page. In the directory while `listed`. Has the doctor's id.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct DoctorProfile {
    pub id: DoctorId,
    pub details: DoctorDetails,
    /// Verified and not suspended.
    pub listed: bool,
    pub verified_at: Option<Timestamp>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, garde::Validate)]
pub struct DoctorDetails {
    /// With title, as patients see it.
    #[garde(length(chars, max = 120), custom(valid::line))]
    pub name: String,
    #[garde(length(max = 6))]
    pub specialties: Vec<SpecialtyId>,
    #[garde(length(chars, max = 2_000), custom(valid::printable))]
    pub about: String,
    /// Languages spoken (ISO 639-1).
    #[garde(length(max = 12), inner(pattern(r"^[a-z]{2}$")))]
    pub languages: Vec<String>,
    #[garde(length(max = 20), inner(length(chars, max = 200), custom(valid::line)))]
    pub education: Vec<String>,
    #[garde(length(max = 20), inner(length(chars, max = 200), custom(valid::line)))]
    pub certifications: Vec<String>,
    #[garde(inner(range(min = 1940, max = 2100)))]
    pub practising_since: Option<u16>,
}

impl DoctorDetails {
    /// A page that says only a name.
    pub fn named(name: &str, language: crate::settings::Language) -> Self {
        let spoken = match language {
            crate::settings::Language::En => "en",
            crate::settings::Language::Hi => "hi",
        };
        Self {
            name: name.to_owned(),
            specialties: Vec::new(),
            about: String::new(),
            languages: vec![spoken.to_owned()],
            education: Vec::new(),
            certifications: Vec::new(),
            practising_since: None,
        }
    }
}

impl Stored for DoctorProfile {
    const KIND: Kind = Kind::DoctorProfile;

    fn id(&self) -> Uuid {
        self.id.0
    }

    fn scopes(&self) -> Vec<Scope> {
        let mut scopes = vec![Scope::Practice(self.id), Scope::Support, Scope::Installation];
        if self.listed {
            scopes.push(Scope::Directory);
        }
        scopes
    }
}

/// A doctor's role at a clinic, with what the public may know of the schedule.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct PractitionerRole {
    pub id: RoleId,
    pub doctor_id: DoctorId,
    pub clinic_id: ClinicId,
    pub active: bool,
    /// The doctor is listed.
    pub listed: bool,
    pub zone: Zone,
    /// Copied from the schedule's rules.
    pub offerings: Vec<Offering>,
    pub auto_confirm: bool,
    pub minimum_notice_min: u32,
    pub cancel_notice_min: u32,
}

impl PractitionerRole {
    pub fn offering(&self, visit_type: VisitTypeId) -> Option<&Offering> {
        self.offerings.iter().find(|offering| offering.visit_type_id == visit_type)
    }

    /// The lowest price on offer.
    pub fn from_price(&self) -> Option<Money> {
        self.offerings.iter().map(|offering| offering.price).min_by_key(|price| price.amount_minor)
    }
}

impl Stored for PractitionerRole {
    const KIND: Kind = Kind::PractitionerRole;

    fn id(&self) -> Uuid {
        self.id.0
    }

    fn scopes(&self) -> Vec<Scope> {
        let mut scopes = vec![
            Scope::Practice(self.doctor_id),
            Scope::Clinic(self.clinic_id),
            Scope::Support,
            Scope::Installation,
        ];
        if self.listed && self.active {
            scopes.push(Scope::Directory);
        }
        scopes
    }

    fn unique_keys(&self) -> Vec<String> {
        vec![format!("role:{}:{}", self.doctor_id, self.clinic_id)]
    }

    fn index_keys(&self) -> Vec<IndexKey> {
        vec![
            IndexKey::new(Index::RolesOfDoctor, self.doctor_id, ""),
            IndexKey::new(Index::RolesOfClinic, self.clinic_id, ""),
        ]
    }

    fn stirs(&self) -> Vec<Due> {
        vec![crate::scheduling::availability::RefreshAvailability::due(self.doctor_id)]
    }
}

pub mod profile;
pub mod role;
pub mod set_up;
pub mod standing;
