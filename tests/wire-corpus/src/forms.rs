//! In: the body of a form as it was sent. Out: its value, read by the standard (OpenAPI 3.1.1, sections 4.8.14.4 to
//! 4.8.15; WHATWG URL, section 5.1; RFC 7578). As for parameters, the value that was given says which kinds are meant.
//!
//! Null, an empty list and an empty object have no spelling: they may be absent.

use crate::described::{Encoding, Media, Parameter, Place, Style, essence, is_json};
use crate::draw::parts;
use crate::multipart::{self, Part};
use crate::styles::{self, Pair, leaf, plain};
use serde_json::{Map, Value};

/// Whether the standard says how to spell a value.
pub fn fits(media: &Media, value: &Value) -> bool {
    let Some(members) = value.as_object() else { return false };
    let explodes = |name: &String| match encoding(media, name).style {
        Some((Style::Form, true)) => members.get(name).and_then(Value::as_object),
        _ => None,
    };
    let has_place = |(name, value): (&String, &Value)| match encoding(media, name).style {
        // An item that is null has no spelling, and to leave it out would move the others.
        None => !value.as_array().is_some_and(|items| items.contains(&Value::Null)),
        Some((Style::Deep, _)) => true,
        Some((style, explode)) => {
            let flat = if is_undefined(value) { Some(Vec::new()) } else { parts(value) };
            let delimiter = match style {
                Style::Space => ' ',
                Style::Pipe => '|',
                _ => ',',
            };
            let is_whole = |parts: &Vec<String>| explode || !parts.iter().any(|part| part.contains(delimiter));
            let clashes = |inner: &Map<String, Value>| inner.keys().any(|inner| members.contains_key(inner));
            flat.as_ref().is_some_and(is_whole) && !explodes(name).is_some_and(clashes)
        }
    };
    members.iter().all(has_place)
}

fn encoding(media: &Media, name: &str) -> Encoding {
    media.encodings.iter().find(|(known, _)| known == name).map(|(_, encoding)| encoding.clone()).unwrap_or_default()
}

fn is_undefined(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Array(items) => items.is_empty(),
        Value::Object(members) => members.is_empty(),
        _ => false,
    }
}

/// Reads `application/x-www-form-urlencoded`.
///
/// # Errors
/// What does not fit.
pub fn urlencoded(body: &str, media: &Media, given: &Value) -> Result<Value, String> {
    let mut pairs = styles::pairs(body, '&')?;
    let mut read = Map::new();
    for (name, value) in given.as_object().into_iter().flatten() {
        let found = match encoding(media, name).style {
            Some((Style::Deep, _)) => deep(&mut pairs, name, value)?,
            Some((style, explode)) => {
                let (name, place) = (name.clone(), Place::Query);
                let parameter = Parameter { name, place, required: true, style, explode, schema: None };
                styles::named(&mut pairs, &parameter, value)?
            }
            None => {
                let (own, others) = pairs.into_iter().partition(|pair: &Pair| pair.name == *name);
                pairs = others;
                let own: Vec<Pair> = own;
                let texts = own.iter().map(|pair| Ok((plain(&pair.raw)?, false)));
                by_content(texts.collect::<Result<_, String>>()?, value)?
            }
        };
        read.extend(found.or_else(|| is_undefined(value).then(|| value.clone())).map(|value| (name.clone(), value)));
    }
    match pairs.first() {
        Some(pair) => Err(format!("`{}` is sent though it is not given", pair.name)),
        None => Ok(Value::Object(read)),
    }
}

/// The texts of one property without a style, each with whether it says that it is JSON: a list is several of them, an
/// object is JSON.
fn by_content(texts: Vec<(String, bool)>, given: &Value) -> Result<Option<Value>, String> {
    let one = |(text, says_json): &(String, bool), given: &Value| match given {
        Value::Object(_) | Value::Array(_) => serde_json::from_str(text).map_err(|error| error.to_string()),
        _ if *says_json => serde_json::from_str(text).map_err(|error| error.to_string()),
        _ => Ok(leaf(text.clone(), given)),
    };
    match (given, texts.as_slice()) {
        (_, []) => Ok(None),
        (Value::Array(items), texts) => {
            let given = |index: usize| items.get(index).unwrap_or(&Value::Null);
            let items = texts.iter().enumerate().map(|(index, text)| one(text, given(index)));
            items.collect::<Result<_, String>>().map(|items| Some(Value::Array(items)))
        }
        (_, [text]) => one(text, given).map(Some),
        (_, several) => Err(format!("it is sent {} times", several.len())),
    }
}

