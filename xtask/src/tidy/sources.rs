//! The text files of a checkout, read once for all rules.

use anyhow::{Context, Result};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Larger files are data.
const MOST_BYTES: u64 = 4 << 20;

/// Folders that hold nothing we wrote; only asked where git is not there to say so.
const NOT_OURS: &[&str] = &[".git", "target", "node_modules", "dist", ".venv", "__pycache__"];

/// The files, in order of their paths.
pub struct Sources {
    /// The checkout.
    pub root: PathBuf,
    /// Every text file in it that git tracks or would track.
    pub files: Vec<Source>,
}

/// One file.
pub struct Source {
    /// From the root, with slashes.
    pub path: String,
    /// All of it.
    pub text: String,
}

impl Sources {
    /// Reads a checkout.
    pub fn read(root: &Path) -> Result<Self> {
        let mut paths = tracked(root).map_or_else(|| walk(root), Ok)?;
        paths.sort();
        paths.dedup();
        let mut files = Vec::new();
        for path in paths {
            let full = root.join(&path);
            let small = fs::metadata(&full).is_ok_and(|meta| meta.is_file() && meta.len() <= MOST_BYTES);
            if let (true, Ok(text)) = (small, fs::read_to_string(&full)) {
                files.push(Source { path, text });
            }
        }
        Ok(Self { root: root.to_owned(), files })
    }

    /// A file by its path.
    pub fn file(&self, path: &str) -> Option<&Source> {
        self.files.iter().find(|file| file.path == path)
    }

    /// All files with one of these endings.
    pub fn ending<'a>(&'a self, endings: &'a [&str]) -> impl Iterator<Item = &'a Source> {
        self.files.iter().filter(move |file| endings.iter().any(|ending| file.path.ends_with(ending)))
    }

    /// Made-up sources, to test rules on.
    #[cfg(test)]
    pub fn made_up(files: &[(&str, &str)]) -> Self {
        let source =
            |(path, text): &(&str, &str)| Source { path: (*path).to_owned(), text: (*text).to_owned() };
        Self { root: PathBuf::new(), files: files.iter().map(source).collect() }
    }
}

/// What git tracks, and what is new and not ignored.
fn tracked(root: &Path) -> Option<Vec<String>> {
    if !root.join(".git").exists() {
        return None;
    }
    let output = Command::new("git")
        .args(["ls-files", "-z", "--cached", "--others", "--exclude-standard"])
        .current_dir(root)
        .output()
        .ok()?;
    let list = String::from_utf8(output.stdout).ok()?;
    output
        .status
        .success()
        .then(|| list.split('\0').filter(|path| !path.is_empty()).map(str::to_owned).collect())
}

fn walk(root: &Path) -> Result<Vec<String>> {
    let mut found = Vec::new();
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).with_context(|| folder.display().to_string())? {
            let path = entry?.path();
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            if path.is_dir() && !NOT_OURS.contains(&name.as_ref()) {
                folders.push(path);
            } else if path.is_file() {
                let relative = path.strip_prefix(root)?;
                let parts: Vec<_> = relative.iter().map(|part| part.to_string_lossy()).collect();
                found.push(parts.join("/"));
            }
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_git_what_is_built_is_left_out() {
        let folder = tempfile::tempdir().unwrap();
        for (path, text) in [("a/b.rs", "x"), ("target/c.rs", "x"), ("e2e/node_modules/d.js", "x")] {
            let path = folder.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        fs::write(folder.path().join("picture.png"), [0xff, 0xfe, 0]).unwrap();
        let sources = Sources::read(folder.path()).unwrap();
        let paths: Vec<&str> = sources.files.iter().map(|file| file.path.as_str()).collect();
        assert_eq!(paths, ["a/b.rs"]);
    }
}
