//! The way out: a mail server, or the mailbox of developers.

use std::{
    collections::VecDeque,
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use anyhow::{Context, bail, ensure};
use lettre::{
    AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor,
    message::{
        Mailbox,
        header::{ContentType, HeaderName, HeaderValue},
    },
    transport::smtp::client::{Certificate, CertificateStore, Tls, TlsParameters},
};
use secrecy::ExposeSecret;
use url::Url;

use super::Letter;
use crate::config::{Config, Mail, Smtp};

/// How many letters the mailbox holds; older ones go.
const HELD: usize = 200;

/// The longest a mail server may take for one step.
const WITHIN: Duration = Duration::from_secs(20);

/// Why a letter did not go out. What the mail server said is not kept: it may name the address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Undelivered {
    #[error("the mail server did not take it now")]
    ForNow,
    #[error("the mail server will not take it")]
    ForGood,
}

/// Where letters go.
pub enum Post {
    Off,
    Mailbox(Mutex<VecDeque<Letter>>),
    Smtp { transport: AsyncSmtpTransport<Tokio1Executor>, from: Mailbox },
}

impl Post {
    pub fn open(config: &Config) -> anyhow::Result<Self> {
        match &config.mail {
            Mail::Off => Ok(Self::Off),
            Mail::Mailbox => Ok(Self::Mailbox(Mutex::default())),
            Mail::Smtp(smtp) => {
                let from = smtp.from.parse().context("mail_from is no address")?;
                Ok(Self::Smtp { transport: transport(smtp)?, from })
            }
        }
    }

    /// Whether there is any e-mail.
    pub fn is_on(&self) -> bool {
        !matches!(self, Self::Off)
    }

    pub async fn send(&self, letter: Letter) -> Result<(), Undelivered> {
        match self {
            Self::Off => Err(Undelivered::ForGood),
            Self::Mailbox(held) => {
                let mut held = lock(held);
                held.push_front(letter);
                held.truncate(HELD);
                Ok(())
            }
            Self::Smtp { transport, from } => {
                let message = message(from, letter).map_err(|_| Undelivered::ForGood)?;
                let sent = transport.send(message).await;
                sent.map(drop).map_err(|error| match error.is_permanent() {
                    true => Undelivered::ForGood,
                    false => Undelivered::ForNow,
                })
            }
        }
    }

    /// What the mailbox holds, the newest first; `None` where there is no mailbox.
    pub fn held(&self) -> Option<Vec<Letter>> {
        match self {
            Self::Mailbox(held) => Some(lock(held).iter().cloned().collect()),
            _ => None,
        }
    }
}

fn lock(held: &Mutex<VecDeque<Letter>>) -> MutexGuard<'_, VecDeque<Letter>> {
    held.lock().unwrap_or_else(PoisonError::into_inner)
}

fn message(from: &Mailbox, letter: Letter) -> anyhow::Result<Message> {
    // So that no out-of-office answers come back (RFC 3834).
    let automatic =
        HeaderValue::new(HeaderName::new_from_ascii_str("Auto-Submitted"), "auto-generated".into());
    let message = Message::builder()
        .from(from.clone())
        .to(Mailbox::new(None, letter.to.parse()?))
        .subject(letter.subject)
        .raw_header(automatic)
        .header(ContentType::TEXT_PLAIN)
        .body(letter.text)?;
    Ok(message)
}

/// Encrypted, or to this machine.
fn transport(smtp: &Smtp) -> anyhow::Result<AsyncSmtpTransport<Tokio1Executor>> {
    let address = smtp.server.expose_secret();
    // The text of these errors could hold the password.
    let Ok(url) = address.parse::<Url>() else { bail!("mail_server is no address") };
    let host = url.host_str().context("mail_server names no host")?;
    let here = ["localhost", "127.0.0.1", "[::1]"].contains(&host);
    let starts_tls = url.query_pairs().any(|(name, value)| name == "tls" && value == "required");
    let encrypted = url.scheme() == "smtps" || starts_tls;
    ensure!(
        encrypted || here,
        "mail_server must be smtps://… or smtp://…?tls=required: passwords and codes cross no network in the clear"
    );
    let Ok(mut builder) = AsyncSmtpTransport::<Tokio1Executor>::from_url(address) else {
        bail!("mail_server is no address of a mail server")
    };
    if let Some(path) = smtp.ca_file.as_ref().filter(|_| encrypted) {
        let pem = std::fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
        let authority = Certificate::from_pem(&pem).with_context(|| format!("in {}", path.display()))?;
        let parameters = TlsParameters::builder(host.to_owned())
            .certificate_store(CertificateStore::None)
            .add_root_certificate(authority)
            .build_rustls()
            .context("the authorities for the mail server's certificate")?;
        let wrapped = url.scheme() == "smtps";
        builder = builder.tls(if wrapped { Tls::Wrapper(parameters) } else { Tls::Required(parameters) });
    }
    Ok(builder.timeout(Some(WITHIN)).build())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn opened(server: &str) -> anyhow::Result<()> {
        let smtp = Smtp { server: server.into(), from: "no-reply@clinic.example".into(), ca_file: None };
        transport(&smtp).map(drop)
    }

    #[tokio::test]
    async fn mail_crosses_no_network_in_the_clear() {
        for refused in ["smtp://u:pass@mail.example.org", "smtp://mail.example.org?tls=opportunistic", "mail"]
        {
            let error = opened(refused).unwrap_err();
            assert!(!format!("{error:#}").contains("pass@"), "{error:#}");
        }
        for fine in [
            "smtps://u:pass@mail.example.org",
            "smtp://u:pass@mail.example.org?tls=required",
            "smtp://127.0.0.1:2525",
        ] {
            opened(fine).unwrap();
        }
    }
}
