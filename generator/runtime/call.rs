//! In: the inputs of one operation, one by one. Out: `Call`, its request before base URL, defaults and credentials.

use super::address;
use super::answer::essence;
use super::base::Base;
use super::body::Body;
use super::choice::Choice;
use super::credential::Secret;
use super::error::Error;
use super::header;
use super::multipart::{self, Parts};
use super::noting::json;
use super::path;
use super::retry::{IDEMPOTENCY_KEY, Keyed};
use super::sent::Sent;
use super::server::Chosen;
use super::style::{Location, Slot, Style};
use super::success::is_in;
use super::tree::Tree;
use super::urlencoded::{self, Styles};
use http::header::{ACCEPT, CONTENT_LENGTH, CONTENT_TYPE};
use http::{HeaderMap, HeaderName, HeaderValue, Method};
use serde::Serialize;
use std::borrow::Borrow;
use std::fmt;

/// The request of one operation. Inputs that serialise to null are left out.
#[derive(Clone)]
pub struct Call {
    method: Method,
    template: &'static str,
    server: Option<Chosen>,
    url: Option<String>,
    path: Vec<(&'static str, String)>,
    query: String,
    fields: String,
    headers: HeaderMap,
    cookies: String,
    accept: Option<&'static str>,
    content: Option<(&'static str, Body)>,
    /// Those among the inputs.
    secrets: Vec<Secret>,
}

impl Call {
    /// A call without inputs. The template begins with a slash.
    pub fn new(method: Method, template: &'static str) -> Self {
        Self {
            method,
            template,
            server: None,
            url: None,
            path: Vec::new(),
            query: String::new(),
            fields: String::new(),
            headers: HeaderMap::new(),
            cookies: String::new(),
            accept: None,
            content: None,
            secrets: Vec::new(),
        }
    }

    /// Sets a parameter of the path.
    ///
    /// # Errors
    /// `Error::Request` naming the parameter when the style cannot spell the value, as for all inputs.
    pub fn path(
        &mut self,
        name: &'static str,
        style: Style,
        explode: bool,
        value: &impl Serialize,
    ) -> Result<(), Error> {
        self.add(Slot { location: Location::Path, name, style, explode, reserved: false }, json(value))
    }

    /// Adds a query parameter.
    ///
    /// # Errors
    /// `Error::Request` naming the parameter when the style cannot spell the value.
    pub fn query(
        &mut self,
        name: &'static str,
        style: Style,
        explode: bool,
        value: &impl Serialize,
    ) -> Result<(), Error> {
        self.add(Slot { location: Location::Query, name, style, explode, reserved: false }, json(value))
    }

    /// Adds a query parameter whose reserved characters stay as they are: `allowReserved`.
    ///
    /// # Errors
    /// `Error::Request` naming the parameter when the style cannot spell the value.
    pub fn query_reserved(
        &mut self,
        name: &'static str,
        style: Style,
        explode: bool,
        value: &impl Serialize,
    ) -> Result<(), Error> {
        self.add(Slot { location: Location::Query, name, style, explode, reserved: true }, json(value))
    }

    /// Adds a field of the form that is the body: what a query parameter of this style would be.
    ///
    /// # Errors
    /// `Error::Request` naming the field when the style cannot spell the value.
    pub fn field(
        &mut self,
        name: &'static str,
        style: Style,
        explode: bool,
        value: &impl Serialize,
    ) -> Result<(), Error> {
        self.add(Slot { location: Location::Form, name, style, explode, reserved: false }, json(value))
    }

    /// Sets a header, in style `simple`.
    ///
    /// # Errors
    /// `Error::Request` naming the header when the value holds what a header may not.
    pub fn header(&mut self, name: &'static str, explode: bool, value: &impl Serialize) -> Result<(), Error> {
        self.add(Slot { location: Location::Header, name, style: Style::Simple, explode, reserved: false }, json(value))
    }

    /// Sets a header to JSON text, of ASCII alone: a header parameter with `content`.
    ///
    /// # Errors
    /// `Error::Request` naming the header when the value holds what a header may not.
    pub fn header_json(&mut self, name: &'static str, value: &impl Serialize) -> Result<(), Error> {
        self.add(
            Slot { location: Location::Header, name, style: Style::Json, explode: false, reserved: false },
            json(value).map(|(text, secrets)| (ascii(text), secrets)),
        )
    }

    /// Adds a cookie, in style `form`.
    ///
    /// # Errors
    /// `Error::Request` naming the cookie when the style cannot spell the value.
    pub fn cookie(&mut self, name: &'static str, explode: bool, value: &impl Serialize) -> Result<(), Error> {
        self.add(Slot { location: Location::Cookie, name, style: Style::Form, explode, reserved: false }, json(value))
    }

    /// Adds a cookie that is JSON text: a cookie parameter with `content`.
    ///
    /// # Errors
    /// `Error::Request` naming the cookie when the value has no JSON form.
    pub fn cookie_json(&mut self, name: &'static str, value: &impl Serialize) -> Result<(), Error> {
        self.add(
            Slot { location: Location::Cookie, name, style: Style::Json, explode: false, reserved: false },
            json(value),
        )
    }

    /// Sets the body to JSON. `None`: no body.
    ///
    /// # Errors
    /// `Error::Request` when the value has no JSON form.
    pub fn json(&mut self, media: &'static str, body: &Option<impl Serialize>) -> Result<(), Error> {
        if let Some(body) = body {
            let (text, secrets) = json(body).map_err(|error| Error::request(format!("the body: {error}")))?;
            self.secrets.extend(secrets);
            self.content = Some((media, text.into()));
        }
        Ok(())
    }

    /// Sets the body to a form, in which these properties have a style of their own. `None`: no body.
    ///
    /// # Errors
    /// `Error::Request` naming the property that no form can hold.
    pub fn form(&mut self, media: &'static str, styles: Styles, body: &Option<impl Serialize>) -> Result<(), Error> {
        if let Some(body) = body {
            self.content = Some((media, urlencoded::write(&self.tree(body)?, styles)?.into()));
        }
        Ok(())
    }

    /// Sets the body to a multipart form. `None`: no body.
    ///
    /// # Errors
    /// `Error::Request` naming the property that no part can hold.
    pub fn multipart(
        &mut self,
        media: &'static str,
        styles: Styles,
        parts: Parts,
        body: &Option<impl Serialize>,
    ) -> Result<(), Error> {
        if let Some(body) = body {
            // A boundary that the description has is not the one of these bytes.
            let media = media.split(';').next().unwrap_or(media).trim_end();
            let (body, boundary) = multipart::write(&self.tree(body)?, styles, parts)?;
            let body = body.with_content_type(format!("{media}; boundary={boundary}"));
            self.content = Some((media, body));
        }
        Ok(())
    }

    /// Sets the body to bytes, of this media type unless the body has a content type of its own. Where ranges are named, with
    /// commas between them, it has to have one that is in one of them. `None`: no body.
    pub fn raw(&mut self, media: &'static str, body: &Option<impl Borrow<Body>>) -> Result<(), Error> {
        self.content = body.as_ref().map(|body| (media, body.borrow().clone()));
        Ok(())
    }

    /// Sets the body to text, which is sent in UTF-8. `None`: no body.
    pub fn text(&mut self, media: &'static str, body: &Option<impl AsRef<str>>) -> Result<(), Error> {
        self.content = body.as_ref().map(|body| (media, text(media, body.as_ref())));
        Ok(())
    }

    /// Sets the body to the one of several that was chosen. `None`: no body.
    ///
    /// # Errors
    /// As the method that sends it.
    pub fn choice(&mut self, body: &Option<impl Choice>) -> Result<(), Error> {
        body.as_ref().map_or(Ok(()), |body| body.write(self))
    }

    /// Says which server the operation has of its own: the URL of the description, or what the user gives.
    pub fn server(&mut self, url: impl Into<Chosen>) {
        self.server = Some(url.into());
    }

    /// The method.
    pub(crate) fn method(&self) -> &Method {
        &self.method
    }

    /// Sets a header of the request itself.
    pub(crate) fn set(&mut self, name: HeaderName, value: HeaderValue) {
        self.headers.insert(name, value);
    }

    /// Follows a link: a GET of this URL, which stands in place of path, query and body.
    pub(crate) fn go_to(&mut self, url: String) {
        (self.method, self.url, self.content) = (Method::GET, Some(url), None);
        self.query.clear();
        self.fields.clear();
        self.headers.remove(IDEMPOTENCY_KEY);
    }

    /// Says which media types the answer may have.
    pub fn accept(&mut self, media: &'static str) {
        self.accept = Some(media);
    }

    /// Everything about a parameter that does not depend on its type.
    fn add(&mut self, slot: Slot, json: serde_json::Result<(String, Vec<Secret>)>) -> Result<(), Error> {
        let (json, secrets) = json.map_err(|error| slot.error(error))?;
        let Some(text) = slot.spell(&json)? else {
            return Ok(());
        };
        let is_secret = !secrets.is_empty();
        self.secrets.extend(secrets);
        match slot.location {
            // Without a value, a label is a dot alone.
            Location::Path if text == if slot.style == Style::Label { "." } else { "" } => {
                return Err(slot.error("it may not be empty: the path would be another one"));
            }
            Location::Path => self.path.push((slot.name, text)),
            Location::Query => header::join(&mut self.query, "&", &text),
            Location::Form => header::join(&mut self.fields, "&", &text),
            Location::Cookie => header::join(&mut self.cookies, "; ", &text),
            Location::Header => {
                let name = HeaderName::from_bytes(slot.name.as_bytes()).map_err(|error| slot.error(error))?;
                let mut value = header::value(&text).map_err(|why| slot.error(why))?;
                value.set_sensitive(is_secret);
                self.headers.insert(name, value);
            }
        }
        Ok(())
    }

    /// The tree of a body.
    fn tree(&mut self, body: &impl Serialize) -> Result<Tree, Error> {
        let tree = Tree::of(body).map_err(|error| Error::request(format!("the body: {error}")))?;
        tree.secrets(&mut self.secrets);
        Ok(tree)
    }

    /// The template of its path.
    pub(super) fn template(&self) -> &'static str {
        self.template
    }

    /// The request, without credentials.
    ///
    /// # Errors
    /// `Error::Request` when a parameter of the path has no value, there is no base URL, or the parts make no request.
    pub(super) fn into_request(self, base: &Base, defaults: &HeaderMap) -> Result<http::Request<Body>, Error> {
        let mut url = match self.url {
            Some(url) => url,
            None => base.join(self.server.as_ref(), &path::fill(self.template, &self.path)?)?,
        };
        if !self.query.is_empty() {
            // A template with a query of its own is against the standard, but written.
            url.push(if url.contains('?') { '&' } else { '?' });
            url.push_str(&self.query);
        }
        let mut headers = defaults.clone();
        if let Some(accept) = self.accept {
            headers.insert(ACCEPT, media(accept)?);
        }
        let is_keyed = self.headers.contains_key(IDEMPOTENCY_KEY);
        headers.extend(self.headers);
        if !self.cookies.is_empty() {
            header::add_cookie(&mut headers, &self.cookies)
                .map_err(|why| Error::request(format!("the `Cookie` header: {why}")))?;
        }
        let body = match self.content {
            Some((described, mut body)) => {
                let own = body.take_content_type();
                let is_of = |own: &String| described.split(", ").any(|range| is_in(range, &essence(own)));
                if described.ends_with("/*") && !own.as_ref().is_some_and(is_of) {
                    let own = own.as_deref().unwrap_or("nothing").escape_debug();
                    return Err(Error::request(format!(
                        "the body has to say which {described} it is, by `Body::with_content_type`: it says {own}"
                    )));
                }
                headers.insert(CONTENT_TYPE, media(own.as_deref().unwrap_or(described))?);
                body
            }
            None if self.fields.is_empty() => Body::empty(),
            None => {
                headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/x-www-form-urlencoded"));
                self.fields.into()
            }
        };
        if !body.is_ready() {
            return Err(Error::request("the body is a stream that was sent before, and cannot be sent again"));
        }
        // RFC 9110, section 8.6: these methods say so when they have no body.
        if body.length() == Some(0) && [Method::POST, Method::PUT, Method::PATCH].contains(&self.method) {
            headers.insert(CONTENT_LENGTH, HeaderValue::from_static("0"));
        }
        let mut request = http::Request::new(body);
        *request.method_mut() = self.method;
        *request.uri_mut() = address::parse(&url).map_err(|why| Error::request(format!("the URL: {why}")))?;
        *request.headers_mut() = headers;
        request.extensions_mut().insert(Sent::default().and(self.secrets));
        if is_keyed {
            request.extensions_mut().insert(Keyed);
        }
        Ok(request)
    }
}

/// Shows no input, which may be a secret.
impl fmt::Debug for Call {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Call").field("method", &self.method).field("template", &self.template).finish_non_exhaustive()
    }
}

/// The same JSON with escapes in place of what is not ASCII (RFC 8259, section 7): it stands in strings only.
fn ascii(json: String) -> String {
    let is_visible = |c: char| c.is_ascii() && c != '\x7f';
    if json.chars().all(is_visible) {
        return json;
    }
    let mut text = String::with_capacity(json.len());
    for c in json.chars() {
        match c {
            c if is_visible(c) => text.push(c),
            c => c.encode_utf16(&mut [0; 2]).iter().for_each(|unit| text.push_str(&format!("\\u{unit:04x}"))),
        }
    }
    text
}

/// A text that says its encoding, unless the media type does or it does not matter: without it, text is ASCII (RFC 6657).
fn text(media: &str, text: &str) -> Body {
    let body = Body::from(text.to_owned());
    if text.is_ascii() || media.contains(';') {
        body
    } else {
        body.with_content_type(format!("{media}; charset=utf-8"))
    }
}

fn media(text: &str) -> Result<HeaderValue, Error> {
    header::value(text).map_err(|why| Error::request(format!("the media type `{}`: {why}", text.escape_debug())))
}
