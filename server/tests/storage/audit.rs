//! What becomes of an audit that somebody with the database in hand works on.

use jiff::SignedDuration;
use mediconnect_crypto::receipt::ReceiptKey;
use mediconnect_domain::audit::{AuditFinding as Finding, AuditHead, AuditReport};
use mediconnect_server::{
    audit::{
        seal::{self, Seal},
        verify::verify,
    },
    storage::Dialect,
};

use crate::kit::*;

/// Three seals, each over the lines of one visit and of what follows from it.
async fn three_seals(kit: &Kit) -> Vec<Seal> {
    let mut seals = Vec::new();
    for hour in [9, 10, 11] {
        kit.book(kit.ann, kit.dora, &format!("at {hour}"), &format!("2026-03-03T{hour:02}:00:00Z"))
            .await
            .unwrap();
        kit.book(kit.bob, kit.dora, &format!("no {hour}"), &format!("2026-03-03T{hour:02}:00:00Z"))
            .await
            .unwrap_err();
        kit.pass(SignedDuration::from_secs(1));
        seals.push(sealed(kit, &kit.executor.key).await);
    }
    seals
}

async fn sealed(kit: &Kit, key: &ReceiptKey) -> Seal {
    assert!(seal::seal_all(&kit.store, key, kit.now()).await.unwrap() > 0);
    kit.store.read(|tx| Box::pin(seal::last(tx))).await.unwrap().expect("a seal")
}

async fn check(kit: &Kit, kept: &[AuditHead]) -> AuditReport {
    verify(&kit.store, &kit.executor.key.public(), kept).await.unwrap()
}

/// What is found after somebody did this, past what keeps the tables.
async fn found_after(kit: &Kit, deeds: &[&str]) -> Vec<Finding> {
    let deeds = deeds.iter().map(|deed| (*deed).to_owned()).collect();
    tamper(kit, deeds).await;
    check(kit, &[]).await.findings
}

async fn tamper(kit: &Kit, deeds: Vec<String>) {
    let done = kit.store.write(&[], move |tx| {
        let deeds = deeds.clone();
        Box::pin(async move {
            let unlock: &[&str] = match tx.dialect() {
                Dialect::Sqlite => &[
                    "DROP TRIGGER IF EXISTS audit_is_kept",
                    "DROP TRIGGER IF EXISTS audit_stays",
                    "DROP TRIGGER IF EXISTS audit_seal_is_kept",
                    "DROP TRIGGER IF EXISTS audit_seal_stays",
                ],
                Dialect::Postgres => &[
                    "DROP TRIGGER IF EXISTS audit_is_kept ON audit",
                    "DROP TRIGGER IF EXISTS audit_seal_is_kept ON audit_seal",
                ],
            };
            for sql in unlock {
                tx.execute(sql, &[]).await?;
            }
            for sql in &deeds {
                assert!(tx.execute(sql, &[]).await? > 0, "{sql} did nothing");
            }
            Ok(())
        })
    });
    done.await.unwrap();
}

pub async fn an_audit_that_nobody_touched_is_as_it_was_written(kit: &Kit) {
    let seals = three_seals(kit).await;
    let numbers: Vec<u64> = seals.iter().map(|seal| seal.head.number).collect();
    assert_eq!(numbers, [1, 2, 3]);
    let heads: Vec<AuditHead> = seals.iter().map(|seal| seal.head.clone()).collect();
    let report = check(kit, &heads).await;
    assert_eq!(report.findings, []);
    assert_eq!((report.seals, report.waiting), (3, 0));
    assert_eq!(report.lines, u64::try_from(kit.number("SELECT count(*) FROM audit").await).unwrap());
    assert_eq!(report.head.as_ref(), heads.last());
    // A quiet server makes no more.
    assert_eq!(seal::seal_all(&kit.store, &kit.executor.key, kit.now()).await.unwrap(), 0);
    // What comes afterwards waits for the next one.
    kit.book(kit.ann, kit.dora, "at 12", "2026-03-03T12:00:00Z").await.unwrap();
    let report = check(kit, &heads).await;
    assert!(report.findings.is_empty() && report.waiting > 0, "{report:?}");
}

pub async fn seals_cannot_be_changed_or_removed(kit: &Kit) {
    three_seals(kit).await;
    for sql in ["DELETE FROM audit_seal WHERE number = 3", "UPDATE audit_seal SET hash = 'aa'"] {
        let refused = kit.store.write(&[], move |tx| Box::pin(async move { tx.execute(sql, &[]).await }));
        refused.await.unwrap_err();
    }
    assert_eq!(check(kit, &[]).await.findings, []);
}

