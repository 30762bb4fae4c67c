//! What the admin app shows.
