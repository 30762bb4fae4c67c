//! What the account was told, the latest first.

use jiff::Timestamp;
use mediconnect_domain::{
    NoticeId,
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
}

/// How many are shown; older ones are history.
const SHOWN: usize = 100;

pub fn notices(records: &Records) -> Result<Vec<NoticeLine>, StoreError> {
    let all: Vec<Notice> = records.all_of(Index::NoticesOfAccount, records.account_id())?;
    let line = |notice: Notice| NoticeLine {
        id: notice.id,
        at: notice.at,
        unread: notice.read_at.is_none(),
        subject: notice.subject,
    };
    Ok(all.into_iter().rev().take(SHOWN).map(line).collect())
}

pub fn unread(records: &Records) -> Result<u32, StoreError> {
    Ok(notices(records)?.iter().filter(|notice| notice.unread).count() as u32)
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
        assert_eq!(read(&rows, unread), 1);
    }
}
