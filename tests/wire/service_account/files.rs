//! In: `credentials.json` files, whole and broken. Out: the account, or an error that names file and field, and no key.

use super::credentials;
use serde_json::{Value, json};
use std::path::Path;
use std::process::Command;
use voximplant_client::{KeyError, ServiceAccount};
use voximplant_server::{PKCS1, PKCS8, PUBLIC};

/// The error shows nothing of the key.
fn safe(error: &KeyError) -> String {
    let text = error.to_string();
    let shown = format!("{text} {error:?} {error:#?}");
    for line in PKCS8.lines().chain(PKCS1.lines()).filter(|line| !line.starts_with("-----")) {
        let start = line.get(..16).unwrap_or(line);
        assert!(line.len() < 8 || !shown.contains(start), "{shown}");
    }
    text
}

fn refused(text: &str) -> (Option<String>, String) {
    let error = ServiceAccount::from_json(text).unwrap_err();
    (error.field().map(str::to_owned), safe(&error))
}

#[test]
fn each_field_is_named_where_it_is_wrong() {
    let with = |field: &str, value: Value| {
        let mut json: Value = serde_json::from_str(&credentials(1.into(), PKCS8)).unwrap();
        json[field] = value;
        json.to_string()
    };
    let without = |field: &str| {
        let mut json: Value = serde_json::from_str(&credentials(1.into(), PKCS8)).unwrap();
        json.as_object_mut().unwrap().remove(field);
        json.to_string()
    };
    for field in ["account_id", "key_id", "private_key"] {
        let expected = format!("the service account's key: `{field}`: it is missing");
        assert_eq!(refused(&without(field)), (Some(field.to_owned()), expected));
        for value in [Value::Null, json!([1]), json!("  ")] {
            assert_eq!(refused(&with(field, value.clone())).0.as_deref(), Some(field), "{value}");
        }
    }
    for value in [json!(1.5), json!(-1), json!("one")] {
        assert!(refused(&with("account_id", value)).1.ends_with("`account_id`: it is no whole number"));
    }
    assert!(ServiceAccount::from_json(&without("account_email")).unwrap().account_email().is_none());
}

#[test]
fn what_is_no_json_object_is_said_without_quoting_it() {
    assert_eq!(refused("[]"), (None, "the service account's key: it is no JSON object".to_owned()));
    let text = credentials(1.into(), PKCS8);
    for broken in ["", "credentials", &text[..text.len() - 1], &text[..900], &text.replace(',', ";")] {
        let (field, message) = refused(broken);
        assert!(field.is_none() && message.starts_with("the service account's key: it is no JSON: line "), "{message}");
    }
    assert!(ServiceAccount::from_json(&format!("\u{feff}{text}")).is_ok(), "some editors begin a file so");
}

#[test]
fn a_key_that_is_cut_off_or_none_is_said() {
    let of = |key: &str| {
        let (field, message) = refused(&credentials(1.into(), key));
        assert_eq!(field.as_deref(), Some("private_key"), "{message}");
        message
    };
    for key in [PKCS8, PKCS1] {
        let lines: Vec<_> = key.lines().collect();
        for end in 0..lines.len() - 1 {
            // With the last line, and without it.
            of(&lines[..end].join("\n"));
            of(&[&lines[..end], &lines[lines.len() - 1..]].concat().join("\n"));
        }
        for byte in (40..key.len() - 40).step_by(97) {
            of(&format!("{}{}", &key[..byte], &key[byte + 9..]));
        }
    }
    assert!(of("c2VjcmV0").contains("it is no PEM"));
    assert!(of(PUBLIC).contains("it is no private RSA key"));
    assert!(of(&PKCS8.replace("PRIVATE", "ENCRYPTED PRIVATE")).contains("it is encrypted"));
    assert!(of(&PKCS1.replace("KEY-----\nMII", "KEY-----\nProc-Type: 4,ENCRYPTED\n\nMII")).contains("it is encrypted"));
    let elliptic = "-----BEGIN PRIVATE KEY-----\n\
        MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgAAAAAAAAAAAAAAAA\n\
        AAAAAAAAAAAAAAAAAAAAAAAAAAGhRANCAARrF9Hy4SxCR/i85uVjpEDydwN9gS3r\n\
        M6D0oTlF2JjClk/jQuL+Gn+bjufrSnwPnhYrzjNXazFezsu2QGg3v1H1\n-----END PRIVATE KEY-----\n";
    assert!(of(elliptic).contains("of another kind"));
}

#[test]
fn a_file_is_named_where_it_is_wrong() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("credentials.json");
    let error = ServiceAccount::from_file(&path).unwrap_err();
    assert_eq!((error.file(), error.field()), (Some(path.as_path()), None));
    let text = error.to_string();
    assert!(text.contains("credentials.json: it cannot be read: "), "{text}");

    std::fs::write(&path, credentials(1.into(), "-----BEGIN PRIVATE KEY-----\nMIIE")).unwrap();
    let error = ServiceAccount::from_file(&path).unwrap_err();
    assert_eq!((error.file(), error.field()), (Some(path.as_path()), Some("private_key")));
    let text = safe(&error);
    assert!(text.contains("credentials.json: `private_key`: it cannot be read as an RSA key"), "{text}");

    std::fs::write(&path, credentials(1.into(), PKCS1)).unwrap();
    assert_eq!(ServiceAccount::from_file(&path).unwrap().account_id(), "1");
}

/// The environment is the process's: each case is one of its own, this test's only.
#[test]
fn the_environment_names_the_file() {
    const CASE: &str = "OASMITH_TEST_OF_ENVIRONMENT";
    if std::env::var_os(CASE).is_some() {
        match ServiceAccount::from_env() {
            Ok(account) => println!("account {}", account.account_id()),
            Err(error) => println!("{error}"),
        }
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("any-name.json");
    std::fs::write(&path, credentials(7.into(), PKCS8)).unwrap();
    let unset = "the environment variable `VOXIMPLANT_CREDENTIALS` should hold the path of a `credentials.json`";
    let missing = Path::new("no-such-file.json");
    let cases = [
        (Some(path.as_path()), "account 7"),
        (None, unset),
        (Some(Path::new("")), unset),
        (Some(missing), "no-such-file.json: it cannot be read"),
    ];
    for (value, expected) in cases {
        let mut child = Command::new(std::env::current_exe().unwrap());
        child.args(["--exact", "--nocapture", "service_account::files::the_environment_names_the_file"]).env(CASE, "1");
        match value {
            Some(path) => child.env("VOXIMPLANT_CREDENTIALS", path),
            None => child.env_remove("VOXIMPLANT_CREDENTIALS"),
        };
        let said = String::from_utf8(child.output().unwrap().stdout).unwrap();
        assert!(said.contains(expected), "{value:?}: {said}");
    }
}