/// What the standard leaves undefined and servers read nevertheless: `a[b][c]=1`, `a[0]=1`.
fn deep(pairs: &mut Vec<Pair>, name: &str, given: &Value) -> Result<Option<Value>, String> {
    let mut read = |key: &str, value: &Value| {
        let found = deep(pairs, &format!("{name}[{key}]"), value)?;
        Ok::<_, String>(found.or_else(|| is_undefined(value).then(|| value.clone())))
    };
    match given {
        Value::Object(members) if !members.is_empty() => {
            let mut all = Map::new();
            for (key, value) in members {
                all.extend(read(key, value)?.map(|value| (key.clone(), value)));
            }
            Ok((!all.is_empty()).then_some(Value::Object(all)))
        }
        Value::Array(items) if !items.is_empty() => {
            let mut all = Vec::new();
            for (index, value) in items.iter().enumerate() {
                all.extend(read(&index.to_string(), value)?);
            }
            Ok((!all.is_empty()).then_some(Value::Array(all)))
        }
        _ => {
            let at = pairs.iter().position(|pair| pair.name == name);
            at.map(|at| Ok(leaf(plain(&pairs.remove(at).raw)?, given))).transpose()
        }
    }
}

/// Reads `multipart/form-data`.
///
/// # Errors
/// What does not fit.
pub fn multipart(body: &[u8], content_type: &str, media: &Media, given: &Value) -> Result<Value, String> {
    let mut all = multipart::parts(body, content_type)?;
    let mut read = Map::new();
    for (name, value) in given.as_object().into_iter().flatten() {
        let encoding = encoding(media, name);
        if let Some((style, explode)) = encoding.style {
            let found = styled(&mut all, name, value, style, explode)?;
            read.extend(
                found.or_else(|| is_undefined(value).then(|| value.clone())).map(|value| (name.clone(), value)),
            );
            continue;
        }
        let (own, others): (Vec<Part>, Vec<Part>) = all.into_iter().partition(|part| part.name == *name);
        all = others;
        if let Some(wrong) = own.iter().find(|part| !allows(encoding.media.as_deref(), &part.media)) {
            return Err(format!("`{name}`: its media type is `{}`, not `{:?}`", wrong.media, encoding.media));
        }
        let text = |part: Part| match String::from_utf8(part.body) {
            Ok(text) => Ok((text, is_json(&part.media))),
            Err(_) => Err(format!("`{name}`: it is no UTF-8")),
        };
        let found = by_content(own.into_iter().map(text).collect::<Result<_, _>>()?, value)?;
        read.extend(found.or_else(|| is_undefined(value).then(|| value.clone())).map(|value| (name.clone(), value)));
    }
    match all.first() {
        Some(part) => Err(format!("`{}` is sent though it is not given", part.name)),
        None => Ok(Value::Object(read)),
    }
}

/// Reads the parts of a property with a style: each is one of the pairs that it would be in a form, nothing
/// percent-encoded, and so what a style puts between texts is told from what is in them only where it explodes.
fn styled(
    all: &mut Vec<Part>,
    name: &str,
    given: &Value,
    style: Style,
    explode: bool,
) -> Result<Option<Value>, String> {
    let (texts, files): (Vec<Part>, Vec<Part>) = std::mem::take(all).into_iter().partition(|part| part.file.is_none());
    let pair = |part: &Part| {
        let text = String::from_utf8_lossy(&part.body).replace('%', "%25").replace('+', "%2B");
        Pair { name: part.name.clone(), raw: text }
    };
    let mut pairs: Vec<Pair> = texts.iter().map(pair).collect();
    let found = match style {
        Style::Deep => deep(&mut pairs, name, given),
        style => {
            let (name, place) = (name.to_owned(), Place::Query);
            styles::named(&mut pairs, &Parameter { name, place, required: true, style, explode, schema: None }, given)
        }
    };
    // Those that were not read are left, in their order.
    let mut left = pairs.into_iter().peekable();
    let is_left = |part: &Part| left.next_if(|pair| pair.name == part.name).is_some();
    all.extend(texts.into_iter().filter(is_left).chain(files));
    found
}

