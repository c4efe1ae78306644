//! In: the text of a parameter as it was sent. Out: its value, read by the tables of the standard (OpenAPI 3.1.1,
//! section 4.8.12.4 "Style Examples"; RFC 6570 where they are silent). The value that was given says only which kind is meant:
//! a text, a number, a list or an object, as the schema would.

use crate::described::{Parameter, Style};
use oasmith_samples::schema::decode;
use serde_json::{Map, Value};

/// A `name=value` of a query or of a `Cookie` header, as it was sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pair {
    /// The name, decoded.
    pub name: String,
    /// The value, as it was sent.
    pub raw: String,
}

/// The pairs of a text.
///
/// # Errors
/// A name that is no percent-encoded UTF-8.
pub fn pairs(text: &str, delimiter: char) -> Result<Vec<Pair>, String> {
    let parts = text.split(delimiter).map(str::trim).filter(|part| !part.is_empty());
    parts
        .map(|part| {
            let (name, raw) = part.split_once('=').unwrap_or((part, ""));
            Ok(Pair { name: plain(name)?, raw: raw.to_owned() })
        })
        .collect()
}

/// How the parts of a value are decoded.
type Decode = fn(&str) -> Result<String, String>;

/// Percent-decoded text of a query, where `+` is a space (WHATWG URL, section 5.1).
pub fn plain(text: &str) -> Result<String, String> {
    decoded(&text.replace('+', " "))
}

/// Percent-decoded text (RFC 3986, section 2.1).
pub fn decoded(text: &str) -> Result<String, String> {
    let bytes = text.as_bytes();
    let is_digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_hexdigit);
    let is_bare = |(at, byte): (usize, &u8)| *byte == b'%' && !(is_digit(at + 1) && is_digit(at + 2));
    if bytes.iter().enumerate().any(is_bare) {
        return Err(format!("`%` stands alone in {text:?}"));
    }
    decode(text).ok_or_else(|| format!("{text:?} is no UTF-8"))
}

/// Text as it stands: a header (OpenAPI 3.1.1, appendix D).
pub fn bare(text: &str) -> Result<String, String> {
    Ok(text.to_owned())
}

/// Reads a parameter of the query or of a cookie, taking its pairs away; `None` where there is none.
///
/// # Errors
/// What does not fit its style.
pub fn named(pairs: &mut Vec<Pair>, parameter: &Parameter, given: &Value) -> Result<Option<Value>, String> {
    let name = parameter.name.as_str();
    if parameter.style == Style::Deep {
        let inner = |pair: &Pair| {
            let inner = pair.name.strip_prefix(name)?.strip_prefix('[')?.strip_suffix(']')?;
            Some(inner.to_owned())
        };
        let own = take(pairs, |pair| inner(pair).is_some());
        let members = own.iter().map(|pair| Ok((inner(pair).unwrap_or_default(), plain(&pair.raw)?)));
        return members.collect::<Result<Vec<_>, String>>().map(|members| object(members, given));
    }
    let is_several = parameter.style != Style::Json && parameter.explode;
    if let (true, Value::Object(members)) = (is_several, given) {
        let own = take(pairs, |pair| members.contains_key(&pair.name));
        let members = own.into_iter().map(|pair| Ok((pair.name, plain(&pair.raw)?)));
        return members.collect::<Result<Vec<_>, String>>().map(|members| object(members, given));
    }
    let own = take(pairs, |pair| pair.name == name);
    if let (true, Value::Array(items)) = (is_several, given) {
        let texts = own.iter().map(|pair| plain(&pair.raw)).collect::<Result<Vec<_>, _>>()?;
        return Ok((!texts.is_empty()).then(|| list(&texts, items)));
    }
    let raw = match own.as_slice() {
        [] => return Ok(None),
        [one] => one.raw.as_str(),
        _ => return Err(format!("`{name}` is sent {} times", own.len())),
    };
    match parameter.style {
        Style::Json => serde_json::from_str(&plain(raw)?).map(Some).map_err(|error| error.to_string()),
        Style::Space => whole(&raw.replace('+', "%20"), "%20", false, given, plain).map(Some),
        Style::Pipe => whole(&raw.replace("%7C", "|").replace("%7c", "|"), "|", false, given, plain).map(Some),
        _ => whole(raw, ",", false, given, plain).map(Some),
    }
}

