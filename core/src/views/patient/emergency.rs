//! Whom to call when it cannot wait.
//!
//! The numbers are in `core/data/emergency_numbers.csv`, see the note beside it.

const NUMBERS: &str = include_str!("../../../data/emergency_numbers.csv");

/// Works from mobile phones in most of the world (3GPP TS 22.101).
const ANYWHERE: &str = "112";

/// The number that brings an ambulance in a country (ISO 3166-1 alpha-2); the mobile standard's where it is not known.
pub fn ambulance(country: &str) -> &'static str {
    let line = NUMBERS.lines().find(|line| line.split(',').next() == Some(country));
    let services = line.into_iter().flat_map(|line| line.split(',').skip(1));
    // Where no ambulance is listed, the fire brigade sends it (Korea: 119).
    let [ambulance, _, fire] = first_three(services);
    [ambulance, fire].into_iter().find(|number| !number.is_empty()).unwrap_or(ANYWHERE)
}

/// The usual number of each service.
fn first_three(services: impl Iterator<Item = &'static str>) -> [&'static str; 3] {
    let mut numbers = [""; 3];
    for (place, service) in numbers.iter_mut().zip(services) {
        *place = service.split(';').next().unwrap_or_default();
    }
    numbers
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_country_has_its_number_and_the_rest_the_mobile_one() {
        assert_eq!(ambulance("US"), "911");
        assert_eq!(ambulance("GB"), "999");
        assert_eq!(ambulance("IN"), "112");
        assert_eq!(ambulance("KR"), "119");
        assert_eq!(ambulance("XX"), "112");
        assert_eq!(ambulance(""), "112");
    }

    #[test]
    fn every_number_is_digits_only() {
        for line in NUMBERS.lines().skip(1) {
            let number = ambulance(line.split(',').next().expect("a country"));
            assert!(!number.is_empty() && number.chars().all(|c| c.is_ascii_digit()), "{line}");
        }
    }
}
