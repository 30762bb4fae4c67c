//! Bytes that mean something to devices only: sealed content, signed entries, wrapped keys. Base64 (RFC 4648 §4) in JSON.

use std::{borrow::Cow, fmt};

use data_encoding::BASE64;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};

#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Blob(pub Vec<u8>);

impl AsRef<[u8]> for Blob {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}

impl From<Vec<u8>> for Blob {
    fn from(bytes: Vec<u8>) -> Self {
        Self(bytes)
    }
}

/// Its size: what it holds is for nobody's log.
impl fmt::Debug for Blob {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Blob({} bytes)", self.0.len())
    }
}

impl Serialize for Blob {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&BASE64.encode(&self.0))
    }
}

impl<'de> Deserialize<'de> for Blob {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = Cow::<'de, str>::deserialize(deserializer)?;
        BASE64.decode(text.as_bytes()).map(Self).map_err(|_| D::Error::custom("expected base64"))
    }
}

impl JsonSchema for Blob {
    fn schema_name() -> Cow<'static, str> {
        "Blob".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "contentEncoding": "base64", "description": "Bytes in base64." })
    }
}

impl garde::Validate for Blob {
    type Context = ();

    /// What lies in it is checked by whoever reads it; here it only must not be huge.
    fn validate_into(&self, _: &(), path: &mut dyn FnMut() -> garde::Path, report: &mut garde::Report) {
        if self.0.len() > MAX {
            report.append(path(), garde::Error::new("is too large"));
        }
    }
}

/// Bytes. The largest is a text of a record with its padding.
const MAX: usize = 96 * 1024;
