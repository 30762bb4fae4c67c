//! The Python side is written from the built library and drives a real server.

use std::{
    path::{Path, PathBuf},
    process::Command,
};

use mediconnect_server::{
    config::{Config, Settings},
    serve,
};

/// The library lies where this test lies, or one folder above.
fn library() -> PathBuf {
    let name =
        format!("{}mediconnect_bindings{}", std::env::consts::DLL_PREFIX, std::env::consts::DLL_SUFFIX);
    let test = std::env::current_exe().unwrap();
    let beside = test.parent().unwrap();
    let places = [beside.join(&name), beside.parent().unwrap().join(&name)];
    places.into_iter().find(|place| place.exists()).expect("cargo builds the library for its tests")
}

fn write_python_side(library: &Path, folder: &Path) {
    let options = uniffi::GenerateOptions {
        languages: vec![uniffi::TargetLanguage::Python],
        source: library.to_path_buf().try_into().unwrap(),
        out_dir: folder.to_path_buf().try_into().unwrap(),
        ..Default::default()
    };
    uniffi::generate(options).unwrap();
    std::fs::copy(library, folder.join(library.file_name().unwrap())).unwrap();
}

#[test]
fn python_signs_up_syncs_watches_and_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    write_python_side(&library(), folder.path());
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let settings = Settings {
        data: Some(folder.path().join("data")),
        listen: Some(([127, 0, 0, 1], 0).into()),
        ..Settings::default()
    };
    let server = runtime.block_on(async { serve::start(Config::of(settings).unwrap()).await.unwrap() });
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("python/drive.py");
    let output = Command::new("python3")
        .arg(script)
        .env("PYTHONPATH", folder.path())
        .env("MEDICONNECT_SERVER", format!("http://{}", server.address))
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    runtime.block_on(server.stop());
}
