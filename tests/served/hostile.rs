//! In: hostile and unreadable texts where an answer says which page is next. Out: that each is an error or leads to a page of the
//! same server, that both transports ask for the same one, and that no list ends in silence.

use super::served::pages::{PageToken, Pages};
use super::served::{Client, Error, Reqwest, Retry, Token, blocking};
use serde_json::{Value, json};
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener};
use std::sync::{Arc, LazyLock, Mutex};
use std::time::Duration;

/// A server that gives these answers, then a last page, and keeps the request lines.
struct Server {
    address: SocketAddr,
    lines: Arc<Mutex<Vec<String>>>,
}

fn answer(headers: &[u8], body: &str) -> Vec<u8> {
    let length = body.len();
    let head = format!(
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\nContent-Length: {length}\r\n"
    );
    [head.as_bytes(), headers, b"\r\n", body.as_bytes()].concat()
}

impl Server {
    fn new(first: Vec<u8>, last: Vec<u8>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let (address, lines) = (listener.local_addr().unwrap(), Arc::<Mutex<Vec<_>>>::default());
        let kept = lines.clone();
        std::thread::spawn(move || {
            for (index, stream) in listener.incoming().enumerate() {
                let (mut stream, mut request, mut buffer) = (stream.unwrap(), Vec::new(), [0; 4096]);
                stream.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
                while !request.windows(4).any(|four| four == b"\r\n\r\n") {
                    match stream.read(&mut buffer) {
                        Ok(0) | Err(_) => break,
                        Ok(length) => request.extend_from_slice(&buffer[..length]),
                    }
                }
                let request = String::from_utf8(request).unwrap();
                kept.lock().unwrap().push(request.lines().next().unwrap_or_default().to_owned());
                let _ = stream.write_all(if index == 0 { &first } else { &last });
            }
        });
        Self { address, lines }
    }

    fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    fn lines(&self) -> Vec<String> {
        self.lines.lock().unwrap().clone()
    }
}

type Walked = (usize, Option<Error>);

fn by_blocking<P>(server: &Server, pages: impl Fn(&blocking::Client) -> Pages<blocking::Client, P>) -> Walked {
    let client = blocking::Client::builder().base_url(server.url()).auth(Token::new("k")).retry(Retry::never());
    let all: Vec<_> = pages(&client.build().unwrap()).take(5).collect();
    (all.iter().filter(|page| page.is_ok()).count(), all.into_iter().find_map(Result::err))
}

fn by_async<P>(server: &Server, pages: impl Fn(&Client) -> Pages<Client, P>) -> Walked {
    // To make one takes long.
    static REQWEST: LazyLock<Arc<Reqwest>> = LazyLock::new(|| Arc::new(Reqwest::new().unwrap()));
    let client = Client::builder().transport(REQWEST.clone()).base_url(server.url()).auth(Token::new("k"));
    let client = client.retry(Retry::never()).build().unwrap();
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(async {
        let (mut pages, mut count) = (pages(&client), 0);
        while let Some(page) = pages.next().await {
            match page {
                Ok(_) => count += 1,
                Err(error) => return (count, Some(error)),
            }
        }
        (count, None)
    })
}

/// What both clients make of it: how many pages, the error, and the request lines, which are the same.
macro_rules! both {
    ($first:expr, $last:expr, $pages:expr) => {{
        let [a, b] = [(); 2].map(|()| Server::new($first.clone(), $last.clone()));
        let (one, two) = (by_async(&a, $pages), by_blocking(&b, $pages));
        assert_eq!(a.lines(), b.lines());
        assert_eq!(one.0, two.0);
        let port = |server: &Server| server.address.port().to_string();
        let [said, too] = [(&one.1, &a), (&two.1, &b)]
            .map(|(error, server)| error.as_ref().map(|error| error.to_string().replace(&port(server), "PORT")));
        assert_eq!(said, too);
        (one.0, said, a.lines())
    }};
}

fn texts(other: SocketAddr) -> Vec<String> {
    let fixed = [
        "\\",
        "\\\\evil",
        "/\\evil",
        "\\/evil",
        "//evil",
        "///evil",
        "http://evil/",
        "https://evil/",
        "HTTP:evil",
        "http:/evil",
        "http:evil",
        "http://",
        "http://[",
        "http://[::1",
        "ftp://evil/",
        "javascript:1",
        "data:,x",
        "mailto:a@b",
        "a:b",
        ":",
        "://",
        ":80",
        "@evil",
        "u@h",
        "..",
        ".",
        "../../..",
        "%2e%2e",
        "/%2e%2e/x",
        "/a/%2E./b",
        "%2F",
        "?",
        "?a=b",
        "#",
        "#x",
        "?#",
        ";",
        "&",
        "=",
        "'",
        "|",
        "^",
        "{id}",
        "%00",
        "%zz",
        "%",
        "a b",
        " ",
        " /x ",
        "\t/x",
        "é",
        "/日本語?ü=ß",
        "a\u{3002}b",
        "//a\u{3002}b/",
        "\u{ff0f}\u{ff0f}evil",
        "\u{2028}",
        "[::1]",
        "localhost:",
        "127.0.0.1:80",
        "/x",
    ];
    let own = [
        format!("http://{other}/"),
        format!("//{other}/"),
        format!("\\\\{other}\\"),
        format!("http://u:p@{other}/"),
        format!("http:\\\\{other}/"),
        format!("/{}", "x".repeat(70_000)),
    ];
    fixed.map(str::to_owned).into_iter().chain(own).collect()
}

