//! What an operator can set: one struct, filled from a TOML file, then the environment (`MEDICONNECT_…`), then flags.
//!
//! Every setting has the same name in all three places (`login_per_min`, `MEDICONNECT_LOGIN_PER_MIN`, `--login-per-min`);
//! a name nobody knows is refused, so that a typing error does not turn into a default. Secrets are taken from the file or
//! the environment only: arguments can be read by every user of the machine.

use std::{
    net::{IpAddr, SocketAddr},
    path::{Path, PathBuf},
};

use anyhow::{Context, bail, ensure};
use clap::Args;
use jiff::SignedDuration;
use secrecy::SecretString;
use serde::{Deserialize, Serialize};

/// The settings as given; what is left out has the default that is named.
#[derive(Args, Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// What the installation is called. Default: MediConnect
    #[arg(long, env = "MEDICONNECT_INSTALLATION_NAME", value_name = "TEXT")]
    pub installation_name: Option<String>,
    /// Where the database, the keys and the lock lie. Default: ./data
    #[arg(long, env = "MEDICONNECT_DATA", value_name = "DIR")]
    pub data: Option<PathBuf>,
    /// Address and port to answer on; port 0 takes a free one. Default: 127.0.0.1:8460
    #[arg(long, env = "MEDICONNECT_LISTEN", value_name = "ADDR")]
    pub listen: Option<SocketAddr>,
    /// File that holds the database key as 64 hex digits. Default: DIR/database.key, made at the first start
    #[arg(long, env = "MEDICONNECT_DATABASE_KEY_FILE", value_name = "FILE")]
    pub database_key_file: Option<PathBuf>,
    /// What to log, such as `info` or `mediconnect_server=debug,info`. Default: info
    #[arg(long, env = "MEDICONNECT_LOG", value_name = "FILTER")]
    pub log: Option<String>,
    /// Log one JSON object a line.
    #[arg(long, env = "MEDICONNECT_LOG_JSON", num_args = 0..=1, default_missing_value = "true", value_name = "BOOL")]
    pub log_json: Option<bool>,
    /// Addresses of proxies whose X-Forwarded-For is believed. Default: none
    #[arg(long, env = "MEDICONNECT_TRUSTED_PROXIES", value_delimiter = ',', value_name = "IP")]
    pub trusted_proxies: Option<Vec<IpAddr>>,
    /// Answer /metrics to every address instead of this machine only.
    #[arg(long, env = "MEDICONNECT_METRICS_FROM_ANYWHERE", num_args = 0..=1, default_missing_value = "true", value_name = "BOOL")]
    pub metrics_from_anywhere: Option<bool>,
    /// Requests a minute from one address. Default: 1200
    #[arg(long, env = "MEDICONNECT_REQUESTS_PER_MIN_ADDRESS", value_name = "N")]
    pub requests_per_min_address: Option<u32>,
    /// Requests a minute by one account. Default: 900
    #[arg(long, env = "MEDICONNECT_REQUESTS_PER_MIN_ACCOUNT", value_name = "N")]
    pub requests_per_min_account: Option<u32>,
    /// Requests a minute by one device. Default: 600
    #[arg(long, env = "MEDICONNECT_REQUESTS_PER_MIN_DEVICE", value_name = "N")]
    pub requests_per_min_device: Option<u32>,
    /// Attempts a minute to sign in or sign up, from one address and for one e-mail address. Default: 10
    #[arg(long, env = "MEDICONNECT_LOGIN_PER_MIN", value_name = "N")]
    pub login_per_min: Option<u32>,
    /// Connections at the same time. Default: 12000
    #[arg(long, env = "MEDICONNECT_CONNECTIONS", value_name = "N")]
    pub connections: Option<usize>,
    /// Connections at the same time from one address; trusted proxies have no limit of their own. Default: 1000
    #[arg(long, env = "MEDICONNECT_CONNECTIONS_PER_ADDRESS", value_name = "N")]
    pub connections_per_address: Option<usize>,
    /// Live streams of one account at the same time. Default: 32
    #[arg(long, env = "MEDICONNECT_STREAMS_PER_ACCOUNT", value_name = "N")]
    pub streams_per_account: Option<usize>,
    /// Seconds between two questions whether the device at the other end of a live stream is still there and signed in.
    /// Default: 20
    #[arg(long, env = "MEDICONNECT_PING_EVERY_S", value_name = "N")]
    pub ping_every_s: Option<u64>,
    /// Seconds a client may take for the head of a request, and keep a connection on which it asks nothing. Default: 30
    #[arg(long, env = "MEDICONNECT_HEAD_WITHIN_S", value_name = "N")]
    pub head_within_s: Option<u64>,
    /// Passwords hashed at the same time; each takes 19 MiB. Default: 4
    #[arg(long, env = "MEDICONNECT_PASSWORD_HASHES_AT_ONCE", value_name = "N")]
    pub password_hashes_at_once: Option<usize>,
    /// Seconds a stopping server waits for requests in flight. Default: 20
    #[arg(long, env = "MEDICONNECT_STOP_WITHIN_S", value_name = "N")]
    pub stop_within_s: Option<u64>,
    /// PostgreSQL instead of the embedded database: postgres://user:password@host/name. File or MEDICONNECT_DATABASE only.
    #[arg(skip)]
    #[serde(skip_serializing)]
    pub database: Option<SecretString>,
    /// Certificates (PEM) of the authorities that PostgreSQL's certificate is checked with, instead of the public ones.
    #[arg(long, env = "MEDICONNECT_DATABASE_CA_FILE", value_name = "FILE")]
    pub database_ca_file: Option<PathBuf>,
    /// Where e-mail is handed over: smtps://user:password@host, or smtp://user:password@host?tls=required for STARTTLS.
    /// Without it none is sent. File or MEDICONNECT_MAIL_SERVER only.
    #[arg(skip)]
    #[serde(skip_serializing)]
    pub mail_server: Option<SecretString>,
    /// Whom e-mail is from: MediConnect <no-reply@clinic.example>
    #[arg(long, env = "MEDICONNECT_MAIL_FROM", value_name = "ADDRESS")]
    pub mail_from: Option<String>,
    /// Certificates (PEM) of the authorities that the mail server's certificate is checked with, instead of the public ones.
    #[arg(long, env = "MEDICONNECT_MAIL_CA_FILE", value_name = "FILE")]
    pub mail_ca_file: Option<PathBuf>,
    /// Where people reach this server: the links in e-mails begin so. Must be set with a mail server.
    #[arg(long, env = "MEDICONNECT_PUBLIC_URL", value_name = "URL")]
    pub public_url: Option<String>,
    /// For development: keeps e-mail in memory and shows it at /dev/mailbox to this machine. On loopback only.
    #[arg(long, env = "MEDICONNECT_DEV_MAILBOX", num_args = 0..=1, default_missing_value = "true", value_name = "BOOL")]
    pub dev_mailbox: Option<bool>,
    /// A sign-up begins with a code by e-mail: nobody learns who has an account, and every address is verified.
    #[arg(long, env = "MEDICONNECT_SIGN_UP_BY_CODE", num_args = 0..=1, default_missing_value = "true", value_name = "BOOL")]
    pub sign_up_by_code: Option<bool>,
    /// Seconds for which a session counts as just proven, so that what is grave may be done; 300 at most. Default: 300
    #[arg(long, env = "MEDICONNECT_PROOF_COUNTS_S", value_name = "N")]
    pub proof_counts_s: Option<u32>,
    /// Lets staff in without a second factor; the server warns of it. Otherwise the admin app has them set one up first.
    #[arg(long, env = "MEDICONNECT_STAFF_WITHOUT_SECOND_FACTOR", num_args = 0..=1, default_missing_value = "true", value_name = "BOOL")]
    pub staff_without_second_factor: Option<bool>,
    /// File to which the head of the audit is appended every hour and at the end, for `verify-audit --witness`. Place it on another
    /// machine's storage: it proves that nobody shortened the audit.
    #[arg(long, env = "MEDICONNECT_AUDIT_WITNESS_FILE", value_name = "FILE")]
    pub audit_witness_file: Option<PathBuf>,
}

