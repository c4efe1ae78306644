//! What the tests share: a harness for cases that are kept in folders, a server on loopback, and one that answers as
//! Voximplant says, which the demonstration talks to, too.

pub mod harness;
pub mod loopback;
pub mod voximplant;
