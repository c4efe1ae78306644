//! In: a text of a server. Out: its `Reading`s: the text as it is, and as a reader of JSON, HTML, URLs and forms decodes it,
//! each character with its place in the text. What is looked for in all of them is found however it is escaped.

use std::ops::Range;

/// How many encodings may stand around each other, as in JSON that a JSON string quotes inside HTML.
const DEPTH: usize = 3;

/// The longest name of a character in HTML that is known here, in characters.
const LONGEST_NAME: usize = 8;

/// HTML's names of ASCII's punctuation (HTML, section 13.5), in lowercase.
const NAMES: [(&str, char); 35] = [
    ("amp", '&'),
    ("lt", '<'),
    ("gt", '>'),
    ("quot", '"'),
    ("apos", '\''),
    ("sol", '/'),
    ("bsol", '\\'),
    ("percnt", '%'),
    ("plus", '+'),
    ("equals", '='),
    ("num", '#'),
    ("excl", '!'),
    ("commat", '@'),
    ("dollar", '$'),
    ("lowbar", '_'),
    ("period", '.'),
    ("comma", ','),
    ("colon", ':'),
    ("semi", ';'),
    ("lpar", '('),
    ("rpar", ')'),
    ("lsqb", '['),
    ("lbrack", '['),
    ("rsqb", ']'),
    ("rbrack", ']'),
    ("lcub", '{'),
    ("lbrace", '{'),
    ("rcub", '}'),
    ("rbrace", '}'),
    ("ast", '*'),
    ("grave", '`'),
    ("hat", '^'),
    ("vert", '|'),
    ("verbar", '|'),
    ("quest", '?'),
];

/// HTML's names of the characters from U+00A0 on, in lowercase: case does not matter here.
const LATIN: &str = "nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn sup2 sup3 \
    acute micro para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest agrave aacute acirc atilde auml aring aelig \
    ccedil egrave eacute ecirc euml igrave iacute icirc iuml eth ntilde ograve oacute ocirc otilde ouml times oslash ugrave \
    uacute ucirc uuml yacute thorn szlig";

/// A character, and the bytes of the text that it is read from.
#[derive(Clone)]
struct Unit {
    c: char,
    place: Range<usize>,
}

/// One way to read a text, in lowercase.
pub(super) struct Reading {
    units: Vec<Unit>,
    /// The length of the whole text. An escape that its end cuts in two is not read.
    length: usize,
}

/// What stands at a place.
enum Escape {
    /// A character, and in how many it is written.
    Of(char, usize),
    /// The beginning of one.
    Cut,
    None,
}

type Reader = fn(&[Unit]) -> Escape;

/// The encodings, each with the characters without which it says nothing new.
const READERS: [(&[char], Reader); 4] = [(&['\\'], in_json), (&['&'], in_html), (&['%'], in_url), (&['+'], in_form)];

/// The readings of a text, that without decoding first.
pub(super) fn readings(text: &[u8]) -> Vec<Reading> {
    let mut all = vec![Reading::new(text)];
    let mut begin = 0;
    for _ in 0..DEPTH {
        let end = all.len();
        for index in begin..end {
            for (first, reader) in READERS {
                if let Some(next) = all.get(index).and_then(|reading| reading.decoded(first, reader))
                    && !all.iter().any(|known| known.is_same(&next))
                {
                    all.push(next);
                }
            }
        }
        begin = end;
    }
    all
}

impl Reading {
    /// The text itself. A byte that is not UTF-8 is taken for a character of ISO 8859-1.
    fn new(text: &[u8]) -> Self {
        let (mut units, mut at) = (Vec::with_capacity(text.len()), 0);
        for chunk in text.utf8_chunks() {
            let invalid = chunk.invalid();
            let latin = invalid.iter().map(|byte| (char::from(*byte), 1));
            // A character that the text's end cuts in two.
            let is_cut = at + chunk.valid().len() + invalid.len() == text.len() && is_begun(invalid);
            let latin = latin.filter(|_| !is_cut);
            for (c, length) in chunk.valid().chars().map(|c| (c, c.len_utf8())).chain(latin) {
                units.push(Unit { c: lower(c), place: at..at + length });
                at += length;
            }
        }
        Self { units, length: text.len() }
    }

