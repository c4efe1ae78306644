//! In: base URLs and default headers. Out: what the builder makes of them, and what it refuses.

use crate::probe::{builder, request_by};
use crate::runtime::{Api, Builder, Call, Error, blocking};
use http::Method;

fn url(base: &str) -> String {
    request_by(builder().base_url(base), Method::GET, "/pets", |_| Ok(())).unwrap().uri().to_string()
}

#[test]
fn a_path_is_joined_with_one_slash() {
    assert_eq!(url("https://h"), "https://h/pets");
    assert_eq!(url("https://h/"), "https://h/pets");
    assert_eq!(url("https://h:8443/a/b"), "https://h:8443/a/b/pets");
    assert_eq!(url("HTTP://[::1]:80/a/b/"), "http://[::1]/a/b/pets");
    assert_eq!(url("https://H.example.com.:0443/a%2Fb//"), "https://h.example.com./a%2Fb/pets");
}

#[test]
fn a_wrong_base_url_is_refused_when_the_client_is_built() {
    for wrong in [
        "",
        "h",
        "/v1",
        "ftp://h",
        "https://",
        "https://h/?a=b",
        "https://h/#x",
        "https://u:s3cret@h",
        "https://h h",
        "https://@h",
        "https:h",
        "https:/h",
        "https:///h",
        "https://h:",
        "https://h:x",
        "https://h:65536",
        "https://h:-1",
        "https://h:+1",
        "https://[::1",
        "https://::1",
        "https://[::1]:",
        "https://[::1]x",
        "https://h\\x",
        "https:\\\\h",
        "https://h\t",
        " https://h",
        "https://h\n",
        "https://h\0",
        "https://a\u{3002}b",
        "https://\u{ff41}",
        "https://\u{e9}",
        "https://h/\u{e9}",
        "https://h/a b",
        "https://h/a\"",
        "https://%61",
        "https://a%2eb",
        "https://a%2fb",
        "https://.h",
        "https://a..b",
        "https://127.1",
        "https://0x7f000001",
        "https://2130706433",
        "https://h/..",
        "https://h/a/./b",
        "https://h/%2e%2E/b",
        "https://h/.%2e",
        "https://a<b",
        "https://a|b",
        "https://a^b",
        "https://xn--a",
    ] {
        let error = builder().base_url(wrong).build().unwrap_err();
        assert!(matches!(error, Error::Request(_)), "{wrong}: {error:?}");
        assert!(error.to_string().starts_with("nothing was sent: base URL: "), "{wrong}: {error}");
        assert!(!format!("{error} {error:?}").contains("s3cret"), "{error:?}");
    }
}

#[test]
fn a_missing_base_url_is_asked_for() {
    static API: Api = Api { user_agent: "x/1", server: None, own_servers: false, schemes: &[], envelope: None };
    let error = Builder::<blocking::Client>::new(&API).build().unwrap_err();
    assert!(error.to_string().contains("call `.base_url(..)`"), "{error}");
    static RELATIVE: Api =
        Api { user_agent: "x/1", server: Some("/api/v3"), own_servers: false, schemes: &[], envelope: None };
    let error = Builder::<blocking::Client>::new(&RELATIVE).build().unwrap_err();
    let expected = "base URL: the server of the API's description, `/api/v3`, is relative to where that stands, \
                    which is not known: call `.base_url(..)` with the absolute URL";
    assert!(error.to_string().ends_with(expected), "{error}");
    let given = Builder::<blocking::Client>::new(&RELATIVE).base_url("https://h/api/v3");
    assert_eq!(request_by(given, Method::GET, "/pets", |_| Ok(())).unwrap().uri().to_string(), "https://h/api/v3/pets");
}

#[test]
fn default_headers_are_sent_and_checked() {
    let settings = builder().user_agent("mine/2").header("X-Tenant", "7");
    let request = request_by(settings, Method::GET, "/", |_| Ok(())).unwrap();
    assert_eq!(request.headers()["user-agent"], "mine/2");
    assert_eq!(request.headers()["x-tenant"], "7");
    for (name, value) in [("bad name", "v"), ("x-ok", "line\r\nbreak"), ("x-ok", "é")] {
        let error = builder().header(name, value).build().unwrap_err().to_string();
        assert!(error.contains(&format!("header `{name}`")) && !error.contains("break"), "{error}");
    }
}

#[test]
fn what_an_operation_sets_goes_before_a_default() {
    let settings = builder().header("X-Tenant", "7");
    let request = request_by(settings, Method::GET, "/", |call| call.header("X-Tenant", false, &"8")).unwrap();
    assert_eq!(request.headers().get_all("x-tenant").iter().collect::<Vec<_>>(), ["8"]);
}

#[test]
fn an_operation_has_a_server_of_its_own_unless_the_user_gives_one() {
    let url = |builder| {
        let call = |call: &mut Call| {
            call.server("https://own.example.com/x");
            Ok(())
        };
        request_by(builder, Method::GET, "/pets", call).unwrap().uri().to_string()
    };
    assert_eq!(url(builder()), "https://own.example.com/x/pets");
    assert_eq!(url(builder().base_url("http://h")), "http://h/pets");
}

#[test]
fn an_operation_with_a_relative_server_is_sent_nowhere_until_a_base_is_given() {
    let relative = |builder| {
        request_by(builder, Method::GET, "/pets", |call| {
            call.server("/relative");
            Ok(())
        })
    };
    let error = relative(builder()).unwrap_err();
    assert!(matches!(error, Error::Request(_)) && error.to_string().contains("`/relative`, is relative"), "{error}");
    assert_eq!(relative(builder().base_url("http://h")).unwrap().uri().to_string(), "http://h/pets");
    // What the user chose may be a secret, and is not shown.
    let error = request_by(builder(), Method::GET, "/pets", |call| {
        call.server("/s3cret".to_owned());
        Ok(())
    });
    let error = error.unwrap_err().to_string();
    assert!(error.contains("it must begin with `https://`") && !error.contains("s3cret"), "{error}");
}

#[test]
fn where_some_operations_have_servers_the_others_ask_for_one() {
    static API: Api = Api { user_agent: "x/1", server: None, own_servers: true, schemes: &[], envelope: None };
    let request = |own: bool| {
        request_by(Builder::<blocking::Client>::new(&API), Method::GET, "/pets", move |call| {
            if own {
                call.server("https://own.example.com");
            }
            Ok(())
        })
    };
    assert_eq!(request(true).unwrap().uri().to_string(), "https://own.example.com/pets");
    let error = request(false).unwrap_err();
    assert!(error.to_string().contains("call `.base_url(..)`"), "{error}");
}
