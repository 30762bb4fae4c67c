//! The store on PostgreSQL.
//!
//! A write first takes its guards as session advisory locks, then begins: whoever waits for a guard waits outside of any
//! transaction and sees everything when it starts. Transactions are SERIALIZABLE; one that lost against another runs again
//! under the same guards. Statements that do not depend on each other go out together.
//!
//! The way there is encrypted, and the server's certificate checked, unless the database is on this machine or the address
//! says otherwise (`sslmode`).

use std::{fmt, path::Path, sync::Arc, time::Duration};

use async_trait::async_trait;
use bytes::BytesMut;
use deadpool_postgres::{Hook, HookError, Manager, ManagerConfig, Object, Pool, RecyclingMethod, Runtime};
use futures::future::{join_all, try_join_all};
use mediconnect_domain::{Answer, Change, Kind, Need, Row};
use mediconnect_records::{
    Written,
    rows::{self, Owner, Param, Statements},
};
use rustls::{
    RootCertStore,
    pki_types::{CertificateDer, pem::PemObject},
};
use tokio::sync::Semaphore;
use tokio_postgres::{
    config::{Host, SslMode},
    error::SqlState,
    types::{FromSql, IsNull, ToSql, Type, to_sql_checked},
};
use tokio_postgres_rustls::MakeRustlsConnect;
use uuid::Uuid;

use super::{Commit, Dialect, Fields, Publish, StartError, StoreError, Tx, Value, Work, migrations};

/// How often a transaction is run before its conflict is told to the caller.
const ATTEMPTS: u32 = 40;
const CONNECTIONS: usize = 24;
/// How many of them may read something long.
const LONG: usize = 8;

/// What a connection is set to. A statement that takes longer than a request may is given up, and so is a transaction whose
/// owner does not go on with it: a device may take its time between two lines of a pull.
const SET: &str = "SET statement_timeout = '30s'; SET idle_in_transaction_session_timeout = '60s'";

#[derive(Clone)]
pub struct Postgres {
    pool: Pool,
    publish: Publish,
    long: Arc<Semaphore>,
}

impl Postgres {
    /// Connects and brings the tables to the newest form; `incarnation` becomes that of a new store. The server's certificate
    /// is checked with the authorities in the file `ca`, or else with the public ones.
    pub async fn open(
        address: &str,
        ca: Option<&Path>,
        incarnation: Uuid,
        publish: Publish,
    ) -> Result<Self, StartError> {
        let config = config(address)?;
        let recycling = ManagerConfig { recycling_method: RecyclingMethod::Fast };
        let set = Hook::async_fn(|client, _| {
            Box::pin(async move { client.batch_execute(SET).await.map_err(HookError::Backend) })
        });
        let pool = Pool::builder(Manager::from_config(config, tls(ca)?, recycling))
            .post_create(set)
            .max_size(CONNECTIONS)
            .runtime(Runtime::Tokio1)
            .wait_timeout(Some(Duration::from_secs(30)))
            .create_timeout(Some(Duration::from_secs(10)))
            .build()
            .map_err(|error| StartError::Address(error.to_string()))?;
        let store = Self { pool, publish, long: Arc::new(Semaphore::new(LONG)) };
        store.migrate(incarnation).await?;
        store.write(&[], |tx| Box::pin(super::rederive::rederive(tx))).await?;
        Ok(store)
    }

    async fn client(&self) -> Result<Object, StoreError> {
        self.pool.get().await.map_err(|error| StoreError::Unavailable(error.to_string()))
    }

