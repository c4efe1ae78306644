//! In: a request. Out: its answer, whether it came to a command or not.

use crate::commands::{Answer, COMMANDS, Command};
use crate::fault::{Fault, envelope, fault};
use crate::options::{Next, TooMany};
use crate::received::Received;
use crate::server::PATH;
use crate::state::State;
use axum::http::StatusCode;
use axum::http::header::{ALLOW, CONTENT_TYPE, RETRY_AFTER};
use axum::response::{IntoResponse, Response};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// The state, as handlers and the handle of the server share it.
#[derive(Clone, Default)]
pub(crate) struct Platform(Arc<Mutex<State>>);

impl Platform {
    pub(crate) fn lock(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) async fn answer(&self, received: Received) -> Response {
        self.lock().requests.push(received.clone());
        let command = match find(&received) {
            Ok(command) => command,
            Err(none) => return none.into_response(),
        };
        let Some(_place) = self.enter() else {
            let body = self.lock().options.too_many;
            return too_many(body, None);
        };
        let next = self.lock().next.pop_front();
        let (answer, late) = match next {
            Some(Next::Late(late)) => (self.call(command, &received), late),
            Some(next) => (instead(next), Duration::ZERO),
            None => (self.call(command, &received), Duration::ZERO),
        };
        self.tell();
        let delay = self.lock().options.delay + late;
        if !delay.is_zero() {
            tokio::time::sleep(delay).await;
        }
        answer
    }

    fn call(&self, command: &Command, received: &Received) -> Response {
        if let Some(name) = command.unserved.iter().find(|name| received.get(name).is_some()) {
            let text = format!("The local server does not know the parameter `{name}` of {}.\n", command.name);
            return (StatusCode::NOT_IMPLEMENTED, text).into_response();
        }
        match self.lock().run(command, received) {
            Ok(Answer::Json(answer)) => json(StatusCode::OK, answer.to_string()),
            Ok(Answer::File(bytes)) => ([(CONTENT_TYPE, "application/octet-stream")], bytes).into_response(),
            Err(faults) => refused(StatusCode::OK, &faults),
        }
    }

    /// A place among the calls that are under way, if there is one.
    fn enter(&self) -> Option<Place> {
        let mut state = self.lock();
        if state.options.parallel.is_some_and(|most| state.under_way >= most) {
            return None;
        }
        state.under_way += 1;
        Some(Place(self.clone()))
    }
}

/// Given back when the call is over, or the caller has gone.
struct Place(Platform);

impl Drop for Place {
    fn drop(&mut self) {
        self.0.lock().under_way -= 1;
    }
}

/// Why a request calls no command.
enum NoCommand {
    /// It is not about the API.
    Path,
    Method,
    /// Neither the path nor `cmd` has a name.
    Unnamed,
    Unknown(StatusCode),
}

impl IntoResponse for NoCommand {
    fn into_response(self) -> Response {
        match self {
            Self::Path => (StatusCode::NOT_FOUND, "Not found\n").into_response(),
            Self::Method => (StatusCode::METHOD_NOT_ALLOWED, [(ALLOW, "GET, POST")]).into_response(),
            Self::Unnamed => refused(StatusCode::OK, &[fault(102)]),
            Self::Unknown(status) => refused(status, &[fault(103)]),
        }
    }
}

/// The command that is called.
fn find(received: &Received) -> Result<&'static Command, NoCommand> {
    let in_path = received.path.strip_prefix(PATH).ok_or(NoCommand::Path)?;
    if !in_path.is_empty() && !in_path.starts_with('/') {
        return Err(NoCommand::Path);
    }
    if !["GET", "POST"].contains(&received.method.as_str()) {
        return Err(NoCommand::Method);
    }
    let name = received.command().ok_or(NoCommand::Unnamed)?;
    let status = if in_path.is_empty() { StatusCode::OK } else { StatusCode::NOT_FOUND };
    COMMANDS.iter().find(|command| command.name == name).ok_or(NoCommand::Unknown(status))
}

/// What a test wants in place of the answer.
fn instead(next: Next) -> Response {
    match next {
        Next::Error(code) => refused(StatusCode::OK, &[fault(code)]),
        Next::TooMany { body, retry_after } => too_many(body, retry_after),
        Next::Answer { status, content_type, body } => {
            let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
            (status, [(CONTENT_TYPE, content_type)], body).into_response()
        }
        Next::Late(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

fn too_many(body: TooMany, retry_after: Option<u32>) -> Response {
    let status = StatusCode::TOO_MANY_REQUESTS;
    let mut answer = match body {
        TooMany::Json => refused(status, &[fault(340)]),
        TooMany::Plain => (status, "too many concurrent requests\n").into_response(),
    };
    if let Some(seconds) = retry_after {
        answer.headers_mut().insert(RETRY_AFTER, seconds.into());
    }
    answer
}

fn refused(status: StatusCode, faults: &[Fault]) -> Response {
    json(status, envelope(faults).to_string())
}

fn json(status: StatusCode, body: String) -> Response {
    (status, [(CONTENT_TYPE, "application/json")], body).into_response()
}
