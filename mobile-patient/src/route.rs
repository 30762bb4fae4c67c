//! Every screen has an address: a notice, a reload and a link lead straight to it.

use dioxus::prelude::*;
use jiff::Timestamp;
use mediconnect_domain::{AppointmentId, ConsultationId, DoctorId, PatientId, RoleId, VisitTypeId};

use crate::{
    features::{
        account::Account,
        confirm::{Booked, Confirm},
        devices::{Devices, Password},
        doctor::Doctor,
        find::Find,
        home::Home,
        notices::Notices,
        outbox::Outbox,
        people::{AddPerson, Carers, People},
        profile::Profile,
        requests::{Ask, Request, Requests},
        review::WriteReview,
        settings::Settings,
        times::Times,
        visit::Visit,
        visits::Visits,
        waitlist::{JoinWaitlist, Waitlist},
        welcome::{SignIn, SignUp, Welcome},
    },
    frame::Frame,
};

#[derive(Clone, Debug, PartialEq, Routable)]
#[rustfmt::skip]
pub enum Route {
    #[layout(Frame)]
        #[route("/")]
        Home {},
        #[route("/welcome")]
        Welcome {},
        #[route("/sign-in")]
        SignIn {},
        #[route("/sign-up")]
        SignUp {},
        #[route("/find")]
        Find {},
        #[route("/doctor/:id")]
        Doctor { id: DoctorId },
        #[route("/times/:role/:visit_type?:moving")]
        Times { role: RoleId, visit_type: VisitTypeId, moving: String },
        #[route("/confirm/:role/:visit_type/:start?:moving")]
        Confirm { role: RoleId, visit_type: VisitTypeId, start: Timestamp, moving: String },
        #[route("/booked/:id")]
        Booked { id: AppointmentId },
        #[route("/visits")]
        Visits {},
        #[route("/visit/:id")]
        Visit { id: AppointmentId },
        #[route("/visit/:id/review")]
        WriteReview { id: AppointmentId },
        #[route("/requests")]
        Requests {},
        #[route("/requests/new")]
        Ask {},
        #[route("/request/:id")]
        Request { id: ConsultationId },
        #[route("/waitlist")]
        Waitlist {},
        #[route("/waitlist/:role/:visit_type")]
        JoinWaitlist { role: RoleId, visit_type: VisitTypeId },
        #[route("/notices")]
        Notices {},
        #[route("/outbox")]
        Outbox {},
        #[route("/account")]
        Account {},
        #[route("/profile/:id")]
        Profile { id: PatientId },
        #[route("/people")]
        People {},
        #[route("/people/add")]
        AddPerson {},
        #[route("/people/:id/carers")]
        Carers { id: PatientId },
        #[route("/settings")]
        Settings {},
        #[route("/settings/password")]
        Password {},
        #[route("/settings/devices")]
        Devices {},
}

impl Route {
    /// The screens of somebody who is not signed in.
    pub fn is_public(&self) -> bool {
        matches!(self, Self::Welcome {} | Self::SignIn {} | Self::SignUp {})
    }

    /// The times of a role, to book or to move a visit.
    pub fn times(role: RoleId, visit_type: VisitTypeId, moving: Option<AppointmentId>) -> Self {
        Self::Times { role, visit_type, moving: written(moving) }
    }

    /// The last look before booking or moving.
    pub fn confirm(
        role: RoleId,
        visit_type: VisitTypeId,
        start: Timestamp,
        moving: Option<AppointmentId>,
    ) -> Self {
        Self::Confirm { role, visit_type, start, moving: written(moving) }
    }
}

fn written(moving: Option<AppointmentId>) -> String {
    moving.map(|id| id.to_string()).unwrap_or_default()
}

/// The visit that is moved, from the address.
pub fn moving(text: &str) -> Option<AppointmentId> {
    text.parse().ok()
}
