//! This device as a witness of the server's audit: it keeps the newest head it saw and asks, every now and then, whether the audit
//! still goes through it. Who owns the server's database cannot take lines back without some device noticing.

use jiff::{SignedDuration, Timestamp};
use mediconnect_crypto::receipt;
use mediconnect_domain::audit::{self, AuditHead, HeadAnswer, Witnessed};

use super::{Client, SignInError, accounts::read, open::OpenAccount};
use crate::{StoreError, remote::Call, store::AuditAlarm};

const EVERY: SignedDuration = SignedDuration::from_hours(1);

impl Client {
    /// What this device holds against the server's audit, if anything: shown until somebody has looked into it.
    pub fn audit_alarm(&self) -> Result<Option<AuditAlarm>, StoreError> {
        self.inner.registry.audit_alarm()
    }

    /// Somebody has looked into it. From here on the audit is watched as it is now.
    pub fn dismiss_audit_alarm(&self) -> Result<(), StoreError> {
        self.inner.registry.dismiss_audit_alarm()?;
        self.inner.board.audit_alarm(false);
        Ok(())
    }

    /// Compares the audit with the head kept, and keeps the newest; at most every hour. That the server does not answer is no
    /// news: it is asked again after the next round.
    pub(super) async fn witness(&self, open: &OpenAccount) {
        let now = self.inner.config.clock.now();
        if !self.inner.registry.is_to_witness(now - EVERY) {
            return;
        }
        if let Err(error) = self.compare_audit(open, now).await {
            tracing::info!(%error, "the audit's head was not compared");
        }
    }

    /// [`Client::witness`], now.
    pub async fn check_audit(&self) -> Result<Option<AuditAlarm>, SignInError> {
        let open = self.account_open()?;
        self.compare_audit(&open, self.inner.config.clock.now()).await?;
        Ok(self.audit_alarm()?)
    }

    async fn compare_audit(&self, open: &OpenAccount, now: Timestamp) -> Result<(), SignInError> {
        let registry = &self.inner.registry;
        let Some(key) = registry.receipt_key()? else { return Ok(()) };
        let kept = registry.audit_head()?;
        let path = match &kept {
            Some(kept) => format!("{}?number={}", audit::HEAD, kept.number),
            None => audit::HEAD.to_owned(),
        };
        let answer: HeadAnswer = read(open.line.call(&Call::get(path)).await?)?;
        // A seal that is not signed is none.
        let signed = |head: &AuditHead| {
            receipt::verify(&key, &AuditHead::signed_bytes(head.number, &head.hash, head.at), &head.signature)
        };
        let HeadAnswer { head, asked } = answer;
        let (head, asked) = (head.filter(signed), asked.filter(signed));
        let found = kept.as_ref().map_or(Witnessed::Continued, |kept| kept.witness(asked.as_ref()));
        registry.note_audit(now, head, found)?;
        self.inner.board.audit_alarm(registry.audit_alarm()?.is_some());
        Ok(())
    }
}
