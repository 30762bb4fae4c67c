//! The server's memory when nobody asks anything, and the size of its binary. Both of the release build.

use std::{
    io::{BufRead, BufReader},
    path::PathBuf,
    process::{Command, Stdio},
    time::Duration,
};

use anyhow::{Context, ensure};

use super::{Measurement, median};

const MB: f64 = 1_000_000.0;

/// The server beside this program.
fn path() -> anyhow::Result<PathBuf> {
    let server = std::env::current_exe()?.with_file_name("mediconnect-server");
    ensure!(
        server.is_file(),
        "{} is not built: cargo build --release -p mediconnect-server",
        server.display()
    );
    Ok(server)
}

pub fn binary() -> anyhow::Result<Measurement> {
    let value = std::fs::metadata(path()?)?.len() as f64 / MB;
    Ok(Measurement {
        id: "server_binary",
        what: "size of the server's binary",
        value,
        unit: "MB",
        against: None,
        ratio: None,
        target: "≤ 25 MB",
        pass: value <= 25.0,
        runs: vec![value],
    })
}

pub fn idle() -> anyhow::Result<Measurement> {
    let runs = (0..3).map(|_| resident()).collect::<anyhow::Result<Vec<f64>>>()?;
    let value = median(&runs);
    Ok(Measurement {
        id: "server_idle",
        what: "memory of the server on an empty store, five seconds after its start",
        value,
        unit: "MB",
        against: None,
        ratio: None,
        target: "≤ 30 MB",
        pass: value <= 30.0,
        runs,
    })
}

/// Resident memory in megabytes.
fn resident() -> anyhow::Result<f64> {
    let home = tempfile::tempdir()?;
    let mut server = Command::new(path()?)
        .args(["serve", "--listen", "127.0.0.1:0", "--data"])
        .arg(home.path())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()?;
    let measured = (|| {
        let stdout = server.stdout.take().context("the server's output")?;
        let mut line = String::new();
        BufReader::new(stdout).read_line(&mut line)?;
        ensure!(line.starts_with("listening on "), "the server said: {line}");
        std::thread::sleep(Duration::from_secs(5));
        let status = std::fs::read_to_string(format!("/proc/{}/status", server.id()))?;
        let line = status.lines().find(|line| line.starts_with("VmRSS:")).context("VmRSS")?;
        let kib: f64 = line.split_whitespace().nth(1).context("VmRSS")?.parse()?;
        Ok(kib * 1024.0 / MB)
    })();
    server.kill()?;
    server.wait()?;
    measured
}
