//! Dates and times as people of a language say them: 'Tomorrow, 09:30', 'in 3 hours', 'शाम 5:30'.
//!
//! Names and word order are texts (`calendar.ftl`); only what cannot be said there, such as which part of the day an
//! hour belongs to, is code. Months, weekdays and patterns follow Unicode CLDR.

use jiff::{Timestamp, Zoned, civil, tz::TimeZone};

use crate::{Language, Texts, Value};

impl Texts {
    /// 'Tuesday'.
    pub fn weekday(self, day: civil::Weekday) -> String {
        self.get(&format!("weekday-{}", day.to_monday_one_offset()))
    }

    /// 'Tue'.
    pub fn weekday_short(self, day: civil::Weekday) -> String {
        self.get(&format!("weekday-short-{}", day.to_monday_one_offset()))
    }

    /// 'March', from 1 for January.
    pub fn month(self, month: i8) -> String {
        self.get(&format!("month-{month}"))
    }

    /// 'Mar', from 1 for January.
    pub fn month_short(self, month: i8) -> String {
        self.get(&format!("month-short-{month}"))
    }

    /// 'March 2026'.
    pub fn month_and_year(self, date: civil::Date) -> String {
        self.with("date-month-year", &[("month", self.month(date.month()).into()), ("year", year(date))])
    }

    /// 'Tuesday 3 March 2026'.
    pub fn date(self, date: civil::Date) -> String {
        let parts = [
            ("weekday", self.weekday(date.weekday()).into()),
            ("day", date.day().into()),
            ("month", self.month(date.month()).into()),
            ("year", year(date)),
        ];
        self.with("date-long", &parts)
    }

    /// 'Tue 3 Mar'.
    pub fn date_short(self, date: civil::Date) -> String {
        let parts = [
            ("weekday", self.weekday_short(date.weekday()).into()),
            ("day", date.day().into()),
            ("month", self.month_short(date.month()).into()),
        ];
        self.with("date-short", &parts)
    }

    /// '3 Mar 2026'.
    pub fn date_with_year(self, date: civil::Date) -> String {
        let parts = [
            ("day", date.day().into()),
            ("month", self.month_short(date.month()).into()),
            ("year", year(date)),
        ];
        self.with("date-year", &parts)
    }

    /// 'Today', 'Tomorrow', 'Yesterday', else the short date, with the year where it is another.
    pub fn day(self, date: civil::Date, today: civil::Date) -> String {
        let days = (date - today).get_days();
        match days {
            0 => self.get("day-today"),
            1 => self.get("day-tomorrow"),
            -1 => self.get("day-yesterday"),
            _ if date.year() == today.year() || days.abs() < 180 => self.date_short(date),
            _ => self.date_with_year(date),
        }
    }

    /// '09:30', in Hindi 'सुबह 9:30': by the 24-hour clock or by the part of the day, as the language's readers do.
    pub fn clock(self, time: civil::Time) -> String {
        if !self.says_part_of_day() {
            return self.clock_bare(time);
        }
        let part = match time.hour() {
            4..=11 => "clock-morning",
            12..=15 => "clock-afternoon",
            16..=19 => "clock-evening",
            _ => "clock-night",
        };
        self.with(part, &[("time", self.clock_bare(time).into())])
    }

    /// The time where the part of the day stands above it anyway: '09:30', in Hindi '9:30'.
    pub fn clock_bare(self, time: civil::Time) -> String {
        let hour = match (self.says_part_of_day(), time.hour() % 12) {
            (false, _) => return format!("{:02}:{:02}", time.hour(), time.minute()),
            (true, 0) => 12,
            (true, hour) => hour,
        };
        format!("{hour}:{:02}", time.minute())
    }

    /// '09:30 – 10:00'.
    pub fn clock_range(self, start: civil::Time, end: civil::Time) -> String {
        // It may break after the hyphen, not before.
        format!("{}\u{a0}– {}", self.clock(start), self.clock(end))
    }

    /// 'Tomorrow, 09:30': the day in words and the time, both in the zone of `at`.
    pub fn when(self, at: &Zoned, now: Timestamp) -> String {
        let today = now.to_zoned(at.time_zone().clone()).date();
        let parts = [("day", self.day(at.date(), today).into()), ("time", self.clock(at.time()).into())];
        self.with("day-and-time", &parts)
    }

    /// [`Texts::when`] of an instant, read in `zone`.
    pub fn when_in(self, at: Timestamp, zone: &TimeZone, now: Timestamp) -> String {
        self.when(&at.to_zoned(zone.clone()), now)
    }

