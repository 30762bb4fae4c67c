//! Copies of a server on the embedded database, and putting one back.
//!
//! A copy is taken while the server runs: the database as it is at one moment, and the key files beside it. It is sealed to a
//! key that the server does not have ([`mediconnect_crypto::secret::BackupKey`]), so whoever steals copies has nothing. What
//! is put back is another incarnation of the store: devices notice, compare what they hold, and send again what the copy
//! does not know.
//!
//! The content of a copy is a manifest ([`Manifest`], JSON behind its length) and then its files, one after the other.

use std::{
    fs::{self, File},
    io::{self, Read, Write},
    path::{Path, PathBuf},
    time::Duration,
};

use anyhow::{Context, ensure};
use jiff::Timestamp;
use mediconnect_crypto::{
    random::Source,
    receipt::ReceiptKey,
    secret::{BackupKey, BackupRecipient, FileOpener},
};
use mediconnect_domain::keys::installation_of;
use mediconnect_records::{self as records, Key, Options};
use rusqlite::backup::Backup;
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use zeroize::Zeroizing;

use crate::{
    app::{DATABASE, database_key, key_in, make_private, write_private},
    config::{Config, refuse_readable_by_others},
    storage::sqlite,
};

/// The form of what is described here.
const FORM: u32 = 1;
/// The name of the database's key in a copy, wherever it lies on the server.
const DATABASE_KEY: &str = "database.key";
/// The files of a copy. Others are refused: nothing in a copy says where it is written.
const FILES: [&str; 4] = [DATABASE, DATABASE_KEY, "receipt.key", "session.key"];
/// Before everything else, so that a file that is something else is told at once.
const MAGIC: &[u8; 8] = b"MCCOPY1\n";
/// No head or manifest is longer.
const LONGEST: u32 = 64 * 1024;
/// Pages copied between two looks at whether somebody writes.
const PAGES: i32 = 4_096;

/// What a copy says of itself.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Manifest {
    pub form: u32,
    pub made_at: Timestamp,
    /// Of the server that made it.
    pub version: String,
    files: Vec<Entry>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Entry {
    name: String,
    length: u64,
    /// BLAKE3, hex.
    hash: String,
}

/// Makes the pair of keys: the secret one into `folder`/backup.key, the public one into `folder`/backup.pub.
pub fn make_key(folder: &Path) -> anyhow::Result<(PathBuf, PathBuf)> {
    let key = BackupKey::generate(&mut Source(|bytes: &mut [u8]| rand::fill(bytes)));
    let (secret, public) = (folder.join("backup.key"), folder.join("backup.pub"));
    fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
    write_private(&secret, format!("{}\n", *key.to_text()).as_bytes())
        .with_context(|| format!("cannot write {}", secret.display()))?;
    fs::write(&public, format!("{}\n", key.recipient().to_text()))
        .with_context(|| format!("cannot write {}", public.display()))?;
    Ok((secret, public))
}

/// Copies the data of a server, which may run meanwhile, into a new file.
pub fn make(config: &Config, recipient: &Path, to: &Path, now: Timestamp) -> anyhow::Result<Manifest> {
    ensure!(
        config.database.is_none(),
        "this is for the embedded database; copy PostgreSQL with its own tools"
    );
    let path = config.data.join(DATABASE);
    ensure!(path.exists(), "{} holds no database", config.data.display());
    let text =
        fs::read_to_string(recipient).with_context(|| format!("cannot read {}", recipient.display()))?;
    let recipient = BackupRecipient::from_text(&text).with_context(|| recipient.display().to_string())?;
    let receipt =
        ReceiptKey::open(&config.data.join("receipt.key"), || unreachable!("it lies beside a database"))?;
    ensure!(!to.exists(), "{} exists already", to.display());
    let (snapshot, part) = (Scrap::beside(to, "database"), Scrap::beside(to, "part"));
    snapshot_of(&path, &database_key(config)?, &snapshot.0)?;
    let sources = [
        (DATABASE, snapshot.0.clone()),
        (DATABASE_KEY, config.database_key_file.clone()),
        ("receipt.key", config.data.join("receipt.key")),
        ("session.key", config.data.join("session.key")),
    ];
    let entry = |(name, path): &(&str, PathBuf)| {
        let (length, hash) = measured(path).with_context(|| format!("cannot read {}", path.display()))?;
        Ok(Entry { name: (*name).to_owned(), length, hash })
    };
    let files = sources.iter().map(entry).collect::<anyhow::Result<_>>()?;
    let manifest =
        Manifest { form: FORM, made_at: now, version: env!("CARGO_PKG_VERSION").to_owned(), files };
    let installation = installation_of(&receipt.public());
    let copied = seal(&manifest, sources.map(|(_, path)| path), &recipient, installation, &part.0);
    copied.with_context(|| format!("cannot write {}", part.0.display()))?;
    fs::rename(&part.0, to).with_context(|| format!("cannot write {}", to.display()))?;
    Ok(manifest)
}

