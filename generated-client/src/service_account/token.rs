//! In: a key, an account and a time. Out: the token that opens the account, and until when it may be sent: `Signed`.

use super::key::Key;
use crate::Secret;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::crypto::aws_lc::DEFAULT_PROVIDER;
use jsonwebtoken::errors::Error;
use jsonwebtoken::{Algorithm, EncodingKey};
use serde_json::json;

/// How long a token lasts, in seconds. The vendor takes at most 3600.
const LIFE: i64 = 60;

/// How far before the clock's time a token is issued, in seconds, for servers whose clock is behind.
const BACK: i64 = 5;

/// How long before its end a token is signed anew, in seconds, so that it does not run out on its way.
const EARLY: i64 = 5;

/// A token, and when it was signed, in seconds since 1970.
pub(super) struct Signed {
    pub(super) secret: Secret,
    pub(super) from: i64,
}

impl Signed {
    /// # Errors
    /// When the key cannot sign.
    pub(super) fn new(key: &Key, account: &str, now: i64) -> Result<Self, Error> {
        let header = json!({ "alg": "RS256", "typ": "JWT", "kid": key.id });
        let claims = json!({ "iss": account, "iat": now - BACK, "exp": now + LIFE });
        let secret = Secret::new(sign(&key.secret, &header.to_string(), &claims.to_string())?);
        Ok(Self { secret, from: now })
    }

    /// Whether it may be sent at this time. Not so where the clock was set back since: its `iat` may be in the future.
    pub(super) fn is_good(&self, now: i64) -> bool {
        (self.from..self.from + LIFE - EARLY).contains(&now)
    }
}

/// A JWT (RFC 7519) of these two parts. The backend is named, not the process's default one: there is none where
/// another package in the program has asked for another backend, too.
///
/// # Errors
/// When the key is none or too short.
pub(super) fn sign(key: &EncodingKey, header: &str, claims: &str) -> Result<String, Error> {
    let [header, claims] = [header, claims].map(|part| URL_SAFE_NO_PAD.encode(part));
    let message = format!("{header}.{claims}");
    let signer = (DEFAULT_PROVIDER.signer_factory)(&Algorithm::RS256, key)?;
    let signature = signer.try_sign(message.as_bytes())?;
    Ok(format!("{message}.{}", URL_SAFE_NO_PAD.encode(signature)))
}

#[cfg(test)]
mod tests {
    use super::Signed;

    #[test]
    fn a_token_is_signed_anew_before_its_end_and_when_the_clock_is_set_back() {
        let signed = Signed { secret: "a.b.c".into(), from: 1000 };
        for (now, is_good) in [(999, false), (1000, true), (1054, true), (1055, false), (1060, false)] {
            assert_eq!(signed.is_good(now), is_good, "{now}");
        }
    }
}
