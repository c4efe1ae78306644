//! In: an `Authorization` header. Out: whose account it opens, by the rules of the vendor's page on authorization: a
//! JWT (RFC 7519), signed by RS256, with `kid`, `iss`, `iat` and `exp`, good for at most an hour.

use crate::account::Key;
use crate::fault::{Fault, fault};
use crate::options::Options;
use jsonwebtoken::errors::ErrorKind;
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation};
use serde_json::Value;

/// The longest life of a token, in seconds.
const LONGEST: f64 = 3600.0;

/// Who calls.
#[derive(Debug)]
pub(crate) struct Caller<'o> {
    /// The account that is called for.
    pub(crate) account: i64,
    /// The key that signed.
    pub(crate) key: &'o Key,
}

/// Signs a token with any claims, right or wrong; `private` is PKCS#8 or PKCS#1 in PEM.
///
/// # Errors
/// When that is no RSA key.
pub fn sign(key_id: &str, private: &str, claims: &Value) -> Result<String, jsonwebtoken::errors::Error> {
    let header = Header { kid: Some(key_id.to_owned()), ..Header::new(Algorithm::RS256) };
    jsonwebtoken::encode(&header, claims, &EncodingKey::from_rsa_pem(private.as_bytes())?)
}

/// Whom the header lets in at this time, in seconds since 1970.
pub(crate) fn check<'o>(header: Option<&str>, options: &'o Options, now: i64) -> Result<Caller<'o>, Fault> {
    let token = header.and_then(bearer).ok_or_else(|| fault(100))?;
    let malformed = || fault(447);
    let head = jsonwebtoken::decode_header(token).map_err(|_| malformed())?;
    let id = head.kid.ok_or_else(malformed)?;
    let key = options.keys.iter().find(|key| key.id == id).ok_or_else(|| fault(100))?;
    let claims = Claims::read(&verify(token, key)?).ok_or_else(malformed)?;
    claims.check(now)?;
    let account = options.account(claims.issuer).ok_or_else(|| fault(100))?;
    Ok(Caller { account: account.id, key })
}

/// What follows the word `Bearer`, in any case (RFC 9110, section 11.1).
fn bearer(header: &str) -> Option<&str> {
    let (scheme, token) = header.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then_some(token)
}

/// The claims, if the key signed them. Their times are checked elsewhere: the server has a clock of its own.
fn verify(token: &str, key: &Key) -> Result<Value, Fault> {
    let mut rules = Validation::new(Algorithm::RS256);
    rules.required_spec_claims.clear();
    (rules.validate_exp, rules.validate_aud) = (false, false);
    let public = DecodingKey::from_rsa_pem(key.public.as_bytes()).map_err(|_| fault(100))?;
    jsonwebtoken::decode(token, &public, &rules).map(|data| data.claims).map_err(|error| match error.kind() {
        ErrorKind::InvalidSignature => fault(100),
        _ => fault(447),
    })
}

struct Claims {
    issuer: i64,
    /// In seconds since 1970, maybe with a fraction (RFC 7519, section 2), like `to`.
    from: f64,
    to: f64,
}

impl Claims {
    /// The issuer may be a number or text: the vendor's SDKs send both.
    fn read(claims: &Value) -> Option<Self> {
        let issuer = &claims["iss"];
        Some(Self {
            issuer: issuer.as_i64().or_else(|| issuer.as_str()?.parse().ok())?,
            from: claims["iat"].as_f64()?,
            to: claims["exp"].as_f64()?,
        })
    }

    #[expect(clippy::cast_precision_loss, reason = "seconds are far below 2^53")]
    fn check(&self, now: i64) -> Result<(), Fault> {
        let now = now as f64;
        if self.to - self.from > LONGEST {
            Err(fault(454))
        } else if self.from > now {
            Err(fault(455))
        } else if self.to <= now {
            Err(fault(456))
        } else {
            Ok(())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::account::{Account, OTHER_PKCS8, PKCS1, PKCS8};
    use serde_json::json;

    const NOW: i64 = 10_000;

    /// The account that it opens, or the code of the error.
    fn judge(header: Option<&str>) -> Result<i64, u16> {
        let options = Options { children: vec![Account { id: 7, ..Account::default() }], ..Options::default() };
        check(header, &options, NOW).map(|caller| caller.account).map_err(|fault| fault.code())
    }

    fn signed(private: &str, claims: &Value) -> Result<i64, u16> {
        judge(Some(&format!("Bearer {}", sign(&Key::default().id, private, claims).unwrap())))
    }

    #[test]
    fn a_token_is_good_while_it_lives() {
        let life = |iat: i64, exp: i64| signed(PKCS8, &json!({ "iss": 1, "iat": iat, "exp": exp }));
        assert_eq!(life(NOW, NOW + 1), Ok(1));
        assert_eq!(life(NOW - 3599, NOW + 1), Ok(1));
        assert_eq!(life(NOW - 3600, NOW), Err(456));
        assert_eq!(life(NOW + 1, NOW + 60), Err(455));
        assert_eq!(life(NOW, NOW + 3601), Err(454));
    }

    #[test]
    fn the_issuer_is_the_account_or_its_child() {
        let issuer = |iss: Value| signed(PKCS1, &json!({ "iss": iss, "iat": NOW - 5, "exp": 10_024.5 }));
        for (iss, opened) in [
            (json!(1), Ok(1)),
            (json!("1"), Ok(1)),
            (json!("7"), Ok(7)),
            (json!(2), Err(100)),
            (json!("someone@example.com"), Err(447)),
            (json!(null), Err(447)),
        ] {
            assert_eq!(issuer(iss.clone()), opened, "{iss}");
        }
        assert_eq!(signed(PKCS8, &json!({ "iss": 1, "exp": NOW + 9 })), Err(447), "without iat");
        assert_eq!(signed(PKCS8, &json!({ "iss": 1, "iat": NOW })), Err(447), "without exp");
    }

    #[test]
    fn only_the_key_that_is_named_opens() {
        let claims = json!({ "iss": 1, "iat": NOW, "exp": NOW + 9 });
        assert_eq!(signed(OTHER_PKCS8, &claims), Err(100));
        assert_eq!(judge(Some(&format!("Bearer {}", sign("other", PKCS8, &claims).unwrap()))), Err(100));
    }

    #[test]
    fn what_is_no_token_is_said_to_be_none() {
        let hs256 = EncodingKey::from_secret(PKCS8.as_bytes());
        let header = Header { kid: Some(Key::default().id), ..Header::default() };
        let hs256 = jsonwebtoken::encode(&header, &json!({ "iss": 1, "iat": NOW, "exp": NOW + 9 }), &hs256).unwrap();
        let unnamed = EncodingKey::from_rsa_pem(PKCS8.as_bytes()).unwrap();
        let unnamed = jsonwebtoken::encode(&Header::new(Algorithm::RS256), &json!({ "iss": 1 }), &unnamed).unwrap();
        for (header, code) in [
            (None, 100),
            (Some("Basic YTpi"), 100),
            (Some("Bearer"), 100),
            (Some("Bearer <token>"), 447),
            (Some("Bearer a.b.c"), 447),
            (Some("Bearer e30.e30.e30"), 447),
            (Some(&*format!("Bearer {hs256}")), 447),
            (Some(&*format!("Bearer {unnamed}")), 447),
        ] {
            assert_eq!(judge(header), Err(code), "{header:?}");
        }
    }
}
