//! The admin app: a window around the front end in `../src`, and [`mediconnect_core`] behind it.
//!
//! The front end reaches core through the few commands of [`commands`] alone; their other side is
//! `../src/lib/backend/tauri.ts`. Nothing here decides anything.
//!
//! For demos and tests: `MEDICONNECT_SERVER` names the server, `MEDICONNECT_DATA` the folder that everything is kept in,
//! and `MEDICONNECT_SIGN_IN` (`email:password`) signs in at the start where nobody is.

mod commands;
mod desk;
mod failure;
mod protection;
mod questions;
mod save;
mod unanswered;

use std::path::PathBuf;

use desk::Desk;
use tauri::{AppHandle, Manager};
use tracing_subscriber::EnvFilter;

/// Opens the window and runs until it is closed.
pub fn run() {
    tracing_subscriber::fmt().with_env_filter(EnvFilter::from_default_env()).init();
    tauri::Builder::default()
        .plugin(tauri_plugin_single_instance::init(|app, _, _| show(app)))
        .plugin(tauri_plugin_window_state::Builder::default().build())
        .setup(|app| {
            let given = std::env::var_os("MEDICONNECT_DATA").map(PathBuf::from);
            let dir = given.map_or_else(|| app.path().app_data_dir(), Ok)?;
            let desk = Desk::open(app.handle(), dir)?;
            if let Ok(sign_in) = std::env::var("MEDICONNECT_SIGN_IN") {
                let (email, password) =
                    sign_in.split_once(':').ok_or("MEDICONNECT_SIGN_IN is to be email:password")?;
                tauri::async_runtime::block_on(desk.enter_once(email, password))?;
            }
            app.manage(desk);
            Ok(())
        })
        .invoke_handler(tauri::generate_handler![
            commands::default_server,
            commands::session,
            commands::sign_in,
            commands::second_step,
            commands::sign_out,
            commands::protect,
            commands::change_password,
            commands::fetch,
            commands::execute,
            commands::refused_later,
            commands::dismiss,
            commands::add_staff,
            commands::new_staff_password,
            commands::directory,
            commands::save,
        ])
        .run(tauri::generate_context!())
        .expect("the window opens");
}

/// A second start brings the first one's window to the front.
fn show(app: &AppHandle) {
    if let Some(window) = app.get_webview_window("main") {
        let shown = window.unminimize().and_then(|()| window.set_focus());
        if let Err(error) = shown {
            tracing::warn!(%error, "the window did not come to the front");
        }
    }
}
