//! The code that tries to refute the rest.
//!
//! [`sim`] runs the real sync and `execute` code of devices and servers under one seeded scheduler and checks what must
//! always hold. [`bench`] measures ratios within one run. Races and kills over HTTP are in `tests/`.

pub mod bench;
pub mod clinic;
pub mod sim;
