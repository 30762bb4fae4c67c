//! A private PostgreSQL for tests: its own folder, its own port, nothing left afterwards.
//!
//! Container engines are not everywhere; Debian's binaries are. PostgreSQL refuses to run as root, so
//! there it runs as the user `postgres` that the package makes.

use crate::checkout::{Checkout, program};
use crate::child::{Running, Stop, stopping};
use anyhow::{Context, Result, bail};
use std::fs;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// Names a private cluster to the tests.
pub const VARIABLE: &str = "MEDICONNECT_TEST_POSTGRES";

/// How often a port is looked for: one that is free may be taken by somebody's connection before the server has it.
const TRIES: u32 = 3;

/// A running cluster; stopped and removed when dropped.
pub struct Cluster {
    // The order matters: the server stops before its folder goes.
    _server: Running,
    _folder: TempDir,
    port: u16,
}

/// Whether a write that was answered survives a crash of the machine. Tests of rules do not need it and are faster
/// without; races and kill tests do.
#[derive(Clone, Copy, PartialEq)]
pub enum Durability {
    /// `fsync` off.
    Relaxed,
    /// As in production.
    Full,
}

impl Cluster {
    /// Makes a cluster in a temporary folder and starts it on a free port of the loopback.
    pub fn start(durability: Durability) -> Result<Self> {
        let binaries = binaries().context("PostgreSQL is not installed: `cargo xtask setup` installs it")?;
        let folder = tempfile::Builder::new().prefix("mediconnect-postgres-").tempdir()?;
        let owner = Owner::find()?;
        owner.own(folder.path())?;
        let data = folder.path().join("data");
        initialise(&binaries, &data, &owner)?;
        let log = folder.path().join("log");
        for _ in 0..TRIES {
            let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
            let log = fs::File::create(&log)?;
            let mut command = owner.command(&binaries.join("postgres"));
            command.arg("-D").arg(&data).arg("-k").arg(folder.path()).args(["-p", &port.to_string()]);
            for setting in settings(durability) {
                command.args(["-c", setting]);
            }
            command.current_dir(folder.path()).stdout(log.try_clone()?).stderr(log);
            let mut server = Running::start("PostgreSQL", &mut command, Stop::Interrupt)?;
            if wait_until_ready(&mut server, &binaries, port)? {
                return Ok(Self { _server: server, _folder: folder, port });
            }
        }
        bail!("PostgreSQL did not start:\n{}", fs::read_to_string(log).unwrap_or_default());
    }

    /// The address of a database on which tests may do anything.
    pub fn url(&self) -> String {
        format!("postgres://mediconnect@127.0.0.1:{}/postgres", self.port)
    }
}

/// Runs a command beside a private cluster.
pub fn beside(checkout: &Checkout, durable: bool, command: &[String]) -> Result<bool> {
    let cluster = Cluster::start(if durable { Durability::Full } else { Durability::Relaxed })?;
    let mut started = Command::new(&command[0]);
    started.args(&command[1..]).env(VARIABLE, cluster.url()).env("CARGO_TARGET_DIR", &checkout.target);
    let mut running = Running::start(&command[0], &mut started, Stop::Terminate)?;
    while !stopping() {
        if let Some(status) = running.ended()? {
            return Ok(status.success());
        }
        thread::sleep(Duration::from_millis(50));
    }
    Ok(false)
}

/// Whether a cluster could be started here.
pub fn installed() -> bool {
    binaries().is_some()
}

fn settings(durability: Durability) -> Vec<&'static str> {
    let mut settings = vec![
        "listen_addresses=127.0.0.1",
        "max_connections=300",
        "timezone=UTC",
        "logging_collector=off",
        "autovacuum_naptime=5s",
    ];
    if durability == Durability::Relaxed {
        settings.extend(["fsync=off", "synchronous_commit=off", "full_page_writes=off"]);
    }
    settings
}

