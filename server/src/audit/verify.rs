//! Checking the audit: does every line stand where and as it was sealed?

use jiff::SignedDuration;
use mediconnect_crypto::receipt;
use mediconnect_domain::audit::{AuditFinding as Finding, AuditHead, AuditReport, Witnessed};

use super::seal::{Chain, LINE, LINES, SEAL, Seal, last, numbered};
use crate::{
    storage::{Store, StoreError, Tx},
    values,
};

/// A server that runs seals within seconds: lines that wait are not further apart than this.
const UNSEALED_FOR: SignedDuration = SignedDuration::from_secs(60);
/// Seals read at once.
const SEALS: u64 = 200;

/// Reads the whole audit, a part at a time, and compares it with its seals and with heads that were kept elsewhere.
/// `public` is the installation's receipt key.
pub async fn verify(store: &Store, public: &str, kept: &[AuditHead]) -> Result<AuditReport, StoreError> {
    // What is written meanwhile is not part of it.
    let end = store.read(|tx| Box::pin(last(tx))).await?;
    let until = end.as_ref().map_or(0, |seal| seal.head.number);
    let mut verifier = Verifier { store, public, report: AuditReport::default() };
    verifier.report.head = end.map(|seal| seal.head);
    let mut before: Option<Seal> = None;
    while before.as_ref().map_or(0, |seal| seal.head.number) < until {
        let number = before.as_ref().map_or(0, |seal| seal.head.number);
        for seal in store.read(move |tx| Box::pin(seals(tx, number, until))).await? {
            verifier.check(before.as_ref(), &seal).await?;
            before = Some(seal);
        }
    }
    verifier.rest(before.map_or(0, |seal| seal.last_line)).await?;
    for kept in kept {
        verifier.compare(kept).await?;
    }
    Ok(verifier.report)
}

/// What was read so far.
struct Verifier<'a> {
    store: &'a Store,
    public: &'a str,
    report: AuditReport,
}

async fn seals(tx: &mut dyn Tx, after: u64, until: u64) -> Result<Vec<Seal>, StoreError> {
    let sql = format!("{SEAL} WHERE number > ?1 AND number <= ?2 ORDER BY number LIMIT ?3");
    tx.query(&sql, &values![after, until, SEALS]).await?.iter().map(Seal::read).collect()
}

impl Verifier<'_> {
    fn found(&mut self, finding: Finding) {
        self.report.findings.push(finding);
    }

    /// One seal, against the one before it and its lines.
    async fn check(&mut self, before: Option<&Seal>, seal: &Seal) -> Result<(), StoreError> {
        let number = seal.head.number;
        let (expected, after) = before.map_or((1, 0), |seal| (seal.head.number + 1, seal.last_line));
        self.report.seals += 1;
        (expected..number).for_each(|seal| self.found(Finding::SealMissing { seal }));
        if !seal.is_signed_by(self.public) {
            self.found(Finding::SealForged { seal: number });
        }
        if expected < number {
            // Which of its lines are its own nobody can tell.
            return Ok(());
        }
        let (until, count) = (seal.last_line, seal.line_count);
        let previous = before.map(|seal| seal.head.hash.clone());
        let read = self.store.read(move |tx| {
            let previous = previous.clone();
            Box::pin(async move { lines(tx, previous.as_deref(), after, (until, count)).await })
        });
        let (found, hash) = read.await?;
        self.report.lines += found;
        if found < count {
            self.found(Finding::LinesMissing { seal: number, after, until, count: count - found });
        } else if found > count {
            self.found(Finding::LinesAdded { seal: number, after, until, count: found - count });
        } else if hash != seal.head.hash {
            self.found(Finding::LinesChanged { seal: number, after, until });
        }
        Ok(())
    }

    /// The lines after the last seal: those of the last moments, or such as were put there.
    async fn rest(&mut self, after: u64) -> Result<(), StoreError> {
        let counted = self.store.read(move |tx| {
            Box::pin(async move {
                let sql = "SELECT count(*), min(at), max(at) FROM audit WHERE seq > ?1";
                tx.one(sql, &values![after]).await
            })
        });
        let Some(row) = counted.await?.filter(|row| !row.is_null(1)) else { return Ok(()) };
        let (count, first, last) = (row.count(0)?, row.time(1)?, row.time(2)?);
        if last.duration_since(first) > UNSEALED_FOR {
            self.found(Finding::NeverSealed { after, count });
        } else {
            self.report.waiting = count;
        }
        Ok(())
    }

    async fn compare(&mut self, kept: &AuditHead) -> Result<(), StoreError> {
        let number = kept.number;
        let signed = AuditHead::signed_bytes(number, &kept.hash, kept.at);
        if !receipt::verify(self.public, &signed, &kept.signature) {
            self.found(Finding::ForeignWitness { kept: number });
            return Ok(());
        }
        let now = self.store.read(move |tx| Box::pin(numbered(tx, number))).await?;
        match kept.witness(now.as_ref().map(|seal| &seal.head)) {
            Witnessed::Continued => {}
            Witnessed::Shortened => self.found(Finding::Shortened { kept: number }),
            Witnessed::Rewritten => self.found(Finding::Rewritten { kept: number }),
        }
        Ok(())
    }
}

/// How many lines there are after one and up to another, and what their seal would be.
async fn lines(
    tx: &mut dyn Tx,
    previous: Option<&str>,
    after: u64,
    (until, count): (u64, u64),
) -> Result<(u64, String), StoreError> {
    let mut chain = Chain::after(previous);
    // Somebody may have put many where there were few.
    let sql = format!("{LINE} WHERE seq > ?1 AND seq <= ?2 ORDER BY seq LIMIT ?3");
    for line in tx.query(&sql, &values![after, until, 2 * LINES]).await? {
        chain.line(&line)?;
    }
    Ok((chain.line_count(), chain.end(until, count)))
}