    /// The same text with its escapes decoded, if it has some.
    fn decoded(&self, first: &[char], reader: Reader) -> Option<Self> {
        if !self.units.iter().any(|unit| first.contains(&unit.c)) {
            return None;
        }
        let (mut units, mut rest) = (Vec::with_capacity(self.units.len()), self.units.as_slice());
        while let Some((unit, after)) = rest.split_first() {
            let (c, length) = match reader(rest) {
                Escape::Cut => break,
                Escape::Of(c, length) if length <= rest.len() => (c, length),
                _ => (unit.c, 1),
            };
            let (read, after) = rest.split_at_checked(length).unwrap_or((&rest[..1], after));
            let end = read.last().map_or(unit.place.end, |last| last.place.end);
            units.push(Unit { c: lower(c), place: unit.place.start..end });
            rest = after;
        }
        Some(Self { units, length: self.length })
    }

    fn is_same(&self, other: &Self) -> bool {
        self.units.len() == other.units.len() && self.units.iter().zip(&other.units).all(|(a, b)| a.c == b.c)
    }

    /// Where this stands in the text, in lowercase: all of it, or so many characters of its beginning where the text ends.
    pub(super) fn places<'r>(&'r self, wanted: &'r [char], least: usize) -> impl Iterator<Item = Range<usize>> + 'r {
        (0..self.units.len()).filter_map(move |start| {
            let rest = &self.units[start..];
            let is_whole = rest.len() >= wanted.len();
            let length = if is_whole { wanted.len() } else { rest.len() };
            let is_there = length >= least && rest.iter().zip(wanted).all(|(unit, c)| unit.c == *c);
            let end = if is_whole { rest.get(length.checked_sub(1)?)?.place.end } else { self.length };
            is_there.then(|| self.units[start].place.start..end)
        })
    }
}

/// Letters of both cases are one.
pub(super) fn lower(c: char) -> char {
    c.to_lowercase().next().unwrap_or(c)
}

/// Whether bytes are the beginning of a character in UTF-8.
fn is_begun(bytes: &[u8]) -> bool {
    let length = match bytes.first() {
        Some(0xc2..=0xdf) => 2,
        Some(0xe0..=0xef) => 3,
        Some(0xf0..=0xf4) => 4,
        _ => return false,
    };
    bytes.len() < length
}

/// A number of this many hexadecimal digits.
fn hex(units: &[Unit], digits: usize) -> Option<u32> {
    let units = units.get(..digits)?;
    units.iter().try_fold(0_u32, |number, unit| number.checked_mul(16)?.checked_add(unit.c.to_digit(16)?))
}

/// Whether the text ends within a number of that many digits.
fn is_cut(units: &[Unit], digits: usize) -> bool {
    units.len() < digits && hex(units, units.len()).is_some()
}

/// The escapes of JSON (RFC 8259, section 7), and those of JavaScript and Rust.
fn in_json(units: &[Unit]) -> Escape {
    if units.first().is_none_or(|unit| unit.c != '\\') {
        return Escape::None;
    }
    let Some(kind) = units.get(1) else { return Escape::Cut };
    let rest = units.get(2..).unwrap_or_default();
    match kind.c {
        'u' if rest.first().is_some_and(|unit| unit.c == '{') => {
            let digits = rest[1..].iter().take_while(|unit| unit.c.is_ascii_hexdigit()).count().min(8);
            match (hex(&rest[1..], digits).and_then(char::from_u32), rest.get(1 + digits)) {
                (_, None) => Escape::Cut,
                (Some(c), Some(unit)) if unit.c == '}' => Escape::Of(c, digits + 4),
                _ => Escape::None,
            }
        }
        'u' | 'x' => {
            let digits = if kind.c == 'u' { 4 } else { 2 };
            match hex(rest, digits) {
                Some(high @ 0xd800..=0xdbff) => surrogates(high, &rest[4..]),
                Some(code) => Escape::Of(char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER), 2 + digits),
                None if is_cut(rest, digits) => Escape::Cut,
                None => Escape::None,
            }
        }
        'n' => Escape::Of('\n', 2),
        'r' => Escape::Of('\r', 2),
        't' => Escape::Of('\t', 2),
        'b' => Escape::Of('\u{8}', 2),
        'f' => Escape::Of('\u{c}', 2),
        '0' => Escape::Of('\0', 2),
        other => Escape::Of(other, 2),
    }
}

