//! A visit as an iCalendar entry (RFC 5545), with times in UTC so that every calendar shows its owner's zone.

use jiff::Timestamp;
use mediconnect_domain::appointments::{Appointment, State};

/// The entry of a visit. Says with whom and where, never why.
pub fn entry(visit: &Appointment, now: Timestamp) -> String {
    let status = match visit.state {
        State::Held | State::Requested => "TENTATIVE",
        State::Declined | State::Expired | State::Cancelled | State::Noshow => "CANCELLED",
        _ => "CONFIRMED",
    };
    let lines = [
        "BEGIN:VCALENDAR".into(),
        "VERSION:2.0".into(),
        "PRODID:-//MediConnect//Visits//EN".into(),
        "BEGIN:VEVENT".into(),
        format!("UID:{}@mediconnect", visit.id),
        // A later form of the same visit replaces the earlier one.
        format!("SEQUENCE:{}", visit.history.len()),
        format!("DTSTAMP:{}", utc(now)),
        format!("DTSTART:{}", utc(visit.start)),
        format!("DTEND:{}", utc(visit.end)),
        format!("STATUS:{status}"),
        format!("SUMMARY:{}", text(&visit.names.doctor)),
        format!("LOCATION:{}", text(&visit.names.clinic)),
        "END:VEVENT".into(),
        "END:VCALENDAR".into(),
    ];
    lines.iter().map(|line| folded(line)).collect()
}

fn utc(instant: Timestamp) -> String {
    instant.strftime("%Y%m%dT%H%M%SZ").to_string()
}

/// TEXT values escape backslash, comma, semicolon and line ends (RFC 5545, 3.3.11).
fn text(value: &str) -> String {
    value.chars().fold(String::new(), |mut out, c| {
        match c {
            '\\' | ',' | ';' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            c if c.is_control() => {}
            c => out.push(c),
        }
        out
    })
}

/// Lines are at most 75 bytes long and go on after a line end and a space (RFC 5545, 3.1).
fn folded(line: &str) -> String {
    let mut out = String::with_capacity(line.len() + 8);
    let mut length = 0;
    for c in line.chars() {
        if length + c.len_utf8() > 75 {
            out.push_str("\r\n ");
            length = 1;
        }
        out.push(c);
        length += c.len_utf8();
    }
    out.push_str("\r\n");
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_escaped_and_long_lines_are_folded_between_characters() {
        assert_eq!(text("Rao, Menon; Sons\nand\u{7} co\\"), "Rao\\, Menon\\; Sons\\nand co\\\\");
        let long = folded(&"é".repeat(60));
        assert!(long.split("\r\n").all(|line| line.len() <= 75), "{long}");
        assert_eq!(long.replace("\r\n ", "").trim_end(), "é".repeat(60));
    }
}
