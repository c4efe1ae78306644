//! In: the answer to give next. Out: the request that came, byte for byte as the HTTP library read it.

use axum::Router;
use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{Request, State};
use axum::response::Response;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// The path of the base URL.
pub const BASE: &str = "/base";

/// A request that came.
#[derive(Clone, Debug, Default)]
pub struct Seen {
    /// The method.
    pub method: String,
    /// Path and query, as they were sent.
    pub target: String,
    /// The headers, names in lower case.
    pub headers: Vec<(String, Vec<u8>)>,
    /// The body.
    pub body: Vec<u8>,
}

impl Seen {
    /// The values of a header, as text.
    pub fn header(&self, name: &str) -> Vec<String> {
        let is_it = |given: &&(String, Vec<u8>)| given.0.eq_ignore_ascii_case(name);
        self.headers.iter().filter(is_it).map(|(_, value)| String::from_utf8_lossy(value).into_owned()).collect()
    }
}

/// An answer to give: the first of its bodies that the request accepts.
#[derive(Clone, Debug, Default)]
pub struct Answer {
    /// The status.
    pub status: u16,
    /// The media types with a body of each; none where there is no body.
    pub bodies: Vec<(String, Vec<u8>)>,
    /// Other headers.
    pub headers: Vec<(String, String)>,
}

#[derive(Default)]
struct Exchange {
    answer: Answer,
    seen: Option<(Seen, Option<usize>)>,
}

/// A server on a port of its own, for one request at a time.
pub struct Server {
    exchange: Arc<Mutex<Exchange>>,
    /// The base URL.
    pub url: String,
}

impl Server {
    /// Starts it.
    ///
    /// # Errors
    /// When there is no port, or no thread.
    pub fn start() -> Result<Self, String> {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").map_err(|error| error.to_string())?;
        listener.set_nonblocking(true).map_err(|error| error.to_string())?;
        let url = format!("http://{}{BASE}", listener.local_addr().map_err(|error| error.to_string())?);
        let exchange = Arc::new(Mutex::new(Exchange::default()));
        let router = Router::new().fallback(answer).with_state(Arc::clone(&exchange));
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        let runtime = runtime.map_err(|error| error.to_string())?;
        let serve = async move {
            match tokio::net::TcpListener::from_std(listener) {
                Ok(listener) => axum::serve(listener, router).await,
                Err(error) => Err(error),
            }
        };
        std::thread::spawn(move || runtime.block_on(serve));
        Ok(Self { exchange, url })
    }

    /// Prepares the next answer.
    pub fn prepare(&self, answer: Answer) {
        *lock(&self.exchange) = Exchange { answer, seen: None };
    }

    /// The request that came, if one did, and which of the bodies it was given.
    pub fn seen(&self) -> Option<(Seen, Option<usize>)> {
        lock(&self.exchange).seen.take()
    }
}

/// Nothing is left half-done where a thread panics.
fn lock(exchange: &Mutex<Exchange>) -> MutexGuard<'_, Exchange> {
    exchange.lock().unwrap_or_else(PoisonError::into_inner)
}

async fn answer(State(exchange): State<Arc<Mutex<Exchange>>>, request: Request) -> Response {
    let (head, body) = request.into_parts();
    let body = to_bytes(body, usize::MAX).await.unwrap_or_default().to_vec();
    let headers = head.headers.iter().map(|(name, value)| (name.as_str().to_owned(), value.as_bytes().to_vec()));
    let (method, target) = (head.method.to_string(), head.uri.to_string());
    let seen = Seen { method, target, headers: headers.collect(), body };
    let mut exchange = lock(&exchange);
    let accept = seen.header("accept").join(",");
    let chosen = exchange.answer.bodies.iter().position(|(media, _)| accepts(&accept, media));
    let given = exchange.answer.bodies.get(chosen.unwrap_or_default()).cloned();
    let mut response = Response::builder().status(exchange.answer.status);
    for (name, value) in &exchange.answer.headers {
        response = response.header(name, value);
    }
    exchange.seen = Some((seen, chosen));
    let body = match given {
        Some((media, body)) => {
            response = response.header("content-type", media);
            Body::from(Bytes::from(body))
        }
        None => Body::empty(),
    };
    response.body(body).unwrap_or_default()
}

/// Whether `Accept` allows a media type (RFC 9110, section 12.5.1). Without one, all are.
fn accepts(accept: &str, media: &str) -> bool {
    let essence = |text: &str| text.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let media = essence(media);
    let allows = |range: &str| {
        let refused = range.split(';').skip(1).any(|part| matches!(part.trim(), "q=0" | "q=0.0"));
        let range = essence(range);
        !refused
            && (range == "*/*" || range == media || range.strip_suffix('*').is_some_and(|it| media.starts_with(it)))
    };
    accept.is_empty() || accept.split(',').any(allows)
}

#[cfg(test)]
mod tests {
    use super::accepts;

    #[test]
    fn ranges_hold_media_types() {
        assert!(accepts("", "text/plain"));
        assert!(accepts("text/*;q=0.5, application/json", "text/plain; charset=utf-8"));
        assert!(accepts("*/*", "a/b") && !accepts("application/json", "application/xml"));
        assert!(!accepts("a/b;q=0", "a/b"));
    }
}