#[test]
fn a_hostile_link_is_an_error_or_a_page_of_the_same_server() {
    let other = TcpListener::bind("127.0.0.1:0").unwrap();
    other.set_nonblocking(true).unwrap();
    let texts = texts(other.local_addr().unwrap());
    let in_body = ["\r\n", "a\r\nX: 1", "\n", "\0", "a\0b", "\u{7f}", "\"", "<", ">", "a>b"].map(str::to_owned);
    let mut outcomes = Vec::new();
    for text in texts.iter().chain(&in_body) {
        let first = answer(b"", &json!({"users": [{"id": 1, "name": "a"}], "next": text}).to_string());
        let last = answer(b"", r#"{"users": [], "next": null}"#);
        outcomes.push((text, both!(first, last, |client| client.lists().by_url().pages())));
    }
    // A transport may have no room for a header that is very long.
    for text in texts.iter().filter(|text| text.len() < 60_000) {
        let first = answer(format!("Link: <{text}>; rel=\"next\"\r\n").as_bytes(), r#"[{"id": 1, "name": "a"}]"#);
        outcomes.push((text, both!(first, answer(b"", "[]"), |client| client.lists().by_link().pages())));
    }
    for (text, (pages, error, lines)) in outcomes {
        for line in &lines {
            let words: Vec<_> = line.split(' ').collect();
            assert!(
                matches!(words[..], ["GET", target, "HTTP/1.1"] if target.starts_with('/') && !target.contains('#')),
                "{line}"
            );
            let path = words[1].split('?').next().unwrap();
            let is_dots = |segment: &str| [".", ".."].contains(&&*segment.replace("%2e", ".").replace("%2E", "."));
            assert!(!path.split('/').any(is_dots), "{text:?}: {line}");
        }
        match error {
            Some(error) => {
                assert_eq!((pages, lines.len()), (1, 1), "{text:?}: {error}");
                assert!(error.starts_with("nothing was sent: "), "{text:?}: {error}");
                assert!(error.contains("next page") || error.contains("the URL"), "{text:?}: {error}");
            }
            None => assert_eq!((pages, lines.len()), (2, 2), "{text:?} ends the list in silence: {lines:?}"),
        }
    }
    assert!(other.accept().is_err(), "nobody went there");
}

#[test]
fn a_link_header_with_bytes_beyond_ascii_is_read() {
    let last = || answer(b"", "[]");
    for header in [
        &b"Link: </x?page=2>; title=\"caf\xe9\"; rel=\"next\"\r\n"[..],
        "Link: </x?page=2>; rel=\"next\"; title=\"日本語, <y>; rel=prev\"\r\n".as_bytes(),
        b"Link: <\xff>; rel=prev, </x?page=2>; rel=next\r\n",
        b"Link: </y>; rel=prev\r\nLink: , , </x?page=2>;;rel = \"first next\"\r\n",
        b"Link: </x?page=2>; rel=\"ne\\xt\"\r\n",
        b"Link: </x?page=2>; rel=\"next\r\n",
        b"Link: </x?page=2>; rel=NEXT; rel=prev\r\n",
    ] {
        let (pages, error, lines) = both!(answer(header, "[]"), last(), |client| client.lists().by_link().pages());
        assert_eq!((pages, error), (2, None), "{}", String::from_utf8_lossy(header));
        assert_eq!(lines[1], "GET /x?page=2&key=k HTTP/1.1");
    }
    for header in [
        &b"Link: </y>; rel=prev; rel=next\r\n"[..],
        b"Link: </y>; title=\"rel=next\"\r\n",
        b"Link: </y>; rel=\"nextpage\"\r\n",
        b"Link: </y>\r\n",
        b"Link: \r\n",
        b"",
    ] {
        let (pages, error, _) = both!(answer(header, "[]"), last(), |client| client.lists().by_link().pages());
        assert_eq!((pages, error), (1, None), "{}", String::from_utf8_lossy(header));
    }
    for header in [
        &b"Link: /x; rel=next\r\n"[..],
        b"Link: </x; rel=next\r\n",
        b"Link: </y>; title=\"open, </x>; rel=next\r\n",
        b"Link: </y>; rel=prev, next\r\n",
        b"Link: \xff\r\n",
    ] {
        let (pages, error, _) = both!(answer(header, "[]"), last(), |client| client.lists().by_link().pages());
        let error = error.unwrap_or_else(|| panic!("{}", String::from_utf8_lossy(header)));
        assert_eq!(pages, 1);
        assert!(error.starts_with("nothing was sent: next page: the `Link` header is none"), "{error}");
    }
}

#[test]
fn what_says_which_page_is_next_and_cannot_be_read_is_an_error() {
    let user = json!({"id": 1, "name": "a"});
    let of = |body: Value| answer(b"", &body.to_string());
    for next in [json!(1), json!([]), json!({}), json!(true)] {
        let page = of(json!({"users": [user], "next": next}));
        let (pages, error, _) = both!(page, of(json!({"users": []})), |client| client.lists().by_url().pages());
        assert!(pages <= 1 && error.is_some(), "{next}: {error:?}");
    }
    for token in [&b"X-Next: caf\xe9\r\n"[..], b"X-Next: \xff\xfe\r\n"] {
        let (pages, error, _) =
            both!(answer(token, "[]"), answer(b"", "[]"), |client| client.lists().by_header().pages());
        assert_eq!(pages, 1);
        assert_eq!(error.unwrap(), "nothing was sent: next page: its token, the header `X-Next`, is not UTF-8");
    }
}

#[test]
fn what_says_whether_there_are_more_pages_is_read_or_an_error() {
    let of = |body: Value| answer(b"", &body.to_string());
    let last = || of(json!({"data": [], "users": []}));
    let user = json!({"id": 1, "name": "a"});
    let more = |more: Value| {
        let first = of(json!({"data": [user], "paging": {"next": "b"}, "more": more}));
        both!(first, last(), |client| client.lists().by_cursor().org("a").pages())
    };
    for (value, pages) in
        [(json!(false), 1), (json!("false"), 1), (json!(true), 2), (json!("true"), 2), (json!(null), 2)]
    {
        let (count, error, _) = more(value.clone());
        assert_eq!((count, error), (pages, None), "{value}");
    }
    for value in [json!("no"), json!(""), json!(0), json!([]), json!({})] {
        let (count, error, _) = more(value.clone());
        assert_eq!(count, 1, "{value}");
        assert!(error.unwrap().ends_with("what says whether there is one is neither true nor false"), "{value}");
    }
    let pages = |pages: Value| {
        let first = of(json!({"users": [user], "pages": pages}));
        both!(first, last(), |client| client.lists().by_page().pages())
    };
    for (value, expected) in [
        (json!(1), 1),
        (json!("1"), 1),
        (json!(1.0), 1),
        (json!(0), 1),
        (json!(2), 2),
        (json!("2.0"), 2),
        (json!(1e300), 2),
        (json!(u64::MAX), 2),
        (json!(-1), 2),
        (json!(null), 2),
    ] {
        let (count, error, _) = pages(value.clone());
        assert_eq!((count, error), (expected, None), "{value}");
    }
    for value in [json!("many"), json!(""), json!(1.5), json!(true), json!([]), json!({})] {
        let (count, error, _) = pages(value.clone());
        assert_eq!(count, 1, "{value}");
        assert!(error.unwrap().ends_with("the count of what there is in all is not a whole number"), "{value}");
    }
}

#[test]
fn a_token_of_a_huge_place_in_a_page_ends() {
    let page = |ids: &[i64]| {
        let users: Value = ids.iter().map(|id| json!({"id": id, "name": "a"})).collect();
        answer(b"", &json!({"users": users, "pages": 2}).to_string())
    };
    for skip in [2, 3, 1 << 40, u64::MAX] {
        let token: PageToken = serde_json::from_value(json!({"next": 1, "skip": skip})).unwrap();
        let server = Server::new(page(&[1, 2]), page(&[3, 4]));
        let client = blocking::Client::builder().base_url(server.url()).auth(Token::new("k")).build().unwrap();
        let ids: Vec<_> = client.lists().by_page().items().resume(token).map(|user| user.unwrap().id).collect();
        assert_eq!(ids, [3, 4], "{skip}");
    }
    for token in [json!({"next": u64::MAX}), json!({"next": u64::MAX, "skip": u64::MAX})] {
        let token: PageToken = serde_json::from_value(token).unwrap();
        let server = Server::new(page(&[1, 2]), page(&[3, 4]));
        let client = blocking::Client::builder().base_url(server.url()).auth(Token::new("k")).build().unwrap();
        assert!(client.lists().by_page().items().resume(token).take(10).count() < 10);
    }
}
