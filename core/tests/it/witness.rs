//! Devices as witnesses of the server's audit.

use mediconnect_domain::audit::Witnessed;
use mediconnect_server::audit::seal;

use crate::accounts::Server;

/// Somebody with the database in hand.
async fn tamper(server: &Server, deeds: &'static [&'static str]) {
    let done = server.running.app.store().write(&[], move |tx| {
        Box::pin(async move {
            for sql in deeds {
                tx.execute(sql, &[]).await?;
            }
            Ok(())
        })
    });
    done.await.unwrap();
}

async fn seal_now(server: &Server) {
    let app = &server.running.app;
    seal::seal_all(app.store(), &app.executor.key, app.now()).await.unwrap();
}

#[tokio::test]
async fn an_audit_that_only_grows_raises_no_alarm() {
    let server = Server::start().await;
    let device = server.device();
    device.sign_up("vera").await;
    seal_now(&server).await;
    assert_eq!(device.client.check_audit().await.unwrap(), None);
    server.device().sign_up("walt").await;
    seal_now(&server).await;
    assert_eq!(device.client.check_audit().await.unwrap(), None);
    device.online(false);
    device.client.check_audit().await.unwrap_err();
    assert_eq!(device.client.audit_alarm().unwrap(), None, "no answer is no news");
}

#[tokio::test]
async fn an_audit_that_lost_its_end_is_noticed_and_shown_until_somebody_looked() {
    let server = Server::start().await;
    let device = server.device();
    device.sign_up("vera").await;
    seal_now(&server).await;
    assert_eq!(device.client.check_audit().await.unwrap(), None);
    tamper(&server, &["DROP TRIGGER audit_seal_is_kept", "DELETE FROM audit_seal"]).await;
    let alarm = device.client.check_audit().await.unwrap().expect("an alarm");
    assert_eq!(alarm.found, Witnessed::Shortened);
    assert!(device.client.sync_state().audit_alarm);
    // The server makes new seals over what is left: the first alarm stands.
    seal_now(&server).await;
    device.client.check_audit().await.unwrap();
    assert_eq!(device.client.audit_alarm().unwrap(), Some(alarm));
    let device = device.restarted();
    assert!(device.client.sync_state().audit_alarm, "over a restart too");
    device.client.dismiss_audit_alarm().unwrap();
    assert!(!device.client.sync_state().audit_alarm);
    assert_eq!(device.client.check_audit().await.unwrap(), None, "from here on it is watched anew");
}

#[tokio::test]
async fn an_audit_that_was_written_anew_is_noticed() {
    let server = Server::start().await;
    let device = server.device();
    device.sign_up("vera").await;
    seal_now(&server).await;
    assert_eq!(device.client.check_audit().await.unwrap(), None);
    tamper(
        &server,
        &[
            "DROP TRIGGER audit_seal_is_kept",
            "DROP TRIGGER audit_stays",
            "DELETE FROM audit_seal",
            "UPDATE audit SET outcome = 'not_allowed'",
        ],
    )
    .await;
    seal_now(&server).await;
    let alarm = device.client.check_audit().await.unwrap().expect("an alarm");
    // All is in one seal now; whether that has the number kept depends on how many there were.
    let expected = if alarm.kept.number == 1 { Witnessed::Rewritten } else { Witnessed::Shortened };
    assert_eq!(alarm.found, expected);
}
