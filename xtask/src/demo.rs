//! temporary
use crate::checkout::Checkout;
pub fn run(_: &Checkout, _tour: bool, _i: crate::setup::Installing) -> anyhow::Result<bool> {
    anyhow::bail!("x")
}