    async fn migrate(&self, incarnation: Uuid) -> Result<(), StartError> {
        let mut client = self.client().await?;
        let tx = client.transaction().await.map_err(store_error)?;
        // Nodes that start together take turns.
        tx.batch_execute(
            "SET LOCAL statement_timeout = 0;
             SELECT pg_advisory_xact_lock(0);
             CREATE TABLE IF NOT EXISTS meta (name text PRIMARY KEY, value text NOT NULL)",
        )
        .await
        .map_err(store_error)?;
        let known = migrations::POSTGRES.len() as u32;
        let found =
            tx.query_opt("SELECT value FROM meta WHERE name = 'steps'", &[]).await.map_err(store_error)?;
        let found: u32 = found
            .map_or(Ok(0), |row| row.get::<_, &str>(0).parse())
            .map_err(|_| StoreError::Corrupt("steps".into()))?;
        if found > known {
            return Err(StartError::FromTheFuture { found, known });
        }
        for step in &migrations::POSTGRES[found as usize..] {
            tx.batch_execute(step).await.map_err(store_error)?;
        }
        let sql = "INSERT INTO meta (name, value) VALUES ('steps', $1) ON CONFLICT (name) DO UPDATE SET value = excluded.value";
        tx.execute(sql, &[&known.to_string()]).await.map_err(store_error)?;
        let sql = "INSERT INTO meta (name, value) VALUES ('incarnation', $1) ON CONFLICT (name) DO NOTHING";
        tx.execute(sql, &[&incarnation.to_string()]).await.map_err(store_error)?;
        Ok(tx.commit().await.map_err(store_error)?)
    }

    pub async fn write<T, W>(&self, guards: &[Uuid], mut work: W) -> Result<T, StoreError>
    where
        T: Send + 'static,
        W: for<'t> FnMut(&'t mut dyn Tx) -> Work<'t, T> + Send + 'static,
    {
        let mut tx = PostgresTx::new(self.client().await?);
        let guards = lock_keys(guards);
        let publish = self.publish.clone();
        // On a task of its own: whoever asked may go away, the transaction is ended properly all the same.
        let written = tokio::spawn(async move {
            tx.lock(&guards).await?;
            let done = tx.until_first(&mut work).await;
            if done.is_ok() {
                tx.announced.drain(..).for_each(|commit| publish(commit));
            }
            if !guards.is_empty() {
                tx.unlock().await?;
            }
            tx.settle();
            done
        });
        written.await.unwrap_or_else(|error| Err(StoreError::Refused(error.to_string())))
    }

    /// For reads that wait for whoever takes what was read.
    pub async fn read_long<T, W>(&self, work: W) -> Result<T, StoreError>
    where
        T: Send + 'static,
        W: for<'t> FnMut(&'t mut dyn Tx) -> Work<'t, T> + Send + 'static,
    {
        let _long = self.long.acquire().await;
        self.read(work).await
    }

    pub async fn read<T, W>(&self, mut work: W) -> Result<T, StoreError>
    where
        T: Send + 'static,
        W: for<'t> FnMut(&'t mut dyn Tx) -> Work<'t, T> + Send + 'static,
    {
        let mut tx = PostgresTx::new(self.client().await?);
        let read = tokio::spawn(async move {
            tx.batch("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY").await?;
            let done = work(&mut tx).await;
            tx.batch("ROLLBACK").await?;
            tx.settle();
            done
        });
        read.await.unwrap_or_else(|error| Err(StoreError::Refused(error.to_string())))
    }
}

/// The address with encryption demanded, where it leaves that open and the database is on another machine.
fn config(address: &str) -> Result<tokio_postgres::Config, StartError> {
    let mut config: tokio_postgres::Config =
        address.parse().map_err(|e: tokio_postgres::Error| StartError::Address(e.to_string()))?;
    let is_here = |host: &Host| match host {
        Host::Tcp(name) => {
            name == "localhost" || name.parse::<std::net::IpAddr>().is_ok_and(|ip| ip.is_loopback())
        }
        #[cfg(unix)]
        Host::Unix(_) => true,
    };
    if !address.contains("sslmode") && !config.get_hosts().iter().all(is_here) {
        config.ssl_mode(SslMode::Require);
    }
    Ok(config)
}

