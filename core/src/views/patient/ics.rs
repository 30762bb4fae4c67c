//! A visit as a calendar entry (iCalendar, RFC 5545).
//!
//! Instants are written in UTC: every calendar shows them in its reader's zone, and no zone definition has to be carried.

use jiff::{Timestamp, tz::TimeZone};
use mediconnect_domain::profiles::Address;

use super::visits::VisitDetails;

/// The words of the entry, in the reader's language.
#[derive(Clone, Debug, PartialEq)]
pub struct Words {
    /// 'Consultation with Dr. Asha Rao'.
    pub summary: String,
    /// More about it, several lines.
    pub description: String,
}

/// A file with this one entry. The uid stays when the visit moves, so that a calendar replaces the entry.
pub fn calendar(visit: &VisitDetails, words: &Words, now: Timestamp) -> String {
    let lines = [
        "BEGIN:VCALENDAR".to_owned(),
        "VERSION:2.0".to_owned(),
        "PRODID:-//MediConnect//Visits//EN".to_owned(),
        "METHOD:PUBLISH".to_owned(),
        "BEGIN:VEVENT".to_owned(),
        format!("UID:{}@mediconnect", visit.line.id),
        format!("DTSTAMP:{}", instant(now)),
        format!("SEQUENCE:{}", visit.history.len()),
        format!("DTSTART:{}", instant(visit.line.start)),
        format!("DTEND:{}", instant(visit.line.end)),
        format!("SUMMARY:{}", escaped(&words.summary)),
        format!("DESCRIPTION:{}", escaped(&words.description)),
        format!("LOCATION:{}", escaped(&location(&visit.line.clinic, visit.address.as_ref()))),
        "STATUS:CONFIRMED".to_owned(),
        "END:VEVENT".to_owned(),
        "END:VCALENDAR".to_owned(),
    ];
    lines.iter().flat_map(|line| folded(line)).map(|line| line + "\r\n").collect()
}

/// The place in one line.
pub fn location(clinic: &str, address: Option<&Address>) -> String {
    match address {
        None => clinic.to_owned(),
        Some(address) => format!("{clinic}, {}, {} {}", address.street, address.postal_code, address.city),
    }
}

fn instant(at: Timestamp) -> String {
    at.to_zoned(TimeZone::UTC).strftime("%Y%m%dT%H%M%SZ").to_string()
}

/// RFC 5545 §3.3.11.
fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' | ';' | ',' => safe.extend(['\\', c]),
            '\n' => safe.push_str("\\n"),
            c if c.is_control() => {}
            c => safe.push(c),
        }
    }
    safe
}

/// Lines of at most 75 octets, cut between characters; the rest goes on after a space (RFC 5545 §3.1).
fn folded(line: &str) -> Vec<String> {
    let mut lines = vec![String::new()];
    for c in line.chars() {
        let current = lines.last_mut().expect("there is always a line");
        if current.len() + c.len_utf8() > 75 {
            lines.push(format!(" {c}"));
        } else {
            current.push(c);
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use mediconnect_domain::appointments::State;

    use super::*;
    use crate::views::patient::{examples::*, visits::details};

    fn entry(summary: &str) -> String {
        let visit = visit(1, patient_id(), "2026-03-29T01:30:00Z", State::Booked);
        let id = visit.id;
        let mut rows = family();
        rows.push(visit.into());
        let shown = read(&rows, |records| details(records, id, now())).expect("a visit");
        calendar(&shown, &Words { summary: summary.into(), description: "One\nTwo".into() }, now())
    }

    #[test]
    fn instants_are_utc_and_lines_end_as_the_standard_says() {
        let text = entry("Consultation");
        assert!(
            text.contains("DTSTART:20260329T013000Z\r\n") && text.contains("DTEND:20260329T015000Z\r\n"),
            "{text}"
        );
        assert!(text.lines().count() > 10 && text.ends_with("END:VCALENDAR\r\n"));
        assert!(text.contains("DESCRIPTION:One\\nTwo"));
    }

    #[test]
    fn separators_are_escaped_and_long_lines_folded_between_characters() {
        assert_eq!(escaped("a, b; c\\d"), "a\\, b\\; c\\\\d");
        let text = entry(&"परामर्श ".repeat(20));
        assert!(text.split("\r\n").all(|line| line.len() <= 75), "{text}");
        let unfolded = text.replace("\r\n ", "");
        assert!(unfolded.contains(&"परामर्श ".repeat(20)));
    }
}
