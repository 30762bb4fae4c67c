//! What the server alone does, and the smaller commands of doctors and staff.

use mediconnect_domain::{
    access::Party,
    appointments::{State, expire::Expire, note::AddVisitNote},
    consultations::{
        About, Consultation, ConsultationWish, Urgency, expire::ExpireConsultation,
        note::AddConsultationNote, open::OpenConsultation,
    },
    directory::{
        Doctor as DoctorRecord, DoctorDetails, DoctorProfile, PractitionerRole, Standing,
        profile::UpdateDoctorDetails,
        role::{AddRole, EndRole},
        standing::RemoveDoctor,
    },
    notices::{Notice, read::MarkNoticesRead},
    profiles::unlink::ExpireLink,
    scheduling::{
        AvailabilityWeek, Leave, LeaveReason,
        availability::RefreshAvailability,
        leave::{AddLeave, RemoveLeave},
        rules::{LeaveTime, Mode},
    },
    settings::Language,
    waitlist::expire::ExpireEntry,
    *,
};

use crate::kit::*;

#[test]
fn nobody_lets_things_run_out_but_the_server_and_not_before_their_time() {
    let mut clinic = Clinic::new();
    clinic.book(clinic.ann, clinic.dora, "v", "2026-03-05T09:00:00Z").unwrap();
    let commands: [Command; 5] = [
        Expire { appointment_id: AppointmentId(id("v")) }.into(),
        ExpireLink { link_id: LinkId(id("ann's link")) }.into(),
        ExpireEntry { waitlist_id: WaitlistId(id("w")) }.into(),
        ExpireConsultation { consultation_id: ConsultationId(id("q")) }.into(),
        RefreshAvailability { doctor_id: clinic.dora.doctor }.into(),
    ];
    for account in [clinic.ann.account, clinic.dora.account, clinic.admin] {
        for command in commands.clone() {
            let name = command.name();
            assert_eq!(clinic.as_account(account, command).unwrap_err(), Refusal::NotAllowed, "{name}");
        }
    }
    for command in commands.into_iter().take(2) {
        let name = command.name();
        assert_eq!(clinic.submit(Actor::System, command).unwrap_err().code(), "wrong_state", "{name}");
    }
    assert_eq!(clinic.visit("v").state, State::Requested);
}

#[test]
fn a_doctor_edits_the_own_page_and_nobody_elses() {
    let mut clinic = Clinic::new();
    let details = |specialties| DoctorDetails {
        about: "I listen first.".into(),
        specialties,
        ..DoctorDetails::named("Dr Dora D.", Language::En)
    };
    let (doctor_id, specialty) = (clinic.dora.doctor, clinic.specialty);
    let edit = UpdateDoctorDetails { doctor_id, details: details(vec![specialty]) };
    assert_eq!(clinic.as_account(clinic.emil.account, edit.clone()).unwrap_err().code(), "not_found");
    clinic.as_account(clinic.dora.account, edit).unwrap();
    assert_eq!(clinic.records.get::<DoctorProfile>(doctor_id).unwrap().details.about, "I listen first.");
    assert_eq!(clinic.records.get::<DoctorRecord>(doctor_id).unwrap().name, "Dr Dora D.");
    let unknown = UpdateDoctorDetails { doctor_id, details: details(vec![SpecialtyId(id("astrology"))]) };
    let Refusal::Invalid { fields } = clinic.as_account(clinic.dora.account, unknown).unwrap_err() else {
        panic!()
    };
    assert_eq!(fields[0].path, "details.specialties[0]");
}

#[test]
fn a_removed_doctor_is_gone_from_the_directory_and_past_visits_keep_the_name() {
    let mut clinic = Clinic::new();
    let visit = clinic.book(clinic.ann, clinic.dora, "v", "2026-03-05T09:00:00Z").unwrap();
    let (admin, doctor_id) = (clinic.admin, clinic.dora.doctor);
    clinic.as_account(admin, RemoveDoctor { doctor_id, reason: "left the clinic".into() }).unwrap();
    assert_eq!(clinic.records.get::<DoctorRecord>(doctor_id).unwrap().standing, Standing::Removed);
    assert!(!clinic.records.get::<DoctorProfile>(doctor_id).unwrap().listed);
    assert_eq!(clinic.visit("v").names.doctor, visit.names.doctor);
    let again = RemoveDoctor { doctor_id, reason: "twice".into() };
    assert_eq!(clinic.as_account(admin, again).unwrap_err().code(), "wrong_state");
}

