//! What must hold once everybody has synced.
//!
//! Nothing acknowledged is lost and nothing took effect twice; no two visits share a doctor's time; every device holds
//! exactly what its account may hold, as the server has it.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use mediconnect_core::{PendingState, store::Store};
use mediconnect_domain::{
    Kind,
    appointments::{Appointment, Happening},
    wire::PullLine,
};
use uuid::Uuid;

use super::{device::Device, server::Server};

#[derive(Clone, Copy, Debug, Default)]
pub struct Totals {
    pub accepted: usize,
    pub refused: usize,
}

pub fn check(server: &Server, devices: &[Device]) -> Result<Totals, String> {
    no_time_is_taken_twice(server)?;
    nothing_happened_twice(server)?;
    let mut totals = Totals::default();
    for device in devices {
        let answered = everything_is_answered(server, device)?;
        totals.accepted += answered.accepted;
        totals.refused += answered.refused;
        holds_what_it_may(server, device)?;
    }
    Ok(totals)
}

fn visits(server: &Server) -> Result<Vec<Appointment>, String> {
    let rows = server
        .rows("SELECT body FROM record WHERE kind = 'appointment' AND body IS NOT NULL ORDER BY id", 1)?;
    rows.iter().map(|row| serde_json::from_str(&row[0]).map_err(|error| error.to_string())).collect()
}

/// An own reading of what a conflict is: half-open spans of one doctor or one patient meet only as seats of one session.
fn no_time_is_taken_twice(server: &Server) -> Result<(), String> {
    struct Taken {
        who: Uuid,
        from: Timestamp,
        until: Timestamp,
        session: Uuid,
        seat: u16,
    }
    let mut taken = Vec::new();
    for visit in visits(server)?.iter().filter(|visit| visit.occupies_at(server.now())) {
        let place = visit.place;
        let (session, seat) = (place.session, place.seat);
        taken.push(Taken {
            who: visit.doctor_id.0,
            from: place.span.start,
            until: place.span.end,
            session,
            seat,
        });
        taken.push(Taken {
            who: visit.patient_id.0,
            from: visit.start,
            until: visit.end,
            session: visit.id.0,
            seat: 0,
        });
    }
    for (n, one) in taken.iter().enumerate() {
        for other in taken[n + 1..].iter().filter(|other| other.who == one.who) {
            let meet = one.from < other.until && other.from < one.until;
            if meet && (one.session != other.session || one.seat == other.seat) {
                return Err(format!("{} is in two visits at {}", one.who, one.from.max(other.from)));
            }
        }
    }
    Ok(())
}

/// A visit comes into existence once, and into no state twice in a row.
fn nothing_happened_twice(server: &Server) -> Result<(), String> {
    for visit in visits(server)? {
        let states: Vec<_> = visit
            .history
            .iter()
            .filter_map(|moment| match moment.what {
                Happening::Became { state } => Some(state),
                _ => None,
            })
            .collect();
        if states.windows(2).any(|pair| pair[0] == pair[1]) {
            return Err(format!("visit {} went through {states:?}", visit.id));
        }
    }
    let doubled = "SELECT command_id FROM (SELECT hex(command_id) AS command_id, count(*) AS times FROM audit
                   WHERE outcome = 'accepted' GROUP BY command_id) WHERE times > 1";
    match server.rows(doubled, 1)?.first() {
        Some(row) => Err(format!("command {} took effect twice", row[0])),
        None => Ok(()),
    }
}

/// Every command that went into an outbox has an answer, and the server says the same.
fn everything_is_answered(server: &Server, device: &Device) -> Result<Totals, String> {
    let said: BTreeMap<String, String> = server
        .rows("SELECT lower(hex(command_id)), max(outcome) FROM audit GROUP BY command_id", 2)?
        .into_iter()
        .map(|row| (row[0].clone(), row[1].clone()))
        .collect();
    let pending = device.store.pending().map_err(|error| error.to_string())?;
    let refused: BTreeSet<_> = pending
        .iter()
        .filter(|command| matches!(command.state, PendingState::Refused { .. }))
        .map(|command| command.id)
        .collect();
    let mut totals = Totals::default();
    for id in &device.submitted {
        let blocked = pending.iter().any(|command| command.id == *id && command.blocked_by.is_some());
        let outcome = said.get(&id.0.simple().to_string()).map(String::as_str);
        match (outcome, refused.contains(id)) {
            (Some("accepted"), false) => totals.accepted += 1,
            (Some("accepted"), true) => {
                return Err(format!("device {}: {id} took effect and is shown as refused", device.number));
            }
            (_, true) => totals.refused += 1,
            (_, false) if blocked => totals.refused += 1,
            (outcome, false) => {
                return Err(format!("device {}: {id} is lost; the server says {outcome:?}", device.number));
            }
        }
    }
    Ok(totals)
}

/// The device holds exactly what a new device of this account would be given. What waits for the person stays out of it.
fn holds_what_it_may(server: &Server, device: &Device) -> Result<(), String> {
    let mut expected: BTreeMap<(Kind, Uuid), String> = BTreeMap::new();
    for line in server.everything_for(device.owner.account())? {
        let PullLine::Page { rows, .. } = line else { continue };
        for row in rows {
            let kind = row.known_kind().ok_or("the server sent an unknown kind")?;
            if let Some(body) = row.body {
                expected.insert((kind, row.id), body.get().to_owned());
            }
        }
    }
    let held: BTreeMap<(Kind, Uuid), String> =
        device.rows()?.into_iter().map(|row| ((row.kind, row.id), row.body.to_string())).collect();
    let overlaid = still_shown(&device.store)?;
    for (key, body) in &expected {
        match held.get(key) {
            Some(same) if same == body => {}
            _ if overlaid => {}
            Some(_) => return Err(format!("device {}: {key:?} is not as the server has it", device.number)),
            None => return Err(format!("device {}: {key:?} is missing", device.number)),
        }
    }
    match held.keys().find(|key| !expected.contains_key(key)).filter(|_| !overlaid) {
        Some(key) => Err(format!("device {}: {key:?} is held without a right to it", device.number)),
        None => Ok(()),
    }
}

/// Commands that wait behind a refused one are still shown as if they had happened.
fn still_shown(store: &Store) -> Result<bool, String> {
    let pending = store.pending().map_err(|error| error.to_string())?;
    Ok(pending.iter().any(|command| !matches!(command.state, PendingState::Refused { .. })))
}
