//! Races and kills against real servers over HTTP, and a few simulated worlds.

mod kill;
mod race;
mod worlds;
