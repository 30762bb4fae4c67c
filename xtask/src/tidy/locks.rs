//! Lock files agree with their manifests: everyone builds the same tree, and a forgotten lock file is seen
//! here and not by the next person.

use super::Finding;
use super::sources::Sources;
use std::env;
use std::path::Path;
use std::process::{Command, Stdio};

pub fn check(sources: &Sources) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in sources.files.iter().filter(|file| is_named(&file.path, "Cargo.lock")) {
        let manifest = sources.root.join(&file.path).with_file_name("Cargo.toml");
        if let Some(complaint) = cargo_disagrees(&manifest) {
            findings.push(Finding::new(&file.path, 0, complaint));
        }
    }
    for file in sources.files.iter().filter(|file| is_named(&file.path, "package-lock.json")) {
        let manifest = file.path.replace("package-lock.json", "package.json");
        match sources.file(&manifest) {
            None => findings.push(Finding::new(&file.path, 0, "there is no package.json beside it")),
            Some(source) => findings.extend(
                npm_disagrees(&source.text, &file.text)
                    .into_iter()
                    .map(|what| Finding::new(&file.path, 0, what)),
            ),
        }
    }
    findings
}

fn is_named(path: &str, name: &str) -> bool {
    path.rsplit('/').next() == Some(name)
}

fn cargo_disagrees(manifest: &Path) -> Option<String> {
    let output = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
        .args(["metadata", "--locked", "--format-version", "1", "--manifest-path"])
        .arg(manifest)
        .stdin(Stdio::null())
        .output()
        .ok()?;
    let complaint = String::from_utf8_lossy(&output.stderr);
    let first = complaint.lines().find(|line| line.starts_with("error")).unwrap_or("cargo metadata failed");
    (!output.status.success()).then(|| format!("{first}: run `cargo metadata` and commit the result"))
}

/// npm writes the manifest's own lists into the lock file's first package.
fn npm_disagrees(manifest: &str, lock: &str) -> Option<String> {
    let parse = |text| serde_json::from_str::<serde_json::Value>(text).ok();
    let (Some(manifest), Some(lock)) = (parse(manifest), parse(lock)) else {
        return Some("it is not JSON".to_owned());
    };
    let locked = &lock["packages"][""];
    let list = ["dependencies", "devDependencies"]
        .into_iter()
        .find(|list| manifest.get(list) != locked.get(list))?;
    Some(format!("`{list}` differ from package.json: run `npm install` and commit the result"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lock_file_that_lags_behind_is_found() {
        let manifest = r#"{"dependencies": {"a": "1"}, "devDependencies": {"b": "2"}}"#;
        let lock = |b: &str| {
            format!(
                r#"{{"packages": {{"": {{"dependencies": {{"a": "1"}}, "devDependencies": {{"b": "{b}"}}}}}}}}"#
            )
        };
        assert_eq!(npm_disagrees(manifest, &lock("2")), None);
        assert!(npm_disagrees(manifest, &lock("1")).unwrap().contains("devDependencies"));
        assert!(npm_disagrees(manifest, "{").is_some());
    }

    #[test]
    fn cargo_is_asked_about_the_lock_file() {
        let folder = tempfile::tempdir().unwrap();
        let manifest = folder.path().join("Cargo.toml");
        std::fs::write(
            &manifest,
            "[package]\nname = \"a\"\nversion = \"0.1.0\"\nedition = \"2024\"\n[workspace]\n",
        )
        .unwrap();
        std::fs::create_dir(folder.path().join("src")).unwrap();
        std::fs::write(folder.path().join("src/lib.rs"), "").unwrap();
        assert!(cargo_disagrees(&manifest).unwrap().contains("lock"));
        std::fs::write(
            folder.path().join("Cargo.lock"),
            "version = 4\n\n[[package]]\nname = \"a\"\nversion = \"0.1.0\"\n",
        )
        .unwrap();
        assert_eq!(cargo_disagrees(&manifest), None);
    }
}
