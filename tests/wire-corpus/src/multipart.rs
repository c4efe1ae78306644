//! In: a multipart body (RFC 2046, section 5.1; RFC 7578). Out: its parts.

/// A part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// Its name.
    pub name: String,
    /// The name of its file.
    pub file: Option<String>,
    /// Its media type: `text/plain` where it says none.
    pub media: String,
    /// Its bytes.
    pub body: Vec<u8>,
}

/// Reads the parts.
///
/// # Errors
/// What is against the grammar.
pub fn parts(body: &[u8], content_type: &str) -> Result<Vec<Part>, String> {
    let boundary = parameter(content_type, "boundary").ok_or("the media type has no boundary")?;
    let delimiter = format!("\r\n--{boundary}");
    // The first delimiter needs no line before it.
    let whole = [b"\r\n".as_slice(), body].concat();
    let mut pieces = split(&whole, delimiter.as_bytes()).into_iter().skip(1);
    let mut parts = Vec::new();
    loop {
        let piece = pieces.next().ok_or("the last boundary is missing")?;
        if piece.starts_with(b"--") {
            return Ok(parts);
        }
        let piece = piece.strip_prefix(b"\r\n").ok_or("something stands after a boundary")?;
        parts.push(part(piece)?);
    }
}

fn part(piece: &[u8]) -> Result<Part, String> {
    let end = piece.windows(4).position(|bytes| bytes == b"\r\n\r\n").ok_or("a part has no end of its headers")?;
    let head = std::str::from_utf8(&piece[..end]).map_err(|error| error.to_string())?;
    let header = |wanted: &str| {
        let lines = head.split("\r\n").filter_map(|line| line.split_once(':'));
        lines.filter(|(name, _)| name.eq_ignore_ascii_case(wanted)).map(|(_, value)| value.trim()).next()
    };
    let disposition = header("content-disposition").ok_or("a part has no `Content-Disposition`")?;
    if !disposition.starts_with("form-data;") {
        return Err(format!("a part is no form-data: {disposition}"));
    }
    Ok(Part {
        name: parameter(disposition, "name").ok_or("a part has no name")?,
        file: parameter(disposition, "filename"),
        media: header("content-type").unwrap_or("text/plain").to_owned(),
        body: piece[end + 4..].to_vec(),
    })
}

fn split<'a>(bytes: &'a [u8], delimiter: &[u8]) -> Vec<&'a [u8]> {
    let (mut pieces, mut start, mut at) = (Vec::new(), 0, 0);
    while at + delimiter.len() <= bytes.len() {
        if bytes[at..].starts_with(delimiter) {
            pieces.push(&bytes[start..at]);
            at += delimiter.len();
            start = at;
        } else {
            at += 1;
        }
    }
    pieces.push(&bytes[start..]);
    pieces
}

/// A parameter of a header's value, quoted or not (RFC 9110, section 5.6.6). In the names of forms, `"` and line breaks
/// are percent-encoded (HTML, section 4.10.21.8).
fn parameter(value: &str, wanted: &str) -> Option<String> {
    let mut rest = value.split_once(';')?.1;
    loop {
        let (name, after) = rest.split_once('=')?;
        let (text, after) = match after.strip_prefix('"') {
            Some(quoted) => quoted_text(quoted)?,
            None => {
                let (text, after) = after.split_once(';').unwrap_or((after, ""));
                (text.trim().to_owned(), after)
            }
        };
        if name.trim().eq_ignore_ascii_case(wanted) {
            return Some(text.replace("%22", "\"").replace("%0D", "\r").replace("%0A", "\n"));
        }
        rest = after.trim_start().trim_start_matches(';');
    }
}

/// The text up to the closing quote, and what follows it.
fn quoted_text(quoted: &str) -> Option<(String, &str)> {
    let mut text = String::new();
    let mut characters = quoted.char_indices();
    while let Some((at, character)) = characters.next() {
        match character {
            '"' => return Some((text, &quoted[at + 1..])),
            '\\' => text.extend(characters.next().map(|(_, character)| character)),
            _ => text.push(character),
        }
    }
    None
}
