//! The medical history: what a doctor should know, sealed for those who are let in.

use dioxus::prelude::*;
use mediconnect_app::{
    AsOf, CannotRead, HistoryRefused, RefusedCard, Status, StoreFailed,
    screens::{Locked, WordsWait},
    use_device,
    words::{entry_detail, entry_kind},
};
use mediconnect_core::{
    StoreError,
    views::{
        history::{History, HistoryLine, Standing, history},
        patient::{
            entry::{RefusedEntry, refused_entries},
            people::{Person, people},
        },
        refusals::refused,
    },
};
use mediconnect_domain::{PatientId, history::content::EntryKind, profiles::Relation};
use mediconnect_ui::{
    ActionBar, Button, ChoiceOption, EmptyState, Glyph, ListRow, PendingClock, PictureKind, Screen,
    SearchField, Section, Segmented, Sheet, Skeleton, use_now, use_reader, use_texts,
};

use crate::{drafts::use_drafts, frame::Tabs, route::Route};

/// One's own and that of those whose guardian one is, as a place of the app.
#[component]
pub fn Records() -> Element {
    let t = use_texts();
    let device = use_device();
    let now = use_now();
    let whose = use_drafts().whose;
    let kept = |person: &Person| person.may_manage && person.relation != Relation::Caregiver;
    let people = device.read(|records| people(records, now));
    let people = people.map(|people| people.into_iter().filter(kept).collect::<Vec<_>>());
    match people {
        Ok(people) => match people.iter().find(|one| Some(one.patient_id) == whose()).or(people.first()) {
            Some(one) => rsx! { Shown { id: one.patient_id, people: people.clone() } },
            None => rsx! {
                Screen { title: t.get("patient-records"), line: rsx! { Status {} }, tabs: rsx! { Tabs { current: "records" } }, Skeleton {} }
            },
        },
        Err(_) => rsx! {
            Screen { title: t.get("patient-records"), tabs: rsx! { Tabs { current: "records" } }, StoreFailed {} }
        },
    }
}

/// Whose history is looked at; asked only where there is a choice.
#[component]
fn Whose(id: PatientId, people: Vec<Person>) -> Element {
    let t = use_texts();
    let mut whose = use_drafts().whose;
    if people.len() < 2 {
        return rsx! {};
    }
    let option = |person: &Person| ChoiceOption::new(person.patient_id.to_string(), person.name.clone());
    rsx! {
        Segmented {
            label: t.get("patient-records-whose"),
            options: people.iter().map(option).collect::<Vec<_>>(),
            value: id.to_string(),
            on_change: move |id: String| whose.set(id.parse().ok()),
        }
    }
}

#[component]
fn Shown(id: PatientId, people: Vec<Person>) -> Element {
    let t = use_texts();
    let device = use_device();
    let now = use_now();
    let pending = device.pending();
    let mut adding = use_signal(|| false);
    let shown = device.read_sealed(|records, vaults| {
        let refused = refused_entries(records, vaults, &pending, id, now);
        Ok::<_, StoreError>((history(records, vaults, id, now)?, refused))
    });
    let (history, refused) = match shown {
        Ok(shown) => shown,
        Err(_) => {
            return rsx! {
                Screen { title: t.get("patient-records"), tabs: rsx! { Tabs { current: "records" } }, StoreFailed {} }
            };
        }
    };
    let open = history.standing == Standing::Open;
    let add = rsx! {
        ActionBar {
            Button { wide: true, glyph: Glyph::Add, onclick: move |()| adding.set(true), {t.get("patient-records-add")} }
        }
    };
    rsx! {
        Screen {
            title: t.get("patient-records"),
            line: rsx! { Status {} },
            footer: open.then_some(add),
            tabs: rsx! { Tabs { current: "records" } },
            Whose { id, people }
            p { class: "muted", {t.get("patient-records-who")} }
            AsOf {}
            WordsWait {}
            for one in refused {
                NotTaken { key: "{one.command_id}", id, one }
            }
            match history.standing {
                Standing::Open => rsx! { Entries { id, history } },
                Standing::Locked => rsx! { Locked {} },
                Standing::Refused => rsx! { HistoryRefused {} },
                Standing::Loading | Standing::NotShared => rsx! {
                    Skeleton {}
                    p { class: "muted", role: "status", {t.get("patient-records-loading")} }
                },
            }
        }
        Sheet { open: adding(), title: t.get("patient-records-add-question"), on_close: move |()| adding.set(false),
            div { class: "card card--list",
                for kind in EntryKind::ALL {
                    ListRow {
                        key: "{kind.code()}",
                        title: entry_kind(t, kind),
                        glyph: glyph(kind),
                        onclick: move |()| {
                            adding.set(false);
                            navigator().push(Route::AddEntry { id, kind: kind.code().to_owned() });
                        },
                    }
                }
            }
        }
    }
}

