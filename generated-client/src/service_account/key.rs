//! In: a `credentials.json`. Out: the key in it, or what is wrong, by file and field.

use super::token::sign;
use jsonwebtoken::EncodingKey;
use serde_json::Value;
use std::fmt;
use std::path::{Path, PathBuf};
use zeroize::Zeroizing;

/// The environment variable that holds the path of the file, in the vendor's SDKs, too.
pub(super) const VARIABLE: &str = "VOXIMPLANT_CREDENTIALS";

/// The private key of a service account, and whose it is. Its bytes are overwritten when it is dropped.
pub(super) struct Key {
    pub(super) account: String,
    pub(super) email: Option<String>,
    pub(super) id: String,
    pub(super) secret: EncodingKey,
}

pub(super) fn from_file(path: &Path) -> Result<Key, KeyError> {
    let of_file = |error: KeyError| KeyError { file: Some(path.to_owned()), ..error };
    let text = std::fs::read_to_string(path).map(Zeroizing::new);
    let text = text.map_err(|error| of_file(KeyError::new(None, format!("it cannot be read: {error}"))))?;
    from_json(&text).map_err(of_file)
}

pub(super) fn from_json(text: &str) -> Result<Key, KeyError> {
    let json: Value = serde_json::from_str(text.trim_start_matches('\u{feff}')).map_err(|error| {
        // The error's own words may repeat the text.
        let at = format!("it is no JSON: line {}, column {}", error.line(), error.column());
        KeyError::new(None, at)
    })?;
    let Value::Object(mut fields) = json else { return Err(KeyError::new(None, "it is no JSON object")) };
    // Taken first, so that it is overwritten whatever else is wrong.
    let pem = fields.remove("private_key").map(|pem| match pem {
        Value::String(pem) => Some(Zeroizing::new(pem)),
        _ => None,
    });
    let text = |field: &'static str| match fields.get(field) {
        Some(Value::String(text)) if !text.trim().is_empty() => Ok(text.trim().to_owned()),
        Some(Value::Number(number)) if field == "account_id" => Ok(number.to_string()),
        None => Err(KeyError::new(Some(field), "it is missing")),
        Some(_) => Err(KeyError::new(Some(field), "it is no text, or empty")),
    };
    let account = text("account_id")?;
    if !account.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(KeyError::new(Some("account_id"), "it is no whole number"));
    }
    let id = text("key_id")?;
    let email = fields.get("account_email").and_then(Value::as_str).map(str::to_owned);
    let wrong = |message: &str| KeyError::new(Some("private_key"), message);
    let pem = pem.ok_or_else(|| wrong("it is missing"))?.ok_or_else(|| wrong("it is no text"))?;
    Ok(Key { account, email, id, secret: secret(&pem).map_err(wrong)? })
}

/// Reads a key, and signs with it once: what is cut off or no private key is found here, not when the first request is
/// sent. The libraries' words are not repeated, for they may quote what they read.
fn secret(pem: &str) -> Result<EncodingKey, &'static str> {
    let pem = pem.trim();
    if !pem.starts_with("-----BEGIN ") {
        return Err("it is no PEM: it should begin with `-----BEGIN PRIVATE KEY-----`");
    }
    if pem.starts_with("-----BEGIN ENCRYPTED ") || pem.contains("Proc-Type:") {
        return Err("it is encrypted: decrypt it, for example with `openssl pkcs8`");
    }
    let kinds = ["-----BEGIN PRIVATE KEY-----", "-----BEGIN RSA PRIVATE KEY-----"];
    if !kinds.iter().any(|kind| pem.starts_with(kind)) {
        return Err("it is no private RSA key: a PEM of `PRIVATE KEY` (PKCS#8) or `RSA PRIVATE KEY` (PKCS#1) is");
    }
    let key = EncodingKey::from_rsa_pem(pem.as_bytes());
    let key = key.map_err(|_| "it cannot be read as an RSA key: it may be cut off, or of another kind")?;
    sign(&key, "{}", "{}").map_err(|_| "it cannot sign: it may be damaged, or shorter than 2048 bits")?;
    Ok(key)
}

/// What is wrong with the key of a service account. It shows nothing of the key.
#[derive(Debug)]
pub struct KeyError {
    file: Option<PathBuf>,
    field: Option<&'static str>,
    message: String,
}

impl KeyError {
    fn new(field: Option<&'static str>, message: impl Into<String>) -> Self {
        Self { file: None, field, message: message.into() }
    }

    pub(super) fn unset() -> Self {
        Self::new(None, format!("the environment variable `{VARIABLE}` should hold the path of a `credentials.json`"))
    }

    /// The file, if the key was read from one.
    pub fn file(&self) -> Option<&Path> {
        self.file.as_deref()
    }

    /// The field of the JSON, if it is one.
    pub fn field(&self) -> Option<&str> {
        self.field
    }
}

impl fmt::Display for KeyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the service account's key: ")?;
        if let Some(file) = &self.file {
            write!(f, "{}: ", file.display())?;
        }
        if let Some(field) = self.field {
            write!(f, "`{field}`: ")?;
        }
        f.write_str(&self.message)
    }
}

impl std::error::Error for KeyError {}
