//! People I care for, and who may act for them and for me.

use dioxus::prelude::*;
use jiff::{Timestamp, civil::Date};
use mediconnect_app::{AsOf, Status, back, instead_of_list, use_device};
use mediconnect_core::views::{
    patient::{
        people::{Carer, Person, carers, people},
        profile::ProfileForm,
    },
    sign_up::is_email,
};
use mediconnect_domain::{
    LinkId, PatientId, Zone,
    profiles::{
        Permission, Relation,
        dependants::AddDependant,
        unlink::{GrantCaregiver, RevokeLink},
    },
};
use mediconnect_ui::{
    Avatar, Button, ButtonKind, Card, Checkbox, Dialog, EmptyState, ErrorSummary, FieldProblem, Form, Glyph,
    InputKind, ListRow, PictureKind, Screen, Section, TextField, Toast, Tone, use_now, use_reader, use_texts,
    use_toasts,
};

use super::profile::Fields;
use crate::{drafts::use_drafts, route::Route, words};

#[component]
pub fn People() -> Element {
    let t = use_texts();
    let device = use_device();
    let now = use_now();
    let shown = device.read(|records| people(records, now));
    let empty = || {
        rsx! {
            EmptyState { picture: PictureKind::People, title: t.get("patient-people-none") }
        }
    };
    let instead = instead_of_list(&shown, device.is_first_sync(), empty);
    rsx! {
        Screen { title: t.get("patient-people"), on_back: |()| back(), line: rsx! { Status {} },
            p { class: "muted", {t.get("patient-people-intro")} }
            AsOf {}
            if let Some(instead) = instead {
                {instead}
            } else if let Ok(people) = shown {
                for person in people {
                    OnePerson { key: "{person.patient_id}", person }
                }
            }
            Button {
                wide: true,
                glyph: Glyph::Add,
                onclick: |()| {
                    navigator().push(Route::AddPerson {});
                },
                {t.get("patient-add-person")}
            }
        }
    }
}

#[component]
fn OnePerson(person: Person) -> Element {
    let reader = use_reader();
    let t = reader.texts();
    let id = person.patient_id;
    rsx! {
        div { class: "card card--list",
            div { class: "visit-card__who place__head",
                Avatar { name: person.name.clone() }
                div { class: "visit-card__words",
                    h2 { class: "person__name", {person.name.clone()} }
                    p { class: "small muted", {words::relation(t, person.relation)} }
                    if let Some(date) = person.birth_date {
                        p { class: "small muted", {t.with("patient-born", &[("date", t.date_with_year(date).into())])} }
                    }
                    if let Some(until) = person.until {
                        p { class: "small", {t.with("patient-until", &[("date", words::when(reader, until).into())])} }
                    }
                }
            }
            if person.may_manage {
                ListRow {
                    title: t.get("patient-profile"),
                    glyph: Glyph::Account,
                    onclick: move |()| {
                        navigator().push(Route::Profile { id });
                    },
                }
                ListRow {
                    title: t.get("patient-carers"),
                    glyph: Glyph::Key,
                    onclick: move |()| {
                        navigator().push(Route::Carers { id });
                    },
                }
            }
        }
    }
}

/// A child or another person without an account of their own.
#[component]
pub fn AddPerson() -> Element {
    let reader = use_reader();
    let t = reader.texts();
    let device = use_device();
    let toasts = use_toasts();
    let mut drafts = use_drafts().profiles;
    let today = use_now().to_zoned(reader.zone()).date();
    let zone = Zone::new(reader.zone().iana_name().unwrap_or("UTC")).unwrap_or_else(Zone::utc);
    let fresh = ProfileForm::new(words::stored_language(t.language()), &zone);
    let form = drafts.read().get(&None).cloned().unwrap_or(fresh);
    let mut tried = use_signal(|| false);
    let issues = if tried() { form.profile(today).err().unwrap_or_default() } else { Vec::new() };
    let filled = form.clone();
    let send = move |()| {
        tried.set(true);
        let Ok(profile) = filled.profile(today) else { return };
        let (patient_id, link_id) = (PatientId(device.new_id()), LinkId(device.new_id()));
        if device.send(AddDependant { patient_id, link_id, profile }, toasts) {
            drafts.write().remove(&None);
            toasts.show(Toast::new(Tone::Positive, t.get("patient-person-added")));
            back();
        }
    };
    rsx! {
        Screen { title: t.get("patient-add-person"), on_back: |()| back(),
            p { class: "muted", {t.get("patient-add-person-intro")} }
            Form { label: t.get("patient-add-person"), on_submit: send,
                Fields {
                    form,
                    issues,
                    brief: true,
                    on_change: move |form| {
                        drafts.write().insert(None, form);
                    },
                }
                Button { submit: true, wide: true, {t.get("patient-add-person")} }
            }
        }
    }
}

/// Who may act for a patient, and letting one more.
#[component]
pub fn Carers(id: PatientId) -> Element {
    let t = use_texts();
    let device = use_device();
    let now = use_now();
    let shown = device.read(|records| carers(records, id, now));
    let instead = instead_of_list(
        &shown,
        device.is_first_sync(),
        || rsx! { EmptyState { picture: PictureKind::People, title: t.get("patient-carers-none") } },
    );
    rsx! {
        Screen { title: t.get("patient-carers"), on_back: |()| back(), line: rsx! { Status {} },
            p { class: "muted", {t.get("patient-carers-intro")} }
            AsOf {}
            if let Some(instead) = instead {
                {instead}
            } else if let Ok(carers) = shown {
                for carer in carers {
                    OneCarer { key: "{carer.link_id}", carer }
                }
            }
            Grant { patient: id }
        }
    }
}

