//! The command line of the server.

use std::{
    io::{IsTerminal, Read},
    path::PathBuf,
    process::ExitCode,
};

use anyhow::{Context, bail};
use clap::{Args, Parser, Subcommand};
use mediconnect_server::{
    app::App,
    audit::{verify::verify, witness},
    auth::first_admin,
    backup,
    clock::{Clock as _, Random as _, SystemClock, SystemRandom},
    config::{Config, Settings},
    demo::{self, SignIn},
    http::docs,
    serve::{self, Running},
};
use secrecy::SecretString;
use tracing_subscriber::EnvFilter;

/// The MediConnect sync server.
#[derive(Parser)]
#[command(version)]
struct Cli {
    #[command(subcommand)]
    command: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Answers requests until it is told to stop.
    Serve(Given),
    /// The same with the demo clinic, loaded into a new data folder; prints who can sign in.
    Demo(Given),
    /// Prints the description of the API (OpenAPI 3.1).
    Openapi,
    /// Adds a super admin to the store. Stop the server first.
    CreateAdmin(NewAdmin),
    /// Makes the pair of keys for copies: backup.pub for the server, backup.key to be kept somewhere else.
    BackupKey(NewBackupKey),
    /// Copies the embedded database and its keys into a sealed file. The server may run meanwhile.
    Backup(MakeBackup),
    /// Puts a copy back into an empty data folder.
    Restore(PutBack),
    /// Reads the whole audit and says whether every line is as it was written. Stop a server on the embedded database first.
    VerifyAudit(Check),
}

#[derive(Args)]
struct NewBackupKey {
    /// Where the two files are written.
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
}

#[derive(Args)]
struct MakeBackup {
    /// The file to write.
    #[arg(long, value_name = "FILE")]
    to: PathBuf,
    /// The public key that the copy is sealed to.
    #[arg(long, value_name = "FILE")]
    key: PathBuf,
    #[command(flatten)]
    given: Given,
}

#[derive(Args)]
struct PutBack {
    /// The copy.
    #[arg(long, value_name = "FILE")]
    from: PathBuf,
    /// The secret key that opens it.
    #[arg(long, value_name = "FILE")]
    key: PathBuf,
    #[command(flatten)]
    given: Given,
}

#[derive(Args)]
struct Check {
    /// Heads that were kept elsewhere, as `audit_witness_file` writes them: finds an audit that was shortened.
    #[arg(long, value_name = "FILE")]
    witness: Option<PathBuf>,
    #[command(flatten)]
    given: Given,
}

#[derive(Args)]
struct Given {
    /// Settings as a TOML file; names as below with underscores. The environment wins over it, flags over both.
    #[arg(long, env = "MEDICONNECT_CONFIG", value_name = "FILE")]
    config: Option<PathBuf>,
    #[command(flatten)]
    settings: Settings,
}

#[derive(Args)]
struct NewAdmin {
    /// What the admin signs in with.
    #[arg(long)]
    email: String,
    /// What the admin is called.
    #[arg(long)]
    name: String,
    /// Reads the password from the standard input; without this one is made up and printed.
    #[arg(long)]
    password_stdin: bool,
    #[command(flatten)]
    given: Given,
}

impl Given {
    fn config(self) -> anyhow::Result<Config> {
        Config::read(self.config.as_deref(), self.settings)
    }

    fn demo_config(self) -> anyhow::Result<Config> {
        Config::read_for_demo(self.config.as_deref(), self.settings)
    }
}

