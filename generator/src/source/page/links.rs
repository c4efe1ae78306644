//! In: a page. Out: addresses in it that a person is told about. They are shown, never asked for: what a page says of
//! them is the page's word.

use super::fences::lines;

/// How long an address may be to be shown.
const MOST_BYTES: usize = 200;

/// The index of the site that a page is from, in words: the `llms.txt` that it names, else that of the site to which it
/// says it belongs.
pub fn index(page: &str) -> String {
    let words = || page.split(|c: char| c.is_whitespace() || "<>()[]\"'`".contains(c));
    let named = words().map(|word| word.trim_end_matches(['.', ',', ';', ':'])).filter_map(address);
    if let Some(named) = named.into_iter().find(|address| address.ends_with("/llms.txt")) {
        return named.to_owned();
    }
    let reference = lines(page).find_map(|line| address(line.text.strip_prefix("Reference: ")?));
    match reference.and_then(site) {
        Some(site) => format!("`llms.txt` of {site}"),
        None => "`llms.txt` of the vendor's documentation site".to_owned(),
    }
}

/// The server that a page gives an operation, by a line such as `GET https://api.example.com/v1/users/{id}`.
pub fn server<'p>(page: &'p str, method: &str, path: &str) -> Option<&'p str> {
    let of_line = |text: &'p str| {
        let (word, rest) = text.split_once(' ')?;
        let server = rest.trim().strip_suffix(path).filter(|_| word.eq_ignore_ascii_case(method))?;
        address(server)
    };
    lines(page).find_map(|line| of_line(line.text))
}

/// The text, if it is an address of the web that can be shown as it is: plain characters, and no name before the host.
fn address(text: &str) -> Option<&str> {
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"))?;
    let host = rest.split('/').next().unwrap_or_default();
    let is_host = !host.is_empty() && host.bytes().all(|byte| byte.is_ascii_alphanumeric() || b".-:".contains(&byte));
    let is_plain = rest.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"/.-_~:%?&=+,#".contains(&byte));
    (is_host && is_plain && text.len() <= MOST_BYTES).then_some(text)
}

/// The address without its path.
fn site(address: &str) -> Option<&str> {
    let host = address.find("://")? + 3;
    Some(address[host..].find('/').map_or(address, |path| &address[..host + path]))
}

#[cfg(test)]
mod tests {
    use super::{index, server};

    #[test]
    fn the_index_is_the_one_that_the_page_names() {
        let named = "> For an index, fetch <https://docs.a.example/llms.txt>.\nReference: https://docs.b.example/x\n";
        assert_eq!(index(named), "https://docs.a.example/llms.txt");
        assert_eq!(index("Reference: https://docs.b.example/a/b\r\n"), "`llms.txt` of https://docs.b.example");
        assert_eq!(index("# Nothing"), "`llms.txt` of the vendor's documentation site");
    }

    #[test]
    fn addresses_that_deceive_are_not_shown() {
        for odd in [
            "https://docs.example.com@evil.example/llms.txt",
            "https://evil.example/\u{1b}[2Jllms.txt",
            "https://evil.example/\u{202e}/llms.txt",
            "javascript:alert(1)//llms.txt",
            "https:///llms.txt",
            "file:///etc/llms.txt",
            &format!("https://a.example/{}/llms.txt", "x".repeat(300)),
        ] {
            assert_eq!(index(odd), "`llms.txt` of the vendor's documentation site", "{odd:?}");
        }
    }

    #[test]
    fn the_server_is_what_stands_before_the_path() {
        let page = "# A\n\nGET https://api.example.com/v1/users/{id}\r\n";
        assert_eq!(server(page, "get", "/users/{id}"), Some("https://api.example.com/v1"));
        assert_eq!(server(page, "post", "/users/{id}"), None);
        assert_eq!(server(page, "get", "/mails"), None);
        assert_eq!(server("GET /users/{id}", "get", "/users/{id}"), None);
    }
}