/// How long a proof counts where the settings do not say less.
const PROOF_COUNTS_S: i64 = 300;

/// What becomes of e-mail.
#[derive(Clone, Debug)]
pub enum Mail {
    /// There is none.
    Off,
    /// It stays in memory, for development.
    Mailbox,
    Smtp(Smtp),
}

#[derive(Clone, Debug)]
pub struct Smtp {
    /// An address with user and password.
    pub server: SecretString,
    pub from: String,
    pub ca_file: Option<PathBuf>,
}

/// The settings of a running server.
#[derive(Clone, Debug)]
pub struct Config {
    pub installation_name: String,
    pub data: PathBuf,
    pub listen: SocketAddr,
    pub database: Option<SecretString>,
    pub database_ca_file: Option<PathBuf>,
    pub database_key_file: PathBuf,
    pub log: String,
    pub log_json: bool,
    pub trusted_proxies: Vec<IpAddr>,
    pub metrics_from_anywhere: bool,
    pub limits: Limits,
    pub connections: usize,
    pub connections_per_address: usize,
    pub streams_per_account: usize,
    pub ping_every_s: u64,
    pub head_within_s: u64,
    pub password_hashes_at_once: usize,
    pub stop_within_s: u64,
    pub mail: Mail,
    pub public_url: Option<url::Url>,
    pub sign_up_by_code: bool,
    pub staff_without_second_factor: bool,
    pub audit_witness_file: Option<PathBuf>,
    pub proof_counts: SignedDuration,
}

