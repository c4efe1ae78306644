//! In: answers that refuse. Out: errors that keep all of the answer.

use crate::clients::both;
use crate::servers;
use std::time::Duration;
use voximplant_client::Error;

const JSON: (&str, &str) = ("content-type", "application/json");

#[test]
fn an_error_inside_a_200_is_an_error() {
    let body = r#"{"error":{"code":386,"msg":"SMS disabled for number","field_name":"source"},
        "errors":[{"code":386,"msg":"SMS disabled for number"},{"code":121,"msg":"Invalid phone number"}]}"#;
    let server = servers::answering(200, &[JSON, ("x-request-id", "r-7")], body);
    for (client, sent) in both(&server.url("")) {
        let error = sent.unwrap_err();
        assert_eq!(error.status().unwrap(), 200);
        assert_eq!(error.body().unwrap(), body);
        assert_eq!(error.request_id(), Some("r-7"));
        assert!(!error.is_retryable());
        let text = "the API answered with error 386: SMS disabled for number (HTTP 200, 2 errors)";
        assert_eq!(error.to_string(), text, "{client}");
        let Error::Api(error) = error else { panic!("{client}: {error:?}") };
        assert_eq!((error.code(), error.message()), (Some(386), Some("SMS disabled for number")));
        assert_eq!(error.main().raw()["field_name"], "source");
        let all: Vec<_> = error.errors().iter().map(|fault| (fault.code(), fault.message())).collect();
        let expected = [(Some(386), Some("SMS disabled for number")), (Some(121), Some("Invalid phone number"))];
        assert_eq!(all, expected);
    }
}

#[test]
fn an_error_beside_a_result_is_an_error() {
    let server = servers::json(r#"{"result":1,"message_id":7,"error":{"code":5,"msg":"Billing failed"}}"#);
    for (client, sent) in both(&server.url("")) {
        let Err(Error::Api(error)) = sent else { panic!("{client}: {sent:?}") };
        assert_eq!(error.code(), Some(5));
        assert_eq!(error.errors().len(), 1);
    }
}

#[test]
fn a_401_may_say_why() {
    let server = servers::answering(401, &[JSON], r#"{"error":{"code":100,"msg":"Authorization failed"}}"#);
    for (client, sent) in both(&server.url("")) {
        let error = sent.unwrap_err();
        assert_eq!(error.status().unwrap(), 401);
        assert_eq!(error.to_string(), "the API answered with error 100: Authorization failed (HTTP 401)", "{client}");
        assert!(matches!(error, Error::Api(_)), "{client}: {error:?}");
    }
}

#[test]
fn a_401_may_say_nothing() {
    let server = servers::answering(401, &[("www-authenticate", "Bearer")], "");
    for (client, sent) in both(&server.url("")) {
        let error = sent.unwrap_err();
        assert!(matches!(error, Error::Status(_)), "{client}: {error:?}");
        assert_eq!(error.status().unwrap(), 401);
        assert_eq!(error.headers().unwrap()["www-authenticate"], "Bearer");
        assert!(error.body().unwrap().is_empty());
        assert!(!error.is_retryable());
    }
}

#[test]
fn a_page_of_html_is_quoted_in_one_line() {
    let page = "<html>\n<body>502 Bad Gateway</body>\n</html>";
    for status in [500, 502, 503] {
        let server = servers::answering(status, &[("content-type", "text/html")], page);
        for (client, sent) in both(&server.url("")) {
            let error = sent.unwrap_err();
            assert!(matches!(error, Error::Status(_)), "{client}: {error:?}");
            assert_eq!(error.status().unwrap(), status);
            assert_eq!(error.body().unwrap(), page);
            assert_eq!(error.is_retryable(), status == 503, "{client}: the server may have sent the message");
            let text = error.to_string();
            assert!(text.contains("502 Bad Gateway") && !text.contains('\n'), "{client}: {text}");
        }
    }
}

#[test]
fn too_many_requests_says_when_to_come_back() {
    let server = servers::answering(429, &[("retry-after", "7")], "too many concurrent requests");
    for (client, sent) in both(&server.url("")) {
        let error = sent.unwrap_err();
        assert_eq!(error.retry_after(), Some(Duration::from_secs(7)), "{client}");
        assert!(error.is_retryable());
    }
}

#[test]
fn a_redirect_is_not_followed_and_nobody_else_gets_the_token() {
    for status in [301, 302, 303, 307, 308] {
        let thief = servers::json("{}");
        let target = thief.url("/SendSmsMessage");
        let server = servers::answering(status, &[("location", &target)], "");
        for (client, sent) in both(&server.url("")) {
            let error = sent.unwrap_err();
            assert!(matches!(error, Error::Status(_)), "{client}: {error:?}");
            assert_eq!(error.status().unwrap(), status);
            assert_eq!(error.headers().unwrap()["location"], target);
        }
        assert_eq!(server.requests().len(), 2, "each client calls once");
        assert!(thief.requests().is_empty());
    }
}