fn initialise(binaries: &Path, data: &Path, owner: &Owner) -> Result<()> {
    let output = owner
        .command(&binaries.join("initdb"))
        .arg("-D")
        .arg(data)
        .args(["--username=mediconnect", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"])
        .current_dir(data.parent().context("the data folder has a parent")?)
        .stdin(Stdio::null())
        .output()
        .context("could not start initdb")?;
    if !output.status.success() {
        bail!("initdb: {}", String::from_utf8_lossy(&output.stderr).trim());
    }
    Ok(())
}

/// True once it answers, false if it ended or does not.
fn wait_until_ready(server: &mut Running, binaries: &Path, port: u16) -> Result<bool> {
    let deadline = Instant::now() + Duration::from_secs(30);
    while Instant::now() < deadline && !stopping() {
        if server.ended()?.is_some() {
            return Ok(false);
        }
        let ready = Command::new(binaries.join("pg_isready"))
            .args(["-q", "-h", "127.0.0.1", "-p", &port.to_string()])
            .status()?;
        if ready.success() {
            return Ok(true);
        }
        thread::sleep(Duration::from_millis(50));
    }
    Ok(false)
}

/// The newest installed version: Debian keeps the server's programs out of `PATH`.
fn binaries() -> Option<PathBuf> {
    let version = |path: &PathBuf| path.file_name()?.to_str()?.parse::<u32>().ok();
    let mut versions: Vec<PathBuf> = fs::read_dir("/usr/lib/postgresql")
        .map(|entries| entries.flatten().map(|entry| entry.path()).collect())
        .unwrap_or_default();
    versions.retain(|path| path.join("bin/postgres").is_file() && path.join("bin/initdb").is_file());
    versions.sort_by_key(version);
    let in_path = || program("postgres").and_then(|postgres| Some(postgres.parent()?.to_owned()));
    versions.pop().map(|path| path.join("bin")).or_else(in_path)
}

/// The user the cluster runs as: ourselves, or `postgres` when we are root.
#[cfg(unix)]
struct Owner(Option<(u32, u32)>);

#[cfg(unix)]
impl Owner {
    fn find() -> Result<Self> {
        if !rustix::process::geteuid().is_root() {
            return Ok(Self(None));
        }
        let ask = |flag: &str| -> Result<u32> {
            let output = Command::new("id").args([flag, "postgres"]).output()?;
            String::from_utf8_lossy(&output.stdout)
                .trim()
                .parse()
                .context("PostgreSQL does not run as root, and there is no user `postgres`")
        };
        Ok(Self(Some((ask("-u")?, ask("-g")?))))
    }

    fn own(&self, folder: &Path) -> Result<()> {
        if let Some((user, group)) = self.0 {
            std::os::unix::fs::chown(folder, Some(user), Some(group))?;
        }
        Ok(())
    }

    fn command(&self, program: &Path) -> Command {
        use std::os::unix::process::CommandExt;
        let mut command = Command::new(program);
        if let Some((user, group)) = self.0 {
            command.uid(user).gid(group);
        }
        command
    }
}

#[cfg(not(unix))]
struct Owner;

#[cfg(not(unix))]
impl Owner {
    fn find() -> Result<Self> {
        Ok(Self)
    }

    fn own(&self, _: &Path) -> Result<()> {
        Ok(())
    }

    fn command(&self, program: &Path) -> Command {
        Command::new(program)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cluster_answers_and_leaves_nothing_behind() {
        let Some(binaries) = binaries() else {
            assert!(Cluster::start(Durability::Relaxed).is_err(), "without binaries there is no cluster");
            return;
        };
        let cluster = Cluster::start(Durability::Relaxed).unwrap();
        let folder = cluster._folder.path().to_owned();
        let answer = Command::new(binaries.join("psql"))
            .args([cluster.url().as_str(), "-Atc", "select current_setting('fsync')"])
            .output()
            .unwrap();
        assert_eq!(String::from_utf8_lossy(&answer.stdout).trim(), "off");
        let port = cluster.port;
        drop(cluster);
        assert!(!folder.exists());
        assert!(TcpListener::bind(("127.0.0.1", port)).is_ok(), "the port is free again");
    }

    #[test]
    fn races_run_on_a_cluster_that_syncs() {
        assert!(!settings(Durability::Full).contains(&"fsync=off"));
    }
}
