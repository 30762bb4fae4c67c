//! What stays inside the checkout and the target folder: npm packages, Python test tools, Cargo programs.
//!
//! Each is stamped with the text of the file that lists its versions, so that a changed list installs anew
//! and an unchanged one costs nothing.

use super::{Installing, step};
use crate::checkout::{Checkout, program};
use anyhow::Result;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The folders with a package.json of their own.
const NPM_FOLDERS: &[&str] = &["e2e", "desktop-admin"];

/// The list of the Python test tools.
const REQUIREMENTS: &str = "xtask/requirements.txt";

/// Checks licences, sources and banned crates; not everybody has it.
const CARGO_DENY: &str = "0.20.2";

/// Installs all of them. True when nothing is missing.
pub fn install(checkout: &Checkout, installing: Installing) -> Result<bool> {
    let npm = npm_folders(checkout, installing)?;
    let python = python_environment(checkout, installing)?;
    let deny = cargo_deny(checkout, installing)?;
    Ok(npm && python && deny)
}

/// `npm ci` in every folder that has a lock file newer than what is installed.
pub fn npm_folders(checkout: &Checkout, installing: Installing) -> Result<bool> {
    let mut complete = true;
    for folder in NPM_FOLDERS {
        let lock = checkout.at(folder).join("package-lock.json");
        if !lock.is_file() {
            continue;
        }
        let stamp = Stamp { list: lock, kept: checkout.at(folder).join("node_modules/.mediconnect-lock") };
        if stamp.holds() {
            continue;
        }
        let Some(npm) = program(if cfg!(windows) { "npm.cmd" } else { "npm" }) else {
            println!("npm is missing: {folder} cannot be built or tested");
            complete = false;
            continue;
        };
        let mut command = Command::new(npm);
        command.args(["ci", "--no-audit", "--no-fund", "--loglevel=error"]).current_dir(checkout.at(folder));
        complete &= stamp.set_if(step("npm packages", &mut command, installing)?)?;
    }
    Ok(complete)
}

fn python_environment(checkout: &Checkout, installing: Installing) -> Result<bool> {
    let environment = checkout.python_environment();
    let stamp = Stamp { list: checkout.at(REQUIREMENTS), kept: environment.join("requirements.installed") };
    if stamp.holds() {
        return Ok(true);
    }
    let mut create = Command::new("python3");
    create.args(["-m", "venv", "--clear"]).arg(&environment);
    let mut fill = Command::new(checkout.python("python"));
    fill.args(["-m", "pip", "install", "--quiet", "--no-input", "--disable-pip-version-check", "-r"]);
    fill.arg(checkout.at(REQUIREMENTS));
    let filled = step("Python environment", &mut create, installing)?
        && step("Python test tools", &mut fill, installing)?;
    stamp.set_if(filled)
}

fn cargo_deny(checkout: &Checkout, installing: Installing) -> Result<bool> {
    if deny_program(checkout).is_some() {
        return Ok(true);
    }
    let mut command =
        checkout.cargo(["install", "--quiet", "--locked", "cargo-deny", "--version", CARGO_DENY, "--root"]);
    command.arg(checkout.target.join("tools")).env("CARGO_TARGET_DIR", checkout.target.join("tools/build"));
    let installed = step("cargo-deny (some minutes, once)", &mut command, installing)?;
    let _ = fs::remove_dir_all(checkout.target.join("tools/build"));
    Ok(installed)
}

/// The place of cargo-deny: ours, or the one in PATH.
pub fn deny_program(checkout: &Checkout) -> Option<PathBuf> {
    let ours = checkout.target.join("tools/bin").join(format!("cargo-deny{}", std::env::consts::EXE_SUFFIX));
    if ours.is_file() { Some(ours) } else { program("cargo-deny") }
}

/// A copy of a list of versions, kept beside what was installed from it.
struct Stamp {
    list: PathBuf,
    kept: PathBuf,
}

impl Stamp {
    fn holds(&self) -> bool {
        matches!((fs::read(&self.list), fs::read(&self.kept)), (Ok(wanted), Ok(kept)) if wanted == kept)
    }

    fn set_if(&self, installed: bool) -> Result<bool> {
        if installed {
            fs::create_dir_all(self.kept.parent().unwrap_or(Path::new(".")))?;
            fs::copy(&self.list, &self.kept)?;
        }
        Ok(installed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_changed_list_installs_anew() {
        let folder = tempfile::tempdir().unwrap();
        let stamp = Stamp { list: folder.path().join("list"), kept: folder.path().join("installed/stamp") };
        fs::write(&stamp.list, "a==1").unwrap();
        assert!(!stamp.holds());
        assert!(!stamp.set_if(false).unwrap());
        assert!(!stamp.holds());
        assert!(stamp.set_if(true).unwrap());
        assert!(stamp.holds());
        fs::write(&stamp.list, "a==2").unwrap();
        assert!(!stamp.holds());
    }

    #[test]
    fn the_python_tools_are_all_pinned() {
        let checkout = Checkout::locate().unwrap();
        for line in fs::read_to_string(checkout.at(REQUIREMENTS)).unwrap().lines() {
            let pinned = line.is_empty() || line.starts_with('#') || line.contains("==");
            assert!(pinned, "{line}");
        }
    }
}
