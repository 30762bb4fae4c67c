//! The app drawn without a browser, on a device that has never seen a network.

use std::sync::Arc;

use dioxus::prelude::*;
use mediconnect_core::{Client, Config, keychain::MemoryKeychain};
use mediconnect_patient::App;

/// A new device whose server cannot be reached.
fn device(folder: &std::path::Path) -> Client {
    let server = "http://127.0.0.1:9".parse().expect("an address");
    let mut config = Config::new(folder, server).expect("a configuration");
    config.keychain = Arc::new(MemoryKeychain::default());
    Client::open(config).expect("a device opens without network")
}

fn drawn(client: Client) -> String {
    let mut tree = VirtualDom::new(App);
    tree.provide_root_context(client);
    tree.rebuild_in_place();
    dioxus_ssr::render(&tree)
}

#[tokio::test]
async fn somebody_new_is_welcomed_with_two_ways_in_and_no_network() {
    let folder = tempfile::tempdir().expect("a folder");
    let page = drawn(device(folder.path()));
    assert!(page.contains("Create account") && page.contains("Sign in"), "{page}");
    assert!(page.contains("<main"), "the screen is a landmark");
}

#[tokio::test]
async fn no_screen_shows_a_text_that_is_missing() {
    let folder = tempfile::tempdir().expect("a folder");
    let page = drawn(device(folder.path()));
    assert!(!page.contains("[patient-") && !page.contains("[welcome-"), "{page}");
}
