//! In: the bytes of `text/event-stream`, in pieces of any size. Out: its events, by the standard (HTML, section 9.2.6
//! "Interpreting an event stream").

use bytes::{Buf, Bytes};
use std::time::Duration;

/// The longest wait that a server may ask for: nobody means to be called back after more.
const LONGEST: Duration = Duration::from_secs(60 * 60);

/// An event as it came.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Raw {
    pub(super) event: String,
    /// What the server named last, in this event or before.
    pub(super) id: String,
    pub(super) data: String,
}

/// An event that is larger than allowed. What comes after it is whole.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct TooLarge;

/// Reads events.
pub(super) struct Parser {
    /// The largest line and the most data of one event, in bytes.
    limit: usize,
    line: Vec<u8>,
    is_first: bool,
    after_cr: bool,
    is_too_large: bool,
    event: String,
    data: String,
    /// What is named now, and what was when an event was last complete.
    id: String,
    last_id: String,
    retry: Option<Duration>,
}

impl Parser {
    pub(super) fn new(limit: usize) -> Self {
        let (line, event, data, id, last_id) = (Vec::new(), String::new(), String::new(), String::new(), String::new());
        let (is_first, after_cr, is_too_large) = (true, false, false);
        Self { limit, line, is_first, after_cr, is_too_large, event, data, id, last_id, retry: None }
    }

    /// Begins another stream: what was not complete is dropped, the last id stays.
    pub(super) fn again(&mut self) {
        let (last_id, retry) = (std::mem::take(&mut self.last_id), self.retry);
        *self = Self { id: last_id.clone(), last_id, retry, ..Self::new(self.limit) };
    }

    /// The id of the last complete event.
    pub(super) fn last_id(&self) -> &str {
        &self.last_id
    }

    /// How long the server asks to wait before the next connection.
    pub(super) fn retry(&self) -> Option<Duration> {
        self.retry
    }

    /// Takes bytes until an event is complete, or all of them.
    pub(super) fn next(&mut self, bytes: &mut Bytes) -> Option<Result<Raw, TooLarge>> {
        while !bytes.is_empty() {
            if std::mem::take(&mut self.after_cr) && bytes[0] == b'\n' {
                bytes.advance(1);
                continue;
            }
            let end = bytes.iter().position(|byte| matches!(byte, b'\r' | b'\n'));
            self.keep(&bytes.split_to(end.unwrap_or(bytes.len())));
            if end.is_some() {
                self.after_cr = bytes.get_u8() == b'\r';
                let event = self.end_of_line();
                if event.is_some() {
                    return event;
                }
            }
        }
        None
    }

    fn keep(&mut self, part: &[u8]) {
        if part.len() > self.limit.saturating_sub(self.line.len()) {
            self.is_too_large = true;
            self.line.clear();
        }
        if !self.is_too_large {
            self.line.extend_from_slice(part);
        } else if !part.is_empty() {
            // Not an empty line, which would end the event.
            self.line = b":".to_vec();
        }
    }

    fn end_of_line(&mut self) -> Option<Result<Raw, TooLarge>> {
        let line = std::mem::take(&mut self.line);
        let mut line = line.as_slice();
        if std::mem::take(&mut self.is_first) {
            line = line.strip_prefix("\u{feff}".as_bytes()).unwrap_or(line);
        }
        if line.is_empty() {
            return self.end_of_event();
        }
        let line = String::from_utf8_lossy(line);
        let (field, value) = line.split_once(':').unwrap_or((&line, ""));
        let value = value.strip_prefix(' ').unwrap_or(value);
        match field {
            "event" => self.event = value.to_owned(),
            "data" if value.len() >= self.limit.saturating_sub(self.data.len()) => {
                self.is_too_large = true;
                self.data.clear();
            }
            "data" => {
                self.data.push_str(value);
                self.data.push('\n');
            }
            "id" if !value.contains('\0') => self.id = value.to_owned(),
            "retry" if !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit()) => {
                self.retry = Some(Duration::from_millis(value.parse().unwrap_or(u64::MAX)).min(LONGEST));
            }
            // A comment, or what may mean something one day.
            _ => {}
        }
        None
    }

    fn end_of_event(&mut self) -> Option<Result<Raw, TooLarge>> {
        self.last_id.clone_from(&self.id);
        let (event, mut data) = (std::mem::take(&mut self.event), std::mem::take(&mut self.data));
        if std::mem::take(&mut self.is_too_large) {
            return Some(Err(TooLarge));
        }
        // The line feed after the last line of data. Without data there is no event.
        data.pop()?;
        let event = if event.is_empty() { "message".to_owned() } else { event };
        Some(Ok(Raw { event, id: self.id.clone(), data }))
    }
}