/// Puts a copy back into a folder where nothing is, as another incarnation of the store.
pub fn put_back(from: &Path, key: &Path, data: &Path, incarnation: Uuid) -> anyhow::Result<Manifest> {
    let is_free = fs::read_dir(data).map_or(true, |mut there| there.next().is_none());
    ensure!(is_free, "{} is not empty: a copy is put back where nothing is", data.display());
    refuse_readable_by_others(key)?;
    let text =
        Zeroizing::new(fs::read_to_string(key).with_context(|| format!("cannot read {}", key.display()))?);
    let key = BackupKey::from_text(&text).with_context(|| key.display().to_string())?;
    // Beside its place until it is whole, so that a copy that breaks off leaves nothing that looks like a server.
    let part = Scrap::beside(data, "part");
    make_private(&part.0)?;
    let manifest =
        unseal(from, &key, &part.0).with_context(|| format!("{} cannot be put back", from.display()))?;
    sqlite::as_restored(&part.0.join(DATABASE), &key_in(&part.0.join(DATABASE_KEY))?, incarnation)?;
    if data.exists() {
        fs::remove_dir(data).with_context(|| format!("cannot take the place of {}", data.display()))?;
    }
    fs::rename(&part.0, data).with_context(|| format!("cannot write {}", data.display()))?;
    Ok(manifest)
}

/// A file or folder on its way, gone when this is dropped if it is still there.
struct Scrap(PathBuf);

impl Scrap {
    fn beside(path: &Path, what: &str) -> Self {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        Self(path.with_file_name(format!(".{name}.{what}.{}", std::process::id())))
    }
}

impl Drop for Scrap {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.0).or_else(|_| fs::remove_dir_all(&self.0));
    }
}

/// The database as it is at one moment, under the same key. Whoever writes meanwhile does not wait.
fn snapshot_of(path: &Path, key: &Key, to: &Path) -> anyhow::Result<()> {
    let options = Options { key: Some(key), read_only: true, ..Options::default() };
    let source = records::open(path, &options)?;
    write_private(to, b"").with_context(|| format!("cannot write {}", to.display()))?;
    let mut copy = records::open(to, &Options { key: Some(key), ..Options::default() })?;
    // One reading transaction over all steps: otherwise each write in between would begin the copy anew.
    source.execute_batch("BEGIN; SELECT count(*) FROM sqlite_schema;")?;
    Backup::new(&source, &mut copy)?.run_to_completion(PAGES, Duration::ZERO, None)?;
    let sound: String = copy.query_row("PRAGMA integrity_check(1)", [], |row| row.get(0))?;
    ensure!(sound == "ok", "the copy is damaged: {sound}");
    // All of it in the one file.
    copy.query_row("PRAGMA journal_mode = DELETE", [], |_| Ok(()))?;
    Ok(())
}

fn measured(path: &Path) -> io::Result<(u64, String)> {
    let mut hasher = blake3::Hasher::new();
    let length = io::copy(&mut File::open(path)?, &mut hasher)?;
    Ok((length, hasher.finalize().to_hex().to_string()))
}

