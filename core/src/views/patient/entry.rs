//! An entry of the medical history as a form: every field a text, checked before anything is sealed.

use jiff::Timestamp;
use mediconnect_domain::{
    Command, CommandId, HistoryId, PatientId, Refusal,
    history::{
        content::{BloodType, Content, EntryKind, Moment, Severity, What},
        write::WriteHistory,
    },
    vaults::Vault,
};

use super::profile::FieldIssue;
use crate::{PendingCommand, PendingState, Records, StoreError, Vaults, vault::Opened};

/// The form's fields, as typed. Which of them are shown depends on the kind.
#[derive(Clone, Debug, PartialEq)]
pub struct EntryForm {
    pub kind: EntryKind,
    /// What it is about: the substance, the condition, the medicine.
    pub title: String,
    /// The reaction, the dose, the relative.
    pub detail: String,
    pub severity: Severity,
    /// A year or a month: `2019` or `2019-04`.
    pub moment: String,
    /// No longer so: over, no longer taken.
    pub over: bool,
    pub blood_type: Option<BloodType>,
    pub note: String,
}

/// As long as a line may be.
const LINE: usize = 200;
const NOTE: usize = 2_000;

impl EntryForm {
    pub fn new(kind: EntryKind) -> Self {
        Self {
            kind,
            title: String::new(),
            detail: String::new(),
            severity: Severity::Unknown,
            moment: String::new(),
            over: false,
            blood_type: None,
            note: String::new(),
        }
    }

    pub fn of(content: &Content) -> Self {
        let mut form = Self { note: content.note.clone(), ..Self::new(content.kind()) };
        let moment = |moment: &Option<Moment>| moment.map(|moment| moment.to_string()).unwrap_or_default();
        match &content.what {
            What::BloodType { blood_type } => form.blood_type = Some(*blood_type),
            What::Allergy { substance, reaction, severity } => {
                (form.title, form.detail) = (substance.clone(), reaction.clone());
                form.severity = *severity;
            }
            What::Condition { name, since, resolved } => {
                (form.title, form.moment, form.over) = (name.clone(), moment(since), *resolved);
            }
            What::Medication { name, dose, stopped } => {
                (form.title, form.detail, form.over) = (name.clone(), dose.clone(), *stopped);
            }
            What::Immunisation { vaccine, given } => {
                (form.title, form.moment) = (vaccine.clone(), moment(given));
            }
            What::Procedure { name, done } => (form.title, form.moment) = (name.clone(), moment(done)),
            What::FamilyHistory { condition, relative } => {
                (form.title, form.detail) = (condition.clone(), relative.clone());
            }
        }
        form
    }

    /// What is to be sealed, or what is wrong with the fields.
    pub fn content(&self) -> Result<Content, Vec<FieldIssue>> {
        let mut issues = Vec::new();
        let moment = self.checked_moment(&mut issues);
        self.check_texts(&mut issues);
        let what = match (self.kind, self.blood_type) {
            (EntryKind::BloodType, None) => None,
            (EntryKind::BloodType, Some(blood_type)) => Some(What::BloodType { blood_type }),
            _ => Some(self.what(moment)),
        };
        match what.filter(|_| issues.is_empty()) {
            Some(what) => Ok(Content { what, note: self.note.trim().to_owned() }),
            None => Err(issues),
        }
    }

    fn what(&self, moment: Option<Moment>) -> What {
        let (title, detail) = (self.title.trim().to_owned(), self.detail.trim().to_owned());
        match self.kind {
            EntryKind::Medication => What::Medication { name: title, dose: detail, stopped: self.over },
            EntryKind::Condition => What::Condition { name: title, since: moment, resolved: self.over },
            EntryKind::Immunisation => What::Immunisation { vaccine: title, given: moment },
            EntryKind::Procedure => What::Procedure { name: title, done: moment },
            EntryKind::FamilyHistory => What::FamilyHistory { condition: title, relative: detail },
            EntryKind::Allergy | EntryKind::BloodType => {
                What::Allergy { substance: title, reaction: detail, severity: self.severity }
            }
        }
    }

    fn checked_moment(&self, issues: &mut Vec<FieldIssue>) -> Option<Moment> {
        let typed = self.moment.trim();
        if !self.has_moment() || typed.is_empty() {
            return None;
        }
        let read = typed.parse().ok();
        if read.is_none() {
            issues.push(FieldIssue { field: "moment", problem: "moment" });
        }
        read
    }

