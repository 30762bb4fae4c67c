//! The figures of the dashboard, counted at the time of asking.

use std::{collections::HashMap, sync::Arc};

use axum::{Json, extract::State};
use jiff::{
    Timestamp, ToSpan,
    civil::{Date, Weekday},
    tz::TimeZone,
};
use mediconnect_domain::{
    Answer as Answered, Kind, Need, Row, SpecialtyId, Stored, Zone,
    access::Scope,
    directory::{DoctorProfile, Specialty},
    fetch::{
        Fetch,
        admin::{DayFigures, FigureSet, Figures, FiguresAnswer, LoadCell, RoleCount, SpecialtyFigures},
    },
};
use uuid::Uuid;

use super::staff_scopes;
use crate::{
    app::App,
    http::{
        extract::Asked,
        gate::Identity,
        problem::{Answer, Problem},
        route::{Policy, Route, get},
    },
    reads::{self, Column, Filter, Listing, VisitFigure},
    storage::{StoreError, Tx},
};

/// The longest stretch.
const MOST_DAYS: i32 = 366;

pub fn routes() -> Vec<Route> {
    vec![get(Figures::PATH, Policy::Staff, "Counts visits, requests, doctors and accounts.", figures)]
}

/// What is counted over: the days asked for, and as many before them.
#[derive(Clone)]
struct Stretch {
    zone: TimeZone,
    before: Timestamp,
    from: Timestamp,
    until: Timestamp,
    days: Vec<Date>,
}

impl Stretch {
    fn of(asked: &Figures) -> Answer<Self> {
        let zone = Zone::new(&asked.zone).ok_or_else(|| Problem::field("zone", "unknown time zone"))?.rules();
        let length = (asked.until - asked.from).get_days() + 1;
        if !(1..=MOST_DAYS).contains(&length) {
            return Err(Problem::field("until", "must be at most 366 days after `from`, and not before it"));
        }
        let far = |_| Problem::field("from", "lies too far away");
        let midnight = |date: Date| date.to_zoned(zone.clone()).map(|day| day.timestamp()).map_err(far);
        let before = asked.from.checked_sub(length.days()).map_err(far)?;
        let end = asked.until.checked_add(1.day()).map_err(far)?;
        Ok(Self {
            before: midnight(before)?,
            from: midnight(asked.from)?,
            until: midnight(end)?,
            days: asked.from.series(1.day()).take_while(|day| *day <= asked.until).collect(),
            zone,
        })
    }
}

/// What the store knows of it.
struct Counted {
    visits: Vec<VisitFigure>,
    waiting_requests: u64,
    verification_queue: u64,
    accounts: Vec<(Vec<String>, u64)>,
    /// The first specialty of each doctor.
    specialties: HashMap<Uuid, String>,
}

async fn figures(
    State(app): State<Arc<App>>,
    who: Identity,
    Asked(asked): Asked<Figures>,
) -> Answer<Json<FiguresAnswer>> {
    let stretch = Stretch::of(&asked)?;
    let (account, now, clinic) = (who.account, app.now(), asked.clinic_id.map(Scope::Clinic));
    let span = (stretch.before, stretch.until);
    let counted = app.store().read(move |tx| {
        Box::pin(async move {
            let scopes = staff_scopes(tx, account, now).await?;
            let listing = |kind| {
                let mut listing = Listing::new(kind, scopes.clone(), Column::State);
                listing.within.extend(clinic);
                listing
            };
            let mut waiting = listing(Kind::Consultation);
            let open = ["new", "triaged", "offered"].map(str::to_owned).to_vec();
            waiting.filters.push(Filter::OneOf(Column::State, open));
            let mut queue = listing(Kind::Doctor);
            queue.filters.push(Filter::is(Column::Standing, "submitted"));
            let visits = reads::visit_figures(tx, &scopes, clinic, span).await?;
            Ok(Counted {
                specialties: specialties(tx, &visits).await?,
                visits,
                waiting_requests: reads::count(tx, &waiting).await?,
                verification_queue: reads::count(tx, &queue).await?,
                accounts: reads::count_by(tx, &listing(Kind::Account), &[Column::RoleName, Column::Status])
                    .await?,
            })
        })
    });
    Ok(Json(answer(&stretch, counted.await?, now)))
}

async fn specialties(tx: &mut dyn Tx, visits: &[VisitFigure]) -> Result<HashMap<Uuid, String>, StoreError> {
    let mut doctors: Vec<Uuid> = visits.iter().map(|visit| visit.doctor).collect();
    doctors.sort();
    doctors.dedup();
    let profiles: Vec<DoctorProfile> = records(tx, &doctors).await?;
    let ids: Vec<Uuid> =
        profiles.iter().flat_map(|profile| profile.details.specialties.first()).map(|id| id.0).collect();
    let names: HashMap<SpecialtyId, String> = records::<Specialty>(tx, &ids)
        .await?
        .into_iter()
        .map(|specialty| (specialty.id, specialty.name.en))
        .collect();
    let named = |profile: DoctorProfile| {
        let name = names.get(profile.details.specialties.first()?)?;
        Some((profile.id.0, name.clone()))
    };
    Ok(profiles.into_iter().filter_map(named).collect())
}

