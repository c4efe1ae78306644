//! In: an HTTP request. Out: what it says, decoded, however it was carried.

use crate::server::PATH;
use axum::http::header::{AUTHORIZATION, CONTENT_TYPE, HeaderMap, HeaderName};
use axum::http::request::Parts;
use multer::Multipart;

/// A request that reached the server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Received {
    /// The method.
    pub method: String,
    /// The target of the request line, as it came.
    pub target: String,
    /// The path of it.
    pub path: String,
    /// The parameters in the query, in their order.
    pub query: Vec<(String, String)>,
    /// The parameters in the body, in their order; none when it is no form.
    pub form: Vec<(String, String)>,
    /// The header `Content-Type`.
    pub content_type: Option<String>,
    /// The header `Authorization`.
    pub authorization: Option<String>,
    /// The length of the body, in bytes.
    pub length: usize,
}

impl Received {
    pub(crate) async fn new(parts: &Parts, body: &[u8]) -> Self {
        let content_type = header(&parts.headers, &CONTENT_TYPE);
        Self {
            method: parts.method.to_string(),
            target: parts.uri.to_string(),
            path: parts.uri.path().to_owned(),
            query: urlencoded(parts.uri.query().unwrap_or_default().as_bytes()),
            form: form(content_type.as_deref().unwrap_or_default(), body).await,
            authorization: header(&parts.headers, &AUTHORIZATION),
            length: body.len(),
            content_type,
        }
    }

    /// All parameters: those of the query, then those of the body.
    pub fn parameters(&self) -> impl Iterator<Item = (&str, &str)> {
        self.query.iter().chain(&self.form).map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// The first parameter of this name.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.parameters().find(|(known, _)| *known == name).map(|(_, value)| value)
    }

    /// The command that it calls, by path or by `cmd`.
    pub fn command(&self) -> Option<&str> {
        if self.path == PATH { self.get("cmd") } else { self.path.strip_prefix(PATH)?.strip_prefix('/') }
    }
}

fn header(headers: &HeaderMap, name: &HeaderName) -> Option<String> {
    headers.get(name).map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned())
}

fn urlencoded(text: &[u8]) -> Vec<(String, String)> {
    form_urlencoded::parse(text).into_owned().collect()
}

/// The fields of a body. One of another type has none: the vendor's own examples send `{}` as JSON.
async fn form(content_type: &str, body: &[u8]) -> Vec<(String, String)> {
    if content_type.starts_with("application/x-www-form-urlencoded") {
        return urlencoded(body);
    }
    let mut fields = Vec::new();
    if let Ok(boundary) = multer::parse_boundary(content_type) {
        let mut parts = Multipart::with_reader(body, boundary);
        while let Ok(Some(part)) = parts.next_field().await {
            let name = part.name().unwrap_or_default().to_owned();
            fields.push((name, part.text().await.unwrap_or_default()));
        }
    }
    fields
}
