//! Programs that this one starts, and that never outlive it.
//!
//! Each child leads a process group of its own, so that stopping it also stops what it started
//! (a browser its renderers, npm its node). Children are stopped when their handle goes away and when
//! this program is asked to stop. Output of a [`watched`] child goes to a file and to whoever
//! shows the progress; nothing reads the terminal.

use anyhow::{Context, Result};
use std::fs::File;
use std::io::{self, BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, LazyLock, Mutex};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

static STOP: LazyLock<Arc<AtomicBool>> = LazyLock::new(Arc::default);

/// Turns Ctrl-C and a request to terminate into [`stopping`], so that everything is put away first.
pub fn stop_on_signals() {
    for signal in [signal_hook::consts::SIGINT, signal_hook::consts::SIGTERM] {
        // The second request ends the program at once.
        let _ = signal_hook::flag::register_conditional_shutdown(signal, 130, STOP.clone());
        let _ = signal_hook::flag::register(signal, STOP.clone());
    }
}

/// Whether someone asked this program to stop.
pub fn stopping() -> bool {
    STOP.load(Ordering::Relaxed)
}

/// A running program; stopped when dropped.
pub struct Running {
    name: String,
    child: Child,
    last_words: Stop,
}

/// How a program likes to be told to stop.
#[derive(Clone, Copy, PartialEq)]
pub enum Stop {
    /// To the whole group: the usual way.
    Terminate,
    /// To the program alone, which ends its own children in order (PostgreSQL's fast shutdown).
    Interrupt,
}

impl Running {
    /// Starts a program in a process group of its own, with nothing to read.
    pub fn start(name: &str, command: &mut Command, last_words: Stop) -> Result<Self> {
        lead_a_group(command);
        let child = command
            .stdin(Stdio::null())
            .spawn()
            .with_context(|| format!("could not start {}", command.get_program().display()))?;
        Ok(Self { name: name.to_owned(), child, last_words })
    }

    /// What the program is called in messages.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The program's standard output, if it was piped and nobody took it yet.
    pub fn take_stdout(&mut self) -> Option<std::process::ChildStdout> {
        self.child.stdout.take()
    }

    /// How the program ended, or none while it runs.
    pub fn ended(&mut self) -> Result<Option<ExitStatus>> {
        Ok(self.child.try_wait()?)
    }

    /// Waits for the end, no longer than until `deadline` and only while nobody asks to stop.
    pub fn wait_until(&mut self, deadline: Instant, mut tick: impl FnMut()) -> Result<Option<ExitStatus>> {
        while !stopping() && Instant::now() < deadline {
            if let Some(status) = self.ended()? {
                return Ok(Some(status));
            }
            tick();
            thread::sleep(Duration::from_millis(100));
        }
        self.ended()
    }

    /// Asks the program to stop, and makes it after ten seconds.
    pub fn stop(&mut self) {
        if !matches!(self.child.try_wait(), Ok(None)) {
            end_group(&self.child);
            return;
        }
        ask_to_stop(&self.child, self.last_words);
        let deadline = Instant::now() + Duration::from_secs(10);
        while Instant::now() < deadline && matches!(self.child.try_wait(), Ok(None)) {
            thread::sleep(Duration::from_millis(20));
        }
        end_group(&self.child);
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.stop();
    }
}

/// How a [`watched`] program ended and what it said.
pub struct Outcome {
    /// None when it was stopped: it took too long, or someone asked this program to stop.
    pub status: Option<ExitStatus>,
    /// Everything it wrote, errors included, in order.
    pub output: String,
}

impl Outcome {
    /// Whether it ended by itself and called that a success.
    pub fn succeeded(&self) -> bool {
        self.status.is_some_and(|status| status.success())
    }
}

