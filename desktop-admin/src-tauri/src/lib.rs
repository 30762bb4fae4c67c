//! The admin app: a window around the front end in `../src`, and [`mediconnect_core`] behind it.
//!
//! The front end reaches core through the few commands of [`commands`] alone; their other side is
//! `../src/lib/backend/tauri.ts`. Nothing here decides anything.

mod commands;
mod desk;
mod failure;
mod questions;
mod save;

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
            let dir = app.path().app_data_dir()?;
            app.manage(Desk::open(app.handle(), dir)?);
            Ok(())
        })
        .invoke_handler(tauri::generate_handler![
            commands::default_server,
            commands::session,
            commands::sign_in,
            commands::sign_out,
            commands::fetch,
            commands::execute,
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
