//! `cargo xtask demo`: the product, running.
//!
//! A server with a demo clinic in a temporary folder, and the three apps signed in to it, each in a window and a
//! data folder of its own. Ctrl-C, or closing the last window, stops all of it and removes the folder. Where there is no
//! screen the tour runs instead: a script walks through the product and saves pictures of every step.

use crate::checkout::Checkout;
use crate::child::{Running, Stop, stopping};
use crate::demo_server::{Announce, DemoServer};
use crate::display::Display;
use crate::setup::{self, Installing};
use crate::suites::ADMIN;
use anyhow::{Result, bail};
use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::thread;
use std::time::Duration;

/// The script of the tour.
const TOUR: &str = "e2e/tour.mjs";

/// An app with a window.
struct App {
    name: &'static str,
    /// The role it signs in as.
    role: &'static str,
    /// The file that shows it is part of this checkout.
    manifest: &'static str,
    program: &'static str,
}

const APPS: &[App] = &[
    App {
        name: "Patient",
        role: "patient",
        manifest: "mobile-patient/src/main.rs",
        program: "mediconnect-patient",
    },
    App {
        name: "Doctor",
        role: "doctor",
        manifest: "mobile-doctor/src/main.rs",
        program: "mediconnect-doctor",
    },
    App { name: "Admin", role: "super admin", manifest: ADMIN, program: "mediconnect-admin" },
];

/// Runs the demo until it is stopped, or the tour to its end.
pub fn run(checkout: &Checkout, tour: bool, installing: Installing) -> Result<bool> {
    let headless = tour || !has_screen();
    setup::for_demo(checkout, installing, headless)?;
    if headless { run_tour(checkout) } else { run_windows(checkout) }
}

fn has_screen() -> bool {
    !cfg!(target_os = "linux") || env::var_os("DISPLAY").is_some() || env::var_os("WAYLAND_DISPLAY").is_some()
}

fn run_tour(checkout: &Checkout) -> Result<bool> {
    if !checkout.has(TOUR) {
        bail!("this checkout has no {TOUR}");
    }
    build_server(checkout)?;
    build(checkout, &["build", "--locked", "--workspace", "--bin", "mediconnect-e2e"])?;
    if checkout.has(ADMIN) {
        build_admin_pages(checkout)?;
    }
    let folder = temporary_folder()?;
    let server = DemoServer::start(checkout, folder.path(), Announce::ToEveryone)?;
    let display = if env::var_os("DISPLAY").is_none() { Some(Display::start()?) } else { None };
    fs::create_dir_all(checkout.screens())?;
    let mut command = Command::new("node");
    command.arg(TOUR).current_dir(&checkout.root).envs(surroundings(checkout, &server, folder.path()));
    if let Some(display) = &display {
        command.env("DISPLAY", display.name());
    }
    let mut tour = Running::start("the tour", &mut command, Stop::Terminate)?;
    let passed = wait_for(&mut tour)?;
    if passed {
        println!("The pictures are in {}", checkout.screens().display());
    }
    Ok(passed)
}

fn run_windows(checkout: &Checkout) -> Result<bool> {
    let apps: Vec<&App> = APPS.iter().filter(|app| checkout.has(app.manifest)).collect();
    build_phones(checkout, &apps)?;
    if checkout.has(ADMIN) {
        build_admin(checkout)?;
    }
    let folder = temporary_folder()?;
    let server = DemoServer::start(checkout, folder.path(), Announce::ToEveryone)?;
    let mut windows = Vec::new();
    for app in &apps {
        windows.push(open(checkout, app, &server, folder.path())?);
    }
    println!("{}", what_to_try(&server));
    while !stopping() {
        if let Some(window) = windows.iter_mut().position(|window| !matches!(window.ended(), Ok(None))) {
            println!("{} was closed.", windows.remove(window).name());
            if windows.is_empty() {
                break;
            }
        }
        thread::sleep(Duration::from_millis(200));
    }
    println!("\nStopping.");
    Ok(true)
}

fn open(checkout: &Checkout, app: &App, server: &DemoServer, folder: &Path) -> Result<Running> {
    let mut command = Command::new(checkout.built("debug", app.program));
    command.envs(surroundings(checkout, server, folder));
    command.env("MEDICONNECT_DATA", folder.join(app.program));
    if let Some(sign_in) = server.sign_in(app.role) {
        command.env("MEDICONNECT_SIGN_IN", format!("{}:{}", sign_in.email, sign_in.password));
    }
    Running::start(app.name, &mut command, Stop::Terminate)
}

