//! Lists the app's own commands, so that a window may call these and no others; the capability grants them by name.

const COMMANDS: &[&str] = &[
    "default_server",
    "session",
    "sign_in",
    "second_step",
    "sign_out",
    "protect",
    "change_password",
    "fetch",
    "execute",
    "refused_later",
    "dismiss",
    "add_staff",
    "new_staff_password",
    "directory",
    "save",
];

fn main() {
    // The pages are built into the program.
    println!("cargo:rerun-if-changed=../dist");
    let manifest = tauri_build::AppManifest::new().commands(COMMANDS);
    let attributes = tauri_build::Attributes::new().app_manifest(manifest);
    if let Err(error) = tauri_build::try_build(attributes) {
        println!("cargo:error={error:#}");
        std::process::exit(1);
    }
}