#[test]
fn a_role_that_ends_takes_no_bookings_and_comes_back_with_its_schedule() {
    let mut clinic = Clinic::new();
    let (admin, role_id) = (clinic.admin, clinic.dora.role);
    clinic.as_account(admin, EndRole { role_id }).unwrap();
    let refusal = clinic.book(clinic.ann, clinic.dora, "v", "2026-03-05T09:00:00Z").unwrap_err();
    assert_eq!(refusal, Refusal::DoctorNotListed);
    let (doctor_id, clinic_id) = (clinic.dora.doctor, clinic.clinic);
    let again = AddRole { role_id: RoleId(id("another id")), doctor_id, clinic_id };
    clinic.as_account(admin, again).unwrap();
    assert!(clinic.records.get::<PractitionerRole>(role_id).unwrap().active);
    clinic.book(clinic.ann, clinic.dora, "v", "2026-03-05T09:00:00Z").unwrap();
}

#[test]
fn leave_that_is_taken_back_gives_the_time_back_to_those_who_look() {
    let mut clinic = Clinic::new();
    let (doctor, leave_id) = (clinic.dora, LeaveId(id("leave")));
    let time = LeaveTime::Between { start: at("2026-03-05T08:00:00Z"), end: at("2026-03-05T16:00:00Z") };
    let (zone, reason) = (zone(), LeaveReason::Away);
    let add = AddLeave { leave_id, doctor_id: doctor.doctor, role_id: None, time, zone, reason };
    clinic.as_account(doctor.account, add).unwrap();
    clinic.advance_to("2026-03-02T08:01:00Z");
    assert!(!offered(&clinic, "2026-03-05T09:00:00Z"));
    let foreign = RemoveLeave { leave_id };
    assert_eq!(clinic.as_account(clinic.emil.account, foreign.clone()).unwrap_err().code(), "not_found");
    clinic.as_account(doctor.account, foreign).unwrap();
    clinic.advance_to("2026-03-02T08:02:00Z");
    assert!(clinic.records.get::<Leave>(leave_id).is_none());
    assert!(offered(&clinic, "2026-03-05T09:00:00Z"));
}

fn offered(clinic: &Clinic, start: &str) -> bool {
    let role = clinic.records.get(clinic.dora.role).unwrap();
    let weeks = clinic.records.all::<AvailabilityWeek>();
    let own = weeks.iter().filter(|week| week.role_id == clinic.dora.role);
    own.flat_map(|week| week.starts(&role, clinic.visit, clinic.now)).any(|free| free == at(start))
}

#[test]
fn staff_leave_remarks_and_nobody_else_does() {
    let mut clinic = Clinic::new();
    clinic.book(clinic.ann, clinic.dora, "v", "2026-03-05T09:00:00Z").unwrap();
    let (patient_id, clinic_id, consultation_id) =
        (clinic.ann.patient, clinic.clinic, ConsultationId(id("q")));
    let wish = ConsultationWish {
        about: About::Certificate,
        urgency: Urgency::Routine,
        mode: Mode::Video,
        specialty_id: None,
        doctor_id: None,
        days: Vec::new(),
    };
    let open = OpenConsultation { consultation_id, patient_id, clinic_id, wish };
    clinic.as_account(clinic.ann.account, open).unwrap();
    let on_visit = AddVisitNote { appointment_id: AppointmentId(id("v")), text: "Called back.".into() };
    let on_request = AddConsultationNote { consultation_id, text: "Called back.".into() };
    for account in [clinic.ann.account, clinic.dora.account] {
        assert_eq!(clinic.as_account(account, on_visit.clone()).unwrap_err(), Refusal::NotAllowed);
        assert!(clinic.as_account(account, on_request.clone()).is_err());
    }
    let admin = clinic.admin;
    clinic.as_account(admin, on_visit).unwrap();
    clinic.as_account(admin, on_request).unwrap();
    assert_eq!(clinic.visit("v").staff_notes[0].by, admin);
    assert_eq!(clinic.records.get::<Consultation>(consultation_id).unwrap().staff_notes.len(), 1);
    assert_eq!(
        clinic.visit("v").history.last().unwrap().by,
        Party::Patient,
        "a remark is no event of the visit"
    );
}

#[test]
fn notices_are_read_by_whom_they_are_for() {
    let mut clinic = Clinic::new();
    clinic.book(clinic.ann, clinic.dora, "v", "2026-03-05T09:00:00Z").unwrap();
    let of_dora = |notice: &Notice| notice.account_id == clinic.dora.account;
    let notice = clinic.records.all::<Notice>().into_iter().find(of_dora).unwrap();
    let read = MarkNoticesRead { notice_ids: vec![notice.id] };
    assert_eq!(clinic.as_account(clinic.ann.account, read.clone()).unwrap_err().code(), "not_found");
    clinic.as_account(clinic.dora.account, read.clone()).unwrap();
    assert_eq!(clinic.records.get::<Notice>(notice.id).unwrap().read_at, Some(clinic.now));
    assert!(clinic.as_account(clinic.dora.account, read).unwrap().changes.is_empty(), "read is read");
}
