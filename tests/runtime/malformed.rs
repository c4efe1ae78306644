//! In: servers that give no HTTP, or another amount than they say, redirects, files that change, and times without end. Out: what
//! both clients say of it: never that nothing was sent when something was, and never that all is well.

use crate::probe::{self, Probe};
use crate::runtime::{Body, Call, Caller, Error, Failure, File, Password, Reqwest, Retry, Token, Ureq};
use crate::script::{Script, Step, send};
use crate::server::wait;
use bytes::Bytes;
use http::{Method, Response};
use std::collections::BTreeMap;
use std::io::Write;
use std::time::Duration;

type Sent = Result<Response<Bytes>, Error>;

fn call(method: Method) -> Probe<impl Fn() -> Result<Call, Error>> {
    Probe(move || Ok(Call::new(method.clone(), "/x")))
}

/// What both clients make of these connections, and how many requests came.
fn both(method: Method, connections: &[Vec<Step>], retry: Retry) -> [(Sent, usize); 2] {
    let [a, b] = [(); 2].map(|()| Script::new(connections.to_vec()));
    let one = probe::async_builder().base_url(&a.url).retry(retry).timeout(Duration::from_secs(10)).build().unwrap();
    let two = probe::builder().base_url(&b.url).retry(retry).timeout(Duration::from_secs(10)).build().unwrap();
    let sent = wait(async { one.send(call(method.clone())).await });
    let other = two.send(call(method));
    [(sent, a.requests().len()), (other, b.requests().len())]
}

fn failure(sent: &Sent) -> Failure {
    match sent.as_ref().unwrap_err() {
        Error::Transport(error) => error.failure(),
        other => panic!("{other}"),
    }
}

#[test]
fn what_is_no_http_is_no_response_and_may_have_acted() {
    let many = format!("HTTP/1.1 200 OK\r\n{}\r\n", "X-Many: 1\r\n".repeat(300));
    let large = format!("HTTP/1.1 200 OK\r\nX-Large: {}\r\n\r\n", "x".repeat(1 << 20));
    for garbage in [
        "garbage\r\n\r\n",
        "SSH-2.0-OpenSSH_9.6\r\n",
        "HTTP/1.1 abc OK\r\n\r\n",
        "HTTP/1.1 99 OK\r\n\r\n",
        "HTTP/9.9 200 OK\r\n\r\n",
        "<html>HTTP/0.9</html>\r\n\r\n",
        "HTTP/1.1 200 OK\r\nno colon here\r\n\r\n",
        "HTTP/1.1 200 OK\r\nX Y: 1\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
        "HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\nab",
        &many,
        &large,
    ] {
        let connections = [vec![send(garbage)], vec![send(garbage)], vec![send(garbage)]];
        for (sent, requests) in both(Method::POST, &connections, Retry::times(2).first_wait(Duration::ZERO)) {
            // ureq takes the last of several lengths, or none, for the length.
            if garbage.contains("Content-Length") && sent.is_ok() {
                panic!("{garbage}: {sent:?}");
            }
            let error = sent.as_ref().unwrap_err().to_string();
            assert!(matches!(failure(&sent), Failure::Malformed | Failure::Closed), "{}: {error}", &garbage[..17]);
            assert!(!error.contains("could not be sent") && !error.contains("nothing was sent"), "{error}");
            assert_eq!(requests, 1, "a POST is not sent again: {error}");
        }
        for (_, requests) in both(Method::GET, &connections, Retry::times(2).first_wait(Duration::ZERO)) {
            assert_eq!(requests, 3, "{garbage:.20}");
        }
    }
    for (sent, _) in both(Method::POST, &[vec![send("garbage\r\n\r\n")]], Retry::never()) {
        let text = "what the server sent is not a valid HTTP response; it may have acted on the request: ";
        assert!(sent.as_ref().unwrap_err().to_string().starts_with(text), "{sent:?}");
    }
}

