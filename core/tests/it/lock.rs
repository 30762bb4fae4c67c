//! The app's own lock: what a PIN opens, and what guessing one leads to.

use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use mediconnect_core::{OpenError, Pin, SignInError, StoreError, TRIES, UnlockError, client::wait_after};
use mediconnect_domain::profiles::Link;

use crate::{
    accounts::{Device, PASSWORD, Server},
    clinic::HandClock,
};

const PIN: &str = "2580";
const IDLE_S: u32 = 300;

fn pin(text: &str) -> Pin {
    Pin::new(text).unwrap()
}

/// A phone with somebody signed in and a PIN set, and the clock it goes by.
async fn with_pin(server: &Server) -> (Device, HandClock) {
    let clock = HandClock::at(Timestamp::now());
    let phone = server.device_by(Arc::new(clock.clone()));
    phone.sign_up("meera").await;
    phone.client.set_pin(&pin(PIN), IDLE_S).unwrap();
    (phone, clock)
}

fn nothing_is_read(phone: &Device) {
    assert!(phone.client.is_locked() && phone.client.session().is_none());
    assert!(matches!(phone.client.all::<Link>(), Err(StoreError::NotSignedIn)));
    assert!(matches!(phone.client.pending(), Err(StoreError::NotSignedIn)));
}

/// Tries a wrong PIN as soon as one is taken.
fn guess(phone: &Device, clock: &HandClock) -> UnlockError {
    let wait_s = phone.client.lock_state().unwrap().unwrap().wait_s;
    clock.advance(SignedDuration::from_secs(i64::try_from(wait_s).unwrap()));
    phone.client.unlock("1470").unwrap_err()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_locked_account_is_not_read_and_the_pin_brings_everything_back() {
    let server = Server::start().await;
    let (phone, _) = with_pin(&server).await;
    phone.online(false);
    let visit = phone.book(&server.clinic, 5);
    phone.client.submit(visit.clone()).unwrap();
    phone.client.lock().unwrap();
    nothing_is_read(&phone);
    assert!(phone.client.sync_now().await.is_err());
    let phone = phone.restarted();
    nothing_is_read(&phone);
    assert!(matches!(phone.client.unlock("1470"), Err(UnlockError::NotOpened(_))));
    nothing_is_read(&phone);
    assert_eq!(phone.client.unlock(PIN).unwrap().email, "meera@example.org");
    assert_eq!(phone.client.pending().unwrap().len(), 1);
    phone.online(true);
    phone.client.sync_now().await.unwrap();
    assert_eq!(phone.client.pending().unwrap(), []);
    assert_eq!(phone.client.lock_state().unwrap().unwrap().tries_left, TRIES, "the right one forgives");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_key_of_the_store_lies_in_no_keychain_while_there_is_a_pin() {
    let server = Server::start().await;
    let (phone, _) = with_pin(&server).await;
    let account = phone.client.session().unwrap().account_id.to_string();
    let key = |phone: &Device| phone.config.keychain.load(&account).unwrap();
    assert!(key(&phone).is_none());
    phone.client.set_pin(&pin("80521"), IDLE_S).unwrap();
    let phone = phone.restarted();
    assert!(matches!(phone.client.unlock(PIN), Err(UnlockError::NotOpened(_))), "the PIN was changed");
    phone.client.unlock("80521").unwrap();
    assert!(key(&phone).is_none());
    assert!(matches!(phone.client.remove_pin("1470"), Err(UnlockError::NotOpened(_))));
    phone.client.remove_pin("80521").unwrap();
    assert!(key(&phone).is_some());
    phone.client.lock().unwrap();
    let phone = phone.restarted();
    assert!(!phone.client.is_locked() && phone.client.session().is_some(), "without a PIN nothing locks");
}

#[tokio::test(flavor = "multi_thread")]
async fn wrong_pins_wait_longer_and_longer_also_across_a_restart() {
    let server = Server::start().await;
    let (mut phone, clock) = with_pin(&server).await;
    phone.client.lock().unwrap();
    for wrong in 1..TRIES {
        let UnlockError::NotOpened(state) = guess(&phone, &clock) else { panic!("not opened") };
        let wait_s = u64::try_from(wait_after(wrong).as_secs()).unwrap();
        assert_eq!((state.tries_left, state.wait_s), (TRIES - wrong, wait_s));
        phone = phone.restarted();
        let kept = phone.client.lock_state().unwrap().unwrap();
        assert_eq!(kept, state, "a restart forgives nothing");
        if wait_s > 0 {
            let early = phone.client.unlock(PIN);
            assert!(matches!(early, Err(UnlockError::NotOpened(still)) if still == state), "{early:?}");
        }
    }
    clock.advance(SignedDuration::from_mins(30));
    phone.client.unlock(PIN).unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn the_last_wrong_pin_takes_the_account_off_the_device_and_a_password_brings_it_back() {
    let server = Server::start().await;
    let (phone, clock) = with_pin(&server).await;
    let account = phone.client.session().unwrap().account_id;
    phone.client.lock().unwrap();
    for _ in 1..TRIES {
        assert!(matches!(guess(&phone, &clock), UnlockError::NotOpened(_)));
    }
    assert!(matches!(guess(&phone, &clock), UnlockError::Wiped));
    assert!(!phone.client.is_locked() && phone.client.session().is_none());
    assert!(!phone.config.dir.join(format!("{account}.db")).exists());
    phone.client.sign_in("meera@example.org", PASSWORD).await.unwrap();
    phone.client.sync_now().await.unwrap();
    assert_eq!(phone.client.all::<Link>().unwrap().len(), 1);
    assert_eq!(phone.client.lock_state().unwrap(), None, "the PIN went with what it locked");
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_forgot_the_pin_wipes_the_device_and_a_password_does_not_go_around_it() {
    let server = Server::start().await;
    let (phone, _) = with_pin(&server).await;
    phone.client.lock().unwrap();
    let around = phone.client.sign_in("meera@example.org", PASSWORD).await;
    assert!(matches!(around, Err(SignInError::Open(OpenError::Locked))), "{around:?}");
    nothing_is_read(&phone);
    phone.client.wipe_locked().unwrap();
    assert!(!phone.client.is_locked());
    phone.client.sign_in("meera@example.org", PASSWORD).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_clock_that_is_put_back_makes_nobody_wait_longer_than_the_wait() {
    let server = Server::start().await;
    let (phone, clock) = with_pin(&server).await;
    phone.client.lock().unwrap();
    for _ in 0..3 {
        guess(&phone, &clock);
    }
    clock.advance(SignedDuration::from_hours(-48));
    assert_eq!(phone.client.lock_state().unwrap().unwrap().wait_s, 30);
}
