//! A few simulated worlds in every test run; `cargo xtask sim` plays as many as asked for.

use mediconnect_proof::sim;

#[test]
fn ten_worlds_hold_together_and_are_the_same_when_played_again() {
    for seed in 0..10 {
        if let Err(violation) = sim::check(seed) {
            panic!("{violation}");
        }
    }
}
