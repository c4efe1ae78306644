//! In: an error of serde with the path at which it happened. Out: the path as text and the message. A union decodes
//! its content from a value in hand, out of sight of whoever decodes the whole: its errors begin with their own path,
//! `$.bark: invalid type`, which is here joined to the outer one.

use serde_path_to_error::{Error, Path, Segment};

/// The whole path, `$.items[1].score`, and what is wrong there.
pub fn locate(error: Error<serde_json::Error>) -> (String, String) {
    let mut path = spell(error.path());
    let message = error.into_inner().to_string();
    match split(&message) {
        Some((inner, rest)) => {
            path.push_str(inner);
            (path, rest.to_owned())
        }
        None => (path, message),
    }
}

/// Both in one text, which [`locate`] can part again.
pub fn message(error: Error<serde_json::Error>) -> String {
    let (path, message) = locate(error);
    format!("{path}: {message}")
}

/// Parts `$.a["b: c"]: message`; the path without its `$`.
fn split(message: &str) -> Option<(&str, &str)> {
    let text = message.strip_prefix('$')?;
    let (mut quoted, mut escaped) = (false, false);
    for (index, c) in text.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' if quoted => escaped = true,
            '"' => quoted = !quoted,
            ':' if !quoted => return Some((&text[..index], text[index + 1..].trim_start())),
            ' ' if !quoted => return None,
            _ => {}
        }
    }
    None
}

/// A member whose name is not known.
const UNKNOWN: &str = ".?";

/// `$.items[1].score`; a key that is not a plain word is `["a key"]`.
fn spell(path: &Path) -> String {
    let mut text = String::from("$");
    for segment in path {
        text += &match segment {
            Segment::Seq { index } => format!("[{index}]"),
            Segment::Map { key } | Segment::Enum { variant: key } if is_word(key) => format!(".{key}"),
            Segment::Map { key } | Segment::Enum { variant: key } => format!("[{key:?}]"),
            Segment::Unknown => UNKNOWN.to_owned(),
        };
    }
    // Nothing can be said of a member whose name did not come.
    text.truncate(text.trim_end_matches(UNKNOWN).len());
    text
}

fn is_word(key: &str) -> bool {
    !key.is_empty() && key.chars().all(|c| c.is_alphanumeric() || c == '_' || c == '-')
}
