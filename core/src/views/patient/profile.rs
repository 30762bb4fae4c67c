//! A patient's file as a form: every field a text, checked before anything is sent.
//!
//! Groups such as the address are either empty or complete. What the form does not show is kept.

use jiff::civil::Date;
use mediconnect_domain::{
    PatientId, Zone,
    profiles::{Address, EmergencyContact, Insurance, Patient, Profile, Sex, update::UpdateProfile},
    settings::Language,
    valid,
};

use crate::{Records, StoreError, views::sign_up::is_email};

/// The form's fields, as typed.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ProfileForm {
    pub name: String,
    /// As the date field writes it: `2014-05-31`.
    pub birth_date: String,
    pub sex: Option<Sex>,
    pub phone: String,
    pub email: String,
    pub street: String,
    pub city: String,
    pub postal_code: String,
    /// ISO 3166-1 alpha-2.
    pub country: String,
    pub contact_name: String,
    pub contact_relation: String,
    pub contact_phone: String,
    pub insurer: String,
    pub member_number: String,
    pub language: Language,
    pub zone: String,
}

/// What is wrong with a field: its name in the form, and the key of the words under `patient-field-`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FieldIssue {
    pub field: &'static str,
    pub problem: &'static str,
}

impl ProfileForm {
    pub fn of(profile: &Profile) -> Self {
        let profile = profile.clone();
        let address = profile.address;
        let (contact, insurance) = (profile.emergency_contact, profile.insurance);
        let part = |part: fn(&Address) -> &String| address.as_ref().map(part).cloned().unwrap_or_default();
        Self {
            name: profile.name,
            birth_date: profile.birth_date.map(|date| date.to_string()).unwrap_or_default(),
            sex: profile.sex,
            phone: profile.phone.unwrap_or_default(),
            email: profile.email.unwrap_or_default(),
            street: part(|address| &address.street),
            city: part(|address| &address.city),
            postal_code: part(|address| &address.postal_code),
            country: part(|address| &address.country),
            contact_name: contact.as_ref().map(|one| one.name.clone()).unwrap_or_default(),
            contact_relation: contact.as_ref().map(|one| one.relation.clone()).unwrap_or_default(),
            contact_phone: contact.map(|one| one.phone).unwrap_or_default(),
            insurer: insurance.as_ref().map(|one| one.insurer.clone()).unwrap_or_default(),
            member_number: insurance.map(|one| one.member_number).unwrap_or_default(),
            language: profile.language,
            zone: profile.zone.name().to_owned(),
        }
    }

    /// An empty form for somebody who lives as the person who fills it in.
    pub fn new(language: Language, zone: &Zone) -> Self {
        Self { language, zone: zone.name().to_owned(), ..Self::default() }
    }

    /// The profile, or what is wrong, in the order of the form.
    pub fn profile(&self, today: Date) -> Result<Profile, Vec<FieldIssue>> {
        let issues = self.issues(today);
        let zone = match (issues.is_empty(), Zone::new(&self.zone)) {
            (true, Some(zone)) => zone,
            (true, None) => return Err(vec![FieldIssue { field: "zone", problem: "zone" }]),
            (false, _) => return Err(issues),
        };
        Ok(Profile {
            name: self.name.trim().to_owned(),
            birth_date: self.birth_date.trim().parse().ok(),
            sex: self.sex,
            phone: filled(&phone(&self.phone)),
            email: filled(&self.email),
            address: self.address(),
            emergency_contact: self.contact(),
            insurance: self.insurance(),
            language: self.language,
            zone,
        })
    }

    fn issues(&self, today: Date) -> Vec<FieldIssue> {
        let mut issues = Vec::new();
        let mut check = |field, problem, wrong: bool| {
            if wrong && !issues.iter().any(|issue: &FieldIssue| issue.field == field) {
                issues.push(FieldIssue { field, problem });
            }
        };
        check("name", "missing", is_blank(&self.name));
        check(
            "name",
            "too-long",
            self.name.chars().count() > 120 || valid::printable(&self.name, &()).is_err(),
        );
        check("birth-date", "date", !is_blank(&self.birth_date) && !is_past_date(&self.birth_date, today));
        check("phone", "phone", !is_blank(&self.phone) && !is_phone(&phone(&self.phone)));
        check("email", "email", !is_blank(&self.email) && !is_email(&self.email));
        let address = [&self.street, &self.city, &self.postal_code, &self.country];
        if address.iter().any(|part| !is_blank(part)) {
            check("street", "missing", is_blank(&self.street));
            check("city", "missing", is_blank(&self.city));
            check("country", "missing", is_blank(&self.country));
        }
        let contact = [&self.contact_name, &self.contact_relation, &self.contact_phone];
        if contact.iter().any(|part| !is_blank(part)) {
            check("contact-name", "missing", is_blank(&self.contact_name));
            check("contact-phone", "phone", !is_phone(&phone(&self.contact_phone)));
        }
        if !is_blank(&self.insurer) || !is_blank(&self.member_number) {
            check("insurer", "missing", is_blank(&self.insurer));
            check("member-number", "missing", is_blank(&self.member_number));
        }
        issues
    }

