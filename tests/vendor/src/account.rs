//! In: nothing. Out: what Voximplant knows of its customers: accounts, their numbers, and keys with roles.

use std::fmt;

/// The private key of [`Key::default`] as PKCS#8, which is what the vendor's `credentials.json` has. For tests only.
pub const PKCS8: &str = include_str!("../keys/for-tests-only.pkcs8.pem");
/// The same key as PKCS#1.
pub const PKCS1: &str = include_str!("../keys/for-tests-only.pkcs1.pem");
/// The public half of it.
pub const PUBLIC: &str = include_str!("../keys/for-tests-only.public.pem");
/// Another private key as PKCS#8, unknown to a server unless a test adds it. For tests only.
pub const OTHER_PKCS8: &str = include_str!("../keys/other-for-tests-only.pkcs8.pem");
/// The public half of the other key.
pub const OTHER_PUBLIC: &str = include_str!("../keys/other-for-tests-only.public.pem");

/// A customer, or a child account of one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// The number of the account: `iss` in tokens.
    pub id: i64,
    /// The address in `credentials.json`.
    pub email: String,
    /// What is left to spend, in ten-thousandths of the account's currency.
    pub balance: u64,
    /// The phone numbers that it rents.
    pub numbers: Vec<Number>,
    /// The names or numbers from which it may send A2P messages.
    pub sender_ids: Vec<String>,
}

impl Default for Account {
    /// Account 1 with a million to spend. It owns 447443332211, the number of the vendor's examples, with SMS enabled
    /// and as a SenderID, 447443332210 with SMS disabled, and 447443332200, which does not support it.
    fn default() -> Self {
        let numbers =
            [("447443332211", Sms::Enabled), ("447443332210", Sms::Disabled), ("447443332200", Sms::Unsupported)];
        Self {
            id: 1,
            email: "someone@example.com".to_owned(),
            balance: 10_000_000_000,
            numbers: numbers.map(|(number, sms)| Number::new(number, sms)).into(),
            sender_ids: vec!["447443332211".to_owned()],
        }
    }
}

impl Account {
    /// The number of the account that is written so.
    pub(crate) fn number(&self, digits: &str) -> Option<&Number> {
        self.numbers.iter().find(|number| number.digits == digits)
    }
}

/// A phone number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Number {
    /// With the country's code, without a plus sign.
    pub digits: String,
    /// The two letters of its country.
    pub country: String,
    /// Whether it sends messages.
    pub sms: Sms,
}

impl Number {
    /// A British number.
    pub fn new(digits: &str, sms: Sms) -> Self {
        Self { digits: digits.to_owned(), country: "GB".to_owned(), sms }
    }
}

/// Whether a number sends messages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sms {
    /// Never: 528.
    Unsupported,
    /// Not until `ControlSms` enables it: 386. A number that was just bought is so.
    Disabled,
    /// Yes.
    Enabled,
}

/// The key of a service account: it opens the account and its child accounts.
#[derive(Clone, PartialEq, Eq)]
pub struct Key {
    /// `kid` in the header of tokens.
    pub id: String,
    /// What its bearer may do. None: only what asks for no role.
    pub roles: Vec<Role>,
    /// The public half, in PEM.
    pub public: String,
    /// The private half, in PEM: only for tokens and `credentials.json` that the server's handle makes.
    pub private: String,
}

impl Default for Key {
    /// The key for tests, as an owner who may send A2P messages, too.
    fn default() -> Self {
        Self {
            id: "8d5e3a8c-0f5b-4c6e-9a57-000000000001".to_owned(),
            roles: vec![Role::Owner, Role::CallsSms],
            public: PUBLIC.to_owned(),
            private: PKCS8.to_owned(),
        }
    }
}

impl fmt::Debug for Key {
    /// Without the private half, which may be a real one.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Key").field("id", &self.id).field("roles", &self.roles).finish_non_exhaustive()
    }
}

/// What a key may be allowed to do; see [the commands](crate#what-is-known).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the vendor's names")]
pub enum Role {
    Owner,
    Admin,
    Developer,
    Supervisor,
    Accountant,
    CallsSms,
    Scenarios,
}
