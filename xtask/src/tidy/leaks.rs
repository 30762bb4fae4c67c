//! Nothing in the tree names a machine: no absolute path of someone's home, no host of a package registry.
//!
//! Lock files must install from whatever registry a person has configured, so they carry no addresses.

use super::Finding;
use super::sources::{Source, Sources};

/// Absolute paths that exist on one machine only. Written in two parts, so that this file does not find itself.
const PATHS: &[(&str, &str)] =
    &[("/ro", "ot/"), ("/wo", "rk/"), ("/ho", "me/"), ("/Us", "ers/"), ("C:\\Us", "ers\\")];

/// Settings that choose a registry, with the files they stand in.
const SETTINGS: &[(&str, &[&str])] = &[
    (".npmrc", &["registry=", "registry =", "_auth"]),
    ("requirements.txt", &["--index-url", "--extra-index-url", "--find-links", "-i ", "@ http"]),
    (".cargo/config.toml", &["replace-with", "[registries", "index ="]),
    ("Cargo.lock", &["source = \"git+", "source = \"sparse+"]),
    ("package-lock.json", &["\"resolved\": \"http"]),
];

pub fn check(sources: &Sources) -> Vec<Finding> {
    sources.files.iter().flat_map(check_file).collect()
}

fn check_file(file: &Source) -> Vec<Finding> {
    let mut findings = Vec::new();
    let settings: Vec<&str> = SETTINGS
        .iter()
        .filter(|(ending, _)| file.path.ends_with(ending))
        .flat_map(|(_, words)| *words)
        .copied()
        .collect();
    for (n, line) in file.text.lines().enumerate() {
        if let Some(path) = machine_path(line) {
            findings.push(Finding::new(&file.path, n + 1, format!("`{path}…` is a path of one machine")));
        }
        if let Some(setting) = settings.iter().find(|setting| line.trim_start().contains(**setting)) {
            findings.push(Finding::new(
                &file.path,
                n + 1,
                format!("`{setting}` chooses a registry for everyone"),
            ));
        }
    }
    findings
}

/// A path that begins there: not the tail of a longer one or of an address.
fn machine_path(line: &str) -> Option<String> {
    PATHS.iter().map(|(head, tail)| format!("{head}{tail}")).find(|path| {
        line.match_indices(path.as_str()).any(|(at, _)| {
            let before = line[..at].chars().next_back();
            let after = line[at + path.len()..].chars().next();
            let begins = before.is_none_or(|c| !c.is_alphanumeric() && !"/.-_}~*".contains(c));
            begins && after.is_some_and(|c| c.is_ascii_alphanumeric() || c == '.')
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(path: &str, text: &str) -> Vec<usize> {
        check(&Sources::made_up(&[(path, text)])).into_iter().map(|finding| finding.line).collect()
    }

    #[test]
    fn paths_of_one_machine_are_found() {
        let text = concat!("a /ro", "ot/x b\n", "ok\n", "\"/ho", "me/ann/y\"\n", "C:\\Us", "ers\\ann\n");
        assert_eq!(lines("docs/a.md", text), [1, 3, 4]);
    }

    #[test]
    fn other_paths_are_fine() {
        let text = concat!(
            "https://example.org/ho",
            "me/a\n$HO",
            "ME/x ./wo",
            "rk/y the folder /ho",
            "me/ itself\n"
        );
        assert_eq!(lines("docs/a.md", text), [0usize; 0]);
    }

    #[test]
    fn lock_files_carry_no_addresses() {
        let text = "{\n  \"resolved\": \"https://registry.example/x.tgz\"\n}";
        assert_eq!(lines("e2e/package-lock.json", text), [2]);
        assert_eq!(lines("e2e/other.json", text), [0usize; 0]);
        assert_eq!(lines("e2e/.npmrc", "omit-lockfile-registry-resolved=true"), [0usize; 0]);
        assert_eq!(lines("e2e/.npmrc", "registry=https://registry.example"), [1]);
    }
}
