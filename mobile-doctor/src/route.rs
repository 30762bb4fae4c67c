//! Every screen has an address: a notice, a reload and a link lead straight to it.

use dioxus::prelude::*;
use jiff::civil::Date;
use mediconnect_app::{
    Place,
    screens::{
        AppLock, Authenticator, ConfirmEmail, ForgottenPassword, Password, RecoveryWords, Security, Sessions,
        SignIn, Unlock,
    },
};
use mediconnect_domain::{AppointmentId, ConsultationId, LeaveId, RoleId};

use crate::{
    features::{
        calendar::{Calendar, CalendarNow, View},
        leave::{AddLeave, Leave, LeaveList},
        more::More,
        notices::Notices,
        outbox::Outbox,
        profile::Profile,
        requests::{Request, Requests},
        reviews::Reviews,
        schedule::{Schedule, Schedules},
        settings::Settings,
        times::{MoveVisit, OfferTime},
        today::Today,
        verification::Verification,
        visit::Visit,
        welcome::{SignUp, Welcome},
    },
    frame::Frame,
};

#[derive(Clone, Debug, PartialEq, Routable)]
#[rustfmt::skip]
pub enum Route {
    #[layout(Frame)]
        #[route("/")]
        Today {},
        #[route("/welcome")]
        Welcome {},
        #[route("/sign-in")]
        SignIn {},
        #[route("/forgotten-password")]
        ForgottenPassword {},
        #[route("/sign-up")]
        SignUp {},
        #[route("/verification")]
        Verification {},
        #[route("/calendar")]
        CalendarNow {},
        #[route("/calendar/:view/:date")]
        Calendar { view: View, date: Date },
        #[route("/visit/:id")]
        Visit { id: AppointmentId },
        #[route("/visit/:id/move")]
        MoveVisit { id: AppointmentId },
        #[route("/requests")]
        Requests {},
        #[route("/request/:id")]
        Request { id: ConsultationId },
        #[route("/request/:id/offer")]
        OfferTime { id: ConsultationId },
        #[route("/schedule")]
        Schedules {},
        #[route("/schedule/:role")]
        Schedule { role: RoleId },
        #[route("/leave")]
        LeaveList {},
        #[route("/leave/new")]
        AddLeave {},
        #[route("/leave/:id")]
        Leave { id: LeaveId },
        #[route("/profile")]
        Profile {},
        #[route("/reviews")]
        Reviews {},
        #[route("/notices")]
        Notices {},
        #[route("/outbox")]
        Outbox {},
        #[route("/words")]
        RecoveryWords {},
        #[route("/unlock")]
        Unlock {},
        #[route("/more")]
        More {},
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
        Place::Home => Route::Today {},
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
}