pub async fn whatever_is_done_to_a_sealed_line_is_found(kit: &Kit) {
    let seals = three_seals(kit).await;
    let (after, until) = (seals[0].last_line, seals[1].last_line);
    let second = format!("(SELECT min(seq) FROM audit WHERE seq > {after})");
    let changed = Finding::LinesChanged { seal: 2, after, until };
    // Each of these is undone by the one that follows it.
    for (column, other) in [
        ("outcome", "'accepted'"),
        ("command", "'appointments.cancel'"),
        ("at", "at + 1"),
        ("actor", "NULL"),
        ("subject", "command_id"),
        ("scopes", "' support '"),
    ] {
        let line = format!("(SELECT max(seq) FROM audit WHERE seq <= {until})");
        let keep = format!("CREATE TABLE kept AS SELECT * FROM audit WHERE seq = {line}");
        kit.store
            .write(&[], move |tx| {
                let keep = keep.clone();
                Box::pin(async move { tx.execute(&keep, &[]).await })
            })
            .await
            .unwrap();
        let found =
            found_after(kit, &[&format!("UPDATE audit SET {column} = {other} WHERE seq = {line}")]).await;
        assert_eq!(found, std::slice::from_ref(&changed), "{column}");
        let back = format!("UPDATE audit SET {column} = (SELECT {column} FROM kept) WHERE seq = {line}");
        assert_eq!(found_after(kit, &[&back]).await, [], "{column} is as it was");
        kit.store
            .write(&[], |tx| Box::pin(async move { tx.execute("DROP TABLE kept", &[]).await }))
            .await
            .unwrap();
    }
    // Two lines trade places: their times and all else, but for their numbers.
    let swap =
        format!("UPDATE audit SET seq = CASE seq WHEN {until} THEN -1 ELSE seq END WHERE seq = {until}");
    if kit.dialect().await == Dialect::Sqlite {
        let found = found_after(
            kit,
            &[
                &swap,
                &format!("UPDATE audit SET seq = {until} WHERE seq = {second}"),
                &format!("UPDATE audit SET seq = {after} + 1 WHERE seq = -1"),
            ],
        )
        .await;
        assert_eq!(found, [changed]);
    }
    let found = found_after(kit, &[&format!("DELETE FROM audit WHERE seq = {second}")]).await;
    assert_eq!(found, [Finding::LinesMissing { seal: 2, after, until, count: 1 }]);
}

pub async fn whatever_is_done_to_a_seal_is_found(kit: &Kit) {
    let seals = three_seals(kit).await;
    let (after, until) = (seals[0].last_line, seals[1].last_line);
    // Made by somebody without the key.
    let foreign = ReceiptKey::new(&[9; 32]);
    let head = &seals[1].head;
    let signature = foreign.sign(&AuditHead::signed_bytes(2, &head.hash, head.at));
    let found =
        found_after(kit, &[&format!("UPDATE audit_seal SET signature = '{signature}' WHERE number = 2")])
            .await;
    assert_eq!(found, [Finding::SealForged { seal: 2 }]);
    let found = found_after(
        kit,
        &[&format!("UPDATE audit_seal SET signature = '{}' WHERE number = 2", head.signature)],
    )
    .await;
    assert_eq!(found, []);
    // Fewer lines than were sealed, and a seal that says so.
    let deeds = [
        format!("DELETE FROM audit WHERE seq = {until}"),
        "UPDATE audit_seal SET line_count = line_count - 1, last_line = last_line - 1 WHERE number = 2"
            .into(),
    ];
    let found = found_after(kit, &deeds.each_ref().map(String::as_str)).await;
    assert_eq!(found[0], Finding::LinesChanged { seal: 2, after, until: until - 1 });
    // A seal is gone, with its lines.
    let deeds = [
        format!("DELETE FROM audit WHERE seq > {after} AND seq <= {until}"),
        "DELETE FROM audit_seal WHERE number = 2".into(),
    ];
    let found = found_after(kit, &deeds.each_ref().map(String::as_str)).await;
    assert_eq!(found, [Finding::SealMissing { seal: 2 }]);
}

pub async fn an_audit_cut_off_at_its_end_is_told_by_a_kept_head(kit: &Kit) {
    let seals = three_seals(kit).await;
    let until = seals[1].last_line;
    tamper(
        kit,
        vec![
            format!("DELETE FROM audit WHERE seq > {until}"),
            "DELETE FROM audit_seal WHERE number = 3".into(),
        ],
    )
    .await;
    assert_eq!(check(kit, &[]).await.findings, [], "by itself it looks whole");
    let kept: Vec<AuditHead> = seals.iter().map(|seal| seal.head.clone()).collect();
    assert_eq!(check(kit, &kept).await.findings, [Finding::Shortened { kept: 3 }]);
}

pub async fn an_audit_written_anew_with_the_right_key_is_told_by_a_kept_head(kit: &Kit) {
    let seals = three_seals(kit).await;
    tamper(
        kit,
        vec![
            "DELETE FROM audit_seal".into(),
            format!("DELETE FROM audit WHERE seq = {}", seals[1].last_line),
        ],
    )
    .await;
    sealed(kit, &kit.executor.key).await;
    assert_eq!(check(kit, &[]).await.findings, [], "by itself it looks whole");
    let found = check(kit, &[seals[0].head.clone(), seals[2].head.clone()]).await.findings;
    assert_eq!(found, [Finding::Rewritten { kept: 1 }, Finding::Shortened { kept: 3 }]);
    // Nor does a head help that somebody made up.
    let foreign = AuditHead { hash: "00".repeat(32), ..seals[0].head.clone() };
    assert_eq!(check(kit, &[foreign]).await.findings, [Finding::ForeignWitness { kept: 1 }]);
}

pub async fn lines_put_behind_the_last_seal_are_found(kit: &Kit) {
    let seals = three_seals(kit).await;
    let after = seals[2].last_line;
    kit.book(kit.ann, kit.dora, "at 12", "2026-03-03T12:00:00Z").await.unwrap();
    kit.pass(SignedDuration::from_mins(3));
    kit.book(kit.ann, kit.dora, "at 13", "2026-03-03T13:00:00Z").await.unwrap();
    let found = check(kit, &[]).await.findings;
    assert!(matches!(found[..], [Finding::NeverSealed { after: from, .. }] if from == after), "{found:?}");
    // A server that starts again seals what was left, and all is well.
    sealed(kit, &kit.executor.key).await;
    assert_eq!(check(kit, &[]).await.findings, []);
}