    /// 'in 3 hours', '5 minutes ago', 'now': the largest whole unit.
    pub fn relative(self, at: Timestamp, now: Timestamp) -> String {
        let minutes = at.duration_since(now).as_secs().div_euclid(60);
        let (unit, n) = match minutes.abs() {
            0 => return self.get("relative-now"),
            1..=59 => ("minutes", minutes),
            60..=1439 => ("hours", minutes / 60),
            _ => ("days", minutes / 1440),
        };
        let side = if n > 0 { "in" } else { "ago" };
        self.with(&format!("relative-{side}-{unit}"), &[("n", n.abs().into())])
    }

    /// '45 min', '1 h 30 min'.
    pub fn duration(self, minutes: u32) -> String {
        let parts = [("hours", (minutes / 60).into()), ("minutes", (minutes % 60).into())];
        match (minutes / 60, minutes % 60) {
            (0, _) => self.with("duration-minutes", &parts[1..]),
            (_, 0) => self.with("duration-hours", &parts[..1]),
            _ => self.with("duration-hours-minutes", &parts),
        }
    }

    /// 'Kolkata time', for a visit whose zone is not the reader's.
    pub fn zone(self, name: &str) -> String {
        let city = name.rsplit('/').next().unwrap_or(name).replace('_', " ");
        self.with("zone-of-city", &[("city", city.into())])
    }

    fn says_part_of_day(self) -> bool {
        self.language() == Language::Hi
    }
}

/// A year is a name, not a quantity: `2026`, never `2,026`.
fn year(date: civil::Date) -> Value<'static> {
    date.year().to_string().into()
}

#[cfg(test)]
mod tests {
    use jiff::civil::{date, time};

    use super::*;

    const EN: fn() -> Texts = || Texts::new(Language::En);
    const HI: fn() -> Texts = || Texts::new(Language::Hi);

    #[test]
    fn days_near_today_have_words() {
        let today = date(2026, 3, 2);
        assert_eq!(EN().day(date(2026, 3, 2), today), "Today");
        assert_eq!(EN().day(date(2026, 3, 3), today), "Tomorrow");
        assert_eq!(HI().day(date(2026, 3, 1), today), "बीता कल");
        assert_eq!(EN().day(date(2026, 3, 5), today), "Thu 5 Mar");
        assert_eq!(HI().day(date(2026, 3, 5), today), "गुरु, 5 मार्च");
        assert_eq!(EN().day(date(2027, 11, 5), today), "5 Nov 2027");
    }

    #[test]
    fn midnight_noon_and_night_read_right_on_the_hindi_clock() {
        assert_eq!(HI().clock(time(0, 5, 0, 0)), "रात 12:05");
        assert_eq!(HI().clock(time(9, 30, 0, 0)), "सुबह 9:30");
        assert_eq!(HI().clock(time(12, 0, 0, 0)), "दोपहर 12:00");
        assert_eq!(HI().clock(time(17, 30, 0, 0)), "शाम 5:30");
        assert_eq!(HI().clock_bare(time(17, 30, 0, 0)), "5:30");
        assert_eq!(EN().clock(time(9, 5, 0, 0)), "09:05");
    }

    #[test]
    fn the_day_is_that_of_the_zone() {
        let now: Timestamp = "2026-03-02T20:00:00Z".parse().expect("a timestamp");
        let at: Timestamp = "2026-03-02T21:30:00Z".parse().expect("a timestamp");
        let kolkata = TimeZone::get("Asia/Kolkata").expect("a zone");
        assert_eq!(EN().when_in(at, &TimeZone::UTC, now), "Today, 21:30");
        assert_eq!(EN().when_in(at, &kolkata, now), "Today, 03:00");
        assert_eq!(EN().zone("America/New_York"), "New York time");
    }

    #[test]
    fn relative_words_use_the_largest_unit_and_its_plural() {
        let now: Timestamp = "2026-03-02T20:00:00Z".parse().expect("a timestamp");
        let after = |minutes: i64| now + jiff::SignedDuration::from_mins(minutes);
        assert_eq!(EN().relative(after(0), now), "now");
        assert_eq!(EN().relative(after(1), now), "in 1 minute");
        assert_eq!(EN().relative(after(190), now), "in 3 hours");
        assert_eq!(EN().relative(after(-2880), now), "2 days ago");
        assert_eq!(HI().relative(after(180), now), "3 घंटे में");
    }

    #[test]
    fn lengths_leave_out_what_is_zero() {
        assert_eq!(EN().duration(45), "45\u{a0}min");
        assert_eq!(EN().duration(60), "1\u{a0}h");
        assert_eq!(EN().duration(90), "1\u{a0}h 30\u{a0}min");
    }

    #[test]
    fn a_long_date_names_weekday_month_and_year() {
        assert_eq!(EN().date(date(2026, 3, 3)), "Tuesday 3 March 2026");
        assert_eq!(HI().date(date(2026, 8, 15)), "शनिवार, 15 अगस्त 2026");
        assert_eq!(HI().month_and_year(date(2026, 8, 15)), "अगस्त 2026");
    }
}
