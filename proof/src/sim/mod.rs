//! A deterministic simulation of devices, servers and a bad network.
//!
//! One seed is one world: people with devices, a server, a clock. A seeded scheduler picks what happens next: somebody
//! books, cancels, answers; a device syncs over a network that fails before, during or after each message; a device or a
//! server stops and starts; time passes. The code that syncs and decides is the product's own. In the end the network heals,
//! everybody syncs, and [`oracle`] checks what must hold. The same seed gives the same trace, bit by bit.

mod device;
mod network;
mod oracle;
mod plan;
mod server;

use std::{
    fmt,
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
};

use jiff::Timestamp;
use rand::{RngExt, SeedableRng, seq::IndexedRandom};
use rand_chacha::ChaCha8Rng;

use device::Device;
use server::Server;

/// Monday, 2 March 2026, 08:00 in Berlin.
const BEGIN_MS: i64 = 1_772_434_800_000;
/// Things that happen in one world.
const EVENTS: usize = 140;

/// What became of a seed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    pub seed: u64,
    /// Of the trace and the final records.
    pub hash: String,
    pub submitted: usize,
    pub accepted: usize,
    pub refused: usize,
    /// Messages that were lost, cut, doubled; devices and servers that stopped.
    pub faults: usize,
}

/// What a world found that must not be.
#[derive(Clone, Debug)]
pub struct Violation {
    pub seed: u64,
    pub what: String,
    /// The last things that happened.
    pub trace: Vec<String>,
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "seed {}: {}", self.seed, self.what)?;
        for line in &self.trace {
            writeln!(f, "  {line}")?;
        }
        write!(f, "  again: cargo xtask sim --seeds 1 --from {}", self.seed)
    }
}

/// The time of a world, in milliseconds; devices may be off.
#[derive(Clone, Default)]
pub struct WorldClock {
    ms: Arc<AtomicI64>,
    off_ms: i64,
}

impl WorldClock {
    fn read(&self) -> Timestamp {
        let ms = self.ms.load(Ordering::Relaxed) + self.off_ms;
        Timestamp::from_millisecond(ms).expect("a world ends before time does")
    }

    fn advance_min(&self, minutes: i64) {
        self.ms.fetch_add(minutes * 60_000, Ordering::Relaxed);
    }

    fn off_by(&self, off_ms: i64) -> Self {
        Self { ms: self.ms.clone(), off_ms }
    }
}

impl mediconnect_core::Clock for WorldClock {
    fn now(&self) -> Timestamp {
        self.read()
    }
}

impl mediconnect_server::clock::Clock for WorldClock {
    fn now(&self) -> Timestamp {
        self.read()
    }
}

/// What happened, as text: for the hash and for whoever looks into a violation.
#[derive(Default)]
pub struct Trace {
    hasher: blake3::Hasher,
    lines: Vec<String>,
    faults: usize,
}

impl Trace {
    pub fn note(&mut self, line: impl Into<String>) {
        let line = line.into();
        self.hasher.update(line.as_bytes()).update(b"\n");
        self.lines.push(line);
    }

    pub fn fault(&mut self, line: impl Into<String>) {
        self.faults += 1;
        self.note(line);
    }
}

/// One seed, played twice: both must give the same hash.
pub fn check(seed: u64) -> Result<Report, Violation> {
    let first = run(seed)?;
    let second = run(seed)?;
    match first == second {
        true => Ok(first),
        false => Err(Violation {
            seed,
            what: format!("not deterministic: {} and {}", first.hash, second.hash),
            trace: Vec::new(),
        }),
    }
}

/// One seed, played once.
pub fn run(seed: u64) -> Result<Report, Violation> {
    let mut world = World::new(seed);
    world.play().map_err(|what| {
        let from = world.trace.lines.len().saturating_sub(40);
        Violation { seed, what, trace: world.trace.lines[from..].to_vec() }
    })
}

struct World {
    seed: u64,
    dice: ChaCha8Rng,
    clock: WorldClock,
    server: Server,
    devices: Vec<Device>,
    trace: Trace,
    submitted: usize,
    // The stores of the devices; gone with the world.
    _home: tempfile::TempDir,
}

impl World {
    fn new(seed: u64) -> Self {
        let mut dice = ChaCha8Rng::seed_from_u64(seed);
        let clock = WorldClock { ms: Arc::new(AtomicI64::new(BEGIN_MS)), off_ms: 0 };
        let server = Server::new(clock.clone(), seed);
        let home = home();
        let devices = Device::all(&mut dice, &clock, &server, home.path());
        Self { seed, dice, clock, server, devices, trace: Trace::default(), submitted: 0, _home: home }
    }

    fn play(&mut self) -> Result<Report, String> {
        for device in &mut self.devices {
            device.sync(&mut self.dice, &self.server, network::PERFECT, &mut self.trace)?;
        }
        for _ in 0..EVENTS {
            self.event()?;
        }
        self.settle()?;
        let totals = oracle::check(&self.server, &self.devices)?;
        self.trace.note(format!("{} {}", self.server.digest(), totals.accepted));
        Ok(Report {
            seed: self.seed,
            hash: self.trace.hasher.finalize().to_hex().to_string(),
            submitted: self.submitted,
            accepted: totals.accepted,
            refused: totals.refused,
            faults: self.trace.faults,
        })
    }

    /// One thing that happens.
    fn event(&mut self) -> Result<(), String> {
        let n = self.dice.random_range(0..self.devices.len());
        match self.dice.random_range(0..100) {
            0..42 => {
                let device = &mut self.devices[n];
                self.submitted += usize::from(plan::act(device, &mut self.dice, &mut self.trace)?);
            }
            42..80 => {
                let weather = *network::WEATHERS.choose(&mut self.dice).expect("there is weather");
                self.devices[n].sync(&mut self.dice, &self.server, weather, &mut self.trace)?;
            }
            80..90 => {
                let minutes = self.dice.random_range(1..240);
                self.clock.advance_min(minutes);
                self.trace.note(format!("{minutes} minutes pass"));
                self.server.work()?;
            }
            90..96 => {
                self.trace.fault(format!("device {n} stops and starts"));
                self.devices[n].restart()?;
            }
            96..99 => {
                self.trace.fault("a server stops and another starts on the same store");
                self.server.restart();
            }
            _ => {
                self.trace.fault("the store moves to another machine and has a new incarnation");
                self.server.reincarnate(&mut self.dice)?;
                self.devices.iter_mut().for_each(Device::forget_revisions);
            }
        }
        Ok(())
    }

    /// The network heals and everybody syncs until nothing is left to say.
    fn settle(&mut self) -> Result<(), String> {
        self.trace.note("the network heals");
        for _ in 0..8 {
            self.clock.advance_min(1);
            self.server.work()?;
            for device in &mut self.devices {
                device.sync(&mut self.dice, &self.server, network::PERFECT, &mut self.trace)?;
            }
        }
        Ok(())
    }
}

/// Memory where there is a file system for it: the simulator does not test the disk.
fn home() -> tempfile::TempDir {
    let shared = std::path::Path::new("/dev/shm");
    let made = if shared.is_dir() { tempfile::tempdir_in(shared) } else { tempfile::tempdir() };
    made.expect("a temporary folder")
}