fn take(pairs: &mut Vec<Pair>, is_own: impl Fn(&Pair) -> bool) -> Vec<Pair> {
    let (own, others) = std::mem::take(pairs).into_iter().partition(is_own);
    *pairs = others;
    own
}

/// Reads a parameter of the path.
///
/// # Errors
/// What does not fit its style.
pub fn path(raw: &str, parameter: &Parameter, given: &Value) -> Result<Value, String> {
    match parameter.style {
        Style::Matrix => matrix(raw, parameter, given),
        Style::Label => {
            let rest = raw.strip_prefix('.').ok_or("it does not begin with `.`")?;
            whole(rest, if parameter.explode { "." } else { "," }, parameter.explode, given, decoded)
        }
        _ => unnamed(raw, parameter, given, decoded),
    }
}

/// Reads a header.
///
/// # Errors
/// What does not fit its style.
pub fn header(text: &str, parameter: &Parameter, given: &Value) -> Result<Value, String> {
    unnamed(text, parameter, given, bare)
}

fn unnamed(raw: &str, parameter: &Parameter, given: &Value, decode: Decode) -> Result<Value, String> {
    match parameter.style {
        Style::Json => serde_json::from_str(&decode(raw)?).map_err(|error| error.to_string()),
        _ => whole(raw, ",", parameter.explode, given, decode),
    }
}

fn matrix(raw: &str, parameter: &Parameter, given: &Value) -> Result<Value, String> {
    let rest = raw.strip_prefix(';').ok_or("it does not begin with `;`")?;
    let mut own = Vec::new();
    for part in rest.split(';') {
        let (name, raw) = part.split_once('=').unwrap_or((part, ""));
        own.push((decoded(name)?, raw));
    }
    if let (true, Value::Object(_)) = (parameter.explode, given) {
        let members = own.into_iter().map(|(name, raw)| Ok((name, decoded(raw)?))).collect::<Result<Vec<_>, String>>();
        return Ok(object(members?, given).unwrap_or_default());
    }
    if let Some((other, _)) = own.iter().find(|(name, _)| *name != parameter.name) {
        return Err(format!("`{other}` stands in its place"));
    }
    match (own.as_slice(), given) {
        (_, Value::Array(items)) if parameter.explode => {
            let texts = own.iter().map(|(_, raw)| decoded(raw)).collect::<Result<Vec<_>, _>>()?;
            Ok(list(&texts, items))
        }
        ([(_, raw)], _) => whole(raw, ",", false, given, decoded),
        _ => Err(format!("it is sent {} times", own.len())),
    }
}

/// A value in one text, its parts delimited; the members of an object as `name=value` or in turn.
fn whole(raw: &str, delimiter: &str, equals: bool, given: &Value, decode: Decode) -> Result<Value, String> {
    let parts = || raw.split(delimiter).map(decode).collect::<Result<Vec<_>, _>>();
    match given {
        Value::Array(items) => Ok(list(&parts()?, items)),
        Value::Object(_) if equals => {
            let member = |part: &str| {
                let (name, value) = part.split_once('=').ok_or_else(|| format!("`{part}` is no member"))?;
                Ok((decode(name)?, decode(value)?))
            };
            let members = raw.split(delimiter).map(member).collect::<Result<Vec<_>, String>>()?;
            Ok(object(members, given).unwrap_or_default())
        }
        Value::Object(_) => {
            let parts = parts()?;
            let members = parts.chunks(2).map(|pair| match pair {
                [name, value] => Ok((name.clone(), value.clone())),
                _ => Err("a name has no value".to_owned()),
            });
            Ok(object(members.collect::<Result<Vec<_>, _>>()?, given).unwrap_or_default())
        }
        _ => Ok(leaf(decode(raw)?, given)),
    }
}

fn list(texts: &[String], given: &[Value]) -> Value {
    let texts = texts.iter().enumerate();
    texts.map(|(index, text)| leaf(text.clone(), given.get(index).unwrap_or(&Value::Null))).collect()
}

