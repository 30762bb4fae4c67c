//! Saving an export under the person's downloads, beside what is there and never over it.

use std::{
    fs::{self, OpenOptions},
    io::{self, Write},
    path::{Path, PathBuf},
};

/// Writes `text` into a new file called `name`, or `name-2`, `name-3`, … where that is taken. Answers where it is.
pub fn save_beside(dir: &Path, name: &str, text: &str) -> io::Result<PathBuf> {
    let (stem, ending) = plain(name);
    fs::create_dir_all(dir)?;
    for number in 1..1_000 {
        let counted =
            if number == 1 { format!("{stem}.{ending}") } else { format!("{stem}-{number}.{ending}") };
        let path = dir.join(counted);
        match OpenOptions::new().write(true).create_new(true).open(&path) {
            Ok(mut file) => return file.write_all(text.as_bytes()).map(|()| path),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(error),
        }
    }
    Err(io::ErrorKind::AlreadyExists.into())
}

/// A name that is only a name: letters, digits and hyphens, and the ending `csv`.
fn plain(name: &str) -> (String, &'static str) {
    let stem = name.strip_suffix(".csv").unwrap_or(name);
    let kept: String = stem.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-').take(80).collect();
    (if kept.is_empty() { "export".into() } else { kept }, "csv")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder(name: &str) -> PathBuf {
        let folder = std::env::temp_dir().join(format!("mediconnect-save-{}-{name}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        folder
    }

    #[test]
    fn nothing_is_overwritten() {
        let dir = folder("twice");
        let first = save_beside(&dir, "visits.csv", "one").unwrap();
        let second = save_beside(&dir, "visits.csv", "two").unwrap();
        assert_eq!(std::fs::read_to_string(first).unwrap(), "one");
        assert_eq!(second, dir.join("visits-2.csv"));
        std::fs::remove_dir_all(dir).unwrap();
    }

    #[test]
    fn a_name_cannot_lead_out_of_the_folder() {
        let dir = folder("out");
        let saved = save_beside(&dir, "../../etc/passwd", "x").unwrap();
        assert_eq!(saved, dir.join("etcpasswd.csv"));
        std::fs::remove_dir_all(dir).unwrap();
    }
}
