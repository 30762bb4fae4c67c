//! Files in chunks: STREAM (Hoang, Reyhanitabar, Rogaway and Vizár, 2015) over XChaCha20-Poly1305.
//!
//! Each chunk's nonce holds its index and whether it is the last, so chunks cannot be left out, swapped, repeated or moved
//! between files; each can be opened alone, for a player or a resumed download. The true length lies with the key, in the
//! sealed record that names the file; the file itself is padded to a Padmé bucket, so its size says little.

use std::fmt;

use aead_stream::{NewStream, StreamBE32, StreamPrimitive};
use chacha20poly1305::XChaCha20Poly1305;
use subtle::ConstantTimeEq;
use zeroize::Zeroizing;

use super::{committed, key::Key};
use crate::{
    canonical::{DecodeError, Reader, Writer},
    id::{FileId, InstallationId, VaultId},
    padding,
    random::{self, CryptoRng},
    suite::{Format, HEADER},
};

/// Powers of two that a chunk's content may measure in bytes: 256 KiB to 1 MiB, and less for small files.
pub const CHUNK_SIZES: std::ops::RangeInclusive<u8> = 12..=20;
const PREFIX: usize = 19;
const HEAD: usize = HEADER + 1 + PREFIX + committed::COMMITMENT;

/// Where a file belongs; bound to every chunk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FilePlace {
    pub installation: InstallationId,
    pub vault: VaultId,
    pub id: FileId,
}

/// Why a file does not open, or cannot be sealed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FileError {
    #[error(transparent)]
    Decode(#[from] DecodeError),
    #[error("chunks of 2^{power} bytes are not allowed, or give too many chunks")]
    ChunkSize { power: u8 },
    #[error("the key is of another file, or the head was changed")]
    AnotherKey,
    #[error("chunk {index} is not one of the file's {chunks}")]
    NoSuchChunk { index: u64, chunks: u64 },
    #[error("chunk {index} has {found} bytes, not {expected}")]
    ChunkLength { index: u64, expected: u64, found: u64 },
    #[error("chunk {index} was changed, or belongs elsewhere")]
    NotOpened { index: u64 },
}

/// The key of a file and its true length. It lies in a sealed record.
#[derive(Clone)]
pub struct FileKey {
    length: u64,
    key: Key,
}

impl FileKey {
    /// For a file of this many bytes.
    pub fn generate(length: u64, rng: &mut impl CryptoRng) -> Self {
        Self { length, key: Key::generate(rng) }
    }

    pub fn length(&self) -> u64 {
        self.length
    }

    /// For the sealed record.
    pub fn to_bytes(&self) -> Zeroizing<Vec<u8>> {
        let bytes = Writer::stored(Format::FileKey).number(self.length).bytes(self.key.expose());
        Zeroizing::new(bytes.done())
    }

    pub fn from_bytes(bytes: &[u8]) -> Result<Self, FileError> {
        let mut reader = Reader::stored(Format::FileKey, bytes)?;
        let length = reader.number()?;
        let key = Key::from_slice(reader.bytes()?).ok_or(DecodeError::FieldLength)?;
        reader.end()?;
        Ok(Self { length, key })
    }
}

impl fmt::Debug for FileKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("FileKey([secret])")
    }
}

/// What sealing and opening share.
struct Chunks {
    stream: StreamBE32<XChaCha20Poly1305>,
    bound: Vec<u8>,
    power: u8,
    length: u64,
    padded: u64,
}

impl Chunks {
    fn new(place: &FilePlace, file: &FileKey, power: u8, head: &[u8; HEAD]) -> Result<Self, FileError> {
        let padded = padding::bucket(file.length);
        if !CHUNK_SIZES.contains(&power) || padded.div_ceil(1 << power) > u64::from(u32::MAX) {
            return Err(FileError::ChunkSize { power });
        }
        let (cipher, commitment) = committed::cipher(&file.key, Format::File);
        if !bool::from(commitment.ct_eq(&head[HEAD - committed::COMMITMENT..])) {
            return Err(FileError::AnotherKey);
        }
        let prefix: [u8; PREFIX] = head[HEADER + 1..][..PREFIX].try_into().expect("19 bytes");
        let bound = Writer::bound(Format::File)
            .bytes(&place.installation.0)
            .bytes(&place.vault.0)
            .bytes(&place.id.0)
            .bytes(head)
            .number(padded)
            .done();
        Ok(Self {
            stream: StreamBE32::from_aead(cipher, &prefix.into()),
            bound,
            power,
            length: file.length,
            padded,
        })
    }

    fn count(&self) -> u64 {
        self.padded.div_ceil(1 << self.power)
    }

