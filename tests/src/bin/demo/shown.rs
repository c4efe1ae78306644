//! In: a transport. Out: the same, but it prints what goes out and what comes back. Secrets are not printed: the
//! client marks their headers.

use std::fmt::Display;
use std::io::{Write, stdout};
use voximplant_client::{Body, Boxed, Limits, Transport, TransportError, blocking, http};

/// A transport whose traffic is shown.
pub(crate) struct Shown<T>(pub(crate) T);

type Request = http::Request<Body>;
type Answer = Result<http::Response<Body>, TransportError>;

impl<T: Transport> Transport for Shown<T> {
    fn send(&self, request: Request, limits: Limits) -> Boxed<'_, Answer> {
        show_request(&request);
        Box::pin(async move {
            let (head, body) = self.0.send(request, limits).await?.into_parts();
            let body = body.collect(limits.max_body).await?;
            Ok(shown(http::Response::from_parts(head, body.into())))
        })
    }
}

impl<T: blocking::Transport> blocking::Transport for Shown<T> {
    fn send(&self, request: Request, limits: Limits) -> Answer {
        show_request(&request);
        let (head, body) = self.0.send(request, limits)?.into_parts();
        let body = body.collect_blocking(limits.max_body)?;
        Ok(shown(http::Response::from_parts(head, body.into())))
    }
}

/// Prints a line. A reader that has gone, such as `head`, is no failure.
pub(crate) fn say(line: impl Display) {
    let _ = writeln!(stdout(), "{line}");
}

/// Prints the request with its query as names and values.
fn show_request(request: &Request) {
    say(format_args!("  {} {}", request.method(), request.uri().path()));
    let query = request.uri().query().unwrap_or_default();
    let parameters: Vec<_> = form_urlencoded::parse(query.as_bytes()).into_owned().collect();
    let width = parameters.iter().map(|(name, _)| name.len()).max().unwrap_or(0);
    for (name, value) in &parameters {
        say(format_args!("    {name:width$} = {value:?}"));
    }
    show(request.headers(), request.body());
}

fn shown(response: http::Response<Body>) -> http::Response<Body> {
    say(format_args!("  {}", response.status()));
    show(response.headers(), response.body());
    response
}

fn show(headers: &http::HeaderMap, body: &Body) {
    for (name, value) in headers {
        let value = if value.is_sensitive() { "[redacted]".into() } else { String::from_utf8_lossy(value.as_bytes()) };
        say(format_args!("    {name}: {value}"));
    }
    if let Some(bytes) = body.as_bytes().filter(|bytes| !bytes.is_empty()) {
        say(format_args!("    {}", String::from_utf8_lossy(bytes)));
    }
    say("");
}
