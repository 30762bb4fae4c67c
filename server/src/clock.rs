//! Time and randomness as parameters: the simulator brings its own.

use jiff::Timestamp;
use uuid::Uuid;

/// Tells the time. Rules are decided by it.
pub trait Clock: Send + Sync + 'static {
    fn now(&self) -> Timestamp;
}

/// The machine's clock, to the millisecond: nobody needs more, and bodies stay short.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> Timestamp {
        let now = Timestamp::now();
        Timestamp::from_millisecond(now.as_millisecond()).unwrap_or(now)
    }
}

/// Draws what nobody can guess.
pub trait Random: Send + Sync + 'static {
    fn fill(&self, bytes: &mut [u8]);

    /// A new UUIDv7.
    fn id(&self, now: Timestamp) -> Uuid {
        let mut random = [0; 10];
        self.fill(&mut random);
        mediconnect_domain::id::v7(now.as_millisecond().max(0).cast_unsigned(), random)
    }
}

/// The operating system's generator.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemRandom;

impl Random for SystemRandom {
    fn fill(&self, bytes: &mut [u8]) {
        rand::fill(bytes);
    }
}
