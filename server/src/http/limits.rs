//! How often somebody may ask: by network address, by account, by device. In memory: it keeps the server answering. What keeps
//! guessers out is in the store, see [`crate::auth::attempts`].

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
}

impl Limiters {
    pub fn new(limits: config::Limits) -> Self {
        Self {
            by_address: RateLimiter::keyed(a_minute(limits.by_address)),
            by_account: RateLimiter::keyed(a_minute(limits.by_account)),
            by_device: RateLimiter::keyed(a_minute(limits.by_device)),
        }
    }

    pub fn address(&self, address: IpAddr) -> Result<(), Problem> {
        check(&self.by_address, &network(address))
    }

    pub fn account(&self, account: AccountId, device: DeviceId) -> Result<(), Problem> {
        check(&self.by_account, &account)?;
        check(&self.by_device, &device)
    }

    /// Forgets whoever has been quiet; called now and then.
    pub fn forget_idle(&self) {
        self.by_address.retain_recent();
        self.by_account.retain_recent();
        self.by_device.retain_recent();
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

    fn limiters() -> Limiters {
        Limiters::new(config::Limits { by_address: 2, by_account: 9, by_device: 9, sign_in: 9 })
    }

    #[test]
    fn the_answer_says_when_to_try_again() {
        let (limiters, address) = (limiters(), IpAddr::from([192, 0, 2, 7]));
        assert!((0..2).all(|_| limiters.address(address).is_ok()));
        let problem = limiters.address(address).unwrap_err();
        assert_eq!(problem.said.status, 429);
        assert!(problem.retry_after_s.is_some_and(|seconds| (1..=31).contains(&seconds)));
        assert!(limiters.address(IpAddr::from([192, 0, 2, 8])).is_ok());
    }

    #[test]
    fn addresses_of_one_ipv6_network_count_together() {
        let limiters = limiters();
        let from = |last: u16| IpAddr::from([0x2001, 0xdb8, 0, 1, 0, 0, 0, last]);
        assert!(limiters.address(from(1)).is_ok() && limiters.address(from(2)).is_ok());
        assert!(limiters.address(from(3)).is_err());
    }
}