/// The second half of a character beyond U+FFFF, which JSON writes as two.
fn surrogates(high: u32, rest: &[Unit]) -> Escape {
    let begin: String = rest.iter().take(2).map(|unit| unit.c).collect();
    let digits = rest.get(2..).unwrap_or_default();
    if "\\u".starts_with(&begin) && is_cut(digits, 4) {
        return Escape::Cut;
    }
    match hex(digits, 4).filter(|_| begin == "\\u") {
        Some(low @ 0xdc00..=0xdfff) => {
            let c = char::from_u32(0x10000 + ((high - 0xd800) << 10) + (low - 0xdc00));
            Escape::Of(c.unwrap_or(char::REPLACEMENT_CHARACTER), 12)
        }
        _ => Escape::Of(char::REPLACEMENT_CHARACTER, 6),
    }
}

/// The references of HTML and XML (HTML, section 13.2.5.72), whose semicolon may be missing.
fn in_html(units: &[Unit]) -> Escape {
    if units.first().is_none_or(|unit| unit.c != '&') {
        return Escape::None;
    }
    let text: String = units[1..].iter().take(LONGEST_NAME + 3).map(|unit| unit.c).collect();
    let is_part = |c: char| c.is_ascii_alphanumeric() || c == '#';
    if units.len() <= LONGEST_NAME && text.chars().all(is_part) {
        return Escape::Cut;
    }
    let (c, length) = match text.strip_prefix('#') {
        Some(number) => {
            let (radix, digits) = number.strip_prefix('x').map_or((10, number), |digits| (16, digits));
            let count = digits.chars().take_while(|c| c.is_digit(radix)).count();
            let code = u32::from_str_radix(&digits[..count], radix).ok();
            (code.and_then(char::from_u32), number.len() - digits.len() + count + 2)
        }
        None => named(&text).map_or((None, 0), |(c, length)| (Some(c), length + 1)),
    };
    let semicolon = usize::from(units.get(length).is_some_and(|unit| unit.c == ';'));
    c.map_or(Escape::None, |c| Escape::Of(c, length + semicolon))
}

/// The character with the longest name that the text begins with, and the length of the name.
fn named(text: &str) -> Option<(char, usize)> {
    let latin = LATIN.split_ascii_whitespace().zip('\u{a0}'..);
    let all = NAMES.into_iter().chain(latin).filter(|(name, _)| text.starts_with(name));
    all.map(|(name, c)| (c, name.len())).max_by_key(|(_, length)| *length)
}

/// The escapes of URLs (RFC 3986, section 2.1), and the `%u00e9` of old JavaScript.
fn in_url(units: &[Unit]) -> Escape {
    if units.first().is_none_or(|unit| unit.c != '%') {
        return Escape::None;
    }
    let rest = &units[1..];
    let old = rest.split_first().filter(|(unit, _)| unit.c == 'u');
    if let Some(code) = old.and_then(|(_, digits)| hex(digits, 4)) {
        return char::from_u32(code).map_or(Escape::None, |c| Escape::Of(c, 6));
    }
    let octet = |index: usize| {
        let triple = units.get(3 * index..)?;
        triple.first().filter(|unit| unit.c == '%')?;
        u8::try_from(hex(triple.get(1..)?, 2)?).ok()
    };
    let Some(first) = octet(0) else {
        return if is_cut(rest, 2) { Escape::Cut } else { Escape::None };
    };
    let bytes: Vec<u8> = (0..4).map_while(octet).collect();
    let length = (1..=bytes.len()).find(|length| std::str::from_utf8(&bytes[..*length]).is_ok());
    let c = length.and_then(|length| std::str::from_utf8(&bytes[..length]).ok()?.chars().next());
    match (c, length) {
        (Some(c), Some(length)) => Escape::Of(c, 3 * length),
        // It ends within a character, or is one of ISO 8859-1.
        _ if is_begun(&bytes) && units.len() < 3 * bytes.len() + 3 => Escape::Cut,
        _ => Escape::Of(char::from(first), 3),
    }
}

/// The escapes of forms (WHATWG URL, section 5.1).
fn in_form(units: &[Unit]) -> Escape {
    match units.first() {
        Some(unit) if unit.c == '+' => Escape::Of(' ', 1),
        _ => in_url(units),
    }
}
