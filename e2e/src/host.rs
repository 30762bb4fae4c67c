//! Serves any root component to a browser by dioxus-liveview.
//!
//! Each connection gets a tree of its own with the values [`Host::with_context`] makes for it, as if the app had been
//! started anew; what must outlive a reload (a store, a client) is shared by handing out clones.

use std::{net::SocketAddr, sync::Arc};

use anyhow::{Context, Result};
use axum::{Router, extract::ws::WebSocketUpgrade, response::Html, routing::get};
use dioxus::prelude::{Element, VirtualDom};
use dioxus_liveview::{LiveViewPool, axum_socket, interpreter_glue};
use tokio::net::TcpListener;

type Provide = Arc<dyn Fn(&VirtualDom) + Send + Sync>;

/// A root component with what it finds in its context.
#[derive(Clone)]
pub struct Host {
    title: &'static str,
    root: fn() -> Element,
    provided: Vec<Provide>,
}

const SOCKET: &str = "/.liveview";

impl Host {
    pub fn new(title: &'static str, root: fn() -> Element) -> Self {
        Self { title, root, provided: Vec::new() }
    }

    /// Every connection finds what `make` returns in the root's context.
    pub fn with_context<T: Clone + 'static>(mut self, make: impl Fn() -> T + Send + Sync + 'static) -> Self {
        self.provided.push(Arc::new(move |tree| tree.provide_root_context(make())));
        self
    }

    /// Listens on a free port of the loopback address and serves until the process ends.
    pub async fn serve(self, announce: impl FnOnce(SocketAddr)) -> Result<()> {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.context("no free port on loopback")?;
        announce(listener.local_addr()?);
        axum::serve(listener, self.router()).await.context("the host stopped")
    }

    /// The page under every path, so that deep links and reloads work, and its socket.
    pub fn router(self) -> Router {
        let page = page(self.title);
        let pool = LiveViewPool::new();
        let socket = move |upgrade: WebSocketUpgrade| async move {
            let host = self.clone();
            upgrade.on_upgrade(move |socket| async move {
                // An error here is a page that was closed; the browser's side reports the rest.
                pool.launch_virtualdom(axum_socket(socket), move || host.tree()).await.ok();
            })
        };
        Router::new().route(SOCKET, get(socket)).fallback(get(move || async move { Html(page) }))
    }

    fn tree(&self) -> VirtualDom {
        let tree = VirtualDom::new(self.root);
        self.provided.iter().for_each(|provide| provide(&tree));
        tree
    }
}

/// Events reach the app only after the browser has acted on them, so a form's own submission must be stopped here.
fn page(title: &str) -> String {
    format!(
        r#"<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">
<title>{title}</title>
<script>document.addEventListener("submit", (event) => event.preventDefault(), true);</script>
</head>
<body><div id="main"></div></body>
{}
</html>"#,
        interpreter_glue(SOCKET)
    )
}