/// What an app or the tour has to know: where the server is, and where everything else lies.
fn surroundings(checkout: &Checkout, server: &DemoServer, folder: &Path) -> Vec<(&'static str, PathBuf)> {
    let browser = setup::packages::browser().unwrap_or_default();
    vec![
        ("MEDICONNECT_CHROMIUM", browser),
        ("MEDICONNECT_SERVER", PathBuf::from(server.address())),
        ("MEDICONNECT_PROGRAMS", checkout.target.join("debug")),
        ("MEDICONNECT_SCREENS", checkout.screens()),
        ("MEDICONNECT_TEMPORARY", folder.to_owned()),
    ]
}

fn temporary_folder() -> Result<tempfile::TempDir> {
    Ok(tempfile::Builder::new().prefix("mediconnect-demo-").tempdir()?)
}

fn build_server(checkout: &Checkout) -> Result<()> {
    build(checkout, &["build", "--locked", "--workspace", "--bin", "mediconnect-server"])
}

/// The server and the phones' apps with their windows, at once and as the workspace is built: one by one each would bring
/// features of its own and build what they share anew.
fn build_phones(checkout: &Checkout, apps: &[&App]) -> Result<()> {
    let mut arguments: Vec<String> =
        ["build", "--locked", "--workspace", "--bin", "mediconnect-server"].map(Into::into).into();
    for app in apps.iter().filter(|app| app.manifest != ADMIN) {
        let desktop = format!("{}/desktop", app.program);
        arguments.extend(["--bin".into(), app.program.into(), "--features".into(), desktop]);
    }
    build(checkout, &arguments)
}

/// The admin app's pages; the tour opens them in a browser.
fn build_admin_pages(checkout: &Checkout) -> Result<()> {
    let mut pages = Command::new(if cfg!(windows) { "npm.cmd" } else { "npm" });
    pages.args(["run", "--silent", "build"]).current_dir(checkout.at("desktop-admin"));
    succeed("the pages of the admin app", &mut pages)
}

/// The admin app with its pages inside, as it is shipped.
fn build_admin(checkout: &Checkout) -> Result<()> {
    build_admin_pages(checkout)?;
    build(checkout, &["build", "--locked", "--manifest-path", ADMIN, "--features", "tauri/custom-protocol"])
}

fn build<S: AsRef<str>>(checkout: &Checkout, arguments: &[S]) -> Result<()> {
    let arguments: Vec<&str> = arguments.iter().map(AsRef::as_ref).collect();
    println!("cargo {}", arguments.join(" "));
    succeed("the build", &mut checkout.cargo(arguments))
}

fn succeed(what: &str, command: &mut Command) -> Result<()> {
    let mut running = Running::start(what, command, Stop::Terminate)?;
    if !wait_for(&mut running)? {
        bail!("{what} failed");
    }
    Ok(())
}

/// Waits for the end, or for someone to stop us. True when it went well.
fn wait_for(running: &mut Running) -> Result<bool> {
    while !stopping() {
        if let Some(status) = running.ended()? {
            return Ok(status.success());
        }
        thread::sleep(Duration::from_millis(50));
    }
    bail!("stopped")
}

fn what_to_try(server: &DemoServer) -> String {
    format!(
        "\nThe server is at {address}, its API at {address}/docs.\n\
         \n\
         Try this:\n\
         \x20 1. In the patient's window find a doctor, choose a time and book it.\n\
         \x20 2. In the doctor's window it is there at once: accept it.\n\
         \x20 3. In the admin's window the figures and the list have moved with it.\n\
         \x20 4. Book as the same patient twice at one time, or cancel late: each refusal says what to do instead.\n\
         \n\
         Ctrl-C stops all of it and leaves nothing behind.",
        address = server.address()
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_app_has_a_role_and_a_program_of_its_own() {
        for (n, app) in APPS.iter().enumerate() {
            assert!(
                APPS[..n].iter().all(|other| other.role != app.role && other.program != app.program),
                "{}",
                app.name
            );
        }
    }
}