#[component]
fn OneCarer(carer: Carer) -> Element {
    let reader = use_reader();
    let t = reader.texts();
    let device = use_device();
    let toasts = use_toasts();
    let mut asking = use_signal(|| false);
    let link_id = carer.link_id;
    let name = match carer.me {
        true => t.with("patient-carer-me", &[("name", carer.name.clone().into())]),
        false => carer.name.clone(),
    };
    rsx! {
        Card {
            div { class: "visit-card__who",
                Avatar { name: carer.name.clone() }
                div { class: "visit-card__words",
                    p { class: "strong", {name} }
                    p { class: "small muted", {words::carer(t, carer.relation)} }
                    p { class: "small", {words::permissions(t, &carer.permissions)} }
                    if let Some(until) = carer.until {
                        p { class: "small", {t.with("patient-until", &[("date", words::when(reader, until).into())])} }
                    }
                }
            }
            if carer.relation == Relation::Caregiver {
                Button { small: true, kind: ButtonKind::Critical, onclick: move |()| asking.set(true), {t.get("patient-carer-end")} }
            }
        }
        Dialog {
            open: asking(),
            title: t.get("patient-carer-end-question"),
            on_close: move |()| asking.set(false),
            actions: rsx! {
                Button {
                    kind: ButtonKind::Critical,
                    onclick: move |()| {
                        device.send(RevokeLink { link_id }, toasts);
                        asking.set(false);
                    },
                    {t.get("patient-carer-end")}
                }
                Button { kind: ButtonKind::Secondary, onclick: move |()| asking.set(false), {t.get("action-cancel")} }
            },
            p { {t.with("patient-carer-end-text", &[("name", carer.name.clone().into())])} }
        }
    }
}

const EMAIL: &str = "carer-email";

#[component]
fn Grant(patient: PatientId) -> Element {
    let reader = use_reader();
    let t = reader.texts();
    let device = use_device();
    let toasts = use_toasts();
    let mut email = use_signal(String::new);
    let mut permissions = use_signal(|| vec![Permission::Read, Permission::Book]);
    let mut until = use_signal(String::new);
    let mut tried = use_signal(|| false);
    let now = use_now();
    let expires = end_of_day(&until(), &reader.zone());
    let late = !until().is_empty() && expires.is_none_or(|end| end <= now);
    let mut problems = Vec::new();
    if tried() && !is_email(&email()) {
        problems.push(FieldProblem::new(EMAIL, t.get("sign-in-email-wrong")));
    }
    if tried() && permissions.read().is_empty() {
        problems.push(FieldProblem::new("carer-permissions", t.get("patient-carer-permission-missing")));
    }
    if tried() && late {
        problems.push(FieldProblem::new("carer-until", t.get("patient-carer-until-wrong")));
    }
    let error =
        |field: &str| problems.iter().find(|one| one.field_id == field).map(|one| one.message.clone());
    let (email_error, until_error) = (error(EMAIL), error("carer-until"));
    let send = move |()| {
        tried.set(true);
        if !is_email(&email()) || permissions.read().is_empty() || late {
            return;
        }
        let grant = GrantCaregiver {
            link_id: LinkId(device.new_id()),
            patient_id: patient,
            email: email().trim().to_lowercase(),
            permissions: permissions(),
            expires_at: expires,
        };
        if device.send(grant, toasts) {
            email.set(String::new());
            tried.set(false);
            toasts.show(Toast::new(Tone::Accent, t.get("patient-carer-asked")));
        }
    };
    rsx! {
        Section { title: t.get("patient-carer-add"),
            Form { label: t.get("patient-carer-add"), on_submit: send,
                ErrorSummary { problems }
                TextField {
                    id: EMAIL,
                    label: t.get("patient-carer-email"),
                    help: t.get("patient-carer-email-help"),
                    kind: InputKind::Email,
                    value: email(),
                    error: email_error,
                    on_change: move |typed| email.set(typed),
                }
                fieldset { class: "field", id: "carer-permissions", tabindex: "-1",
                    legend { class: "field__label", {t.get("patient-carer-may")} }
                    for permission in Permission::ALL {
                        Checkbox {
                            key: "{permission:?}",
                            label: words::permission(t, permission).0,
                            detail: words::permission(t, permission).1,
                            checked: permissions.read().contains(&permission),
                            on_change: move |on| {
                                let mut chosen = permissions.write();
                                chosen.retain(|one| *one != permission);
                                if on {
                                    chosen.push(permission);
                                }
                            },
                        }
                    }
                }
                TextField {
                    id: "carer-until",
                    label: t.get("patient-carer-until"),
                    help: t.get("patient-carer-until-help"),
                    kind: InputKind::Date,
                    optional: true,
                    value: until(),
                    error: until_error,
                    on_change: move |date| until.set(date),
                }
                Button { submit: true, wide: true, {t.get("patient-carer-add")} }
            }
        }
    }
}

/// The end of a day as typed, in the reader's zone.
fn end_of_day(date: &str, zone: &jiff::tz::TimeZone) -> Option<Timestamp> {
    let next = date.parse::<Date>().ok()?.tomorrow().ok()?;
    Some(next.to_zoned(zone.clone()).ok()?.timestamp())
}
