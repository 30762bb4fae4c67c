//! Offering time that came free to those who wait (part of the refresh on the server).