fn tls(ca: Option<&Path>) -> Result<MakeRustlsConnect, StartError> {
    let mut roots = RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
    if let Some(path) = ca {
        let unreadable = |why: String| StartError::Authorities(format!("{}: {why}", path.display()));
        let certificates =
            CertificateDer::pem_file_iter(path).map_err(|error| unreadable(error.to_string()))?;
        roots = RootCertStore::empty();
        for certificate in certificates {
            let certificate = certificate.map_err(|error| unreadable(error.to_string()))?;
            roots.add(certificate).map_err(|error| unreadable(error.to_string()))?;
        }
        if roots.is_empty() {
            return Err(unreadable("holds no certificate".into()));
        }
    }
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|error| StartError::Authorities(error.to_string()))?;
    Ok(MakeRustlsConnect::new(config.with_root_certificates(roots).with_no_client_auth()))
}

/// The locks of guards, in the order in which everyone takes them.
fn lock_keys(guards: &[Uuid]) -> Vec<i64> {
    let fold = |id: &Uuid| {
        let (high, low) = id.as_u64_pair();
        (high ^ low.rotate_left(29)).cast_signed()
    };
    let mut keys: Vec<i64> = guards.iter().map(fold).collect();
    keys.sort_unstable();
    keys.dedup();
    keys
}

/// A connection as a transaction sees it.
struct PostgresTx {
    client: Option<Object>,
    announced: Vec<Commit>,
    /// Nothing is open on the connection: it may be used again.
    clean: bool,
}

impl Drop for PostgresTx {
    fn drop(&mut self) {
        if !self.clean
            && let Some(client) = self.client.take()
        {
            // Closing it rolls back and gives up the guards.
            drop(Object::take(client));
        }
    }
}

impl PostgresTx {
    fn new(client: Object) -> Self {
        Self { client: Some(client), announced: Vec::new(), clean: false }
    }

    /// Nothing is open any more.
    fn settle(&mut self) {
        self.clean = true;
    }

    fn client(&self) -> Result<&Object, StoreError> {
        self.client.as_ref().ok_or_else(|| StoreError::Unavailable("the connection is closed".into()))
    }

    async fn batch(&self, sql: &str) -> Result<(), StoreError> {
        self.client()?.batch_execute(sql).await.map_err(store_error)
    }

    /// Waits for the guards, one after the other in their order, in one round trip.
    async fn lock(&self, keys: &[i64]) -> Result<(), StoreError> {
        if keys.is_empty() {
            return Ok(());
        }
        let client = self.client()?;
        let lock = client.prepare_cached("SELECT pg_advisory_lock($1)").await.map_err(store_error)?;
        let params: Vec<[&(dyn ToSql + Sync); 1]> =
            keys.iter().map(|key| [key as &(dyn ToSql + Sync)]).collect();
        let locks = params.iter().map(|params| client.query(&lock, params));
        try_join_all(locks).await.map_err(store_error)?;
        Ok(())
    }

    async fn unlock(&self) -> Result<(), StoreError> {
        self.batch("SELECT pg_advisory_unlock_all()").await
    }

    /// Runs the work until no other transaction was first.
    async fn until_first<T, W>(&mut self, work: &mut W) -> Result<T, StoreError>
    where
        W: for<'t> FnMut(&'t mut dyn Tx) -> Work<'t, T>,
    {
        let mut attempt = 0;
        loop {
            attempt += 1;
            match self.once(work).await {
                Err(StoreError::Conflict(why)) if attempt < ATTEMPTS => {
                    tracing::debug!(attempt, why, "a transaction runs again");
                    tokio::time::sleep(pause(attempt)).await;
                }
                done => return done,
            }
        }
    }

    async fn once<T, W>(&mut self, work: &mut W) -> Result<T, StoreError>
    where
        W: for<'t> FnMut(&'t mut dyn Tx) -> Work<'t, T>,
    {
        self.announced.clear();
        self.batch("BEGIN ISOLATION LEVEL SERIALIZABLE").await?;
        match work(self).await {
            Ok(value) => match self.batch("COMMIT").await {
                Ok(()) => Ok(value),
                Err(error) => {
                    self.batch("ROLLBACK").await?;
                    Err(error)
                }
            },
            Err(error) => {
                self.batch("ROLLBACK").await?;
                Err(error)
            }
        }
    }

    /// Queries that do not depend on each other, in one round trip.
    async fn query_all(&self, queries: &[(&str, Vec<Value>)]) -> Result<Vec<Vec<Fields>>, StoreError> {
        let client = self.client()?;
        let mut prepared = Vec::with_capacity(queries.len());
        for (sql, _) in queries {
            prepared.push(client.prepare_cached(&sql.replace('?', "$")).await.map_err(store_error)?);
        }
        let params: Vec<Vec<&(dyn ToSql + Sync)>> =
            queries.iter().map(|(_, values)| as_params(values)).collect();
        let asked = prepared.iter().zip(&params).map(|(statement, params)| client.query(statement, params));
        let answers = try_join_all(asked).await.map_err(store_error)?;
        answers.iter().map(|rows| rows.iter().map(fields).collect()).collect()
    }
}