    /// The STREAM position of a chunk, whether it is the last, and its padded length.
    fn place(&self, index: u64) -> Result<(u32, bool, u64), FileError> {
        let chunks = self.count();
        let position = u32::try_from(index).ok().filter(|_| index < chunks);
        let position = position.ok_or(FileError::NoSuchChunk { index, chunks })?;
        let size = (self.padded - (index << self.power)).min(1 << self.power);
        Ok((position, index + 1 == chunks, size))
    }

    /// Bytes of content, without padding, in a chunk of this size.
    fn content(&self, index: u64, size: u64) -> u64 {
        self.length.saturating_sub(index << self.power).min(size)
    }
}

/// Seals a file chunk by chunk, in any order: a retried chunk comes out the same.
pub struct FileSealer(Chunks, [u8; HEAD]);

impl FileSealer {
    /// `power`: a chunk holds 2^power bytes. A key seals one file once.
    pub fn new(
        place: &FilePlace,
        key: &FileKey,
        power: u8,
        rng: &mut impl CryptoRng,
    ) -> Result<Self, FileError> {
        let mut head = [0; HEAD];
        head[..HEADER].copy_from_slice(&Format::File.header());
        head[HEADER] = power;
        head[HEADER + 1..][..PREFIX].copy_from_slice(&random::array::<PREFIX>(rng));
        head[HEAD - committed::COMMITMENT..].copy_from_slice(&committed::cipher(&key.key, Format::File).1);
        Ok(Self(Chunks::new(place, key, power, &head)?, head))
    }

    /// Stored before the chunks.
    pub fn head(&self) -> &[u8] {
        &self.1
    }

    pub fn chunks(&self) -> u64 {
        self.0.count()
    }

    /// Bytes of content that chunk `index` takes: those of the file that begin at `index` times 2^power.
    pub fn content_length(&self, index: u64) -> Result<u64, FileError> {
        let (_, _, size) = self.0.place(index)?;
        Ok(self.0.content(index, size))
    }

    pub fn seal(&self, index: u64, content: &[u8]) -> Result<Vec<u8>, FileError> {
        let (position, last, size) = self.0.place(index)?;
        let (expected, found) = (self.0.content(index, size), content.len() as u64);
        if expected != found {
            return Err(FileError::ChunkLength { index, expected, found });
        }
        // Encrypted where it lies: room for the tag, so that the content is never moved and left behind.
        let mut chunk = Zeroizing::new(Vec::with_capacity(size as usize + committed::TAG));
        chunk.extend_from_slice(content);
        chunk.resize(size as usize, 0);
        let sealed = self.0.stream.encrypt_in_place(position, last, &self.0.bound, &mut *chunk);
        sealed.map(|()| std::mem::take(&mut *chunk)).map_err(|_| FileError::NotOpened { index })
    }
}

impl fmt::Debug for FileSealer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "FileSealer({} chunks)", self.chunks())
    }
}

/// Opens chunks of a file, in any order.
pub struct FileOpener(Chunks);

impl FileOpener {
    /// Bytes of the head at the start of a sealed file.
    pub const HEAD: usize = HEAD;

    pub fn new(place: &FilePlace, key: &FileKey, head: &[u8]) -> Result<Self, FileError> {
        Format::File.strip(head).map_err(DecodeError::Format)?;
        let head: &[u8; HEAD] = head.try_into().map_err(|_| DecodeError::FieldLength)?;
        Ok(Self(Chunks::new(place, key, head[HEADER], head)?))
    }

    pub fn chunks(&self) -> u64 {
        self.0.count()
    }

    /// Bytes of sealed chunk `index`. Before it lie the head and the chunks with smaller indices.
    pub fn sealed_length(&self, index: u64) -> Result<u64, FileError> {
        let (_, _, size) = self.0.place(index)?;
        Ok(size + committed::TAG as u64)
    }

    /// The content of chunk `index`, without padding.
    pub fn open(&self, index: u64, sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, FileError> {
        let (position, last, size) = self.0.place(index)?;
        let (expected, found) = (self.sealed_length(index)?, sealed.len() as u64);
        if expected != found {
            return Err(FileError::ChunkLength { index, expected, found });
        }
        let mut content = Zeroizing::new(sealed.to_vec());
        let opened = self.0.stream.decrypt_in_place(position, last, &self.0.bound, &mut *content);
        opened.map_err(|_| FileError::NotOpened { index })?;
        content.truncate(self.0.content(index, size) as usize);
        Ok(content)
    }
}

impl fmt::Debug for FileOpener {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "FileOpener({} chunks)", self.chunks())
    }
}
