//! In: words. Out: a document that gives each of them, in all cases, to whatever has a name.

use serde_json::{Map, Value, json};

/// How many of the words share a scope where all are required: compilers count such on their stack.
const TOGETHER: usize = 12;

/// A word in all cases, itself first.
pub(crate) fn cases(word: &str) -> Vec<String> {
    let (pascal, snake) = (pascal(word), snake(word));
    let mut first = pascal.chars();
    let camel: String = first.next().into_iter().flat_map(char::to_lowercase).chain(first).collect();
    let mut all = vec![word.to_owned()];
    let more = [pascal, word.to_lowercase(), word.to_uppercase(), camel, snake.to_uppercase(), snake];
    for case in more.into_iter().chain([format!("_{word}"), format!("{word}_"), format!("__{word}")]) {
        if !all.contains(&case) {
            all.push(case);
        }
    }
    all
}

fn parts(word: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    for c in word.chars() {
        if c == '_' || c.is_uppercase() && parts.last().is_some_and(|last| last.ends_with(char::is_lowercase)) {
            parts.push(String::new());
        }
        parts.last_mut().unwrap().extend(Some(c).filter(|c| *c != '_'));
    }
    parts
}

fn pascal(word: &str) -> String {
    let capital = |part: String| {
        let mut letters = part.chars();
        letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect::<String>()
    };
    parts(word).into_iter().map(capital).collect()
}

fn snake(word: &str) -> String {
    parts(word).join("_").to_lowercase()
}

/// The values of the enum that has them all.
pub(crate) fn values(words: &[String]) -> Vec<String> {
    let all: std::collections::BTreeSet<_> = words.iter().flat_map(|word| cases(word)).collect();
    all.into_iter().collect()
}

/// One case of a word, another for each use.
fn case(word: &str, which: usize) -> String {
    let all = cases(word);
    all[which % all.len()].clone()
}

/// The document.
pub(crate) fn of(words: &[String]) -> Value {
    let mut schemas = Map::new();
    schemas.insert("AllTheValues".into(), json!({"type": "string", "enum": values(words)}));
    for (index, words) in words.chunks(TOGETHER).enumerate() {
        schemas.insert(format!("AllTheProperties{index}"), object(words));
        schemas.insert(format!("AllTheVariants{index}"), union(words));
    }
    for (index, word) in words.iter().enumerate() {
        // Types refer to few others, for the compiler counts their depth.
        let near = index - index % TOGETHER;
        let next = |step: usize| reference(&words[(near + (index + step) % TOGETHER) % words.len()]);
        let schema = match index % 6 {
            0 => json!({"type": "object", "required": [word], "properties": {word: next(1), "next": next(6)}}),
            1 => json!({"type": "string", "enum": cases(word)}),
            2 => json!({"oneOf": [next(1), {"type": "array", "items": next(1)}, {"type": "string"}]}),
            3 => json!({"type": "object", "properties": {word: {"type": "string"}}, "additionalProperties": next(4)}),
            4 => json!({"type": "array", "items": {"title": word, "type": "object", "properties": {word: next(3)}}}),
            _ => json!({"type": "integer", "x-enum-varnames": [word, case(word, 1)], "enum": [1, 2]}),
        };
        schemas.insert(word.clone(), schema);
        // Another of the same name but for its case.
        if index.is_multiple_of(2) {
            let more = json!({"type": "object", "properties": {word: {"type": "string", "default": "a"}}});
            schemas.entry(case(word, 1 + index % 3)).or_insert(more);
        }
    }
    let paths: Map<_, _> = (0..words.len()).map(|index| operation(words, index)).collect();
    json!({
        "openapi": "3.1.0",
        "info": {"title": "Names", "version": "1"},
        "servers": servers(words),
        "paths": paths,
        "webhooks": webhooks(words),
        "components": {"schemas": schemas},
    })
}

fn reference(schema: &str) -> Value {
    let name = schema.replace('~', "~0").replace('/', "~1");
    let escape = |byte: u8| match byte {
        byte if byte.is_ascii_alphanumeric() || b"-._".contains(&byte) => char::from(byte).to_string(),
        byte => format!("%{byte:02X}"),
    };
    json!({"$ref": format!("#/components/schemas/{}", name.bytes().map(escape).collect::<String>())})
}