/// Requests a minute.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    pub by_address: u32,
    pub by_account: u32,
    pub by_device: u32,
    pub sign_in: u32,
}

impl Config {
    /// Whether somebody with this role gets nothing sensitive in a session without a second factor.
    pub fn demands_second_factor(&self, role: &mediconnect_domain::accounts::Role) -> bool {
        role.is_staff() && !self.staff_without_second_factor
    }

    /// Reads `file`, lays environment and flags over it and fills in the defaults.
    pub fn read(file: Option<&Path>, given: Settings) -> anyhow::Result<Self> {
        Self::of(Self::settings(file, given)?)
    }

    /// The same for a demo: staff need no authenticator app, and what would be sent by e-mail is shown on a page.
    pub fn read_for_demo(file: Option<&Path>, given: Settings) -> anyhow::Result<Self> {
        let mut settings = Self::settings(file, given)?;
        let here = settings.listen.is_none_or(|listen| listen.ip().is_loopback());
        if here && settings.mail_server.is_none() {
            settings.dev_mailbox.get_or_insert(true);
        }
        if here {
            settings.staff_without_second_factor.get_or_insert(true);
        }
        Self::of(settings)
    }

    fn settings(file: Option<&Path>, given: Settings) -> anyhow::Result<Settings> {
        let from_file = file.map(read_file).transpose()?.unwrap_or_default();
        let mut settings = overlaid(from_file, given)?;
        if let Ok(url) = std::env::var("MEDICONNECT_DATABASE") {
            settings.database = Some(url.into());
        }
        if let Ok(url) = std::env::var("MEDICONNECT_MAIL_SERVER") {
            settings.mail_server = Some(url.into());
        }
        Ok(settings)
    }

