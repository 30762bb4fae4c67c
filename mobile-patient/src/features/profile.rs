//! A patient's file as a form.

use std::collections::HashMap;

use dioxus::prelude::*;
use mediconnect_app::{AsOf, Gone, Status, StoreFailed, back, use_device};
use mediconnect_core::views::patient::profile::{self, FieldIssue, ProfileForm, save};
use mediconnect_domain::{PatientId, profiles::Sex, settings};
use mediconnect_ui::{
    Button, ChoiceOption, ErrorSummary, FieldProblem, Form, InputKind, Screen, Section, SelectField,
    TextField, Toast, Tone, use_now, use_reader, use_texts, use_toasts,
};

use crate::{drafts::use_drafts, words};

#[component]
pub fn Profile(id: PatientId) -> Element {
    let t = use_texts();
    let device = use_device();
    let title = t.get("patient-profile");
    match device.read(|records| profile::form(records, id)) {
        Err(_) => rsx! {
            Screen { title, on_back: |()| back(), StoreFailed {} }
        },
        Ok(None) => rsx! {
            Screen { title, on_back: |()| back(), Gone {} }
        },
        Ok(Some(stored)) => rsx! { Edit { id, stored } },
    }
}

#[component]
fn Edit(id: PatientId, stored: ProfileForm) -> Element {
    let reader = use_reader();
    let t = reader.texts();
    let device = use_device();
    let toasts = use_toasts();
    let mut drafts: Signal<HashMap<Option<PatientId>, ProfileForm>> = use_drafts().profiles;
    let today = use_now().to_zoned(reader.zone()).date();
    let mut tried = use_signal(|| false);
    let form = drafts.read().get(&Some(id)).cloned().unwrap_or_else(|| stored.clone());
    let issues = if tried() { form.profile(today).err().unwrap_or_default() } else { Vec::new() };
    let filled = form.clone();
    let send = move |()| {
        tried.set(true);
        let Ok(command) = save(&filled, id, today) else { return };
        if device.send(command, toasts) {
            drafts.write().remove(&Some(id));
            toasts.show(Toast::new(Tone::Positive, t.get("patient-profile-saved")));
            back();
        }
    };
    rsx! {
        Screen { title: t.get("patient-profile"), on_back: |()| back(), line: rsx! { Status {} },
            AsOf {}
            Form { label: t.get("patient-profile"), on_submit: send,
                Fields {
                    form,
                    issues,
                    brief: false,
                    on_change: move |form| {
                        drafts.write().insert(Some(id), form);
                    },
                }
                Button { submit: true, wide: true, {t.get("action-save")} }
            }
        }
    }
}

/// The fields. `brief` leaves out what a new dependant does not need yet.
#[component]
pub fn Fields(
    form: ProfileForm,
    issues: Vec<FieldIssue>,
    brief: bool,
    on_change: EventHandler<ProfileForm>,
) -> Element {
    let t = use_texts();
    let words_of = |issue: &FieldIssue| match issue.problem {
        "phone" => t.get("patient-field-phone"),
        "email" => t.get("sign-in-email-wrong"),
        "date" => t.get("patient-field-date"),
        "too-long" => t.get("patient-field-too-long"),
        _ => t.get("patient-field-missing"),
    };
    let problems =
        issues.iter().map(|issue| FieldProblem::new(id_of(issue.field), words_of(issue))).collect::<Vec<_>>();
    let errors: HashMap<&'static str, String> =
        issues.iter().map(|issue| (issue.field, words_of(issue))).collect();
    rsx! {
        ErrorSummary { problems }
        Personal { form: form.clone(), errors: errors.clone(), on_change }
        if !brief {
            Contact { form: form.clone(), errors: errors.clone(), on_change }
            InAnEmergency { form: form.clone(), errors: errors.clone(), on_change }
            InsuranceFields { form, errors, on_change }
        }
    }
}

fn id_of(field: &str) -> String {
    format!("profile-{field}")
}

type Errors = HashMap<&'static str, String>;

#[component]
fn Personal(form: ProfileForm, errors: Errors, on_change: EventHandler<ProfileForm>) -> Element {
    let t = use_texts();
    let (named, born, sexed, spoken) = (form.clone(), form.clone(), form.clone(), form.clone());
    let sexes = [Sex::Female, Sex::Male, Sex::Other, Sex::Unknown];
    let languages = [settings::Language::En, settings::Language::Hi];
    let language_option =
        |language| ChoiceOption::new(format!("{language:?}"), words::shown_language(language).own_name());
    rsx! {
        Section { title: t.get("patient-personal"),
            TextField {
                id: id_of("name"),
                label: t.get("patient-name"),
                autocomplete: "name",
                value: form.name.clone(),
                error: errors.get("name").cloned(),
                on_change: move |name| on_change.call(ProfileForm { name, ..named.clone() }),
            }
            TextField {
                id: id_of("birth-date"),
                label: t.get("patient-birth-date"),
                kind: InputKind::Date,
                optional: true,
                autocomplete: "bday",
                value: form.birth_date.clone(),
                error: errors.get("birth-date").cloned(),
                on_change: move |birth_date| on_change.call(ProfileForm { birth_date, ..born.clone() }),
            }
            SelectField {
                label: t.get("patient-sex"),
                help: t.get("patient-sex-help"),
                optional: true,
                options: sexes.map(|one| ChoiceOption::new(format!("{one:?}"), words::sex(t, one))).to_vec(),
                value: form.sex.map(|one| format!("{one:?}")).unwrap_or_default(),
                on_change: move |chosen: String| {
                    let sex = sexes.into_iter().find(|one| format!("{one:?}") == chosen);
                    on_change.call(ProfileForm { sex, ..sexed.clone() });
                },
            }
            SelectField {
                label: t.get("patient-contact-language"),
                options: languages.map(language_option).to_vec(),
                value: format!("{:?}", form.language),
                on_change: move |chosen: String| {
                    let language = languages.into_iter().find(|one| format!("{one:?}") == chosen).unwrap_or_default();
                    on_change.call(ProfileForm { language, ..spoken.clone() });
                },
            }
        }
    }
}

