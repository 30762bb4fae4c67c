//! How often somebody may ask: by network address, by account, by device; stricter for signing in.
//!
//! Signing in is limited by the address it comes from and by the e-mail address it is for. A device that was signed in to the
//! account before has a limit of its own, so that a stranger who tries passwords cannot shut the owner's devices out.

use std::{hash::Hash, net::IpAddr, num::NonZeroU32};

use governor::{
    DefaultKeyedRateLimiter, Quota, RateLimiter,
    clock::{Clock, DefaultClock},
};
use mediconnect_domain::{AccountId, DeviceId};

use super::problem::Problem;
use crate::config;

pub struct Limiters {
    by_address: DefaultKeyedRateLimiter<IpAddr>,
    by_account: DefaultKeyedRateLimiter<AccountId>,
    by_device: DefaultKeyedRateLimiter<DeviceId>,
    sign_in_by_address: DefaultKeyedRateLimiter<IpAddr>,
    sign_in_by_email: DefaultKeyedRateLimiter<(String, Option<DeviceId>)>,
}

impl Limiters {
    pub fn new(limits: config::Limits) -> Self {
        Self {
            by_address: RateLimiter::keyed(a_minute(limits.by_address)),
            by_account: RateLimiter::keyed(a_minute(limits.by_account)),
            by_device: RateLimiter::keyed(a_minute(limits.by_device)),
            sign_in_by_address: RateLimiter::keyed(a_minute(limits.sign_in)),
            sign_in_by_email: RateLimiter::keyed(a_minute(limits.sign_in)),
        }
    }

    pub fn address(&self, address: IpAddr) -> Result<(), Problem> {
        check(&self.by_address, &network(address))
    }

    pub fn account(&self, account: AccountId, device: DeviceId) -> Result<(), Problem> {
        check(&self.by_account, &account)?;
        check(&self.by_device, &device)
    }

    pub fn sign_in_from(&self, address: IpAddr) -> Result<(), Problem> {
        check(&self.sign_in_by_address, &network(address))
    }

    /// `known` is the device, where it was signed in to this account before.
    pub fn sign_in_to(&self, email: &str, known: Option<DeviceId>) -> Result<(), Problem> {
        check(&self.sign_in_by_email, &(email.to_owned(), known))
    }

    /// Forgets whoever has been quiet; called now and then.
    pub fn forget_idle(&self) {
        self.by_address.retain_recent();
        self.by_account.retain_recent();
        self.by_device.retain_recent();
        self.sign_in_by_address.retain_recent();
        self.sign_in_by_email.retain_recent();
    }
}

fn a_minute(count: u32) -> Quota {
    Quota::per_minute(NonZeroU32::new(count).unwrap_or(NonZeroU32::MIN))
}

/// One household or office has one IPv4 address, or one IPv6 network of 64 bits.
pub fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(address) => IpAddr::V6((u128::from(address) & !u128::from(u64::MAX)).into()),
        v4 => v4,
    }
}

fn check<K: Hash + Eq + Clone>(limiter: &DefaultKeyedRateLimiter<K>, key: &K) -> Result<(), Problem> {
    limiter.check_key(key).map_err(|until| {
        let wait = until.wait_time_from(DefaultClock::default().now());
        Problem::slow_down(wait.as_secs() + 1)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn limiters(sign_in: u32) -> Limiters {
        Limiters::new(config::Limits { by_address: 2, by_account: 9, by_device: 9, sign_in })
    }

    #[test]
    fn the_answer_says_when_to_try_again() {
        let (limiters, address) = (limiters(9), IpAddr::from([192, 0, 2, 7]));
        assert!((0..2).all(|_| limiters.address(address).is_ok()));
        let problem = limiters.address(address).unwrap_err();
        assert_eq!(problem.said.status, 429);
        assert!(problem.retry_after_s.is_some_and(|seconds| (1..=31).contains(&seconds)));
        assert!(limiters.address(IpAddr::from([192, 0, 2, 8])).is_ok());
    }

    #[test]
    fn a_stranger_does_not_use_up_the_attempts_of_a_known_device() {
        let limiters = limiters(1);
        let device = DeviceId::derive(&[b"phone"]);
        assert!(limiters.sign_in_to("asha@example.org", None).is_ok());
        assert!(limiters.sign_in_to("asha@example.org", None).is_err());
        assert!(limiters.sign_in_to("asha@example.org", Some(device)).is_ok());
    }

    #[test]
    fn addresses_of_one_ipv6_network_count_together() {
        let limiters = limiters(9);
        let from = |last: u16| IpAddr::from([0x2001, 0xdb8, 0, 1, 0, 0, 0, last]);
        assert!(limiters.address(from(1)).is_ok() && limiters.address(from(2)).is_ok());
        assert!(limiters.address(from(3)).is_err());
    }
}
