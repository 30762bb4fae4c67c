//! The steps that make and change the tables, oldest first. See `migrations/README.md`.

pub const SQLITE: &[&str] = &[
    mediconnect_records::TABLES,
    include_str!("../../migrations/sqlite/0002_sync.sql"),
    include_str!("../../migrations/sqlite/0003_sign_in.sql"),
    include_str!("../../migrations/sqlite/0004_lists.sql"),
    include_str!("../../migrations/sqlite/0005_accounts.sql"),
    include_str!("../../migrations/sqlite/0006_audit.sql"),
];

pub const POSTGRES: &[&str] = &[
    include_str!("../../migrations/postgres/0001_records.sql"),
    include_str!("../../migrations/postgres/0002_sync.sql"),
    include_str!("../../migrations/postgres/0003_sign_in.sql"),
    include_str!("../../migrations/postgres/0004_lists.sql"),
    include_str!("../../migrations/postgres/0005_accounts.sql"),
    include_str!("../../migrations/postgres/0006_audit.sql"),
];