#[test]
fn a_body_that_is_not_as_announced_is_no_response() {
    for broken in [
        "Content-Length: 10\r\n\r\nabc",
        "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n",
        "Transfer-Encoding: chunked\r\n\r\nzz\r\nabc\r\n0\r\n\r\n",
        "Transfer-Encoding: chunked\r\n\r\n3\r\nabcdef\r\n0\r\n\r\n",
        "Transfer-Encoding: chunked\r\n\r\nffffffffffffffffff\r\nabc",
    ] {
        let answer = format!("HTTP/1.1 200 OK\r\n{broken}");
        for (sent, _) in both(Method::POST, &[vec![send(&answer)]], Retry::never()) {
            assert_eq!(failure(&sent), Failure::Body, "{broken:?}: {sent:?}");
            assert_eq!(sent.unwrap_err().status().map(|status| status.as_u16()), Some(200), "{broken:?}");
        }
    }
    // What is behind the length is of no response.
    let answer = "HTTP/1.1 200 OK\r\nContent-Length: 3\r\nConnection: close\r\n\r\nabcdef";
    for (sent, _) in both(Method::POST, &[vec![send(answer)]], Retry::never()) {
        assert_eq!(sent.unwrap().body(), "abc");
    }
}

#[test]
fn no_time_is_too_long() {
    let answer = || vec![send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok")];
    let again = || vec![send("HTTP/1.1 503 No\r\nContent-Length: 0\r\nConnection: close\r\nRetry-After: 0\r\n\r\n")];
    for time in
        [Duration::MAX, Duration::from_secs(u64::MAX), Duration::from_secs(1 << 62), Duration::from_secs(1 << 40)]
    {
        let retry = Retry::times(1).first_wait(time).longest_wait(time);
        let [a, b, c, d] = [(); 4].map(|()| Script::new(vec![again(), answer()]));
        let one = |url: &str| {
            probe::async_builder().base_url(url).timeout(time).total_timeout(time).retry(retry).build().unwrap()
        };
        let two =
            |url: &str| probe::builder().base_url(url).timeout(time).total_timeout(time).retry(retry).build().unwrap();
        assert_eq!(wait(async { one(&a.url).send(call(Method::GET)).await }).unwrap().body(), "ok");
        assert_eq!(two(&b.url).send(call(Method::GET)).unwrap().body(), "ok");
        let body = || {
            Probe(|| {
                let mut call = Call::new(Method::PUT, "/x");
                call.raw("text/plain", &Some(Body::repeatable(|| Body::reader("x".as_bytes()))))?;
                Ok(call)
            })
        };
        assert_eq!(wait(async { one(&c.url).send(body()).await }).unwrap().body(), "ok");
        assert_eq!(two(&d.url).send(body()).unwrap().body(), "ok");
    }
    // One that no number holds is no reason to come back at once.
    for seconds in ["18446744073709551615", "18446744073709551616", "99999999999999999999999999"] {
        let later = send(format!("HTTP/1.1 503 No\r\nContent-Length: 0\r\nRetry-After: {seconds}\r\n\r\n"));
        for (sent, requests) in both(Method::GET, &[vec![later.clone()], vec![later.clone()]], Retry::times(2)) {
            assert_eq!(sent.unwrap_err().retry_after(), Some(Duration::from_secs(u64::MAX)), "{seconds}");
            assert_eq!(requests, 1);
        }
    }
}

/// Sends a body to a server that takes the whole request, and gives what it got.
fn upload(make: &dyn Fn() -> Call) -> [(Sent, Vec<String>); 2] {
    let answer = vec![send("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")];
    let [a, b] = [(); 2].map(|()| Script::new(vec![answer.clone()]));
    let one = probe::async_builder().base_url(&a.url).retry(Retry::never()).timeout(Duration::from_secs(10));
    let two = probe::builder().base_url(&b.url).retry(Retry::never()).timeout(Duration::from_secs(10));
    let (one, two) = (one.build().unwrap(), two.build().unwrap());
    let sent = wait(async { one.send(Probe(|| Ok(make()))).await });
    let other = two.send(Probe(|| Ok(make())));
    [(sent, a.requests()), (other, b.requests())]
}

#[test]
fn a_file_that_has_grown_or_shrunk_is_an_error_and_not_cut() {
    let folder = tempfile::tempdir().unwrap();
    // Empty, less than a chunk, a chunk, more.
    for (before, after) in
        [(0, 1), (3, 4), (3, 100_000), (16 << 10, (16 << 10) + 1), (100_000, 100_001), (4, 3), (100_000, 5), (1, 0)]
    {
        let path = folder.path().join(format!("{before}-{after}"));
        std::fs::write(&path, vec![b'x'; before]).unwrap();
        let (whole, part) = (Body::from_path(&path).unwrap(), File::from_path(&path).unwrap());
        std::fs::write(&path, vec![b'x'; after]).unwrap();
        let raw = || {
            let mut call = Call::new(Method::POST, "/x");
            call.raw("text/plain", &Some(whole.clone())).unwrap();
            call
        };
        let form = || {
            let mut call = Call::new(Method::POST, "/x");
            call.multipart("multipart/form-data", &[], &[], &Some(BTreeMap::from([("f", part.clone())]))).unwrap();
            call
        };
        for (sent, requests) in upload(&raw).into_iter().chain(upload(&form)) {
            assert_eq!(failure(&sent), Failure::RequestBody, "{before} {after}: {sent:?}");
            assert!(requests.is_empty(), "no whole request came: {before} {after}");
            let how = if after > before { "longer" } else { "shorter" };
            assert!(sent.unwrap_err().to_string().ends_with(&format!("the body is {how} than it says")));
        }
    }
    for length in [0, 1, 16 << 10, 100_000] {
        let path = folder.path().join("same");
        std::fs::File::create(&path).unwrap().write_all(&vec![b'x'; length]).unwrap();
        let whole = Body::from_path(&path).unwrap();
        let raw = || {
            let mut call = Call::new(Method::POST, "/x");
            call.raw("text/plain", &Some(whole.clone())).unwrap();
            call
        };
        for (sent, requests) in upload(&raw) {
            sent.unwrap();
            assert!(requests[0].ends_with(&format!("\r\n\r\n{}", "x".repeat(length))), "{length}");
        }
    }
}

#[test]
fn clients_of_the_users_own_settings_follow_no_redirect() {
    let other = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    other.set_nonblocking(true).unwrap();
    for status in [301, 302, 303, 307, 308] {
        let location = format!("http://{}/stolen", other.local_addr().unwrap());
        let head =
            format!("HTTP/1.1 {status} X\r\nLocation: {location}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        let [a, b] = [(); 2].map(|()| Script::new(vec![vec![send(&head)]]));
        let settings = ::reqwest::Client::builder().redirect(::reqwest::redirect::Policy::limited(10)).referer(true);
        let one = probe::async_builder().transport(Reqwest::with(settings).unwrap()).base_url(&a.url);
        let agent = ::ureq::Agent::config_builder()
            .max_redirects(10)
            .redirect_auth_headers(::ureq::config::RedirectAuthHeaders::SameHost)
            .build()
            .new_agent();
        let two = probe::builder().transport(Ureq::from(agent)).base_url(&b.url);
        let (one, two) =
            (one.auth(Token::new("k")).build().unwrap(), two.auth(Password::new("u", "p")).build().unwrap());
        let sent = wait(async { one.send(call(Method::GET)).await });
        for sent in [sent, two.send(call(Method::GET))] {
            let error = sent.unwrap_err();
            assert_eq!(error.status().map(|code| code.as_u16()), Some(status), "{error}");
        }
    }
    assert!(other.accept().is_err(), "nobody went there");
}