/// A little longer after each attempt, and not the same for all that clashed.
fn pause(attempt: u32) -> Duration {
    let most = 200 * u64::from(attempt.min(10).pow(2));
    Duration::from_micros(rand::random_range(0..=most))
}

fn as_params(values: &[Value]) -> Vec<&(dyn ToSql + Sync)> {
    values.iter().map(|value| value as &(dyn ToSql + Sync)).collect()
}

#[async_trait]
impl Tx for PostgresTx {
    fn dialect(&self) -> Dialect {
        Dialect::Postgres
    }

    async fn fetch(&mut self, needs: &[Need]) -> Result<Vec<Answer>, StoreError> {
        let queries: Vec<_> = needs.iter().map(query_of).collect();
        let found = self.query_all(&queries).await?;
        found
            .iter()
            .map(|rows| {
                Ok(Answer::Rows(
                    rows.iter().filter_map(|row| record_row(row).transpose()).collect::<Result<_, _>>()?,
                ))
            })
            .collect()
    }

    async fn write(&mut self, changes: Vec<Change>) -> Result<Vec<Written>, StoreError> {
        let keys: Vec<_> = changes.iter().map(Change::key).collect();
        let stored = |(kind, id): &(Kind, Uuid)| (rows::STORED, vec![kind.name().into(), Value::Uuid(*id)]);
        let before = self.query_all(&keys.iter().map(stored).collect::<Vec<_>>()).await?;
        let (mut free, mut take) = (Batch::default(), Batch::default());
        let mut all = Vec::with_capacity(changes.len());
        for ((change, (kind, id)), before) in changes.into_iter().zip(keys).zip(before) {
            let written = written(change, kind, id, before.first())?;
            let (was, now) = written.derived();
            let owner = Owner { kind: kind.name(), id };
            let Ok(()) = owner.free(&was, &now, &mut free);
            let body = written.now.as_ref().map(|row| row.body.to_string());
            let values = [kind.name().into(), id.into(), written.rev.into(), body.into()];
            take.0.push((rows::UPSERT, values.into()));
            let Ok(()) = owner.take(&was, &now, rows::TAKE_KEY, &mut take);
            all.push(written);
        }
        free.0.append(&mut take.0);
        self.execute_all(free.0).await?;
        Ok(all)
    }

    async fn query(&mut self, sql: &str, values: &[Value]) -> Result<Vec<Fields>, StoreError> {
        let client = self.client()?;
        let statement = client.prepare_cached(&sql.replace('?', "$")).await.map_err(store_error)?;
        let rows = client.query(&statement, &as_params(values)).await.map_err(store_error)?;
        rows.iter().map(fields).collect()
    }

    async fn execute(&mut self, sql: &str, values: &[Value]) -> Result<u64, StoreError> {
        let client = self.client()?;
        let statement = client.prepare_cached(&sql.replace('?', "$")).await.map_err(store_error)?;
        client.execute(&statement, &as_params(values)).await.map_err(store_error)
    }

