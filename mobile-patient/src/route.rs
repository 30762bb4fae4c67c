//! Every screen has an address: a notice, a reload and a link lead straight to it.

use dioxus::prelude::*;
use jiff::Timestamp;
use mediconnect_app::{
    Place,
    screens::{
        AppLock, Authenticator, ConfirmEmail, ForgottenPassword, Password, RecoveryWords, Security, Sessions,
        SignIn, Unlock,
    },
};
use mediconnect_domain::{
    AppointmentId, CommandId, ConsultationId, DoctorId, HistoryId, PatientId, RoleId, VisitTypeId,
};

use crate::{
    features::{
        account::Account,
        confirm::{Booked, Confirm},
        doctor::Doctor,
        entry::{AddEntry, EditEntry},
        find::Find,
        history::Records,
        home::Home,
        notices::Notices,
        outbox::Outbox,
        people::{AddPerson, Carers, People},
        profile::Profile,
        readers::Readers,
        requests::{Ask, Request, Requests},
        review::WriteReview,
        settings::Settings,
        times::Times,
        visit::Visit,
        visits::Visits,
        waitlist::{JoinWaitlist, Waitlist},
        welcome::{SignUp, Welcome},
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
        #[route("/forgotten-password")]
        ForgottenPassword {},
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
        #[route("/records")]
        Records {},
        #[route("/records/:id/readers")]
        Readers { id: PatientId },
        #[route("/records/:id/add/:kind")]
        AddEntry { id: PatientId, kind: String },
        #[route("/records/:id/entry/:entry?:refused")]
        EditEntry { id: PatientId, entry: HistoryId, refused: String },
        #[route("/words")]
        RecoveryWords {},
        #[route("/unlock")]
        Unlock {},
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
        #[route("/settings/security")]
        Security {},
        #[route("/settings/lock")]
        AppLock {},
        #[route("/settings/security/authenticator")]
        Authenticator {},
        #[route("/settings/security/email")]
        ConfirmEmail {},
        #[route("/settings/password")]
        Password {},
        #[route("/settings/sessions")]
        Sessions {},
}

/// Where the shared screens lead in this app.
pub fn address(place: Place) -> NavigationTarget {
    match place {
        Place::Home => Route::Home {},
        Place::SignIn => Route::SignIn {},
        Place::SignUp => Route::SignUp {},
        Place::Outbox => Route::Outbox {},
        Place::ForgottenPassword => Route::ForgottenPassword {},
        Place::Security => Route::Security {},
        Place::AppLock => Route::AppLock {},
        Place::Authenticator => Route::Authenticator {},
        Place::ConfirmEmail => Route::ConfirmEmail {},
        Place::Password => Route::Password {},
        Place::Sessions => Route::Sessions {},
        Place::Words => Route::RecoveryWords {},
        Place::Unlock => Route::Unlock {},
    }
    .into()
}

impl Route {
    /// The screens of somebody who is not signed in.
    pub fn is_public(&self) -> bool {
        matches!(self, Self::Welcome {} | Self::SignIn {} | Self::SignUp {} | Self::ForgottenPassword {})
    }

    /// The times of a role, to book or to move a visit.
    pub fn times(role: RoleId, visit_type: VisitTypeId, moving: Option<AppointmentId>) -> Self {
        Self::Times { role, visit_type, moving: written(moving) }
    }

    /// An entry of a history; with a command, as that wrote it and the server did not take it.
    pub fn edit(id: PatientId, entry: HistoryId, refused: Option<CommandId>) -> Self {
        Self::EditEntry { id, entry, refused: refused.map(|id| id.to_string()).unwrap_or_default() }
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

#[cfg(test)]
mod tests {
    use mediconnect_domain::id::derive;

    use super::*;

    #[test]
    fn an_address_leads_back_to_its_screen_with_all_it_says() {
        let (role, visit_type) = (RoleId(derive(&[b"role"])), VisitTypeId(derive(&[b"type"])));
        let visit = AppointmentId(derive(&[b"visit"]));
        let start: Timestamp = "2026-03-02T09:00:00Z".parse().expect("a timestamp");
        let routes = [
            Route::Home {},
            Route::times(role, visit_type, None),
            Route::confirm(role, visit_type, start, Some(visit)),
            Route::Visit { id: visit },
            Route::edit(
                PatientId(derive(&[b"patient"])),
                HistoryId(derive(&[b"entry"])),
                Some(CommandId(derive(&[b"command"]))),
            ),
        ];
        for route in routes {
            assert_eq!(route.to_string().parse::<Route>().ok(), Some(route));
        }
        let Route::Times { moving: text, .. } = Route::times(role, visit_type, Some(visit)) else {
            panic!("times")
        };
        assert_eq!(moving(&text), Some(visit));
    }

    #[test]
    fn an_address_with_a_broken_id_leads_nowhere() {
        assert!("/visit/17".parse::<Route>().is_err());
    }

    #[test]
    fn only_the_first_screens_are_open_to_everyone() {
        assert!(
            Route::Welcome {}.is_public() && Route::SignIn {}.is_public() && Route::SignUp {}.is_public()
        );
        assert!(!Route::Home {}.is_public() && !Route::Settings {}.is_public());
    }
}
