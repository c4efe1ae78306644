//! In: the key of a service account. Out: `ServiceAccount`, a credential that signs its own tokens.

mod key;
mod token;

use crate::{Boxed, Cause, Credential, Refusal, Secret};
pub use key::KeyError;
use key::{Key, VARIABLE};
use std::fmt;
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::SystemTime;
use token::Signed;

/// The furthest, in seconds, that a clock may be from the server's without being said to be wrong.
const NEAR: i64 = 5;

/// The service account that a `credentials.json` is for. It signs a token (a JWT by RS256) when a request first needs
/// one, keeps it for most of its minute, and signs the next one in time. Where the server says that a token has expired
/// or was issued in the future, or refuses it while the clocks differ, it signs another by the server's clock, and the
/// request is sent again, once. Clones share the token.
///
/// ```no_run
/// use voximplant_client::{Client, ServiceAccount};
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let client = Client::builder().auth(ServiceAccount::from_file("credentials.json")?).build()?;
/// # Ok(())
/// # }
/// ```
///
/// `Debug` and errors show neither the key nor a token.
#[derive(Clone)]
pub struct ServiceAccount {
    key: Arc<Key>,
    /// `iss`: the account that is acted for.
    account: String,
    state: Arc<Mutex<State>>,
}

#[derive(Default)]
struct State {
    kept: Option<Signed>,
    /// How many seconds the server's clock is ahead of this machine's, if it was seen to be wrong.
    ahead: i64,
}

impl ServiceAccount {
    /// Reads the file that the control panel gives for a key, `credentials.json`.
    ///
    /// # Errors
    /// When the file cannot be read, lacks a field, or holds no RSA key. The error names file and field.
    pub fn from_file(path: impl AsRef<Path>) -> Result<Self, KeyError> {
        key::from_file(path.as_ref()).map(Self::new)
    }

    /// Reads the text of such a file: `account_id`, `key_id` and `private_key` (PEM: PKCS#8 or PKCS#1), and
    /// `account_email`, which may be left out. Other fields are ignored.
    ///
    /// # Errors
    /// When the text is no JSON, lacks a field, or holds no RSA key. The error names the field.
    pub fn from_json(text: &str) -> Result<Self, KeyError> {
        key::from_json(text).map(Self::new)
    }

    /// Reads the file whose path is in the environment variable `VOXIMPLANT_CREDENTIALS`, as the vendor's SDKs do.
    ///
    /// # Errors
    /// As [`from_file`](Self::from_file), and when the variable is not set.
    pub fn from_env() -> Result<Self, KeyError> {
        let path = std::env::var_os(VARIABLE).filter(|path| !path.is_empty()).ok_or_else(KeyError::unset)?;
        Self::from_file(Path::new(&path))
    }

    fn new(key: Key) -> Self {
        Self { account: key.account.clone(), key: Arc::new(key), state: Arc::default() }
    }

    /// The same key, acting for a child account: a parent account can manage all of its children.
    pub fn for_account(&self, child: u64) -> Self {
        Self { key: Arc::clone(&self.key), account: child.to_string(), state: Arc::default() }
    }

    /// The number of the account that is acted for.
    pub fn account_id(&self) -> &str {
        &self.account
    }

    /// The e-mail address of the key's account, if its file has one.
    pub fn account_email(&self) -> Option<&str> {
        self.key.email.as_deref()
    }

    /// The name of the key.
    pub fn key_id(&self) -> &str {
        &self.key.id
    }

    /// The token to send at this time, by this machine's clock. Whoever else needs one waits while it is signed, which
    /// takes about a millisecond.
    fn token(&self, now: i64) -> Result<Secret, Cause> {
        self.kept_or(now, |now| Signed::new(&self.key, &self.account, now).map_err(Cause::from))
    }

    /// The token that is kept, while it is good; else the one that is signed now.
    fn kept_or(&self, now: i64, sign: impl FnOnce(i64) -> Result<Signed, Cause>) -> Result<Secret, Cause> {
        let mut state = self.state();
        let now = now + state.ahead;
        if let Some(kept) = state.kept.as_ref().filter(|kept| kept.is_good(now)) {
            return Ok(kept.secret.clone());
        }
        let signed = sign(now)?;
        let secret = signed.secret.clone();
        state.kept = Some(signed);
        Ok(secret)
    }

