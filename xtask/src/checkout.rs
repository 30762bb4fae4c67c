//! Where things are: the sources, what is built from them, and what tests leave behind.

use anyhow::{Context, Result, bail};
use std::env;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::Command;

/// One checkout of the repository and its build folder.
pub struct Checkout {
    /// The folder that holds the workspace's Cargo.toml.
    pub root: PathBuf,
    /// Cargo's target folder: `CARGO_TARGET_DIR` or `target` in the root.
    pub target: PathBuf,
}

impl Checkout {
    /// The checkout this program was built from, wherever it is called from.
    pub fn locate() -> Result<Self> {
        let manifest = env::var_os("CARGO_MANIFEST_DIR")
            .map_or_else(|| env!("CARGO_MANIFEST_DIR").into(), PathBuf::from);
        let root = manifest.parent().context("xtask lies in the workspace")?.to_owned();
        if !root.join("Cargo.toml").is_file() {
            bail!("no workspace at {}: run this as `cargo xtask` inside the checkout", root.display());
        }
        let target = match env::var_os("CARGO_TARGET_DIR") {
            Some(folder) => env::current_dir()?.join(folder),
            None => root.join("target"),
        };
        Ok(Self { root, target })
    }

    /// A path inside the checkout.
    pub fn at(&self, path: &str) -> PathBuf {
        self.root.join(path)
    }

    /// Whether this checkout has that file or folder.
    pub fn has(&self, path: &str) -> bool {
        self.at(path).exists()
    }

    /// The full output of each suite of the last `test`.
    pub fn logs(&self) -> PathBuf {
        self.root.join("target/test-logs")
    }

    /// The log of one suite.
    pub fn log(&self, suite: &str) -> PathBuf {
        self.logs().join(format!("{suite}.log"))
    }

    /// The pictures of the tour and of the app tests.
    pub fn screens(&self) -> PathBuf {
        self.root.join("target/screens")
    }

    /// A program built by this workspace.
    pub fn built(&self, profile: &str, name: &str) -> PathBuf {
        self.target.join(profile).join(format!("{name}{}", env::consts::EXE_SUFFIX))
    }

    /// The Python environment of the test tools.
    pub fn python_environment(&self) -> PathBuf {
        self.target.join("python")
    }

    /// A program of the Python environment of the test tools.
    pub fn python(&self, program: &str) -> PathBuf {
        let folder = if cfg!(windows) { "Scripts" } else { "bin" };
        self.python_environment().join(folder).join(format!("{program}{}", env::consts::EXE_SUFFIX))
    }

    /// Cargo, as this very program was started by it, in the root of the checkout.
    pub fn cargo(&self, arguments: impl IntoIterator<Item = impl AsRef<OsStr>>) -> Command {
        let mut command = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        command.args(arguments).current_dir(&self.root).env("CARGO_TARGET_DIR", &self.target);
        command
    }
}

/// The place of a program in `PATH`.
pub fn program(name: &str) -> Option<PathBuf> {
    let file = format!("{name}{}", env::consts::EXE_SUFFIX);
    env::split_paths(&env::var_os("PATH")?).map(|folder| folder.join(&file)).find(|path| is_executable(path))
}

/// The first of several names of the same program that is in `PATH`.
pub fn first_program(names: &[&str]) -> Option<PathBuf> {
    names.iter().find_map(|name| program(name))
}

#[cfg(unix)]
fn is_executable(path: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    path.metadata().is_ok_and(|meta| meta.is_file() && meta.permissions().mode() & 0o111 != 0)
}

#[cfg(not(unix))]
fn is_executable(path: &Path) -> bool {
    path.is_file()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_program_is_found_by_any_of_its_names() {
        assert_eq!(first_program(&["surely-not-installed", "cargo"]), program("cargo"));
        assert!(program("cargo").is_some());
        assert!(program("surely-not-installed").is_none());
    }

    #[test]
    fn the_checkout_is_the_folder_above_xtask() {
        assert!(Checkout::locate().unwrap().has("xtask/src/checkout.rs"));
    }
}