    /// These settings with the defaults for what is left out.
    pub fn of(settings: Settings) -> anyhow::Result<Self> {
        let data = settings.data.unwrap_or_else(|| "data".into());
        let listen = settings.listen.unwrap_or(SocketAddr::from(([127, 0, 0, 1], 8460)));
        let mail = match (settings.mail_server, settings.dev_mailbox.unwrap_or(false)) {
            (None, false) => Mail::Off,
            (None, true) => {
                ensure!(listen.ip().is_loopback(), "dev_mailbox is for a server on loopback");
                Mail::Mailbox
            }
            (Some(_), true) => bail!("dev_mailbox and mail_server exclude one another"),
            (Some(server), false) => {
                let from = settings.mail_from.context("mail_server needs mail_from")?;
                ensure!(
                    settings.public_url.is_some(),
                    "mail_server needs public_url: links in e-mails begin so"
                );
                Mail::Smtp(Smtp { server, from, ca_file: settings.mail_ca_file })
            }
        };
        let public_url: Option<url::Url> =
            settings.public_url.as_deref().map(str::parse).transpose().context("public_url")?;
        if let Some(url) = &public_url {
            let here = url.host_str().is_some_and(|host| ["localhost", "127.0.0.1", "[::1]"].contains(&host));
            ensure!(url.scheme() == "https" || here, "public_url must begin with https://");
        }
        let sign_up_by_code = settings.sign_up_by_code.unwrap_or(false);
        ensure!(!sign_up_by_code || !matches!(mail, Mail::Off), "sign_up_by_code needs mail_server");
        let config = Self {
            sign_up_by_code,
            installation_name: settings.installation_name.unwrap_or_else(|| "MediConnect".into()),
            listen,
            mail,
            public_url,
            proof_counts: SignedDuration::from_secs(
                settings.proof_counts_s.map_or(PROOF_COUNTS_S, i64::from),
            ),
            staff_without_second_factor: settings.staff_without_second_factor.unwrap_or(false),
            database: settings.database,
            database_ca_file: settings.database_ca_file,
            database_key_file: settings.database_key_file.unwrap_or_else(|| data.join("database.key")),
            data,
            audit_witness_file: settings.audit_witness_file,
            log: settings.log.unwrap_or_else(|| "info".into()),
            log_json: settings.log_json.unwrap_or(false),
            trusted_proxies: settings.trusted_proxies.unwrap_or_default(),
            metrics_from_anywhere: settings.metrics_from_anywhere.unwrap_or(false),
            limits: Limits {
                by_address: settings.requests_per_min_address.unwrap_or(1_200),
                by_account: settings.requests_per_min_account.unwrap_or(900),
                by_device: settings.requests_per_min_device.unwrap_or(600),
                sign_in: settings.login_per_min.unwrap_or(10),
            },
            connections: settings.connections.unwrap_or(12_000),
            connections_per_address: settings.connections_per_address.unwrap_or(1_000),
            streams_per_account: settings.streams_per_account.unwrap_or(32),
            ping_every_s: settings.ping_every_s.unwrap_or(20),
            head_within_s: settings.head_within_s.unwrap_or(30),
            password_hashes_at_once: settings.password_hashes_at_once.unwrap_or(4),
            stop_within_s: settings.stop_within_s.unwrap_or(20),
        };
        let Limits { by_address, by_account, by_device, sign_in } = config.limits;
        ensure!(
            [by_address, by_account, by_device, sign_in].iter().all(|limit| *limit > 0),
            "a limit of 0 would shut everybody out"
        );
        let Config { connections, connections_per_address, streams_per_account, .. } = config;
        ensure!(
            connections.min(connections_per_address).min(streams_per_account) > 0,
            "a limit of 0 would shut everybody out"
        );
        ensure!(config.ping_every_s.min(config.head_within_s) > 0, "a time must be at least one second");
        ensure!(
            (1..=PROOF_COUNTS_S).contains(&config.proof_counts.as_secs()),
            "proof_counts_s must be from 1 to {PROOF_COUNTS_S}"
        );
        ensure!(config.password_hashes_at_once > 0, "password_hashes_at_once must be at least 1");
        Ok(config)
    }
}

fn read_file(path: &Path) -> anyhow::Result<Settings> {
    let text = std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    let settings: Settings = toml::from_str(&text).with_context(|| format!("in {}", path.display()))?;
    if settings.database.is_some() || settings.mail_server.is_some() {
        refuse_readable_by_others(path)?;
    }
    Ok(settings)
}

/// `given` wins where it says something.
fn overlaid(from_file: Settings, given: Settings) -> anyhow::Result<Settings> {
    let (database, mail_server) = (from_file.database.clone(), from_file.mail_server.clone());
    let mut table = toml::Table::try_from(from_file)?;
    table.extend(toml::Table::try_from(given)?);
    let mut settings: Settings = table.try_into()?;
    (settings.database, settings.mail_server) = (database, mail_server);
    Ok(settings)
}

/// A file with secrets belongs to one user.
#[cfg(unix)]
pub fn refuse_readable_by_others(path: &Path) -> anyhow::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    let mode = std::fs::metadata(path)?.permissions().mode();
    if mode & 0o077 != 0 {
        bail!("{} holds secrets and can be read by other users: chmod 600 {0}", path.display());
    }
    Ok(())
}

