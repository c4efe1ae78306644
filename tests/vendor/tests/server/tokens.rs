//! In: tokens, good and bad, and keys of several roles. Out: who may do what. Exact limits are tested beside the code.

use crate::http::{Caller, DESTINATION, SOURCE};
use serde_json::{Value, json};
use std::time::UNIX_EPOCH;
use voximplant_server::{Account, Key, Number, OTHER_PKCS8, OTHER_PUBLIC, Options, PKCS1, Role, Sms, sign};

/// Calls with a token of these claims, signed by that key.
fn code(caller: &Caller, key_id: &str, private: &str, claims: &Value) -> u64 {
    let token = sign(key_id, private, claims).unwrap();
    let url = caller.server.base_url() + "/GetPhoneNumbers";
    let request = crate::http::agent().get(url).header("authorization", format!("Bearer {token}"));
    crate::http::read(request.call().unwrap()).code()
}

#[test]
fn tokens_are_verified() {
    let caller = Caller::default();
    let id = Key::default().id;
    let now = caller.server.now();
    let good = json!({ "iss": "1", "iat": now - 5, "exp": now + 60 });
    for (code_expected, key, private, claims) in [
        (0, &*id, PKCS1, good.clone()),
        (100, &*id, OTHER_PKCS8, good.clone()),
        (100, "nobody", PKCS1, good),
        (100, &*id, PKCS1, json!({ "iss": 2, "iat": now, "exp": now + 60 })),
        (447, &*id, PKCS1, json!({ "iss": 1 })),
        (454, &*id, PKCS1, json!({ "iss": 1, "iat": now, "exp": now + 3601 })),
        (455, &*id, PKCS1, json!({ "iss": 1, "iat": now + 60, "exp": now + 120 })),
        (456, &*id, PKCS1, json!({ "iss": 1, "iat": now - 120, "exp": now - 60 })),
    ] {
        assert_eq!(code(&caller, key, private, &claims), code_expected, "{claims}");
    }
    let without = crate::http::agent().get(caller.server.base_url() + "/GetPhoneNumbers").call().unwrap();
    assert_eq!(crate::http::read(without).code(), 100);
    let caller = Caller { token: "<token>".to_owned(), ..caller };
    assert_eq!(caller.example().faults(), [(447, String::new())]);
}

#[test]
fn the_clock_can_be_wrong() {
    let caller = Caller::default();
    assert_eq!(caller.example().code(), 0);
    for (ahead, code) in [(-60, 455), (3500, 0), (3700, 456), (0, 0)] {
        caller.server.change(|options| options.clock_ahead = ahead);
        assert_eq!(caller.example().code(), code, "{ahead}");
        let answer = crate::http::agent().get(caller.server.base_url()).call().unwrap();
        let date = httpdate::parse_http_date(answer.headers()["date"].to_str().unwrap()).unwrap();
        let date = i64::try_from(date.duration_since(UNIX_EPOCH).unwrap().as_secs()).unwrap();
        assert!((0..=2).contains(&(caller.server.now() - date)), "the clock that it shows is its own");
    }
}

#[test]
fn credentials_open_the_account() {
    let server = Caller::default().server;
    let credentials: Value = serde_json::from_str(&server.credentials_json().unwrap()).unwrap();
    assert_eq!((&credentials["account_id"], &credentials["account_email"]), (&1.into(), &"someone@example.com".into()));
    let [id, key] = ["key_id", "private_key"].map(|name| credentials[name].as_str().unwrap());
    assert!(key.starts_with("-----BEGIN PRIVATE KEY-----\n"));
    let claims = json!({ "iss": 1, "iat": server.now(), "exp": server.now() + 60 });
    let token = sign(id, key, &claims).unwrap();
    assert_eq!(Caller { server, token }.example().code(), 0);
}

#[test]
fn a_key_can_be_added() {
    let key = Key {
        id: "other".to_owned(),
        public: OTHER_PUBLIC.to_owned(),
        private: OTHER_PKCS8.to_owned(),
        ..Key::default()
    };
    assert_eq!(Caller::new(Options { keys: vec![key.clone()], ..Options::default() }).example().code(), 0);
    let key = Key { public: OTHER_PKCS8.replace('M', "N"), ..key };
    let options = Options { keys: vec![key], ..Options::default() };
    assert!(
        voximplant_server::VoximplantServer::start(options).unwrap_err().to_string().starts_with("public key other: ")
    );
}

#[test]
fn a_private_key_is_not_shown() {
    let shown = format!("{:?}", Options::default());
    assert!(shown.contains(&Key::default().id) && !shown.contains("PRIVATE"), "{shown}");
}

#[test]
fn a_key_opens_child_accounts() {
    let child =
        Account { id: 7, balance: 50_000, numbers: vec![Number::new("15550100", Sms::Enabled)], ..Account::default() };
    let mut caller = Caller::new(Options { children: vec![child], ..Options::default() });
    let now = caller.server.now();
    caller.token = sign(&Key::default().id, PKCS1, &json!({ "iss": "7", "iat": now, "exp": now + 60 })).unwrap();
    assert_eq!(caller.example().code(), 386, "the parent's number is not the child's");
    let sent =
        caller.call("SendSmsMessage", &[("source", "15550100"), ("destination", DESTINATION), ("sms_body", "a")]);
    assert_eq!(sent.code(), 0);
    let options = caller.server.options();
    assert_eq!((options.children[0].balance, options.account), (50_000 - options.price, Account::default()));
    assert_eq!(caller.call("GetSmsHistory", &[]).json()["total_count"], 1);
    caller.token = caller.server.token().unwrap();
    assert_eq!(caller.call("GetSmsHistory", &[]).json()["total_count"], 0);
}

#[test]
fn commands_ask_for_roles() {
    let a2p = [("src_number", SOURCE), ("dst_numbers", DESTINATION), ("text", "a")];
    let control = [("phone_number", SOURCE), ("command", "enable")];
    let may = |roles: &[Role]| {
        let keys = vec![Key { roles: roles.to_owned(), ..Key::default() }];
        let caller = Caller::new(Options { keys, ..Options::default() });
        let answers = [
            caller.example(),
            caller.call("A2PSendSms", &a2p),
            caller.call("ControlSms", &control),
            caller.call("GetSmsHistory", &[]),
            caller.call("A2PGetSmsHistory", &[]),
            caller.call("GetPhoneNumbers", &[]),
        ];
        answers.map(|answer| match answer.code() {
            0 => true,
            100 => false,
            code => panic!("{code}"),
        })
    };
    assert_eq!(may(&[]), [false, false, false, false, false, true]);
    assert_eq!(may(&[Role::Scenarios]), may(&[]));
    assert_eq!(may(&[Role::Owner]), [true, false, true, true, true, true]);
    assert_eq!(may(&[Role::Admin]), may(&[Role::Owner]));
    assert_eq!(may(&[Role::Developer]), [true, false, true, true, false, true]);
    assert_eq!(may(&[Role::Accountant]), [false, false, true, true, false, true]);
    assert_eq!(may(&[Role::Supervisor]), [false, false, false, true, false, true]);
    assert_eq!(may(&[Role::CallsSms]), [true, true, false, true, true, true]);
    assert_eq!(may(&[Role::CallsSms, Role::Owner]), [true; 6]);
}
