//! Lists that the database filters, sorts and pages.

use std::collections::BTreeSet;

use mediconnect_domain::{
    access::Scope,
    appointments::{CancelReason, cancel::Cancel},
    testing, *,
};
use mediconnect_server::reads::{self, AuditAsk, Column, Filter, ListError, Listing, Rows};

use crate::kit::*;

async fn list(kit: &Kit, listing: Listing) -> Result<Rows, ListError> {
    let read = kit.store.read(move |tx| {
        let listing = listing.clone();
        Box::pin(async move { Ok(reads::list(tx, &listing).await) })
    });
    read.await.unwrap()
}

/// Visits of both doctors, at 9, 10, 11 and 12.
async fn four_visits(kit: &Kit) {
    for (hour, who, doctor) in
        [(11, kit.ann, kit.dora), (9, kit.bob, kit.dora), (12, kit.ann, kit.emil), (10, kit.bob, kit.emil)]
    {
        kit.book(who, doctor, &format!("at {hour}"), &format!("2026-03-03T{hour:02}:00:00Z")).await.unwrap();
    }
}

fn all(scopes: impl Into<BTreeSet<Scope>>) -> Listing {
    Listing::new(Kind::Appointment, scopes.into(), Column::Start)
}

fn ids(rows: &Rows) -> Vec<uuid::Uuid> {
    rows.rows.iter().map(|row| row.id).collect()
}

pub async fn a_list_is_paged_sorted_filtered_and_cut_to_scopes(kit: &Kit) {
    four_visits(kit).await;
    let hours = |hours: &[u8]| hours.iter().map(|hour| id(&format!("at {hour}"))).collect::<Vec<_>>();
    let mut listing = Listing { limit: 3, ..all([Scope::Installation]) };
    let first = list(kit, listing.clone()).await.unwrap();
    assert_eq!(ids(&first), hours(&[9, 10, 11]));
    listing.cursor = first.next_cursor;
    let second = list(kit, listing.clone()).await.unwrap();
    assert_eq!((ids(&second), second.next_cursor), (hours(&[12]), None));
    listing.cursor = Some("no cursor".into());
    assert!(matches!(list(kit, listing).await, Err(ListError::Cursor)));
    // Values that are equal are told apart by id, forth and back.
    let mut by_state = Listing {
        limit: 1,
        sort: Column::State,
        descending: true,
        ..all([Scope::Clinic(testing::clinic())])
    };
    let mut seen = BTreeSet::new();
    loop {
        let page = list(kit, by_state.clone()).await.unwrap();
        seen.extend(ids(&page));
        by_state.cursor = page.next_cursor;
        if by_state.cursor.is_none() {
            break;
        }
    }
    assert_eq!(seen.len(), 4);
    let filtered = async |filter| {
        let rows = list(kit, Listing { filters: vec![filter], ..all([Scope::Installation]) }).await.unwrap();
        ids(&rows)
    };
    assert_eq!(filtered(Filter::is(Column::DoctorId, kit.dora.doctor)).await, hours(&[9, 11]));
    assert_eq!(
        filtered(Filter::AtLeast(Column::Start, "2026-03-03T11:00:00Z".into())).await,
        hours(&[11, 12])
    );
    assert_eq!(filtered(Filter::Below(Column::Start, "2026-03-03T10:00:00Z".into())).await, hours(&[9]));
    assert_eq!(
        filtered(Filter::Text(vec![Column::PatientName, Column::DoctorName], "ANN".into())).await,
        hours(&[11, 12])
    );
    assert_eq!(
        filtered(Filter::Text(vec![Column::PatientName, Column::DoctorName], "emil".into())).await,
        hours(&[10, 12])
    );
    for wild in ["%", "_", "\\", "' OR 1=1 --"] {
        assert!(filtered(Filter::Text(vec![Column::DoctorName], wild.into())).await.is_empty(), "{wild}");
    }
    assert!(filtered(Filter::OneOf(Column::State, vec![])).await.is_empty());
    assert_eq!(
        filtered(Filter::OneOf(Column::State, vec!["requested".into(), "booked".into()])).await.len(),
        4
    );
    let rows = async |scopes| ids(&list(kit, all(scopes)).await.unwrap());
    assert_eq!(rows(BTreeSet::from([Scope::Patient(kit.ann.patient)])).await, hours(&[11, 12]));
    assert!(rows(BTreeSet::from([Scope::Clinic(ClinicId(id("another clinic")))])).await.is_empty());
    assert!(rows(BTreeSet::new()).await.is_empty());
    let both =
        Listing { within: vec![Scope::Practice(kit.emil.doctor)], ..all([Scope::Patient(kit.ann.patient)]) };
    assert_eq!(ids(&list(kit, both).await.unwrap()), hours(&[12]));
}

