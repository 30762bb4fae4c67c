//! Devices against a real server: its rules, its storage, its sync; the network in between is played by the tests.

mod accounts;
mod booking;
mod clinic;
mod device;
mod faults;
mod lock;
mod practice;
mod rights;
mod staff;
mod vault;
mod witness;