    fn address(&self) -> Option<Address> {
        filled(&self.street).map(|street| Address {
            street,
            city: self.city.trim().into(),
            postal_code: self.postal_code.trim().into(),
            country: self.country.trim().into(),
        })
    }

    fn contact(&self) -> Option<EmergencyContact> {
        filled(&self.contact_name).map(|name| EmergencyContact {
            name,
            relation: self.contact_relation.trim().into(),
            phone: phone(&self.contact_phone),
        })
    }

    fn insurance(&self) -> Option<Insurance> {
        filled(&self.insurer)
            .map(|insurer| Insurance { insurer, member_number: self.member_number.trim().into() })
    }
}

fn is_blank(text: &str) -> bool {
    text.trim().is_empty()
}

fn filled(text: &str) -> Option<String> {
    (!is_blank(text)).then(|| text.trim().to_owned())
}

/// A phone number without what people put between its digits.
fn phone(typed: &str) -> String {
    let digits: String = typed.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect();
    digits.strip_prefix("00").map(|rest| format!("+{rest}")).unwrap_or(digits)
}

/// E.164.
fn is_phone(number: &str) -> bool {
    number.strip_prefix('+').is_some_and(|digits| {
        (7..=15).contains(&digits.len())
            && !digits.starts_with('0')
            && digits.bytes().all(|c| c.is_ascii_digit())
    })
}

fn is_past_date(text: &str, today: Date) -> bool {
    text.trim().parse::<Date>().is_ok_and(|date| date <= today && date.year() > today.year() - 130)
}

/// A patient's form and whether the account may change it; `None` where it may not even read it.
pub fn form(records: &Records, id: PatientId) -> Result<Option<ProfileForm>, StoreError> {
    Ok(records.get::<Patient>(id)?.map(|patient| ProfileForm::of(&patient.profile)))
}

/// The command that saves the form.
pub fn save(
    form: &ProfileForm,
    patient_id: PatientId,
    today: Date,
) -> Result<UpdateProfile, Vec<FieldIssue>> {
    form.profile(today).map(|profile| UpdateProfile { patient_id, profile })
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::views::patient::examples::*;

    const TODAY: Date = Date::constant(2026, 3, 1);

    fn full() -> ProfileForm {
        let zone = Zone::new("Europe/Berlin").expect("a zone");
        ProfileForm {
            name: " Mina Shah ".into(),
            birth_date: "1990-04-05".into(),
            phone: "0049 (30) 12 34 56-7".into(),
            street: "1 Main Street".into(),
            city: "Berlin".into(),
            country: "DE".into(),
            contact_name: "Ravi".into(),
            contact_phone: "+49301234567".into(),
            ..ProfileForm::new(Language::En, &zone)
        }
    }

    fn wrong(form: ProfileForm) -> Vec<(&'static str, &'static str)> {
        let issues = form.profile(TODAY).expect_err("something is wrong");
        issues.into_iter().map(|issue| (issue.field, issue.problem)).collect()
    }

    #[test]
    fn what_the_form_lets_through_the_rules_take() {
        let profile = full().profile(TODAY).expect("a profile");
        assert_eq!(profile.name, "Mina Shah");
        assert_eq!(profile.phone.as_deref(), Some("+49301234567"));
        assert_eq!(profile.birth_date, Some(date(1990, 4, 5)));
        let save = mediconnect_domain::Command::from(UpdateProfile { patient_id: patient_id(), profile });
        save.validate().expect("the rules agree");
    }

    #[test]
    fn a_group_is_empty_or_complete() {
        assert_eq!(wrong(ProfileForm { city: String::new(), ..full() }), [("city", "missing")]);
        assert_eq!(wrong(ProfileForm { contact_phone: "12".into(), ..full() }), [("contact-phone", "phone")]);
        assert_eq!(wrong(ProfileForm { insurer: "Care".into(), ..full() }), [("member-number", "missing")]);
        assert_eq!(wrong(ProfileForm { name: " ".into(), ..full() }), [("name", "missing")]);
    }

    #[test]
    fn a_birth_date_lies_behind_us() {
        assert_eq!(
            wrong(ProfileForm { birth_date: "2026-03-02".into(), ..full() }),
            [("birth-date", "date")]
        );
        assert_eq!(wrong(ProfileForm { birth_date: "5 April".into(), ..full() }), [("birth-date", "date")]);
    }

    #[test]
    fn a_stored_profile_goes_through_the_form_unchanged() {
        let profile = full().profile(TODAY).expect("a profile");
        assert_eq!(ProfileForm::of(&profile).profile(TODAY), Ok(profile));
        let shown = read(&family(), |records| form(records, child_id())).expect("a file");
        assert_eq!(shown.name, "Arun Shah");
    }
}