/// Whether a list of media types and ranges holds one. Without a list, all are allowed.
fn allows(list: Option<&str>, media: &str) -> bool {
    let media = essence(media);
    let holds = |range: &str| {
        let range = essence(range);
        range == media || range == "*/*" || range.strip_suffix('*').is_some_and(|start| media.starts_with(start))
    };
    list.is_none_or(|list| list.split(',').any(holds))
}

#[cfg(test)]
mod tests {
    use super::{fits, multipart, urlencoded};
    use crate::described::{Encoding, Media, Style};
    use serde_json::{Value, json};

    /// A property, its style and the media types of its part.
    type Row<'a> = (&'a str, Option<(Style, bool)>, Option<&'a str>);

    fn media(encodings: &[Row]) -> Media {
        let encodings = encodings.iter().map(|(name, style, media)| {
            ((*name).to_owned(), Encoding { style: *style, media: media.map(str::to_owned) })
        });
        Media { encodings: encodings.collect(), ..Media::default() }
    }

    fn read(text: &str, encodings: &[Row], given: &Value) -> Result<Value, String> {
        urlencoded(text, &media(encodings), given)
    }

    #[test]
    fn the_content_says_how_a_property_is_spelt() {
        let given = json!({"id": "f81d", "n": 1, "address": {"street": "a b"}, "tags": ["x", "y"], "none": null});
        let text = "id=f81d&n=1&address=%7B%22street%22%3A%22a+b%22%7D&tags=x&tags=y";
        assert_eq!(read(text, &[], &given), Ok(given.clone()));
        assert_eq!(
            read("id=a&more=1", &[], &json!({"id": "a"})),
            Err("`more` is sent though it is not given".to_owned())
        );
        assert_eq!(read("id=a%2Cb", &[], &json!({"id": ["a", "b"]})), Ok(json!({"id": ["a,b"]})));
    }

    #[test]
    fn a_style_says_it_too() {
        let given = json!({"a": {"b": {"c": 1}, "d": ["x"]}, "l": ["1", "2"]});
        let encodings = [("a", Some((Style::Deep, true)), None), ("l", Some((Style::Form, false)), None)];
        assert_eq!(read("a[b][c]=1&a%5Bd%5D%5B0%5D=x&l=1,2", &encodings, &given), Ok(given.clone()));
        assert!(fits(&media(&encodings), &given) && !fits(&media(&encodings), &json!({"l": ["1,2"]})));
        assert!(!fits(&media(&[]), &json!({"l": [null]})));
        assert!(!fits(&media(&[("l", Some((Style::Form, true)), None)]), &json!({"l": {"x": 1}, "x": 2})));
    }

    #[test]
    fn parts_are_read() {
        let body =
            b"--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n--b\r\ncontent-disposition: form-data; \
            name=\"f\"; filename=\"x;\\\".png\"\r\nContent-Type: image/png\r\n\r\n\r\n-\r\n--b--\r\n";
        let given = json!({"a": 1, "f": "\r\n-"});
        let read = |media: &Media| multipart(body, "multipart/form-data; boundary=b", media, &given);
        assert_eq!(read(&media(&[("f", None, Some("image/jpeg, image/*"))])), Ok(given.clone()));
        assert!(read(&media(&[("f", None, Some("image/jpeg"))])).is_err());

        let part = |name: &str, text: &str| {
            format!("--b\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{text}\r\n")
        };
        let body = part("l[create]", "100%") + &part("x", "+") + &part("e[0]", "a+b") + "--b--\r\n";
        let given = json!({"l": {"create": "100%"}, "e": ["a+b"], "x": "+", "none": []});
        let deep = |name| (name, Some((Style::Deep, true)), None);
        let media = media(&[deep("l"), deep("e"), deep("none")]);
        assert_eq!(multipart(body.as_bytes(), "multipart/form-data; boundary=b", &media, &given), Ok(given));
    }
}