/// Runs a program to its end, at most for `limit`. All it writes is appended to `log`; `tick` is called ten times a
/// second with the last line it wrote.
pub fn watched(
    name: &str,
    command: &mut Command,
    log: &Path,
    limit: Duration,
    mut tick: impl FnMut(&str),
) -> Result<Outcome> {
    let (reader, writer) = io::pipe()?;
    command.stdout(writer.try_clone()?).stderr(writer);
    let started = Instant::now();
    let mut running = Running::start(name, command, Stop::Terminate)?;
    // The command holds the writing end of the pipe: while it lives the reader sees no end.
    command.stdout(Stdio::null()).stderr(Stdio::null());
    let said = Arc::new(Mutex::new(Said::default()));
    let listener = listen(reader, log, said.clone())?;
    let status = running.wait_until(started + limit, || tick(&said.lock().unwrap().last))?;
    running.stop();
    // A daemon that left the group could hold the pipe open for ever.
    let deadline = Instant::now() + Duration::from_secs(5);
    while !listener.is_finished() && Instant::now() < deadline {
        thread::sleep(Duration::from_millis(20));
    }
    let output = std::mem::take(&mut said.lock().unwrap().all);
    Ok(Outcome { status, output })
}

#[derive(Default)]
struct Said {
    all: String,
    last: String,
}

fn listen(reader: io::PipeReader, log: &Path, said: Arc<Mutex<Said>>) -> Result<JoinHandle<()>> {
    let mut file =
        File::options().create(true).append(true).open(log).with_context(|| log.display().to_string())?;
    Ok(thread::spawn(move || {
        let mut lines = BufReader::new(reader);
        let mut bytes = Vec::new();
        while lines.read_until(b'\n', &mut bytes).is_ok_and(|n| n > 0) {
            let line = String::from_utf8_lossy(&bytes).into_owned();
            let _ = file.write_all(line.as_bytes());
            let mut said = said.lock().unwrap();
            said.all.push_str(&line);
            if !line.trim().is_empty() {
                said.last = line.trim().to_owned();
            }
            bytes.clear();
        }
    }))
}

#[cfg(unix)]
fn lead_a_group(command: &mut Command) {
    use std::os::unix::process::CommandExt;
    command.process_group(0);
}

#[cfg(unix)]
fn ask_to_stop(child: &Child, how: Stop) {
    use rustix::process::{Pid, Signal, kill_process, kill_process_group};
    let Some(pid) = i32::try_from(child.id()).ok().and_then(Pid::from_raw) else { return };
    let _ = match how {
        Stop::Terminate => kill_process_group(pid, Signal::TERM),
        Stop::Interrupt => kill_process(pid, Signal::INT),
    };
}

#[cfg(unix)]
fn end_group(child: &Child) {
    use rustix::process::{Pid, Signal, kill_process_group};
    if let Some(pid) = i32::try_from(child.id()).ok().and_then(Pid::from_raw) {
        let _ = kill_process_group(pid, Signal::KILL);
    }
}

#[cfg(not(unix))]
fn lead_a_group(_: &mut Command) {}

#[cfg(not(unix))]
fn ask_to_stop(_: &Child, _: Stop) {}

#[cfg(not(unix))]
fn end_group(_: &Child) {}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    fn shell(script: &str) -> Command {
        let mut command = Command::new("sh");
        command.args(["-c", script]);
        command
    }

    fn watch(script: &str, limit: Duration) -> (Outcome, String) {
        let folder = tempfile::tempdir().unwrap();
        let log = folder.path().join("log");
        let outcome = watched("test", &mut shell(script), &log, limit, |_| ()).unwrap();
        (outcome, std::fs::read_to_string(log).unwrap())
    }

    #[test]
    fn both_outputs_are_kept_and_logged_in_order() {
        let (outcome, log) = watch("echo one; echo two >&2; printf three; exit 3", Duration::from_secs(20));
        assert_eq!(outcome.output, "one\ntwo\nthree");
        assert_eq!(log, outcome.output);
        assert_eq!(outcome.status.unwrap().code(), Some(3));
        assert!(!outcome.succeeded());
    }

    #[test]
    fn a_program_that_takes_too_long_is_stopped_with_all_it_started() {
        let started = Instant::now();
        let (outcome, _) = watch("sleep 300 & echo $!; sleep 300", Duration::from_millis(500));
        assert!(outcome.status.is_none_or(|status| !status.success()));
        assert!(started.elapsed() < Duration::from_secs(9));
        let grandchild = outcome.output.trim();
        assert!(!Path::new("/proc").join(grandchild).join("exe").exists(), "{grandchild} still runs");
    }

    #[test]
    fn a_child_left_in_the_background_does_not_hold_us_up() {
        let started = Instant::now();
        let (outcome, _) = watch("sleep 300 & echo done", Duration::from_secs(60));
        assert!(outcome.succeeded());
        assert!(started.elapsed() < Duration::from_secs(10));
    }
}