fn main() -> ExitCode {
    match run(Cli::parse().command) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("mediconnect-server: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(task: Task) -> anyhow::Result<()> {
    let runtime = || tokio::runtime::Builder::new_multi_thread().enable_all().build();
    match task {
        Task::Serve(given) => runtime()?.block_on(serve_until_told(given.config()?, false)),
        Task::Demo(given) => runtime()?.block_on(serve_until_told(given.demo_config()?, true)),
        Task::Openapi => {
            println!("{}", docs::DOCUMENT.as_str());
            Ok(())
        }
        Task::CreateAdmin(admin) => runtime()?.block_on(create_admin(admin)),
        Task::BackupKey(NewBackupKey { out }) => {
            let (secret, public) = backup::make_key(&out)?;
            println!("{} is for the server", public.display());
            println!(
                "{} opens the copies: keep it away from the server and from the copies",
                secret.display()
            );
            Ok(())
        }
        Task::Backup(MakeBackup { to, key, given }) => {
            let made = backup::make(&given.config()?, &key, &to, SystemClock.now())?;
            println!("{} holds the server of {}", to.display(), made.made_at);
            Ok(())
        }
        Task::Restore(PutBack { from, key, given }) => {
            let (config, now) = (given.config()?, SystemClock.now());
            let found = backup::put_back(&from, &key, &config.data, SystemRandom.id(now))?;
            println!("{} is the server of {} again", config.data.display(), found.made_at);
            Ok(())
        }
        Task::VerifyAudit(check) => runtime()?.block_on(verify_audit(check)),
    }
}

async fn serve_until_told(config: Config, with_demo: bool) -> anyhow::Result<()> {
    log_to_stderr(&config)?;
    let app = App::open(config, serve::recorder()).await?;
    if with_demo {
        load_demo(&app).await?;
    }
    let running = Running::start(app).await?;
    println!("listening on http://{}", running.address);
    told_to_stop().await?;
    tracing::info!("stopping");
    running.stop().await;
    Ok(())
}

/// Loads the demo clinic and prints who can sign in, one a line: address, password, role.
async fn load_demo(app: &App) -> anyhow::Result<()> {
    let made = demo::generate(app.now(), demo::SEED, demo::Size::default());
    for SignIn { email, password, who, .. } in demo::load(app, made).await? {
        println!("{email:<34} {password:<22} {who}");
    }
    if app.config.staff_without_second_factor {
        println!("staff sign in here without a second factor, which a real server demands: it is a demo");
    }
    if app.post.held().is_some() {
        println!("no e-mail leaves this machine: see /dev/mailbox");
    }
    Ok(())
}

fn log_to_stderr(config: &Config) -> anyhow::Result<()> {
    let filter =
        EnvFilter::try_new(&config.log).with_context(|| format!("log: {} is no filter", config.log))?;
    let colours = std::io::stderr().is_terminal();
    let lines =
        tracing_subscriber::fmt().with_env_filter(filter).with_ansi(colours).with_writer(std::io::stderr);
    if config.log_json {
        lines.json().init()
    } else {
        lines.init()
    }
    Ok(())
}

#[cfg(unix)]
async fn told_to_stop() -> anyhow::Result<()> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut terminate = signal(SignalKind::terminate())?;
    tokio::select! {
        _ = terminate.recv() => {}
        interrupted = tokio::signal::ctrl_c() => interrupted?,
    }
    Ok(())
}

#[cfg(not(unix))]
async fn told_to_stop() -> anyhow::Result<()> {
    Ok(tokio::signal::ctrl_c().await?)
}

async fn create_admin(admin: NewAdmin) -> anyhow::Result<()> {
    let password = match admin.password_stdin {
        true => Some(password_from_stdin()?),
        false => None,
    };
    let app = App::open(admin.given.config()?, serve::recorder()).await?;
    let made_up = first_admin::create(&app, &admin.email, &admin.name, password).await?;
    println!("{} is a super admin now", admin.email);
    if let Some(password) = made_up {
        println!("password: {password}");
    }
    Ok(())
}

/// Prints what was found; an error if that was anything.
async fn verify_audit(check: Check) -> anyhow::Result<()> {
    let config = check.given.config()?;
    if config.database.is_none() && !config.data.join("mediconnect.db").exists() {
        bail!("{} holds no database", config.data.display());
    }
    let app = App::open(config, serve::recorder()).await?;
    let kept = check.witness.as_deref().map(witness::read).transpose()?.unwrap_or_default();
    let report = verify(app.store(), &app.executor.key.public(), &kept).await?;
    println!("{} lines in {} seals, {} not sealed yet", report.lines, report.seals, report.waiting);
    if let Some(head) = &report.head {
        println!("head: {}", serde_json::to_string(head)?);
    }
    report.findings.iter().for_each(|finding| println!("FOUND: {finding}"));
    match report.findings.len() {
        0 => Ok(()),
        count => bail!("the audit is not as it was written: {count} findings"),
    }
}

fn password_from_stdin() -> anyhow::Result<SecretString> {
    let mut text = String::new();
    std::io::stdin().read_to_string(&mut text)?;
    match text.trim_end_matches(['\r', '\n']) {
        "" => bail!("the standard input holds no password"),
        password => Ok(SecretString::from(password)),
    }
}
