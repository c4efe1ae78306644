//! What the tests and the demonstration share: a server on loopback, and one that answers as Voximplant says.

pub mod loopback;
pub mod voximplant;
