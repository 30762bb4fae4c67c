//! The network of a world: every message may be lost, cut or doubled.

use std::sync::Mutex;

use async_trait::async_trait;
use mediconnect_core::sync::{Live, PullLines, Transport, TransportError};
use mediconnect_domain::{
    AccountId,
    wire::{Pull, PullLine, Push, PushAnswer},
};
use rand::RngExt;
use rand_chacha::ChaCha8Rng;

/// How bad it is, in percent of messages.
#[derive(Clone, Copy, Debug)]
pub struct Weather {
    pub name: &'static str,
    lost_before: u32,
    lost_after: u32,
    doubled: u32,
    cut: u32,
}

pub const PERFECT: Weather = Weather { name: "clear", lost_before: 0, lost_after: 0, doubled: 0, cut: 0 };

pub const WEATHERS: [Weather; 4] = [
    PERFECT,
    Weather { name: "rain", lost_before: 20, lost_after: 10, doubled: 10, cut: 15 },
    Weather { name: "storm", lost_before: 40, lost_after: 35, doubled: 25, cut: 35 },
    Weather { name: "acks lost", lost_before: 0, lost_after: 90, doubled: 0, cut: 0 },
];

/// What the other side does with a message.
pub trait Peer: Send + Sync {
    fn push(&self, account: AccountId, push: &Push) -> Result<PushAnswer, String>;
    fn pull(&self, account: AccountId, pull: Pull) -> Result<Vec<PullLine>, String>;
}

/// One device's line to the server, for the time of a sync. What happened on it is taken with [`Line::take_faults`].
pub struct Line {
    state: Mutex<LineState>,
    account: AccountId,
}

struct LineState {
    dice: ChaCha8Rng,
    weather: Weather,
    peer: Option<Box<dyn Peer>>,
    faults: Vec<&'static str>,
}

impl Line {
    pub fn new(account: AccountId, dice: ChaCha8Rng) -> Self {
        let state = LineState { dice, weather: PERFECT, peer: None, faults: Vec::new() };
        Self { state: Mutex::new(state), account }
    }

    pub fn connect(&self, weather: Weather, peer: Box<dyn Peer>) {
        let mut state = self.state.lock().expect("one thread");
        state.weather = weather;
        state.peer = Some(peer);
    }

    pub fn take_faults(&self) -> Vec<&'static str> {
        std::mem::take(&mut self.state.lock().expect("one thread").faults)
    }
}

impl LineState {
    fn happens(&mut self, percent: u32, what: &'static str) -> bool {
        let happens = self.dice.random_range(0..100) < percent;
        if happens {
            self.faults.push(what);
        }
        happens
    }

    fn peer(&self) -> Result<&dyn Peer, TransportError> {
        self.peer.as_deref().ok_or_else(|| TransportError::Offline("no line".into()))
    }
}

fn failed(error: String) -> TransportError {
    TransportError::Cut(error)
}

#[async_trait]
impl Transport for Line {
    async fn push(&self, push: &Push) -> Result<PushAnswer, TransportError> {
        let mut state = self.state.lock().expect("one thread");
        let weather = state.weather;
        if state.happens(weather.lost_before, "a push is lost") {
            return Err(TransportError::Offline("lost".into()));
        }
        let answer = state.peer()?.push(self.account, push).map_err(failed)?;
        let answer = match state.happens(weather.doubled, "a push arrives twice") {
            true => state.peer()?.push(self.account, push).map_err(failed)?,
            false => answer,
        };
        match state.happens(weather.lost_after, "the answer to a push is lost") {
            true => Err(TransportError::Cut("lost".into())),
            false => Ok(answer),
        }
    }

    async fn pull(&self, pull: &Pull) -> Result<Box<dyn PullLines>, TransportError> {
        let mut state = self.state.lock().expect("one thread");
        let weather = state.weather;
        if state.happens(weather.lost_before, "a pull is lost") {
            return Err(TransportError::Offline("lost".into()));
        }
        let mut lines = state.peer()?.pull(self.account, pull.clone()).map_err(failed)?;
        if !lines.is_empty() && state.happens(weather.cut, "a pull is cut") {
            let keep = state.dice.random_range(0..lines.len());
            lines.truncate(keep);
        }
        Ok(Box::new(lines.into_iter()))
    }

    async fn live(&self) -> Result<Box<dyn Live>, TransportError> {
        Err(TransportError::Offline("the simulator's devices ask when they are told to".into()))
    }
}