fn object(members: Vec<(String, String)>, given: &Value) -> Option<Value> {
    let members = members.into_iter().map(|(name, text)| {
        let value = leaf(text, given.get(&name).unwrap_or(&Value::Null));
        (name, value)
    });
    let members: Map<_, _> = members.collect();
    (!members.is_empty()).then_some(Value::Object(members))
}

/// A text as the kind of value that is meant; as it is where it cannot be one.
pub fn leaf(text: String, given: &Value) -> Value {
    match given {
        Value::Bool(_) | Value::Number(_) => serde_json::from_str(&text).unwrap_or(Value::String(text)),
        _ => Value::String(text),
    }
}

#[cfg(test)]
mod tests {
    use super::{header, named, pairs, path};
    use crate::described::{Parameter, Place, Style};
    use serde_json::{Value, json};

    fn parameter(style: Style, explode: bool) -> Parameter {
        let name = "color".to_owned();
        Parameter { name, place: Place::Query, required: true, style, explode, schema: None }
    }

    /// The rows of the table "Style Examples".
    #[test]
    fn the_examples_of_the_standard_are_read() {
        let (list, object) = (json!(["blue", "black", "brown"]), json!({"R": 100, "G": 200, "B": 150}));
        let one = json!("blue");
        let paths = [
            (Style::Matrix, false, ";color=blue", &one),
            (Style::Matrix, false, ";color=blue,black,brown", &list),
            (Style::Matrix, false, ";color=R,100,G,200,B,150", &object),
            (Style::Matrix, true, ";color=blue;color=black;color=brown", &list),
            (Style::Matrix, true, ";R=100;G=200;B=150", &object),
            (Style::Label, false, ".blue", &one),
            (Style::Label, false, ".blue,black,brown", &list),
            (Style::Label, false, ".R,100,G,200,B,150", &object),
            (Style::Label, true, ".blue.black.brown", &list),
            (Style::Label, true, ".R=100.G=200.B=150", &object),
            (Style::Simple, false, "blue,black,brown", &list),
            (Style::Simple, false, "R,100,G,200,B,150", &object),
            (Style::Simple, true, "R=100,G=200,B=150", &object),
        ];
        for (style, explode, text, given) in paths {
            assert_eq!(path(text, &parameter(style, explode), given).as_ref(), Ok(given), "{text}");
        }
        let queries = [
            (Style::Form, false, "color=blue", &one),
            (Style::Form, false, "color=blue,black,brown", &list),
            (Style::Form, false, "color=R,100,G,200,B,150", &object),
            (Style::Form, true, "color=blue&color=black&color=brown", &list),
            (Style::Form, true, "R=100&G=200&B=150", &object),
            (Style::Space, false, "color=blue%20black%20brown", &list),
            (Style::Space, false, "color=R%20100%20G%20200%20B%20150", &object),
            (Style::Pipe, false, "color=blue%7Cblack%7Cbrown", &list),
            (Style::Pipe, false, "color=R%7C100%7CG%7C200%7CB%7C150", &object),
            (Style::Deep, true, "color%5BR%5D=100&color%5BG%5D=200&color%5BB%5D=150", &object),
        ];
        for (style, explode, text, given) in queries {
            let mut pairs = pairs(text, '&').unwrap();
            let read = named(&mut pairs, &parameter(style, explode), given);
            assert_eq!((read, pairs), (Ok(Some(given.clone())), Vec::new()), "{text}");
        }
        assert_eq!(header("a b,c", &parameter(Style::Simple, false), &json!(["", ""])), Ok(json!(["a b", "c"])));
    }

    #[test]
    fn what_is_not_spelt_right_is_seen() {
        let read = |text: &str| named(&mut pairs(text, '&').unwrap(), &parameter(Style::Form, false), &json!("x"));
        assert_eq!(read("color=%C3%A4+%2B"), Ok(Some(json!("ä +"))));
        assert!(read("color=%zz").is_err() && read("color=a&color=b").is_err());
        assert_eq!(read("colour=a"), Ok(None));
        assert!(path("blue", &parameter(Style::Label, false), &Value::Null).is_err());
    }
}