fn seal<const N: usize>(
    manifest: &Manifest,
    sources: [PathBuf; N],
    to: &BackupRecipient,
    installation: Uuid,
    path: &Path,
) -> anyhow::Result<()> {
    let said = serde_json::to_vec(manifest)?;
    let said_length = u32::try_from(said.len())?.to_be_bytes();
    let length =
        (said_length.len() + said.len()) as u64 + manifest.files.iter().map(|file| file.length).sum::<u64>();
    let rng = &mut Source(|bytes: &mut [u8]| rand::fill(bytes));
    let (head, sealer) = to.begin(installation.into(), length, rng)?;
    write_private(path, b"")?;
    let mut file = io::BufWriter::new(File::options().append(true).open(path)?);
    file.write_all(MAGIC)?;
    file.write_all(&u32::try_from(head.len())?.to_be_bytes())?;
    file.write_all(&head)?;
    let mut content: Box<dyn Read> = Box::new(io::Cursor::new([&said_length[..], &said].concat()));
    for (source, entry) in sources.iter().zip(&manifest.files) {
        content = Box::new(content.chain(File::open(source)?.take(entry.length)));
    }
    for index in 0..sealer.chunks() {
        let mut chunk = Zeroizing::new(vec![0; usize::try_from(sealer.content_length(index)?)?]);
        content.read_exact(&mut chunk)?;
        file.write_all(&sealer.seal(index, &chunk)?)?;
    }
    Ok(file.into_inner()?.sync_all()?)
}

fn unseal(from: &Path, key: &BackupKey, folder: &Path) -> anyhow::Result<Manifest> {
    let mut file = io::BufReader::new(File::open(from)?);
    let mut magic = [0; MAGIC.len()];
    let is_copy = file.read_exact(&mut magic).is_ok() && &magic == MAGIC;
    ensure!(is_copy, "it is not a copy of a server");
    let head = prefixed(&mut file)?;
    let (_, _, opener) = key.open(&head)?;
    let mut content = Chunks { file, opener, next: 0, held: io::Cursor::default() };
    let manifest: Manifest = serde_json::from_slice(&prefixed(&mut content)?)?;
    ensure!(manifest.form <= FORM, "it was made by a newer version ({})", manifest.version);
    let names: Vec<&str> = manifest.files.iter().map(|file| file.name.as_str()).collect();
    ensure!(names == FILES, "it holds other files than a copy does");
    for entry in &manifest.files {
        let path = folder.join(&entry.name);
        write_private(&path, b"")?;
        let mut to = File::options().append(true).open(&path)?;
        io::copy(&mut (&mut content).take(entry.length), &mut to)?;
        to.sync_all()?;
        let found = measured(&path)?;
        ensure!(found == (entry.length, entry.hash.clone()), "{} is not what was copied", entry.name);
    }
    Ok(manifest)
}

/// Bytes behind their length.
fn prefixed(from: &mut impl Read) -> anyhow::Result<Vec<u8>> {
    let mut length = [0; 4];
    from.read_exact(&mut length)?;
    let length = u32::from_be_bytes(length);
    ensure!(length <= LONGEST, "it is damaged");
    let mut bytes = vec![0; length as usize];
    from.read_exact(&mut bytes)?;
    Ok(bytes)
}

/// What lies in the chunks of a copy.
struct Chunks<R> {
    file: R,
    opener: FileOpener,
    next: u64,
    held: io::Cursor<Zeroizing<Vec<u8>>>,
}

impl<R: Read> Read for Chunks<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        if self.held.position() == self.held.get_ref().len() as u64 {
            if self.next == self.opener.chunks() {
                return Ok(0);
            }
            let length = self.opener.sealed_length(self.next).map_err(io::Error::other)?;
            let mut sealed = vec![0; usize::try_from(length).map_err(io::Error::other)?];
            self.file.read_exact(&mut sealed)?;
            self.held = io::Cursor::new(self.opener.open(self.next, &sealed).map_err(io::Error::other)?);
            self.next += 1;
        }
        let at = usize::try_from(self.held.position()).map_err(io::Error::other)?;
        let rest = &self.held.get_ref()[at..];
        let count = rest.len().min(into.len());
        into[..count].copy_from_slice(&rest[..count]);
        self.held.set_position((at + count) as u64);
        Ok(count)
    }
}
