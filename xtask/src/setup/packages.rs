//! System packages: one table, each with the reason it is there.

use super::{Installing, step};
use crate::checkout::{first_program, program};
use anyhow::Result;
use std::io::{IsTerminal, stdin};
use std::path::PathBuf;
use std::process::{Command, Stdio};

/// What a package is for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Purpose {
    /// To compile the workspace.
    Build,
    /// To build and open windows: the phones' apps on a desktop, the admin app.
    Windows,
    /// To drive the apps in a browser, and to take pictures.
    Browser,
    /// To test against the real PostgreSQL.
    Database,
    /// For the Python test tools.
    Python,
}

impl Purpose {
    /// Every purpose.
    pub fn all() -> &'static [Self] {
        &[Self::Build, Self::Windows, Self::Browser, Self::Database, Self::Python]
    }
}

/// How to see that a package is there.
enum Probe {
    /// One of these programs is in PATH.
    Program(&'static [&'static str]),
    /// pkg-config knows it.
    Library(&'static str),
    /// The package database says so.
    Package,
    /// PostgreSQL's server programs, which are not in PATH.
    Postgres,
    /// Python has these modules.
    PythonModules(&'static str),
}

struct Package {
    debian: &'static str,
    why: &'static str,
    purpose: Purpose,
    probe: Probe,
}

const BROWSERS: &[&str] = &["chromium", "chromium-browser", "google-chrome"];

const PACKAGES: &[Package] = &[
    Package {
        debian: "build-essential",
        why: "compiles SQLCipher and the cryptography",
        purpose: Purpose::Build,
        probe: Probe::Program(&["cc"]),
    },
    Package {
        debian: "pkg-config",
        why: "finds system libraries",
        purpose: Purpose::Build,
        probe: Probe::Program(&["pkg-config"]),
    },
    Package {
        debian: "libssl-dev",
        why: "SQLCipher encrypts with the system's OpenSSL",
        purpose: Purpose::Build,
        probe: Probe::Library("openssl"),
    },
    Package {
        debian: "libdbus-1-dev",
        why: "the key store of the desktop",
        purpose: Purpose::Build,
        probe: Probe::Library("dbus-1"),
    },
    Package {
        debian: "libwebkit2gtk-4.1-dev",
        why: "the web view of all three apps",
        purpose: Purpose::Windows,
        probe: Probe::Library("webkit2gtk-4.1"),
    },
    Package {
        debian: "libxdo-dev",
        why: "keyboard shortcuts of the windows",
        purpose: Purpose::Windows,
        probe: Probe::Package,
    },
    Package {
        debian: "libayatana-appindicator3-dev",
        why: "the admin app's tray",
        purpose: Purpose::Windows,
        probe: Probe::Library("ayatana-appindicator3-0.1"),
    },
    Package {
        debian: "librsvg2-dev",
        why: "the admin app's icons",
        purpose: Purpose::Windows,
        probe: Probe::Library("librsvg-2.0"),
    },
    Package {
        debian: "fonts-inter",
        why: "the apps' typeface, for pictures that look alike everywhere",
        purpose: Purpose::Windows,
        probe: Probe::Package,
    },
    Package {
        debian: "fonts-noto-core",
        why: "Devanagari and Arabic letters",
        purpose: Purpose::Windows,
        probe: Probe::Package,
    },
    Package {
        debian: "chromium",
        why: "drives the phones' apps",
        purpose: Purpose::Browser,
        probe: Probe::Program(BROWSERS),
    },
    Package {
        debian: "xvfb",
        why: "a screen for windows where there is none",
        purpose: Purpose::Browser,
        probe: Probe::Program(&["Xvfb"]),
    },
    Package {
        debian: "xdotool",
        why: "real clicks and keys in windows",
        purpose: Purpose::Browser,
        probe: Probe::Program(&["xdotool"]),
    },
    Package {
        debian: "webkit2gtk-driver",
        why: "drives the admin app's window",
        purpose: Purpose::Browser,
        probe: Probe::Program(&["WebKitWebDriver"]),
    },
    Package {
        debian: "dbus",
        why: "a session of its own for key store tests",
        purpose: Purpose::Browser,
        probe: Probe::Program(&["dbus-run-session"]),
    },
    Package {
        debian: "gnome-keyring",
        why: "a real key store for those tests",
        purpose: Purpose::Browser,
        probe: Probe::Program(&["gnome-keyring-daemon"]),
    },
    Package {
        debian: "postgresql",
        why: "the second storage of the server",
        purpose: Purpose::Database,
        probe: Probe::Postgres,
    },
    Package {
        debian: "python3-venv",
        why: "keeps the Python test tools to themselves",
        purpose: Purpose::Python,
        probe: Probe::PythonModules("venv, ensurepip"),
    },
];

/// Installs what is missing for these purposes, or says how. True when nothing is missing any more.
pub fn install(purposes: &[Purpose], installing: Installing) -> Result<bool> {
    let missing = missing(purposes);
    if missing.is_empty() {
        return Ok(true);
    }
    println!("System packages that are missing:");
    for package in &missing {
        println!("  {:<30} {}", package.debian, package.why);
    }
    if program("apt-get").is_none() {
        println!("This system has no apt-get: install these, by whatever name they have here.");
        return Ok(false);
    }
    let names: Vec<&str> = missing.iter().map(|package| package.debian).collect();
    if !step("Package lists", &mut apt(&["update", "-qq"]), installing)? && installing == Installing::Allowed
    {
        println!("Going on with the lists that are there.");
    }
    let arguments = [&["install", "-y", "-qq", "--no-install-recommends"], names.as_slice()].concat();
    step("System packages", &mut apt(&arguments), installing)?;
    Ok(installing == Installing::Allowed && self::missing(purposes).is_empty())
}

/// The browser that drives the apps, by whatever name it has here.
pub fn browser() -> Option<PathBuf> {
    first_program(BROWSERS)
}

/// Whether everything for one purpose is here.
pub fn complete(purpose: Purpose) -> bool {
    missing(&[purpose]).is_empty()
}

fn missing(purposes: &[Purpose]) -> Vec<&'static Package> {
    // The table is about Linux: elsewhere the systems bring their own web view and key store.
    if !cfg!(target_os = "linux") {
        return Vec::new();
    }
    PACKAGES
        .iter()
        .filter(|package| purposes.contains(&package.purpose) && !package.probe.holds(package.debian))
        .collect()
}

