//! In: an `Authorization` header. Out: whether it holds a token of the account, by the rules of the vendor's page on
//! authorization: a JWT (RFC 7519) with `kid`, `iss`, `iat` and `exp`, good for at most an hour.

use super::fault::{
    AUTHORIZATION_FAILED, Fault, INVALID_TOKEN_FORMAT, INVALID_TOKEN_TTL, TOKEN_EXPIRED, TOKEN_ISSUED_IN_FUTURE,
};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// The longest life of a token, in seconds.
const LONGEST: i64 = 3600;

/// A token without a signature that means anything.
pub(super) fn issue(account: i64, from: SystemTime, life: Duration) -> String {
    let header = json!({ "alg": "RS256", "typ": "JWT", "kid": "no-key" });
    let claims = json!({ "iss": account, "iat": seconds(from), "exp": seconds(from + life) });
    let [header, claims] = [header, claims].map(|part| URL_SAFE_NO_PAD.encode(part.to_string()));
    format!("{header}.{claims}.{}", URL_SAFE_NO_PAD.encode("no signature"))
}

/// Whether the header opens the account. The signature is not checked.
pub(super) fn check(header: Option<&str>, account: i64, now: SystemTime) -> Result<(), Fault> {
    let token = header.and_then(bearer).ok_or(AUTHORIZATION_FAILED)?;
    let claims = claims(token).ok_or(INVALID_TOKEN_FORMAT)?;
    let now = seconds(now);
    if claims.to - claims.from > LONGEST {
        Err(INVALID_TOKEN_TTL)
    } else if claims.from > now {
        Err(TOKEN_ISSUED_IN_FUTURE)
    } else if claims.to <= now {
        Err(TOKEN_EXPIRED)
    } else if claims.account != account {
        Err(AUTHORIZATION_FAILED)
    } else {
        Ok(())
    }
}

/// What follows the word `Bearer`, in any case (RFC 9110, section 11.1).
fn bearer(header: &str) -> Option<&str> {
    let (scheme, token) = header.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then_some(token)
}

struct Claims {
    account: i64,
    /// In seconds since 1970, like `to`.
    from: i64,
    to: i64,
}

/// Reads a token. The account may be a number or text: the vendor's SDKs send both.
fn claims(token: &str) -> Option<Claims> {
    let [header, claims, _] = token.split('.').collect::<Vec<_>>().try_into().ok()?;
    let [header, claims] = [json(header)?, json(claims)?];
    if header["alg"] != "RS256" || !header["kid"].is_string() {
        return None;
    }
    let account = &claims["iss"];
    Some(Claims {
        account: account.as_i64().or_else(|| account.as_str()?.parse().ok())?,
        from: claims["iat"].as_i64()?,
        to: claims["exp"].as_i64()?,
    })
}

fn json(part: &str) -> Option<Value> {
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(part).ok()?).ok()
}

fn seconds(time: SystemTime) -> i64 {
    time.duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs().try_into().unwrap_or(i64::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What becomes of a token from that second on, of that life, at second 10 000.
    fn judge(account: i64, from: u64, life: u64) -> Result<(), Fault> {
        let at = |second| UNIX_EPOCH + Duration::from_secs(second);
        check(Some(&format!("Bearer {}", issue(account, at(from), Duration::from_secs(life)))), 1, at(10_000))
    }

    #[test]
    fn a_token_is_good_while_it_lives() {
        assert_eq!(judge(1, 10_000, 1), Ok(()));
        assert_eq!(judge(1, 6_401, 3600), Ok(()));
        assert_eq!(judge(1, 6_400, 3600), Err(TOKEN_EXPIRED));
        assert_eq!(judge(1, 10_001, 60), Err(TOKEN_ISSUED_IN_FUTURE));
        assert_eq!(judge(1, 10_000, 3601), Err(INVALID_TOKEN_TTL));
        assert_eq!(judge(2, 10_000, 60), Err(AUTHORIZATION_FAILED));
    }

    #[test]
    fn what_is_no_token_is_said_to_be_none() {
        for (header, fault) in [
            (None, AUTHORIZATION_FAILED),
            (Some("Basic YTpi"), AUTHORIZATION_FAILED),
            (Some("Bearer"), AUTHORIZATION_FAILED),
            (Some("Bearer <token>"), INVALID_TOKEN_FORMAT),
            (Some("Bearer a.b.c"), INVALID_TOKEN_FORMAT),
            (Some("Bearer e30.e30.e30"), INVALID_TOKEN_FORMAT),
        ] {
            assert_eq!(check(header, 1, UNIX_EPOCH), Err(fault), "{header:?}");
        }
    }
}