/// Each word as a property that is required, optional with a default, nullable, and any.
fn object(words: &[String]) -> Value {
    let mut properties = Map::new();
    for word in words {
        properties.insert(word.clone(), json!({"type": "string"}));
        for (index, other) in cases(word).into_iter().enumerate().skip(1) {
            let schema = match index % 4 {
                0 => json!({"type": "integer", "default": 1}),
                1 => json!({"type": ["string", "null"]}),
                2 => json!({"type": "string", "enum": ["a", word], "default": "a"}),
                _ => json!({"type": "string", "default": word}),
            };
            properties.entry(other).or_insert(schema);
        }
    }
    json!({"type": "object", "required": words, "properties": properties})
}

/// Each word as the value that tells an object from the others, as a title, and as a required property.
fn union(words: &[String]) -> Value {
    let arm = |(index, word): (usize, &String)| match index % 2 {
        0 => json!({"type": "object", "required": ["kind"], "properties": {"kind": {"const": word}}}),
        _ => json!({"title": word, "type": "object", "required": [word], "properties": {word: {"type": "integer"}}}),
    };
    json!({"oneOf": words.iter().enumerate().map(arm).collect::<Vec<_>>()})
}

/// An operation that is called by one word and tagged by another; some have parameters, headers and responses by more.
fn operation(words: &[String], index: usize) -> (String, Value) {
    let word = |step: usize| words[(index + step) % words.len()].as_str();
    let text = json!({"type": "string"});
    let (id, tag) = (case(word(0), index), case(word(index % 7), index));
    if !index.is_multiple_of(6) {
        let responses = json!({"204": {"description": "Done."}});
        let operation = json!({"operationId": id, "tags": [tag], "responses": responses});
        return (format!("/{index}"), json!({"post": operation}));
    }
    let own = word(0).replace(['/', '{', '}', '#'], "");
    let mut parameters = vec![json!({"name": own, "in": "path", "required": true, "schema": text})];
    let mut headers = Map::new();
    for step in 0..6 {
        let [one, other] = [case(word(step), step), case(word(step), step + 1)];
        parameters.push(json!({"name": word(step), "in": "query", "required": step % 2 == 0, "schema": text}));
        parameters.push(json!({"name": one, "in": "header", "required": step % 2 == 1, "schema": {"type": "integer"}}));
        parameters.push(json!({"name": other, "in": "cookie", "schema": text}));
        headers.extend([(word(step).to_owned(), json!({"schema": text})), (other, json!({"schema": text}))]);
    }
    let json = |schema: Value| json!({"application/json": {"schema": schema}});
    let mut body = json(reference(word(0)));
    let mut responses = json!({
        "200": {"description": "Well.", "content": json(reference(word(1))), "headers": headers},
        "404": {"description": "Not.", "content": json(reference(word(2)))},
        "default": {"description": "Else.", "content": json(text.clone())},
    });
    if index.is_multiple_of(12) {
        body["text/plain"] = json!({});
        body["application/vnd.other+json"] = json!({"schema": {"type": "object", "properties": {word(0): text}}});
        responses["201"] = json!({"description": "Also.", "content": {"text/plain": {}, "text/x-other": {}}});
    }
    let operation = json!({
        "operationId": id,
        "tags": [tag],
        "parameters": parameters,
        "requestBody": {"required": index.is_multiple_of(5), "content": body},
        "responses": responses,
    });
    (format!("/{index}/{{{own}}}"), json!({"post": operation}))
}

/// Servers called by words, with variables by more.
fn servers(words: &[String]) -> Value {
    let server = |words: &[String]| {
        let name = |word: &String| word.replace(['{', '}', '/'], "");
        let url: String = words.iter().map(|word| format!("/{{{}}}", name(word))).collect();
        let variables: Map<_, _> =
            words.iter().map(|word| (name(word), json!({"default": "a", "enum": ["a", word]}))).collect();
        json!({"url": format!("https://example.com{url}"), "description": words[0], "variables": variables})
    };
    words.chunks(TOGETHER).map(server).collect()
}

/// Webhooks called by words, with a body that takes several forms and parameters by more.
fn webhooks(words: &[String]) -> Value {
    let webhook = |(index, word): (usize, &String)| {
        let content = json!({"application/json": {"schema": reference(word)}, "text/plain": {}});
        let parameters = json!([
            {"name": word, "in": "query", "schema": {"type": "string"}},
            {"name": case(word, index), "in": "header", "required": true, "schema": {"type": "string"}},
        ]);
        let post = json!({"parameters": parameters, "requestBody": {"content": content}, "responses": {"204": {"description": "Done."}}});
        (case(word, index / 12), json!({"post": post}))
    };
    words.iter().enumerate().step_by(12).map(webhook).collect::<Map<_, _>>().into()
}
