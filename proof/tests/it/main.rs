//! Races and kills against real servers over HTTP, and a few simulated worlds.

#[path = "../../../server/tests/storage/cluster.rs"]
mod cluster;
mod kill;
mod race;
mod worlds;