async fn records<T: Stored>(tx: &mut dyn Tx, ids: &[Uuid]) -> Result<Vec<T>, StoreError> {
    let needs: Vec<Need> = ids.iter().map(|id| Need::record::<T>(*id)).collect();
    let rows = tx.fetch(&needs).await?.into_iter().flat_map(|answer| match answer {
        Answered::Rows(rows) => rows,
        Answered::NotHeld => Vec::new(),
    });
    Ok(rows.filter_map(|row: Row| row.read()).collect())
}

fn answer(stretch: &Stretch, counted: Counted, as_of: Timestamp) -> FiguresAnswer {
    let (mut now, mut before) = (FigureSet::default(), FigureSet::default());
    let mut days: HashMap<Date, FigureSet> = HashMap::new();
    let mut load: HashMap<(i8, i8), u32> = HashMap::new();
    let mut by_specialty: HashMap<&str, u32> = HashMap::new();
    for visit in counted.visits.iter().filter(|visit| takes_part(visit)) {
        if visit.start < stretch.from {
            add(&mut before, visit);
            continue;
        }
        let local = visit.start.to_zoned(stretch.zone.clone());
        add(&mut now, visit);
        add(days.entry(local.date()).or_default(), visit);
        *load.entry((local.weekday().to_monday_one_offset(), local.hour())).or_default() += 1;
        if let Some(specialty) = counted.specialties.get(&visit.doctor) {
            *by_specialty.entry(specialty).or_default() += 1;
        }
    }
    let accounts_by_role = roles(&counted.accounts);
    FiguresAnswer {
        as_of,
        now,
        before,
        per_day: stretch
            .days
            .iter()
            .map(|date| DayFigures { date: *date, figures: days.remove(date).unwrap_or_default() })
            .collect(),
        load: cells(load),
        by_specialty: ranked(by_specialty),
        waiting_requests: small(counted.waiting_requests),
        verification_queue: small(counted.verification_queue),
        active_accounts: accounts_by_role.iter().map(|role| role.active).sum(),
        accounts_by_role,
    }
}

/// Holds are no visits yet, and those that expired never were.
fn takes_part(visit: &VisitFigure) -> bool {
    !matches!(visit.state.as_str(), "held" | "expired")
}

fn add(figures: &mut FigureSet, visit: &VisitFigure) {
    figures.visits += 1;
    match visit.state.as_str() {
        "fulfilled" => figures.fulfilled += 1,
        "cancelled" => figures.cancelled += 1,
        "noshow" => figures.noshow += 1,
        "requested" => figures.requested += 1,
        "booked" => figures.booked += 1,
        _ => {}
    }
    if visit.state == "cancelled" && visit.late {
        figures.late_cancelled += 1;
    }
}

fn cells(load: HashMap<(i8, i8), u32>) -> Vec<LoadCell> {
    let cell = |((weekday, hour), visits): ((i8, i8), u32)| LoadCell {
        weekday: weekday.unsigned_abs(),
        hour: hour.unsigned_abs(),
        visits,
    };
    let mut cells: Vec<LoadCell> = load.into_iter().map(cell).collect();
    cells.sort_by_key(|cell| (cell.weekday, cell.hour));
    debug_assert!(
        cells.iter().all(|cell| Weekday::from_monday_one_offset(cell.weekday.cast_signed()).is_ok())
    );
    cells
}

fn ranked(by_specialty: HashMap<&str, u32>) -> Vec<SpecialtyFigures> {
    let mut ranked: Vec<SpecialtyFigures> = by_specialty
        .into_iter()
        .map(|(specialty, visits)| SpecialtyFigures { specialty: specialty.to_owned(), visits })
        .collect();
    ranked.sort_by(|a, b| b.visits.cmp(&a.visits).then_with(|| a.specialty.cmp(&b.specialty)));
    ranked
}

fn roles(counts: &[(Vec<String>, u64)]) -> Vec<RoleCount> {
    let mut roles: Vec<RoleCount> = Vec::new();
    for (names, count) in counts {
        let [role, status] = names.as_slice() else { continue };
        let at = roles.iter().position(|known| known.role == *role).unwrap_or_else(|| {
            roles.push(RoleCount { role: role.clone(), active: 0, disabled: 0 });
            roles.len() - 1
        });
        match status.as_str() {
            "active" => roles[at].active += small(*count),
            _ => roles[at].disabled += small(*count),
        }
    }
    roles.sort_by(|a, b| a.role.cmp(&b.role));
    roles
}

fn small(count: u64) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