    fn check_texts(&self, issues: &mut Vec<FieldIssue>) {
        let mut check = |field, text: &str, needed: bool, most: usize| {
            let problem = match text.trim() {
                "" if needed => "missing",
                text if text.chars().count() > most => "too-long",
                _ => return,
            };
            issues.push(FieldIssue { field, problem });
        };
        match self.kind {
            EntryKind::BloodType if self.blood_type.is_none() => check("blood-type", "", true, LINE),
            EntryKind::BloodType => {}
            kind => {
                check("title", &self.title, true, LINE);
                check("detail", &self.detail, kind == EntryKind::FamilyHistory, LINE);
            }
        }
        check("note", &self.note, false, NOTE);
    }

    /// Whether this kind is asked when it was.
    pub fn has_moment(&self) -> bool {
        matches!(self.kind, EntryKind::Condition | EntryKind::Immunisation | EntryKind::Procedure)
    }

    /// Whether this kind has a second line: the reaction, the dose, the relative.
    pub fn has_detail(&self) -> bool {
        matches!(self.kind, EntryKind::Allergy | EntryKind::Medication | EntryKind::FamilyHistory)
    }

    /// Whether this kind can be over.
    pub fn can_end(&self) -> bool {
        matches!(self.kind, EntryKind::Condition | EntryKind::Medication)
    }
}

/// An entry that the server did not take, as it was written.
#[derive(Clone, Debug, PartialEq)]
pub struct RefusedEntry {
    pub command_id: CommandId,
    pub entry_id: HistoryId,
    pub refusal: Refusal,
    /// `None` where it no longer opens here.
    pub form: Option<EntryForm>,
}

/// What was written into a patient's history and refused, the oldest first.
pub fn refused_entries(
    records: &Records,
    vaults: &Vaults,
    pending: &[PendingCommand],
    patient: PatientId,
    now: Timestamp,
) -> Vec<RefusedEntry> {
    let vault = crate::vault::history_of(patient);
    let refused = pending.iter().filter_map(|one| match (&one.state, &one.command) {
        (PendingState::Refused { refusal }, Some(Command::WriteHistory(write)))
            if write.vault_id == vault =>
        {
            Some((one.id, refusal, write))
        }
        _ => None,
    });
    refused
        .map(|(command_id, refusal, write)| RefusedEntry {
            command_id,
            entry_id: write.entry_id,
            refusal: refusal.clone(),
            form: written(records, vaults, write, now),
        })
        .collect()
}

fn written(records: &Records, vaults: &Vaults, write: &WriteHistory, now: Timestamp) -> Option<EntryForm> {
    match vaults.written(records, write, now).ok()? {
        Opened::Content { ref content, .. } => Some(EntryForm::of(content)),
        Opened::Unreadable(_) => None,
    }
}

/// Whose history a refused command was about, so that its card leads there.
pub fn history_behind(records: &Records, command: &Command) -> Result<Option<PatientId>, StoreError> {
    let vault = match command {
        Command::WriteHistory(write) => write.vault_id,
        Command::RemoveHistory(remove) => remove.vault_id,
        Command::ChangeVault(change) => change.vault_id,
        _ => return Ok(None),
    };
    Ok(records.get::<Vault>(vault)?.map(|vault| vault.of.patient()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_gives_back_what_was_written() {
        for kind in EntryKind::ALL {
            let form = EntryForm {
                title: if kind == EntryKind::BloodType { String::new() } else { "Asthma".into() },
                blood_type: (kind == EntryKind::BloodType).then_some(BloodType::ONegative),
                note: "since school".into(),
                ..EntryForm::new(kind)
            };
            let form = EntryForm {
                detail: if form.has_detail() { "mother".into() } else { String::new() },
                moment: if form.has_moment() { "2019-04".into() } else { String::new() },
                over: form.can_end(),
                ..form
            };
            assert_eq!(EntryForm::of(&form.content().unwrap()), form, "{kind:?}");
        }
    }

    #[test]
    fn what_is_missing_or_malformed_is_named() {
        let issues = |form: EntryForm| -> Vec<_> {
            form.content().unwrap_err().iter().map(|issue| (issue.field, issue.problem)).collect()
        };
        let condition = EntryForm { moment: "last year".into(), ..EntryForm::new(EntryKind::Condition) };
        assert_eq!(issues(condition), [("moment", "moment"), ("title", "missing")]);
        assert_eq!(issues(EntryForm::new(EntryKind::BloodType)), [("blood-type", "missing")]);
        let family = EntryForm { title: "Gout".into(), ..EntryForm::new(EntryKind::FamilyHistory) };
        assert_eq!(issues(family), [("detail", "missing")]);
        let long = EntryForm { title: "x".repeat(201), ..EntryForm::new(EntryKind::Allergy) };
        assert_eq!(issues(long), [("title", "too-long")]);
    }
}
