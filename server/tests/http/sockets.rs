//! Connections and live streams that mean no good.

use std::time::Duration;

use futures::{SinkExt, StreamExt};
use mediconnect_server::{
    auth::table,
    config::Settings,
    testing::{Client, TestServer},
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    time::timeout,
};
use tokio_tungstenite::{
    MaybeTlsStream, WebSocketStream, connect_async,
    tungstenite::{Error, Message, client::IntoClientRequest},
};

type Socket = WebSocketStream<MaybeTlsStream<TcpStream>>;

const SOON: Duration = Duration::from_secs(10);

async fn stream(server: &TestServer, client: &Client) -> Result<Socket, Error> {
    let address = format!("{}/v1/sync/live", server.url.replace("http", "ws"));
    let mut request = address.into_client_request()?;
    let token = format!("Bearer {}", client.access.as_deref().unwrap_or_default());
    request.headers_mut().insert("authorization", token.parse().unwrap());
    Ok(connect_async(request).await?.0)
}

/// All texts until the server closes.
async fn until_closed(socket: &mut Socket) -> Vec<String> {
    let mut texts = Vec::new();
    let all = async {
        while let Some(Ok(message)) = socket.next().await {
            if let Message::Text(text) = message {
                texts.push(text.to_string());
            }
        }
    };
    timeout(SOON, all).await.expect("the server closes the stream");
    texts
}

/// That the server closes this connection.
async fn is_closed(mut connection: TcpStream) -> bool {
    let mut rest = Vec::new();
    // An answer that says why may come first.
    timeout(SOON, connection.read_to_end(&mut rest)).await.is_ok()
}

#[tokio::test]
async fn who_sends_a_head_byte_by_byte_or_nothing_at_all_is_cut_off() {
    let server = TestServer::start_with(Settings { head_within_s: Some(1), ..Settings::default() }).await;
    let silent = TcpStream::connect(server.running.address).await.unwrap();
    let mut slow = TcpStream::connect(server.running.address).await.unwrap();
    slow.write_all(b"GET /health HTTP/1.1\r\nhost: a\r\nx-slow: ").await.unwrap();
    for _ in 0..3 {
        tokio::time::sleep(Duration::from_millis(400)).await;
        let _ = slow.write_all(b"a").await;
    }
    assert!(is_closed(slow).await && is_closed(silent).await);
    server.anonymous().get("/health").await.is(200);
}

#[tokio::test]
async fn one_address_has_so_many_connections_and_no_more() {
    let settings = Settings { connections_per_address: Some(3), ..Settings::default() };
    let server = TestServer::start_with(settings).await;
    let mut held = Vec::new();
    for _ in 0..3 {
        held.push(TcpStream::connect(server.running.address).await.unwrap());
    }
    assert!(is_closed(TcpStream::connect(server.running.address).await.unwrap()).await);
    drop(held);
    tokio::time::sleep(Duration::from_millis(300)).await;
    server.anonymous().get("/health").await.is(200);
}

#[tokio::test]
async fn one_account_has_so_many_streams_and_no_more() {
    let settings = Settings { streams_per_account: Some(2), ..Settings::default() };
    let server = TestServer::start_with(settings).await;
    let (asha, ravi) = (server.patient("Asha Rao").await, server.patient("Ravi Menon").await);
    let mut held = vec![stream(&server, &asha.client).await.unwrap()];
    held.push(stream(&server, &asha.client).await.unwrap());
    match stream(&server, &asha.client).await {
        Err(Error::Http(answer)) => assert_eq!(answer.status(), 429),
        other => panic!("{other:?}"),
    }
    stream(&server, &ravi.client).await.unwrap();
    held.pop().unwrap().close(None).await.unwrap();
    for _ in 0..100 {
        if server.running.app.live.count_of(asha.account_id) < 2 {
            break;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    stream(&server, &asha.client).await.unwrap();
}

#[tokio::test]
async fn a_session_that_another_node_ended_loses_its_stream() {
    let settings = Settings { ping_every_s: Some(1), ..Settings::default() };
    let server = TestServer::start_with(settings).await;
    let asha = server.patient("Asha Rao").await;
    let mut socket = stream(&server, &asha.client).await.unwrap();
    let (app, account) = (&server.running.app, asha.account_id);
    // Another node writes to the store and knows nothing of this one's streams.
    let now = app.now();
    let ended = app.store().write(&[], move |tx| Box::pin(table::end(tx, account, None, None, now))).await;
    assert_eq!(ended.unwrap().len(), 1);
    let texts = until_closed(&mut socket).await;
    assert!(texts.last().is_some_and(|text| text.contains("signed_out")), "{texts:?}");
}

#[tokio::test]
async fn who_talks_without_end_on_a_stream_is_cut_off() {
    let server = TestServer::start().await;
    let asha = server.patient("Asha Rao").await;
    let mut socket = stream(&server, &asha.client).await.unwrap();
    for _ in 0..300 {
        if socket.send(Message::text("hello")).await.is_err() {
            break;
        }
    }
    until_closed(&mut socket).await;
    assert_eq!(server.running.app.live.count(), 0);
}
