//! Opening an account in three short steps, each checked on its own and kept.

use crate::views::sign_up::{SHORTEST_PASSWORD, is_email};

/// What has been filled in so far. The password is kept in memory only.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SignUp {
    pub step: Step,
    pub name: String,
    pub email: String,
    pub password: String,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Step {
    #[default]
    Who,
    Reach,
    Password,
}

impl Step {
    pub const ALL: [Self; 3] = [Self::Who, Self::Reach, Self::Password];

    /// From 1.
    pub fn number(self) -> u32 {
        self as u32 + 1
    }

    pub fn next(self) -> Option<Self> {
        Self::ALL.get(self as usize + 1).copied()
    }

    pub fn before(self) -> Option<Self> {
        (self as usize).checked_sub(1).map(|place| Self::ALL[place])
    }
}

impl SignUp {
    /// The key of the words for what is wrong with the present step, if anything.
    pub fn problem(&self) -> Option<&'static str> {
        let name = self.name.trim();
        match self.step {
            Step::Who if name.is_empty() => Some("patient-sign-up-name-missing"),
            Step::Who if name.chars().count() > 120 => Some("patient-sign-up-name-long"),
            Step::Reach if self.email.trim().is_empty() => Some("sign-in-email-missing"),
            Step::Reach if !is_email(&self.email) => Some("sign-in-email-wrong"),
            Step::Password if self.password.chars().count() < SHORTEST_PASSWORD => Some("app-password-short"),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_step_is_checked_on_its_own() {
        let mut form = SignUp::default();
        assert_eq!(form.problem(), Some("patient-sign-up-name-missing"));
        form.name = "Mina".into();
        assert_eq!(form.problem(), None);
        form.step = Step::Reach;
        form.email = "mina@".into();
        assert_eq!(form.problem(), Some("sign-in-email-wrong"));
        form.step = Step::Password;
        form.password = "पासवर्ड".into();
        assert_eq!(form.problem(), Some("app-password-short"));
    }

    #[test]
    fn steps_go_forth_and_back() {
        assert_eq!(Step::Who.next(), Some(Step::Reach));
        assert_eq!(Step::Password.next(), None);
        assert_eq!(Step::Reach.before(), Some(Step::Who));
        assert_eq!(Step::Who.before(), None);
    }
}
