//! One connected device.

use std::{sync::Arc, time::Duration};

use axum::extract::ws::{CloseFrame, Message, Utf8Bytes, WebSocket, close_code};
use mediconnect_domain::{AccountId, wire::Frame};
use tokio::time::{Instant, MissedTickBehavior, interval, timeout};
use uuid::Uuid;

use super::{Live, Seat, text};
use crate::{
    clock::Clock,
    rights::rights,
    storage::{Store, StoreError},
};

/// How often the server asks whether the device is still there.
const PING_EVERY: Duration = Duration::from_secs(20);
/// A device that has said nothing for this long is gone.
const SILENCE: Duration = Duration::from_secs(50);
/// How long one frame may take to be sent.
const SEND_WITHIN: Duration = Duration::from_secs(10);

/// The connection is over.
struct Gone;

/// What a connection needs.
#[derive(Clone)]
pub struct Stream {
    pub live: Live,
    pub store: Store,
    pub clock: Arc<dyn Clock>,
}

impl Stream {
    /// Serves one device until it goes or its session ends. What it sends is ignored.
    pub async fn serve(&self, mut socket: WebSocket, account: AccountId, session: Uuid) {
        let mut seat = self.live.join(account, session);
        if self.run(&mut socket, &mut seat, account).await.is_err() {
            let _ = timeout(SEND_WITHIN, socket.send(Message::Close(None))).await;
        }
    }

    async fn run(&self, socket: &mut WebSocket, seat: &mut Seat, account: AccountId) -> Result<(), Gone> {
        self.subscribe(seat, account).await.map_err(|_| Gone)?;
        let incarnation = self.store.incarnation().await.map_err(|_| Gone)?;
        send(socket, text(&Frame::Hello { incarnation, at: self.clock.now() })).await?;
        let mut ping = interval(PING_EVERY);
        ping.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let mut heard = Instant::now();
        loop {
            tokio::select! {
                () = seat.bell.rung() => self.look(socket, seat, account).await?,
                frame = seat.frames.recv() => send(socket, frame.ok_or(Gone)?).await?,
                _ = ping.tick() => {
                    if heard.elapsed() > SILENCE {
                        return Err(Gone);
                    }
                    within(socket.send(Message::Ping(Vec::new().into()))).await?;
                }
                message = socket.recv() => match message {
                    Some(Ok(Message::Close(_))) | Some(Err(_)) | None => return Err(Gone),
                    Some(Ok(_)) => heard = Instant::now(),
                },
            }
        }
    }

    /// Something happened beside the frames.
    async fn look(&self, socket: &mut WebSocket, seat: &Seat, account: AccountId) -> Result<(), Gone> {
        if let Some(reason) = seat.bell.bye() {
            send(socket, text(&Frame::Bye { reason: reason.to_owned() })).await?;
            let frame = CloseFrame { code: close_code::POLICY, reason: Utf8Bytes::from_static("bye") };
            within(socket.send(Message::Close(Some(frame)))).await?;
            return Err(Gone);
        }
        let stale = seat.bell.take_stale();
        if stale {
            self.subscribe(seat, account).await.map_err(|_| Gone)?;
        }
        // A lagging device has missed frames, one with other rights has other buckets: both must pull.
        if seat.bell.take_lagged() || stale {
            send(socket, text(&Frame::Poke)).await?;
        }
        Ok(())
    }

    /// Reads the rights until they hold still.
    async fn subscribe(&self, seat: &Seat, account: AccountId) -> Result<(), StoreError> {
        loop {
            let changes = seat.changes();
            let now = self.clock.now();
            let rights = self.store.read(move |tx| Box::pin(rights(tx, account, now))).await?;
            if seat.subscribe(rights, changes) || seat.bell.bye().is_some() {
                return Ok(());
            }
        }
    }
}

async fn send(socket: &mut WebSocket, frame: Utf8Bytes) -> Result<(), Gone> {
    within(socket.send(Message::Text(frame))).await
}

async fn within<E>(sending: impl Future<Output = Result<(), E>>) -> Result<(), Gone> {
    timeout(SEND_WITHIN, sending).await.ok().and_then(Result::ok).ok_or(Gone)
}
