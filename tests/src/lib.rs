//! What the tests share: a harness for cases that are kept in folders, and a server on loopback.

pub mod harness;
pub mod loopback;
