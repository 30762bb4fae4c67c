//! What follows from a record's body, and how two of those differ.

use mediconnect_domain::{
    Record,
    record::{Busy, IndexKey},
};

/// Raised whenever records get other index keys, unique keys or times: stores then derive theirs anew when they are opened.
pub const DERIVATION: u32 = 3;

/// What a record is found by.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Derived {
    pub unique: Vec<String>,
    pub index: Vec<IndexKey>,
    pub busy: Vec<Busy>,
}

impl Derived {
    pub fn of(record: &Record) -> Self {
        Self { unique: record.unique_keys(), index: record.index_keys(), busy: record.busy() }
    }

    /// Of a record that may not be there.
    pub fn of_any(record: Option<&Record>) -> Self {
        record.map(Self::of).unwrap_or_default()
    }
}

/// What is gone and what is new between two lists.
#[derive(Clone, Debug, PartialEq)]
pub struct Diff<'a, T> {
    pub gone: Vec<&'a T>,
    pub new: Vec<&'a T>,
}

/// Compares two short lists.
pub fn diff<'a, T: PartialEq>(was: &'a [T], now: &'a [T]) -> Diff<'a, T> {
    Diff {
        gone: was.iter().filter(|item| !now.contains(item)).collect(),
        new: now
            .iter()
            .enumerate()
            .filter(|(at, item)| !was.contains(item) && !now[..*at].contains(item))
            .map(|(_, item)| item)
            .collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_changed_is_named_and_each_once() {
        let changed = diff(&[1, 2, 3], &[2, 4, 4, 3]);
        assert_eq!((changed.gone, changed.new), (vec![&1], vec![&4]));
    }
}