pub async fn counts_and_figures_agree_with_the_rows(kit: &Kit) {
    four_visits(kit).await;
    let cancel = Cancel { appointment_id: AppointmentId(id("at 9")), reason: CancelReason::NotNeeded };
    kit.act(kit.bob.account, cancel).await.unwrap();
    let (scopes, clinic) = (BTreeSet::from([Scope::Installation]), testing::clinic());
    let read = kit.store.read(move |tx| {
        let scopes = scopes.clone();
        Box::pin(async move {
            let listing = all(scopes.clone());
            let count = reads::count(tx, &listing).await?;
            let by_state = reads::count_by(tx, &listing, &[Column::State]).await?;
            let span = (at("2026-03-03T09:00:00Z"), at("2026-03-03T12:00:00Z"));
            let figures = reads::visit_figures(tx, &scopes, Some(Scope::Clinic(clinic)), span).await?;
            Ok((count, by_state, figures))
        })
    });
    let (count, by_state, figures) = read.await.unwrap();
    assert_eq!(count, 4);
    assert_eq!(by_state.iter().map(|(_, count)| count).sum::<u64>(), 4);
    assert!(by_state.contains(&(vec!["cancelled".into()], 1)));
    assert_eq!(figures.len(), 3, "twelve is not before twelve");
    let cancelled = figures.iter().find(|figure| figure.state == "cancelled").unwrap();
    assert_eq!((cancelled.start, cancelled.doctor), (at("2026-03-03T09:00:00Z"), kit.dora.doctor.0));
    let visit: appointments::Appointment = kit.get(id("at 9")).await.unwrap();
    assert_eq!(cancelled.late, visit.cancellation.unwrap().late);
}

pub async fn the_audit_is_shown_by_scope(kit: &Kit) {
    four_visits(kit).await;
    let lines_without = async |without: &'static [&'static str], scopes: BTreeSet<Scope>, before| {
        let read = kit.store.read(move |tx| {
            let scopes = scopes.clone();
            let asked = AuditAsk { without, before, limit: 3, ..AuditAsk::default() };
            Box::pin(async move { reads::audit_lines(tx, &scopes, &asked).await })
        });
        read.await.unwrap()
    };
    let lines = async |scopes, before| lines_without(&[], scopes, before).await;
    let newest = lines(BTreeSet::from([Scope::Installation]), None).await;
    assert_eq!(newest.len(), 3);
    assert!(newest.iter().all(|line| line.command == "appointments.book" && line.outcome == "accepted"));
    assert_eq!(newest[0].actor, Some(kit.bob.account.0));
    let older = lines(BTreeSet::from([Scope::Installation]), Some(newest[2].seq)).await;
    assert!(older.iter().all(|line| line.seq < newest[2].seq));
    assert_eq!(lines(BTreeSet::from([Scope::Clinic(testing::clinic())]), None).await, newest);
    assert!(lines(BTreeSet::from([Scope::Clinic(ClinicId(id("another clinic")))]), None).await.is_empty());
    assert!(lines(BTreeSet::from([Scope::Patient(kit.ann.patient)]), None).await.is_empty());
    let others = lines_without(&["appointments.book"], BTreeSet::from([Scope::Installation]), None).await;
    assert!(!others.is_empty() && others.iter().all(|line| line.command != "appointments.book"));
}

pub async fn the_audit_is_searched_by_who_what_when_and_what_came_of_it(kit: &Kit) {
    four_visits(kit).await;
    kit.book(kit.bob, kit.dora, "too late", "2026-03-03T09:00:00Z").await.unwrap_err();
    let count = async |asked: AuditAsk| {
        let read = kit.store.read(move |tx| {
            let asked = AuditAsk { limit: 100, ..asked.clone() };
            let scopes = BTreeSet::from([Scope::Installation]);
            Box::pin(async move { reads::audit_lines(tx, &scopes, &asked).await })
        });
        read.await.unwrap().len()
    };
    let books = AuditAsk { command: Some("appointments.book".into()), ..AuditAsk::default() };
    let all = count(books.clone()).await;
    assert_eq!(count(AuditAsk { command: Some("appointments".into()), ..AuditAsk::default() }).await, all);
    assert_eq!(count(AuditAsk { command: Some("appoint".into()), ..AuditAsk::default() }).await, 0);
    assert_eq!(count(AuditAsk { accepted: Some(true), ..books.clone() }).await, 4);
    assert_eq!(count(AuditAsk { accepted: Some(false), ..books.clone() }).await, 1);
    assert_eq!(count(AuditAsk { actor: Some(kit.ann.account.0), ..books.clone() }).await, 2);
    assert_eq!(count(AuditAsk { subject: Some(id("at 9")), ..books.clone() }).await, 1);
    assert_eq!(count(AuditAsk { from: Some(kit.now()), ..books.clone() }).await, all);
    assert_eq!(count(AuditAsk { until: Some(kit.now()), ..books }).await, 0);
}
