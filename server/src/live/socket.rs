//! One connected device.

use std::{sync::Arc, time::Duration};

use axum::extract::ws::{CloseFrame, Message, Utf8Bytes, WebSocket, close_code};
use mediconnect_domain::{AccountId, wire::Frame};
use tokio::time::{Instant, MissedTickBehavior, interval, timeout};
use uuid::Uuid;

use super::{Live, Seat, text};
use crate::{
    auth::sessions,
    clock::Clock,
    rights::rights,
    storage::{Store, StoreError},
};

/// A device that has said nothing for so many pings is gone.
const SILENT_PINGS: u32 = 3;
/// A device has nothing to say but 'still here': one that says more than so much between two pings is cut off.
const MESSAGES: u32 = 100;
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
    /// How often the server asks whether the device is still there, and looks whether its session is.
    pub ping_every: Duration,
}

impl Stream {
    /// Serves one device until it goes or its session ends. What it sends is ignored.
    pub async fn serve(&self, mut socket: WebSocket, mut seat: Seat, (account, session): (AccountId, Uuid)) {
        if self.run(&mut socket, &mut seat, account, session).await.is_err() {
            let _ = timeout(SEND_WITHIN, socket.send(Message::Close(None))).await;
        }
    }

    async fn run(
        &self,
        socket: &mut WebSocket,
        seat: &mut Seat,
        account: AccountId,
        session: Uuid,
    ) -> Result<(), Gone> {
        self.subscribe(seat, account).await.map_err(|_| Gone)?;
        let incarnation = self.store.incarnation().await.map_err(|_| Gone)?;
        send(socket, text(&Frame::Hello { incarnation, at: self.clock.now() })).await?;
        let mut ping = interval(self.ping_every);
        ping.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let (mut heard, mut messages) = (Instant::now(), 0);
        loop {
            tokio::select! {
                () = seat.bell.rung() => self.look(socket, seat, account).await?,
                frame = seat.frames.recv() => send(socket, frame.ok_or(Gone)?).await?,
                _ = ping.tick() => {
                    messages = 0;
                    if heard.elapsed() > self.ping_every * SILENT_PINGS {
                        return Err(Gone);
                    }
                    self.look_at_session(session).await;
                    within(socket.send(Message::Ping(Vec::new().into()))).await?;
                }
                message = socket.recv() => match message {
                    Some(Ok(Message::Close(_))) | Some(Err(_)) | None => return Err(Gone),
                    Some(Ok(_)) if messages >= MESSAGES => return Err(Gone),
                    Some(Ok(_)) => (heard, messages) = (Instant::now(), messages + 1),
                },
            }
        }
    }

    /// A session that ended on another node, or because its time was over, ends here as well. A store that does not answer ends
    /// nothing: then there is nothing to be streamed either.
    async fn look_at_session(&self, session: Uuid) {
        let now = self.clock.now();
        let read = self.store.read(move |tx| Box::pin(sessions::goes_on(tx, session, now)));
        if matches!(read.await, Ok(false)) {
            self.live.end_session(session, "signed_out");
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
