//! In: an axum router. Out: a server of it on loopback, with every request that reached it.

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::State;
use axum::http::{Request, StatusCode};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use std::io;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::runtime::Runtime;

/// The size of the largest request, in bytes.
const LARGEST: usize = 1 << 20;

/// A server on 127.0.0.1 with a thread of its own, so that blocking clients can call it. It ends when it is dropped.
#[derive(Debug)]
pub struct Loopback {
    address: SocketAddr,
    requests: Requests,
    runtime: Option<Runtime>,
}

type Requests = Arc<Mutex<Vec<Request<Bytes>>>>;

impl Loopback {
    /// Starts a server on a free port.
    ///
    /// # Errors
    /// When the system gives no port or no thread.
    pub fn start(router: Router) -> io::Result<Self> {
        let requests = Requests::default();
        let router = router.layer(middleware::from_fn_with_state(Arc::clone(&requests), record));
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build()?;
        let listener = runtime.block_on(tokio::net::TcpListener::bind("127.0.0.1:0"))?;
        let address = listener.local_addr()?;
        runtime.spawn(async move { axum::serve(listener, router).await });
        Ok(Self { address, requests, runtime: Some(runtime) })
    }

    /// The URL of a path that begins with a slash.
    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// The address that it listens on.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The requests so far, as they came: the URI holds the bytes of the request line.
    pub fn requests(&self) -> Vec<Request<Bytes>> {
        lock(&self.requests).clone()
    }
}

impl Drop for Loopback {
    fn drop(&mut self) {
        // Waits for nobody: a handler may sleep on purpose, and waiting is forbidden in asynchronous code.
        self.runtime.take().into_iter().for_each(Runtime::shutdown_background);
    }
}

/// Keeps a copy of the request.
async fn record(State(requests): State<Requests>, request: Request<Body>, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    let Ok(body) = to_bytes(body, LARGEST).await else {
        return StatusCode::PAYLOAD_TOO_LARGE.into_response();
    };
    lock(&requests).push(Request::from_parts(parts.clone(), body.clone()));
    next.run(Request::from_parts(parts, body.into())).await
}

fn lock(requests: &Requests) -> MutexGuard<'_, Vec<Request<Bytes>>> {
    requests.lock().unwrap_or_else(PoisonError::into_inner)
}