fn glyph(kind: EntryKind) -> Glyph {
    match kind {
        EntryKind::Allergy => Glyph::Alert,
        EntryKind::Medication => Glyph::Repeat,
        EntryKind::Condition => Glyph::Health,
        EntryKind::BloodType => Glyph::Heart,
        EntryKind::Immunisation => Glyph::Shield,
        EntryKind::Procedure => Glyph::Hospital,
        EntryKind::FamilyHistory => Glyph::People,
    }
}

/// From so many entries on there is something to search.
const SEARCHED_FROM: usize = 6;

#[component]
fn Entries(id: PatientId, history: History) -> Element {
    let t = use_texts();
    let mut search = use_signal(String::new);
    let groups = history.groups(&search());
    let nothing_found = groups.is_empty() && !history.lines.is_empty();
    rsx! {
        if history.lines.is_empty() && history.unreadable.is_empty() {
            EmptyState {
                picture: PictureKind::Welcome,
                title: t.get("patient-records-empty"),
                text: t.get("patient-records-empty-text"),
            }
        }
        if history.lines.len() >= SEARCHED_FROM {
            SearchField {
                label: t.get("patient-records-search"),
                value: search(),
                on_change: move |text| search.set(text),
            }
        }
        if nothing_found {
            p { class: "muted", role: "status", {t.get("patient-records-none-found")} }
        }
        for (kind, lines) in groups {
            Section { key: "{kind.code()}", title: entry_kind(t, kind),
                div { class: "card card--list",
                    for line in lines {
                        Line { key: "{line.id}", id, line }
                    }
                }
            }
        }
        CannotRead { lines: history.unreadable }
        Section { title: t.get("patient-records-readers"),
            div { class: "card card--list",
                ListRow {
                    title: match history.readers.len() {
                        0 => t.get("patient-records-readers-none"),
                        n => t.with("patient-records-readers-some", &[("n", n.into())]),
                    },
                    glyph: Glyph::Key,
                    onclick: move |()| {
                        navigator().push(Route::Readers { id });
                    },
                }
            }
        }
    }
}

#[component]
fn Line(id: PatientId, line: HistoryLine) -> Element {
    let t = use_texts();
    let entry = line.id;
    let Some(content) = line.content() else { return rsx! {} };
    let detail = entry_detail(t, content);
    let by_doctor = (!line.mine).then(|| t.get("patient-entry-by-doctor"));
    let detail = [Some(detail), by_doctor].into_iter().flatten().filter(|part| !part.is_empty());
    let detail = detail.collect::<Vec<_>>().join(" · ");
    rsx! {
        ListRow {
            title: content.title().to_owned(),
            detail: (!detail.is_empty()).then_some(detail),
            end: line.pending.then(|| rsx! { PendingClock {} }),
            onclick: move |()| {
                navigator().push(Route::edit(id, entry, None));
            },
        }
    }
}

/// An entry that the server did not take: why, what it said, and the way to mend it.
#[component]
fn NotTaken(id: PatientId, one: RefusedEntry) -> Element {
    let reader = use_reader();
    let device = use_device();
    let now = use_now();
    let pending = device.pending();
    let (command, entry) = (one.command_id, one.entry_id);
    let Some(shown) = refused(&pending, now).into_iter().find(|refused| refused.command_id == command) else {
        return rsx! {};
    };
    let subject = one.form.as_ref().and_then(|form| Some(form.content().ok()?.title().to_owned()));
    let edit = one.form.is_some().then(|| {
        EventHandler::new(move |()| {
            navigator().push(Route::edit(id, entry, Some(command)));
        })
    });
    rsx! {
        RefusedCard { refused: shown, subject: subject.into_iter().collect::<Vec<_>>(), zone: reader.zone(), on_edit: edit }
    }
}
