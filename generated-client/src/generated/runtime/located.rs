//! In: JSON text and an error of decoding it. Out: the path at which it happened, and the message. Only a failure pays
//! for its path: the text is walked once, up to the place that the error names.
//!
//! A union decodes its content from a value in hand, out of sight of whoever decodes the whole: its errors begin with
//! their own path, `$.bark: invalid type`, which is here joined to the outer one.

/// The path, `$.items[1].score`, and what is wrong there.
pub fn locate(json: &[u8], error: &serde_json::Error) -> (String, String) {
    let mut path = Walk::new(json, offset(json, error)).path();
    let place = format!(" at line {} column {}", error.line(), error.column());
    let message = error.to_string();
    let message = message.strip_suffix(&place).unwrap_or(&message);
    match split(message) {
        Some((inner, rest)) => {
            path.push_str(inner);
            (path, rest.to_owned())
        }
        None => (path, message.to_owned()),
    }
}

/// How many bytes had been read: serde_json counts lines and columns, in bytes, from 1.
fn offset(json: &[u8], error: &serde_json::Error) -> usize {
    let before = json.split_inclusive(|byte| *byte == b'\n').take(error.line().saturating_sub(1));
    before.map(<[u8]>::len).sum::<usize>() + error.column()
}

/// Parts `$.a["b: c"]: message`; the path without its `$`.
pub(super) fn split(message: &str) -> Option<(&str, &str)> {
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

/// A step into a list or an object that is not closed yet.
enum Step<'a> {
    /// The place in a list.
    Item(usize),
    /// The name in an object, as it is written between its quotes; `None` before the first one.
    Member(Option<&'a [u8]>),
}

/// A walk through text that was read as JSON up to its end.
struct Walk<'a> {
    json: &'a [u8],
    end: usize,
    steps: Vec<Step<'a>>,
}

impl<'a> Walk<'a> {
    fn new(json: &'a [u8], end: usize) -> Self {
        Self { json, end: end.min(json.len()), steps: Vec::new() }
    }

    /// The path of the value that the last byte belongs to. A bracket that was read last belongs to the whole list or
    /// object, whether it opens or closes it.
    fn path(mut self) -> String {
        let mut at = 0;
        while let Some(byte) = self.json.get(at).filter(|_| at < self.end) {
            let next = if *byte == b'"' { string_end(self.json, at) } else { at + 1 };
            let is_last = next >= self.end;
            match byte {
                b'{' if !is_last => self.steps.push(Step::Member(None)),
                b'[' if !is_last => self.steps.push(Step::Item(0)),
                b'}' | b']' => drop(self.steps.pop()),
                b',' => self.next_item(),
                b'"' => self.name(at, next),
                _ => {}
            }
            at = next;
        }
        self.spell()
    }

    fn next_item(&mut self) {
        if let Some(Step::Item(index)) = self.steps.last_mut() {
            *index += 1;
        }
    }

    /// Takes a string for the name of a member if a colon follows.
    fn name(&mut self, start: usize, end: usize) {
        let rest = self.json.get(end..).unwrap_or_default();
        let is_name = rest.iter().find(|byte| !byte.is_ascii_whitespace()) == Some(&b':');
        if let (Some(Step::Member(name)), true) = (self.steps.last_mut(), is_name) {
            *name = self.json.get(start + 1..end - 1);
        }
    }

    /// `$.items[1].score`; a key that is not a plain word is `["a key"]`.
    fn spell(&self) -> String {
        let mut text = String::from("$");
        for step in &self.steps {
            match step {
                Step::Item(index) => item(&mut text, *index),
                Step::Member(None) => {}
                Step::Member(Some(name)) => {
                    let name = String::from_utf8_lossy(name);
                    let name = serde_json::from_str(&format!("\"{name}\"")).unwrap_or_else(|_| name.into_owned());
                    property(&mut text, &name);
                }
            }
        }
        text
    }
}

/// Adds the step to an item of an array.
pub(super) fn item(path: &mut String, index: usize) {
    path.push_str(&format!("[{index}]"));
}

/// Adds the step to a property of an object.
pub(super) fn property(path: &mut String, name: &str) {
    path.push_str(&if is_word(name) { format!(".{name}") } else { format!("[{name:?}]") });
}

/// The place after a string that begins here.
pub(super) fn string_end(text: &[u8], start: usize) -> usize {
    let mut at = start + 1;
    while let Some(byte) = text.get(at) {
        match byte {
            b'\\' => at += 2,
            b'"' => return at + 1,
            _ => at += 1,
        }
    }
    text.len()
}

fn is_word(key: &str) -> bool {
    !key.is_empty() && key.chars().all(|c| c.is_alphanumeric() || c == '_' || c == '-')
}