impl Probe {
    fn holds(&self, debian: &str) -> bool {
        match self {
            Self::Program(names) => first_program(names).is_some(),
            Self::Library(name) => quietly("pkg-config", &["--exists", name]),
            Self::Package => quietly("dpkg", &["-s", debian]) || program("dpkg").is_none(),
            Self::Postgres => crate::postgres::installed(),
            Self::PythonModules(names) => quietly("python3", &["-c", &format!("import {names}")]),
        }
    }
}

fn quietly(program: &str, arguments: &[&str]) -> bool {
    let mut command = Command::new(program);
    command.args(arguments).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    command.status().is_ok_and(|status| status.success())
}

/// apt-get, as root; where we are not, by sudo, which may ask for a password only when someone is there to type it.
fn apt(arguments: &[&str]) -> Command {
    let mut command = if is_root() {
        Command::new("apt-get")
    } else {
        let mut sudo = Command::new("sudo");
        if !stdin().is_terminal() {
            sudo.arg("-n");
        }
        sudo.args(["DEBIAN_FRONTEND=noninteractive", "apt-get"]);
        sudo
    };
    command.args(arguments).env("DEBIAN_FRONTEND", "noninteractive");
    command
}

#[cfg(unix)]
fn is_root() -> bool {
    rustix::process::geteuid().is_root()
}

#[cfg(not(unix))]
fn is_root() -> bool {
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_package_is_named_once_with_a_reason() {
        for (n, package) in PACKAGES.iter().enumerate() {
            assert!(!package.why.is_empty(), "{}", package.debian);
            assert!(
                PACKAGES[..n].iter().all(|other| other.debian != package.debian),
                "{} twice",
                package.debian
            );
        }
        for purpose in Purpose::all() {
            assert!(PACKAGES.iter().any(|package| package.purpose == *purpose), "{purpose:?}");
        }
    }

    #[test]
    fn probes_tell_what_is_here_from_what_is_not() {
        assert!(Probe::Program(&["surely-not-installed", "cargo"]).holds(""));
        assert!(!Probe::Program(&["surely-not-installed"]).holds(""));
        assert!(!Probe::Library("surely-not-installed").holds(""));
        assert!(!Probe::PythonModules("surely_not_installed").holds(""));
    }

    #[test]
    fn sudo_never_asks_when_nobody_is_there() {
        let command = apt(&["update"]);
        if command.get_program() == "sudo" && !stdin().is_terminal() {
            assert_eq!(command.get_args().next().unwrap(), "-n");
        }
        assert!(command.get_args().any(|word| word == "update"));
    }
}
