//! Starting and stopping.

use std::{
    net::SocketAddr,
    sync::{Arc, OnceLock},
    time::Duration,
};

use anyhow::Context;
use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};
use tokio::{net::TcpListener, task::JoinHandle, time::timeout};

use crate::{app::App, audit::seal, auth, config::Config, connections, http, jobs::Jobs, mail};

/// How often those who have been quiet are forgotten by the limits, and old figures are folded.
const TIDY_EVERY: Duration = Duration::from_secs(60);

/// How long sockets get to say goodbye.
const GOODBYE: Duration = Duration::from_secs(2);

/// A server that answers.
pub struct Running {
    pub app: Arc<App>,
    pub address: SocketAddr,
    serving: JoinHandle<()>,
    jobs: JoinHandle<()>,
    mail: JoinHandle<()>,
    seals: JoinHandle<()>,
}

impl Running {
    /// Answers on the address of the settings.
    pub async fn start(app: Arc<App>) -> anyhow::Result<Self> {
        let listen = app.config.listen;
        let listener =
            TcpListener::bind(listen).await.with_context(|| format!("cannot listen on {listen}"))?;
        let address = listener.local_addr()?;
        let serving = tokio::spawn(connections::serve(listener, app.clone()));
        let jobs = tokio::spawn(Jobs::new(app.executor.clone()).run(app.stopped()));
        let mail = tokio::spawn(mail::deliver::run(app.clone()));
        let seals = tokio::spawn(seal::run(app.clone()));
        tokio::spawn(tidy(app.clone()));
        if app.config.staff_without_second_factor {
            tracing::warn!(
                "staff may sign in without a second factor: set staff_without_second_factor to false"
            );
        }
        Ok(Self { app, address, serving, jobs, mail, seals })
    }

    /// Takes no new requests, finishes those in flight, says goodbye to devices and lets the writer finish.
    pub async fn stop(self) {
        self.app.stop();
        let within = Duration::from_secs(self.app.config.stop_within_s);
        if timeout(within, self.serving).await.is_err() {
            tracing::warn!("requests were still running and are given up");
        }
        let _ = timeout(within, self.jobs).await;
        let _ = timeout(within, self.mail).await;
        let _ = timeout(within, self.seals).await;
        let live = self.app.live.clone();
        let gone = async move {
            while live.count() > 0 {
                tokio::time::sleep(Duration::from_millis(10)).await;
            }
        };
        let _ = timeout(GOODBYE, gone).await;
        // Whatever the writer had taken is committed before this answer.
        let _ = self.app.store().write(&[], |_| Box::pin(async { Ok(()) })).await;
        seal::end(&self.app).await;
    }
}

/// Opens the app and answers.
pub async fn start(config: Config) -> anyhow::Result<Running> {
    Running::start(App::open(config, recorder()).await?).await
}

/// The recorder of figures: one for the process.
pub fn recorder() -> PrometheusHandle {
    static RECORDER: OnceLock<PrometheusHandle> = OnceLock::new();
    let install = || PrometheusBuilder::new().install_recorder().expect("no other recorder is installed");
    RECORDER.get_or_init(install).clone()
}

async fn tidy(app: Arc<App>) {
    let stopped = app.stopped();
    tokio::pin!(stopped);
    loop {
        tokio::select! {
            () = &mut stopped => return,
            () = tokio::time::sleep(TIDY_EVERY) => {
                app.limiters.forget_idle();
                app.metrics.run_upkeep();
                if let Err(error) = http::write::forget_answers(&app).await {
                    tracing::warn!(%error, "old answers could not be forgotten");
                }
                if let Err(error) = auth::forget(&app).await {
                    tracing::warn!(%error, "old tries and secrets could not be forgotten");
                }
            }
        }
    }
}
