//! The doctor's app as a program: a window on a desk (feature `desktop`) or an app on a phone (feature `mobile`).
//!
//! What it takes from its environment is told in `mediconnect_app::start`.

#[cfg(any(feature = "desktop", feature = "mobile"))]
fn main() {
    mediconnect_app::start::launch(mediconnect_doctor::NAME, "MediConnect Doctor", mediconnect_doctor::App);
}

#[cfg(not(any(feature = "desktop", feature = "mobile")))]
fn main() {
    eprintln!("Build with --features desktop, or mobile for a phone.");
    std::process::exit(1);
}
