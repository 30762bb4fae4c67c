//! The doctor's app as a program: a window on a desk (feature `desktop`) or an app on a phone (feature `mobile`).
//!
//! `MEDICONNECT_SERVER` is the server's address, `MEDICONNECT_DATA` the folder for this device's data. For development,
//! `MEDICONNECT_SIGN_IN` (`email:password`) signs in at the start where nobody is.

#[cfg(any(feature = "desktop", feature = "mobile"))]
fn main() {
    use dioxus::prelude::LaunchBuilder;
    use mediconnect_doctor::{App, start};

    let runtime = tokio::runtime::Runtime::new().expect("threads to run on");
    let client = runtime.block_on(start::client()).unwrap_or_else(|error| {
        eprintln!("MediConnect cannot start: {error}");
        std::process::exit(1);
    });
    runtime.spawn(client.clone().run());
    let _inside = runtime.enter();
    LaunchBuilder::new().with_context(client).launch(App);
}

#[cfg(not(any(feature = "desktop", feature = "mobile")))]
fn main() {
    eprintln!("Build with --features desktop, or mobile for a phone.");
    std::process::exit(1);
}
