//! What the account was told, the latest first, and where each leads.

use jiff::Timestamp;
use mediconnect_domain::{
    AppointmentId, ConsultationId, NoticeId,
    notices::{Notice, Subject},
    record::Index,
};

use crate::{Records, StoreError};

#[derive(Clone, Debug, PartialEq)]
pub struct NoticeLine {
    pub id: NoticeId,
    pub subject: Subject,
    pub at: Timestamp,
    pub unread: bool,
    pub leads_to: Option<LeadsTo>,
}

/// What a notice is about, to be opened from it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LeadsTo {
    Visit(AppointmentId),
    Waitlist,
    Request(ConsultationId),
    People,
}

/// How many are shown; older ones are history.
const SHOWN: usize = 100;

pub fn notices(records: &Records) -> Result<Vec<NoticeLine>, StoreError> {
    let all: Vec<Notice> = records.all_of(Index::NoticesOfAccount, records.account_id())?;
    let line = |notice: Notice| NoticeLine {
        id: notice.id,
        leads_to: leads_to(&notice.subject),
        at: notice.at,
        unread: notice.read_at.is_none(),
        subject: notice.subject,
    };
    Ok(all.into_iter().rev().take(SHOWN).map(line).collect())
}

pub fn unread(records: &Records) -> Result<u32, StoreError> {
    Ok(notices(records)?.iter().filter(|notice| notice.unread).count() as u32)
}

fn leads_to(subject: &Subject) -> Option<LeadsTo> {
    match subject {
        Subject::VisitRequested { visit }
        | Subject::VisitBooked { visit }
        | Subject::VisitDeclined { visit }
        | Subject::VisitExpired { visit }
        | Subject::VisitMoved { visit, .. }
        | Subject::VisitCancelled { visit, .. }
        | Subject::VisitMissed { visit } => Some(LeadsTo::Visit(visit.appointment_id)),
        Subject::WaitlistOffer { .. } => Some(LeadsTo::Waitlist),
        Subject::ConsultationOpened { consultation_id, .. }
        | Subject::ConsultationChanged { consultation_id, .. } => Some(LeadsTo::Request(*consultation_id)),
        Subject::LinkGranted { .. } | Subject::LinkEnded { .. } => Some(LeadsTo::People),
        Subject::StandingChanged { .. } => None,
    }
}

#[cfg(test)]
mod tests {
    use mediconnect_domain::id::derive;

    use super::*;
    use crate::views::patient::examples::*;

    #[test]
    fn the_latest_is_first_and_unread_ones_are_counted() {
        let notice = |n: u8, read_at| Notice {
            id: NoticeId(derive(&[b"notice", &[n]])),
            account_id: account_id(),
            subject: Subject::LinkEnded { patient_id: child_id(), patient_name: "Arun Shah".into() },
            at: at(&format!("2026-02-0{n}T09:00:00Z")),
            read_at,
        };
        let mut rows = family();
        rows.extend([notice(1, None).into(), notice(2, Some(now())).into()]);
        let shown = read(&rows, notices);
        assert_eq!(shown[0].at, at("2026-02-02T09:00:00Z"));
        assert_eq!(shown[0].leads_to, Some(LeadsTo::People));
        assert_eq!(read(&rows, unread), 1);
    }
}
