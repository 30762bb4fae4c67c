//! Sending what waits in the outbox.

use mediconnect_crypto::receipt;
use mediconnect_domain::wire::{Envelope, PROTOCOL, Push, Receipt};

use super::{SyncEngine, SyncError, TransportError};

/// The most that one message carries.
const BATCH: usize = 100;

impl SyncEngine {
    /// Sends one batch. Answers how many commands were answered and whether more wait.
    pub(super) async fn push(&self) -> Result<(u32, bool), SyncError> {
        let batch = self.store.freeze_next(BATCH)?;
        if batch.envelopes.is_empty() {
            return Ok((0, false));
        }
        let more = batch.envelopes.len() == BATCH;
        let device = self.store.device(self.device)?;
        let push = Push { protocol: PROTOCOL, device, commands: batch.envelopes };
        let answer = self.transport.push(&push).await;
        if let Err(TransportError::Offline(_)) = answer {
            // Nothing left this device: what was never sent before can still be changed freely.
            self.store.thaw(&batch.first_time)?;
        }
        let answer = answer?;
        let receipts = answer.receipts.into_iter().filter_map(|receipt| addressed(receipt, &push.commands));
        let receipts: Vec<Receipt> = receipts.collect();
        for receipt in &receipts {
            self.verify(receipt)?;
        }
        self.store.acknowledge(&receipts, self.now())?;
        let answered = u32::try_from(receipts.len()).unwrap_or(u32::MAX);
        Ok((answered, more && answered > 0))
    }

    /// The server's key over exactly this receipt, and for this account.
    fn verify(&self, receipt: &Receipt) -> Result<(), SyncError> {
        let signed = receipt::verify(&self.receipt_key, &receipt.signed_bytes(), &receipt.signature);
        match signed && receipt.account == self.store.account() {
            true => Ok(()),
            false => Err(SyncError::BadReceipt),
        }
    }
}

/// A receipt for one of these commands. What was not asked about is left aside.
fn addressed(receipt: Receipt, commands: &[Envelope]) -> Option<Receipt> {
    commands.iter().any(|command| command.id == receipt.command).then_some(receipt)
}