    async fn execute_all(&mut self, statements: Vec<(&'static str, Vec<Value>)>) -> Result<(), StoreError> {
        let client = self.client()?;
        let mut prepared = Vec::with_capacity(statements.len());
        for (sql, _) in &statements {
            prepared.push(client.prepare_cached(&sql.replace('?', "$")).await.map_err(store_error)?);
        }
        let params: Vec<Vec<&(dyn ToSql + Sync)>> =
            statements.iter().map(|(_, values)| as_params(values)).collect();
        let run = prepared.iter().zip(&params).map(|(statement, params)| client.execute(statement, params));
        // All are awaited: an error that is told first is the one that made the others fail.
        join_all(run).await.into_iter().collect::<Result<Vec<_>, _>>().map_err(store_error)?;
        Ok(())
    }

    fn announce(&mut self, commit: Commit) {
        self.announced.push(commit);
    }
}

fn query_of(need: &Need) -> (&'static str, Vec<Value>) {
    match need {
        Need::Record { kind, id } => (rows::GET, vec![kind.name().into(), (*id).into()]),
        Need::Unique(key) => (rows::BY_KEY, vec![key.into()]),
        Need::Range { index, owner, from, to } => {
            (rows::BY_INDEX, vec![index.name().into(), (*owner).into(), from.into(), to.into()])
        }
        Need::Overlap { resource, span } => {
            (rows::BY_TIME, vec![(*resource).into(), span.start.into(), span.end.into()])
        }
    }
}

/// The record in a row; `None` where its kind was made by a newer build.
pub(super) fn record_row(fields: &Fields) -> Result<Option<Row>, StoreError> {
    let Some(kind) = Kind::from_name(fields.text(0)?) else { return Ok(None) };
    Ok(Some(Row::new(kind, fields.uuid(1)?, fields.count(2)?, fields.text(3)?)))
}

fn written(change: Change, kind: Kind, id: Uuid, before: Option<&Fields>) -> Result<Written, StoreError> {
    let Some(before) = before else { return Ok(Written::of(change, 0, None)) };
    let rev = before.count(0)?;
    let was = before.maybe(1, Fields::text)?.map(|body| Row::new(kind, id, rev, body));
    Ok(Written::of(change, rev, was))
}

/// Statements to be run together.
#[derive(Default)]
pub(super) struct Batch(pub Vec<(&'static str, Vec<Value>)>);

impl Statements for Batch {
    type Error = std::convert::Infallible;

    fn run(&mut self, sql: &'static str, params: &[Param<'_>]) -> Result<(), Self::Error> {
        let value = |param: &Param<'_>| match param {
            Param::Text(text) => Value::from(*text),
            Param::Id(id) => Value::Uuid(**id),
            Param::Int(value) => Value::Int(*value),
        };
        self.0.push((sql, params.iter().map(value).collect()));
        Ok(())
    }
}

/// The value does not fit the column.
#[derive(Debug)]
struct Misfit(Type);

impl fmt::Display for Misfit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a value does not fit a column of type {}", self.0)
    }
}

impl std::error::Error for Misfit {}

impl ToSql for Value {
    fn to_sql(
        &self,
        ty: &Type,
        out: &mut BytesMut,
    ) -> Result<IsNull, Box<dyn std::error::Error + Sync + Send>> {
        match (self, ty) {
            (Value::Null, _) => Ok(IsNull::Yes),
            (Value::Int(value), &Type::INT8) => value.to_sql(ty, out),
            (Value::Int(value), &Type::INT4) => i32::try_from(*value)?.to_sql(ty, out),
            (Value::Int(value), &Type::INT2) => i16::try_from(*value)?.to_sql(ty, out),
            (Value::Int(value), &Type::BOOL) => (*value != 0).to_sql(ty, out),
            (Value::Uuid(value), &Type::UUID) => value.to_sql(ty, out),
            (Value::Uuid(value), &Type::BYTEA) => value.as_bytes().as_slice().to_sql(ty, out),
            (Value::Bytes(value), &Type::BYTEA) => value.as_slice().to_sql(ty, out),
            // The binary form of json is its text.
            (Value::Text(value), &Type::JSON) => value.as_str().to_sql(&Type::TEXT, out),
            (Value::Text(value), _) if <&str as ToSql>::accepts(ty) => value.as_str().to_sql(ty, out),
            _ => Err(Box::new(Misfit(ty.clone()))),
        }
    }

    fn accepts(_: &Type) -> bool {
        true
    }

    to_sql_checked!();
}

