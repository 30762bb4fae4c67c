//! A PostgreSQL for this run of the tests: the one that `cargo xtask test` started, or one of our own.

use std::{
    io::{BufRead, BufReader},
    path::PathBuf,
    process::{Child, Command, Stdio},
    sync::OnceLock,
};

/// Set by `cargo xtask test`.
const VARIABLE: &str = "MEDICONNECT_TEST_POSTGRES";

/// Starts a cluster in a folder of its own; stops and removes it when its standard input ends, which is when the tests do.
const SCRIPT: &str = r#"
set -e
folder=$(mktemp -d -t mediconnect-postgres-XXXXXX)
trap 'kill -INT $server 2>/dev/null; wait $server 2>/dev/null; rm -rf "$folder"' EXIT
"$1/initdb" -D "$folder/data" --username=mediconnect --auth=trust --encoding=UTF8 --locale=C.UTF-8 --no-sync >/dev/null
"$1/postgres" -D "$folder/data" -k "$folder" -p "$2" -c listen_addresses=127.0.0.1 -c max_connections=400 \
    -c fsync=off -c synchronous_commit=off -c full_page_writes=off -c timezone=UTC >"$folder/log" 2>&1 &
server=$!
for _ in $(seq 300); do
    "$1/pg_isready" -q -h 127.0.0.1 -p "$2" && break
    sleep 0.1
done
echo ready
cat >/dev/null
"#;

/// The address of a database that is empty and this test's alone.
pub async fn database() -> String {
    static CLUSTER: OnceLock<Cluster> = OnceLock::new();
    let url = tokio::task::spawn_blocking(|| CLUSTER.get_or_init(Cluster::find).url.clone())
        .await
        .expect("PostgreSQL starts");
    let (client, connection) =
        tokio_postgres::connect(&url, tokio_postgres::NoTls).await.expect("PostgreSQL answers");
    tokio::spawn(connection);
    let name = format!("test_{}", uuid::Uuid::from_u128(rand::random()).simple());
    client.batch_execute(&format!("CREATE DATABASE {name}")).await.expect("a new database");
    let (server, _) = url.rsplit_once('/').expect("an address with a database");
    format!("{server}/{name}")
}

struct Cluster {
    url: String,
    /// Its standard input is open as long as the tests run.
    _own: Option<Child>,
}

impl Cluster {
    fn find() -> Self {
        match std::env::var(VARIABLE) {
            Ok(url) => Self { url, _own: None },
            Err(_) => Self::start(),
        }
    }

    fn start() -> Self {
        let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let mut command = as_owner("sh");
        command.args(["-c", SCRIPT, "sh"]).arg(binaries()).arg(port.to_string());
        let mut own =
            command.current_dir("/tmp").stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(own.stdout.take().unwrap()).read_line(&mut line).unwrap();
        assert_eq!(line.trim(), "ready", "PostgreSQL did not start");
        Self { url: format!("postgres://mediconnect@127.0.0.1:{port}/postgres"), _own: Some(own) }
    }
}

/// PostgreSQL refuses to run as root: there it runs as the user that its package makes.
fn as_owner(program: &str) -> Command {
    let me = Command::new("id").arg("-u").output().unwrap();
    if me.stdout.trim_ascii() != b"0" {
        return Command::new(program);
    }
    let mut command = Command::new("runuser");
    command.args(["-u", "postgres", "--", program]);
    command
}

/// Debian keeps the server's programs out of `PATH`.
fn binaries() -> PathBuf {
    let mut versions: Vec<(u32, PathBuf)> = std::fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .flatten()
        .filter_map(|entry| Some((entry.file_name().to_str()?.parse().ok()?, entry.path().join("bin"))))
        .collect();
    versions.sort();
    versions.pop().expect("PostgreSQL is not installed: `cargo xtask setup` installs it").1
}
