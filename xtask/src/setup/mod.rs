//! What building, testing and the demo need, and how it comes here.
//!
//! Four sources: system packages ([`packages`]), npm packages of the two TypeScript folders, an environment of
//! Python test tools, and Cargo programs. The last three stay inside the checkout and the target folder.
//! Each step says what it does before it does it, and is skipped when it has nothing to do.

pub mod packages;
mod tools;

use crate::checkout::{Checkout, program};
use anyhow::{Result, bail};
pub use packages::Purpose;
use std::process::{Command, Stdio};
pub use tools::deny_program;

/// Whether something missing may be installed, or is only named.
#[derive(Clone, Copy, PartialEq)]
pub enum Installing {
    /// Install it.
    Allowed,
    /// Print what would be run.
    OnlyNamed,
}

impl Installing {
    /// From the flag `--no-install`.
    pub fn unless(no_install: bool) -> Self {
        if no_install { Self::OnlyNamed } else { Self::Allowed }
    }
}

/// All of it, with a line for what is already there.
pub fn everything(checkout: &Checkout, installing: Installing) -> Result<bool> {
    for (name, why) in
        [("node", "the admin app and the browser tests"), ("npm", "the same"), ("python3", "test tools")]
    {
        match program(name) {
            Some(path) => println!("{name}: {}", path.display()),
            None => println!("{name} is missing ({why}): install it from your system or its own site"),
        }
    }
    let complete = packages::install(Purpose::all(), installing)?;
    let complete = tools::install(checkout, installing)? && complete;
    println!("{}", if complete { "Everything is here." } else { "Something is still missing, see above." });
    Ok(complete)
}

/// What the demo needs: a missing package ends it here, with the command that helps.
pub fn for_demo(checkout: &Checkout, installing: Installing, tour: bool) -> Result<()> {
    let purposes: &[Purpose] = if tour {
        &[Purpose::Build, Purpose::Windows, Purpose::Browser]
    } else {
        &[Purpose::Build, Purpose::Windows]
    };
    if !packages::install(purposes, installing)? {
        bail!("the packages named above are needed first");
    }
    tools::npm_folders(checkout, installing)?;
    Ok(())
}

/// What the tests need, as far as it can be had: a suite that still lacks something says so itself.
pub fn for_tests(checkout: &Checkout, installing: Installing) -> Result<()> {
    packages::install(Purpose::all(), installing)?;
    tools::install(checkout, installing)?;
    Ok(())
}

/// Runs one step of the set-up, after saying so. False when it failed.
fn step(what: &str, command: &mut Command, installing: Installing) -> Result<bool> {
    let shown = shown(command);
    if installing == Installing::OnlyNamed {
        println!("{what}: would run `{shown}`");
        return Ok(false);
    }
    println!("{what}: {shown}");
    match command.stdin(Stdio::null()).status() {
        Ok(status) if status.success() => Ok(true),
        Ok(status) => {
            println!("{what}: failed ({status})");
            Ok(false)
        }
        Err(error) => {
            println!("{what}: could not start ({error})");
            Ok(false)
        }
    }
}

fn shown(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    let words: Vec<String> = words.map(|word| word.to_string_lossy().into_owned()).collect();
    match command.get_current_dir().and_then(|folder| folder.file_name()) {
        Some(folder) => format!("{} (in {})", words.join(" "), folder.to_string_lossy()),
        None => words.join(" "),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_that_may_not_install_runs_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let made = folder.path().join("made");
        let mut command = Command::new("mkdir");
        command.arg(&made);
        assert!(!step("folder", &mut command, Installing::OnlyNamed).unwrap());
        assert!(!made.exists());
        assert!(step("folder", &mut command, Installing::Allowed).unwrap());
        assert!(made.exists());
    }

    #[test]
    fn a_missing_program_is_reported_and_not_fatal() {
        assert!(!step("x", &mut Command::new("surely-not-installed"), Installing::Allowed).unwrap());
    }
}
