//! A screen that nobody sees, for windows on a machine without one.

use crate::checkout::program;
use crate::child::{Running, Stop};
use anyhow::{Context, Result, bail};
use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};

/// An Xvfb of our own; gone when dropped.
pub struct Display {
    _server: Running,
    name: String,
}

impl Display {
    /// Starts Xvfb on a display number that is free.
    pub fn start() -> Result<Self> {
        if program("Xvfb").is_none() {
            bail!("Xvfb is not installed: `cargo xtask setup` installs it");
        }
        let mut command = Command::new("Xvfb");
        command
            .args(["-displayfd", "1", "-screen", "0", "1440x1000x24", "-nolisten", "tcp", "-noreset"])
            .stdout(Stdio::piped())
            .stderr(Stdio::null());
        let mut server = Running::start("Xvfb", &mut command, Stop::Terminate)?;
        let mut number = String::new();
        BufReader::new(server.take_stdout().context("Xvfb's output is piped")?).read_line(&mut number)?;
        if number.trim().is_empty() {
            bail!("Xvfb ended before it named its display");
        }
        Ok(Self { _server: server, name: format!(":{}", number.trim()) })
    }

    /// The value for DISPLAY.
    pub fn name(&self) -> &str {
        &self.name
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_display_is_there_while_it_is_held() {
        if program("Xvfb").is_none() {
            let refusal = Display::start().err().expect("without Xvfb there is no display");
            assert!(refusal.to_string().contains("setup"));
            return;
        }
        let display = Display::start().unwrap();
        let number = display.name().strip_prefix(':').unwrap().to_owned();
        let socket = std::path::PathBuf::from(format!("/tmp/.X11-unix/X{number}"));
        assert!(socket.exists());
        drop(display);
        assert!(!socket.exists());
    }
}
