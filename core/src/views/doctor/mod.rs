//! What the doctor app shows.