/// A column as it comes.
struct Column(Value);

impl<'a> FromSql<'a> for Column {
    fn from_sql(ty: &Type, raw: &'a [u8]) -> Result<Self, Box<dyn std::error::Error + Sync + Send>> {
        Ok(Self(match *ty {
            Type::INT8 => Value::Int(i64::from_sql(ty, raw)?),
            Type::INT4 => Value::Int(i32::from_sql(ty, raw)?.into()),
            Type::INT2 => Value::Int(i16::from_sql(ty, raw)?.into()),
            Type::BOOL => Value::Int(bool::from_sql(ty, raw)?.into()),
            Type::UUID => Value::Uuid(Uuid::from_sql(ty, raw)?),
            Type::BYTEA => Value::Bytes(raw.to_vec()),
            Type::JSON => Value::Text(String::from_utf8(raw.to_vec())?),
            // SELECT pg_advisory_lock(…) and the like.
            Type::VOID => Value::Null,
            _ if <&str as FromSql>::accepts(ty) => Value::Text(<&str>::from_sql(ty, raw)?.to_owned()),
            _ => return Err(Box::new(Misfit(ty.clone()))),
        }))
    }

    fn from_sql_null(_: &Type) -> Result<Self, Box<dyn std::error::Error + Sync + Send>> {
        Ok(Self(Value::Null))
    }

    fn accepts(_: &Type) -> bool {
        true
    }
}

fn fields(row: &tokio_postgres::Row) -> Result<Fields, StoreError> {
    let column = |at| row.try_get::<_, Column>(at).map(|column| column.0).map_err(store_error);
    Ok(Fields((0..row.len()).map(column).collect::<Result<_, _>>()?))
}

fn store_error(error: tokio_postgres::Error) -> StoreError {
    let Some(state) = error.code() else {
        return match error.is_closed() {
            true => StoreError::Unavailable(error.to_string()),
            false => StoreError::Refused(error.to_string()),
        };
    };
    let text = error
        .as_db_error()
        .map_or_else(|| error.to_string(), |db| format!("{} ({})", db.message(), state.code()));
    const CONFLICTS: [SqlState; 5] = [
        SqlState::T_R_SERIALIZATION_FAILURE,
        SqlState::T_R_DEADLOCK_DETECTED,
        SqlState::EXCLUSION_VIOLATION,
        SqlState::UNIQUE_VIOLATION,
        SqlState::LOCK_NOT_AVAILABLE,
    ];
    match &state.code()[..2] {
        _ if CONFLICTS.contains(state) => StoreError::Conflict(text),
        // Connection, resources, operator intervention.
        "08" | "53" | "57" => StoreError::Unavailable(text),
        "XX" => StoreError::Corrupt(text),
        _ => StoreError::Refused(text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_database_elsewhere_is_spoken_to_encrypted_unless_the_address_says_otherwise() {
        let mode = |address: &str| config(address).unwrap().get_ssl_mode();
        for elsewhere in ["postgres://u@db.example/c", "host=10.0.0.9 user=u", "postgres://u@127.0.0.1,db/c"]
        {
            assert_eq!(mode(elsewhere), SslMode::Require, "{elsewhere}");
        }
        for here in
            ["postgres://u@127.0.0.1:5433/c", "postgres://u@localhost/c", "host=/run/postgresql user=u"]
        {
            assert_eq!(mode(here), SslMode::Prefer, "{here}");
        }
        assert_eq!(mode("postgres://u@db.example/c?sslmode=disable"), SslMode::Disable);
        assert_eq!(mode("postgres://u@localhost/c?sslmode=require"), SslMode::Require);
    }

    #[test]
    fn a_file_without_certificates_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("ca.pem");
        assert!(matches!(tls(Some(&path)), Err(StartError::Authorities(_))));
        std::fs::write(&path, "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n").unwrap();
        assert!(matches!(tls(Some(&path)), Err(StartError::Authorities(_))));
        std::fs::write(&path, "nothing").unwrap();
        assert!(matches!(tls(Some(&path)), Err(StartError::Authorities(_))));
    }
}