#[cfg(not(unix))]
pub fn refuse_readable_by_others(_: &Path) -> anyhow::Result<()> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(text: &str, mode: u32) -> tempfile::NamedTempFile {
        use std::os::unix::fs::PermissionsExt;
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), text).unwrap();
        std::fs::set_permissions(file.path(), std::fs::Permissions::from_mode(mode)).unwrap();
        file
    }

    #[test]
    fn a_flag_wins_over_the_file_and_the_file_over_the_default() {
        let file = file("login_per_min = 3\nrequests_per_min_device = 7\n", 0o644);
        let flags = Settings { login_per_min: Some(5), ..Settings::default() };
        let config = Config::read(Some(file.path()), flags).unwrap();
        assert_eq!((config.limits.sign_in, config.limits.by_device, config.limits.by_account), (5, 7, 900));
    }

    #[test]
    fn a_proof_counts_for_five_minutes_at_most() {
        let with = |proof_counts_s| Config::of(Settings { proof_counts_s, ..Settings::default() });
        assert_eq!(with(None).unwrap().proof_counts, SignedDuration::from_mins(5));
        assert_eq!(with(Some(60)).unwrap().proof_counts, SignedDuration::from_mins(1));
        assert!(with(Some(0)).is_err() && with(Some(301)).is_err());
    }

    #[test]
    fn an_unknown_setting_is_refused() {
        let file = file("logins_per_min = 3\n", 0o644);
        let error = Config::read(Some(file.path()), Settings::default()).unwrap_err();
        assert!(format!("{error:#}").contains("logins_per_min"), "{error:#}");
    }

    #[test]
    fn a_file_with_secrets_that_others_can_read_is_refused() {
        let text = "database = \"postgres://clinic:secret@localhost/clinic\"\n";
        let open = Config::read(Some(file(text, 0o644).path()), Settings::default()).unwrap_err();
        assert!(open.to_string().contains("chmod 600"), "{open:#}");
        assert!(
            Config::read(Some(file(text, 0o600).path()), Settings::default()).unwrap().database.is_some()
        );
        let text = "mail_server = \"smtps://clinic:secret@mail.example.org\"\n";
        let open = Config::read(Some(file(text, 0o644).path()), Settings::default()).unwrap_err();
        assert!(open.to_string().contains("chmod 600"), "{open:#}");
    }

    #[test]
    fn e_mail_with_links_needs_to_know_where_people_reach_the_server() {
        let mail = |url: Option<&str>| Settings {
            mail_server: Some("smtps://clinic:secret@mail.example.org".into()),
            mail_from: Some("no-reply@clinic.example".into()),
            public_url: url.map(str::to_owned),
            ..Settings::default()
        };
        assert!(Config::of(mail(None)).unwrap_err().to_string().contains("public_url"));
        assert!(Config::of(mail(Some("http://clinic.example"))).unwrap_err().to_string().contains("https"));
        let config = Config::of(mail(Some("https://clinic.example"))).unwrap();
        assert!(matches!(&config.mail, Mail::Smtp(_)));
        assert!(!format!("{config:?}").contains("secret@"), "secrets are not printed");
    }

    #[test]
    fn a_demo_shows_its_e_mail_on_loopback_and_lets_staff_in_unless_told_otherwise() {
        let demo = |given| Config::read_for_demo(None, given).unwrap();
        let config = demo(Settings::default());
        assert!(matches!(config.mail, Mail::Mailbox) && config.staff_without_second_factor);
        let open = demo(Settings { listen: Some(([0, 0, 0, 0], 80).into()), ..Settings::default() });
        assert!(matches!(open.mail, Mail::Off));
        let strict = demo(Settings { staff_without_second_factor: Some(false), ..Settings::default() });
        assert!(!strict.staff_without_second_factor);
    }

    #[test]
    fn the_mailbox_of_developers_is_for_loopback_and_excludes_a_mail_server() {
        let mailbox = Settings { dev_mailbox: Some(true), ..Settings::default() };
        assert!(matches!(Config::of(mailbox.clone()).unwrap().mail, Mail::Mailbox));
        let open = Settings { listen: Some(([0, 0, 0, 0], 80).into()), ..mailbox.clone() };
        assert!(Config::of(open).is_err());
        let both = Settings { mail_server: Some("smtps://mail.example.org".into()), ..mailbox };
        assert!(Config::of(both).is_err());
    }
}
