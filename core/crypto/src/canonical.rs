//! One way to write fields as bytes, for everything that is signed, hashed or bound as associated data.
//!
//! A field is its length (four bytes, big endian) and its bytes; a number is a field of eight bytes, big endian; a text is
//! UTF-8; an option is an empty field or the value; a list is the number of its items and their fields. Two different
//! sequences of fields never give the same bytes, and a reader accepts exactly the bytes that a writer makes: nothing
//! behind the last field, no other spelling of a number.

use crate::suite::{Format, FormatError};

/// Why bytes are not the fields they should be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DecodeError {
    #[error(transparent)]
    Format(#[from] FormatError),
    #[error("the fields end too early")]
    Truncated,
    #[error("there is something behind the last field")]
    Trailing,
    #[error("a field has another length than its kind")]
    FieldLength,
    #[error("a field holds a value that is not allowed there")]
    FieldValue,
}

/// Writes fields.
#[derive(Clone)]
pub(crate) struct Writer(Vec<u8>);

impl Writer {
    /// Bytes that are stored or sent: header, then fields. There is room from the start, so that a secret among few
    /// fields is not left behind when the buffer grows.
    pub(crate) fn stored(format: Format) -> Self {
        let mut bytes = Vec::with_capacity(256);
        bytes.extend_from_slice(&format.header());
        Self(bytes)
    }

    /// Bytes that are only bound (associated data, info of a key derivation): label and header, then fields.
    pub(crate) fn bound(format: Format) -> Self {
        let mut bytes = Vec::with_capacity(256);
        put(&mut bytes, format.label().as_bytes());
        bytes.extend_from_slice(&format.header());
        Self(bytes)
    }

    pub(crate) fn bytes(mut self, field: &[u8]) -> Self {
        put(&mut self.0, field);
        self
    }

    pub(crate) fn number(self, number: u64) -> Self {
        self.bytes(&number.to_be_bytes())
    }

    pub(crate) fn text(self, text: &str) -> Self {
        self.bytes(text.as_bytes())
    }

    pub(crate) fn optional_number(self, number: Option<u64>) -> Self {
        match number {
            Some(number) => self.number(number),
            None => self.bytes(&[]),
        }
    }

    pub(crate) fn list<T>(self, items: &[T], write: impl Fn(Self, &T) -> Self) -> Self {
        items.iter().fold(self.number(items.len() as u64), write)
    }

    pub(crate) fn done(self) -> Vec<u8> {
        self.0
    }
}

fn put(bytes: &mut Vec<u8>, field: &[u8]) {
    let length = u32::try_from(field.len()).expect("no field here comes near 4 GiB");
    bytes.extend_from_slice(&length.to_be_bytes());
    bytes.extend_from_slice(field);
}

/// What a signature or a hash is made over: the label of the format, then the stored bytes. The bytes are stored as they
/// are signed, so nobody re-encodes before checking.
pub(crate) fn labelled(label: &str, body: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(4 + label.len() + body.len());
    put(&mut bytes, label.as_bytes());
    bytes.extend_from_slice(body);
    bytes
}

/// Reads fields back.
pub(crate) struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    pub(crate) fn stored(format: Format, bytes: &'a [u8]) -> Result<Self, DecodeError> {
        Ok(Self(format.strip(bytes)?))
    }

    pub(crate) fn bytes(&mut self) -> Result<&'a [u8], DecodeError> {
        let (length, rest) = self.0.split_first_chunk::<4>().ok_or(DecodeError::Truncated)?;
        let length = usize::try_from(u32::from_be_bytes(*length)).map_err(|_| DecodeError::Truncated)?;
        let (field, rest) = rest.split_at_checked(length).ok_or(DecodeError::Truncated)?;
        self.0 = rest;
        Ok(field)
    }

    pub(crate) fn array<const N: usize>(&mut self) -> Result<[u8; N], DecodeError> {
        self.bytes()?.try_into().map_err(|_| DecodeError::FieldLength)
    }

    pub(crate) fn number(&mut self) -> Result<u64, DecodeError> {
        Ok(u64::from_be_bytes(self.array()?))
    }

    pub(crate) fn optional_number(&mut self) -> Result<Option<u64>, DecodeError> {
        let field = self.bytes()?;
        if field.is_empty() {
            return Ok(None);
        }
        let number = field.try_into().map_err(|_| DecodeError::FieldLength)?;
        Ok(Some(u64::from_be_bytes(number)))
    }

    pub(crate) fn text(&mut self) -> Result<&'a str, DecodeError> {
        std::str::from_utf8(self.bytes()?).map_err(|_| DecodeError::FieldValue)
    }

    /// Items are read one by one, so a false count cannot make us reserve memory.
    pub(crate) fn list<T>(
        &mut self,
        mut read: impl FnMut(&mut Self) -> Result<T, DecodeError>,
    ) -> Result<Vec<T>, DecodeError> {
        let count = self.number()?;
        let mut items = Vec::new();
        for _ in 0..count {
            items.push(read(self)?);
        }
        Ok(items)
    }

    pub(crate) fn end(self) -> Result<(), DecodeError> {
        if self.0.is_empty() { Ok(()) } else { Err(DecodeError::Trailing) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moving_a_byte_from_one_field_to_the_next_gives_other_bytes() {
        let left = Writer::bound(Format::Record).text("ab").text("c").done();
        let right = Writer::bound(Format::Record).text("a").text("bc").done();
        assert_ne!(left, right);
    }

    #[test]
    fn what_was_written_is_read_and_nothing_else() {
        let written =
            Writer::stored(Format::Grant).number(7).optional_number(None).list(&[1, 2], |w, n| w.number(*n));
        let bytes = written.done();
        let read = |bytes: &[u8]| {
            let mut reader = Reader::stored(Format::Grant, bytes)?;
            let fields = (reader.number()?, reader.optional_number()?, reader.list(Reader::number)?);
            reader.end().map(|()| fields)
        };
        assert_eq!(read(&bytes), Ok((7, None, vec![1, 2])));
        assert_eq!(read(&[&bytes[..], &[0]].concat()), Err(DecodeError::Trailing));
        for length in 0..bytes.len() {
            assert!(read(&bytes[..length]).is_err(), "length {length}");
        }
        assert_eq!(read(&[8, 1, 1, 0, 0, 0, 1, 7]), Err(DecodeError::FieldLength));
    }

    #[test]
    fn a_false_count_reserves_nothing() {
        let bytes = Writer::stored(Format::Grant).number(u64::MAX).done();
        let mut reader = Reader::stored(Format::Grant, &bytes).unwrap();
        assert_eq!(reader.list(Reader::number), Err(DecodeError::Truncated));
    }

    #[test]
    fn headers_outside_the_accepted_range_are_refused_by_name() {
        let refused = |header: &[u8]| Format::Grant.strip(header).unwrap_err();
        assert_eq!(refused(&[8, 1]), FormatError::TooShort);
        assert_eq!(refused(&[7, 1, 1]), FormatError::AnotherFormat { expected: Format::Grant });
        let format = Format::Grant;
        assert_eq!(refused(&[8, 0, 1]), FormatError::VersionBelowFloor { format, version: 0, floor: 1 });
        assert_eq!(refused(&[8, 2, 1]), FormatError::VersionFromTheFuture { format, version: 2, newest: 1 });
        assert_eq!(refused(&[8, 1, 0]), FormatError::SuiteBelowFloor { suite: 0, floor: 1 });
        assert_eq!(refused(&[8, 1, 2]), FormatError::SuiteFromTheFuture { suite: 2 });
    }
}
