//! Writes the Kotlin, Swift and Python side of the bindings from the built library:
//! `uniffi-bindgen generate --library <library> --language python --out-dir <folder>`.

fn main() {
    uniffi::uniffi_bindgen_main();
}