    /// Forgets the token and follows the server's clock, unless another call has seen to it already. Whether another
    /// token may do: code 100 may mean that the key has not the role, too, so that it depends on the clocks.
    fn forget(&self, secret: &Secret, refusal: &Refusal, now: i64) -> bool {
        let mut state = self.state();
        if state.kept.as_ref().is_some_and(|kept| kept.secret == *secret) {
            let ahead = server_ahead(refusal, now).unwrap_or_default();
            if refusal.code() == Some("100") && (ahead - state.ahead).abs() <= NEAR {
                return false;
            }
            (state.kept, state.ahead) = (None, ahead);
        }
        true
    }

    /// What panicked elsewhere left the state whole: each change of it is an assignment.
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Credential for ServiceAccount {
    fn secret(&self) -> Boxed<'_, Result<Secret, Cause>> {
        Box::pin(std::future::ready(self.token(now())))
    }

    fn refused(&self, secret: &Secret, refusal: &Refusal) -> bool {
        self.forget(secret, refusal, now())
    }

    fn advice(&self, refusal: &Refusal) -> Option<String> {
        advice(refusal, now())
    }
}

/// Shows neither the key nor the token.
impl fmt::Debug for ServiceAccount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ServiceAccount")
            .field("account_id", &self.account)
            .field("key_id", &self.key.id)
            .finish_non_exhaustive()
    }
}

/// Seconds since 1970, by this machine's clock.
fn now() -> i64 {
    seconds(SystemTime::now())
}

fn seconds(time: SystemTime) -> i64 {
    let since = time.duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_secs()).unwrap_or(i64::MAX)
}

/// How many seconds the server's clock is ahead of this machine's, by the `Date` of its answer, if they differ notably.
fn server_ahead(refusal: &Refusal, now: i64) -> Option<i64> {
    let date = refusal.headers().get(http::header::DATE)?.to_str().ok()?;
    let ahead = seconds(httpdate::parse_http_date(date.trim()).ok()?) - now;
    (ahead.abs() > NEAR).then_some(ahead)
}

/// What to do where a token is refused although it was signed by the server's clock.
fn advice(refusal: &Refusal, now: i64) -> Option<String> {
    const MEND: &str = "set it, for example by NTP";
    match (server_ahead(refusal, now), refusal.code()) {
        // Another token was signed by the server's clock: it is not the clock.
        (_, Some("100")) => None,
        (Some(ahead), _) if ahead < 0 => {
            Some(format!("this machine's clock is {} s ahead of the server's: {MEND}", -ahead))
        }
        (Some(ahead), _) => Some(format!("this machine's clock is {ahead} s behind the server's: {MEND}")),
        (None, Some("455")) => Some(format!("this machine's clock seems to be ahead of the server's: {MEND}")),
        (None, Some("456")) => Some(format!("this machine's clock seems to be behind the server's: {MEND}")),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::key::Key;
    use super::token::Signed;
    use super::{Cause, ServiceAccount};
    use jsonwebtoken::EncodingKey;
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::thread;
    use std::time::Duration;

    fn account() -> ServiceAccount {
        let secret = EncodingKey::from_secret(b"it signs nothing here");
        ServiceAccount::new(Key { account: "1".into(), email: None, id: "key".into(), secret })
    }

    #[test]
    fn a_token_is_kept_and_signed_anew_early() {
        let account = account();
        let sign = |now: i64| Ok::<_, Cause>(Signed { secret: now.to_string().into(), from: now });
        let at = |now| account.kept_or(now, sign).unwrap();
        assert!(at(1000) == "1000".into() && at(1054) == "1000".into());
        assert!(at(1055) == "1055".into() && at(1109) == "1055".into(), "five seconds before its minute ends");
        assert!(account.for_account(2).kept_or(1109, sign).unwrap() == "1109".into(), "another account has its own");
    }

    #[test]
    fn whoever_needs_a_token_while_one_is_signed_gets_that_one() {
        let (account, signed) = (account(), AtomicUsize::new(0));
        let sign = |now: i64| {
            let count = signed.fetch_add(1, Ordering::SeqCst);
            thread::sleep(Duration::from_millis(50));
            Ok::<_, Cause>(Signed { secret: count.to_string().into(), from: now })
        };
        thread::scope(|scope| {
            (0..8).for_each(|_| drop(scope.spawn(|| assert!(account.kept_or(1000, sign).unwrap() == "0".into()))));
        });
        assert_eq!(signed.load(Ordering::SeqCst), 1);
    }
}