/// A plain text field of the form: its id, the key of its label, what it takes, how to read and to write it.
struct Plain {
    field: &'static str,
    label: &'static str,
    help: Option<&'static str>,
    kind: InputKind,
    autocomplete: &'static str,
    get: fn(&ProfileForm) -> &String,
    set: fn(&mut ProfileForm) -> &mut String,
}

macro_rules! plain {
    ($field:literal, $label:literal, $help:expr, $kind:ident, $autocomplete:literal, $name:ident) => {
        Plain {
            field: $field,
            label: $label,
            help: $help,
            kind: InputKind::$kind,
            autocomplete: $autocomplete,
            get: |form| &form.$name,
            set: |form| &mut form.$name,
        }
    };
}

fn plain_fields(
    t: mediconnect_ui::Texts,
    fields: Vec<Plain>,
    form: &ProfileForm,
    errors: &Errors,
    on_change: EventHandler<ProfileForm>,
) -> Element {
    rsx! {
        for Plain { field, label, help, kind, autocomplete, get, set } in fields {
            TextField {
                key: "{field}",
                id: id_of(field),
                label: t.get(label),
                help: help.map(|key| t.get(key)),
                kind,
                optional: true,
                autocomplete,
                value: get(form).clone(),
                error: errors.get(field).cloned(),
                on_change: {
                    let form = form.clone();
                    move |typed| {
                        let mut form = form.clone();
                        *set(&mut form) = typed;
                        on_change.call(form);
                    }
                },
            }
        }
    }
}

#[component]
fn Contact(form: ProfileForm, errors: Errors, on_change: EventHandler<ProfileForm>) -> Element {
    let t = use_texts();
    let fields = vec![
        plain!("phone", "patient-phone", Some("patient-phone-help"), Phone, "tel", phone),
        plain!("email", "sign-in-email", None, Email, "email", email),
        plain!("street", "patient-street", None, Text, "street-address", street),
        plain!("postal-code", "patient-postal-code", None, Text, "postal-code", postal_code),
        plain!("city", "patient-city", None, Text, "address-level2", city),
    ];
    let country = form.clone();
    rsx! {
        Section { title: t.get("patient-contact"),
            {plain_fields(t, fields, &form, &errors, on_change)}
            SelectField {
                id: id_of("country"),
                label: t.get("patient-country"),
                optional: true,
                options: COUNTRIES.iter().map(|code| ChoiceOption::new(*code, country_name(t, code))).collect::<Vec<_>>(),
                value: form.country.clone(),
                error: errors.get("country").cloned(),
                on_change: move |code| on_change.call(ProfileForm { country: code, ..country.clone() }),
            }
        }
    }
}

/// Those with words of their own; an address elsewhere is entered by the clinic's desk.
const COUNTRIES: [&str; 12] = ["AE", "AU", "CA", "DE", "ES", "FR", "GB", "IN", "JP", "NP", "SG", "US"];

fn country_name(t: mediconnect_ui::Texts, code: &str) -> String {
    t.find(&format!("patient-country-{}", code.to_lowercase())).unwrap_or_else(|| code.to_owned())
}

#[component]
fn InAnEmergency(form: ProfileForm, errors: Errors, on_change: EventHandler<ProfileForm>) -> Element {
    let t = use_texts();
    let fields = vec![
        plain!("contact-name", "patient-contact-name", None, Text, "off", contact_name),
        plain!("contact-relation", "patient-contact-relation", None, Text, "off", contact_relation),
        plain!("contact-phone", "patient-phone", Some("patient-phone-help"), Phone, "off", contact_phone),
    ];
    rsx! {
        Section { title: t.get("patient-emergency-contact"), {plain_fields(t, fields, &form, &errors, on_change)} }
    }
}

#[component]
fn InsuranceFields(form: ProfileForm, errors: Errors, on_change: EventHandler<ProfileForm>) -> Element {
    let t = use_texts();
    let fields = vec![
        plain!("insurer", "patient-insurer", None, Text, "off", insurer),
        plain!("member-number", "patient-member-number", None, Text, "off", member_number),
    ];
    rsx! {
        Section { title: t.get("patient-insurance"), {plain_fields(t, fields, &form, &errors, on_change)} }
    }
}
