//! In: an OpenAPI document as its author wrote it. Out: its operations, with what the standard says of each: where
//! every parameter stands and how it is spelt, which bodies and answers there are, which credentials are asked for.

use oasmith_samples::schema::decode;
use serde_json::Value;

/// The methods that a path item may have (OpenAPI 3.1.1, section 4.8.9).
const METHODS: [&str; 8] = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

/// An operation.
#[derive(Clone, Debug)]
pub struct Operation {
    /// Its JSON pointer: `/paths/~1pets/get`.
    pub pointer: String,
    /// `GET`.
    pub method: String,
    /// The path template.
    pub path: String,
    /// Its own parameters, and those of the path item.
    pub parameters: Vec<Parameter>,
    /// Its body.
    pub body: Option<Body>,
    /// Its answers, by status.
    pub answers: Vec<(String, Vec<Media>)>,
    /// The alternatives of credentials. Empty: none is asked for.
    pub security: Vec<Vec<Credential>>,
}

/// A parameter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parameter {
    /// Its name.
    pub name: String,
    /// Where it stands.
    pub place: Place,
    /// Whether it must be there.
    pub required: bool,
    /// How it is spelt.
    pub style: Style,
    /// Whether lists and objects are several parts.
    pub explode: bool,
    /// Where its schema stands, if it has one.
    pub schema: Option<String>,
}

/// Where a parameter stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// `path`.
    Path,
    /// `query`.
    Query,
    /// `header`.
    Header,
    /// `cookie`.
    Cookie,
}

impl Place {
    /// The word of the document.
    pub fn word(self) -> &'static str {
        match self {
            Self::Path => "path",
            Self::Query => "query",
            Self::Header => "header",
            Self::Cookie => "cookie",
        }
    }
}

/// How a parameter is spelt (OpenAPI 3.1.1, section 4.8.12.3).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// `matrix`.
    Matrix,
    /// `label`.
    Label,
    /// `simple`.
    Simple,
    /// `form`.
    Form,
    /// `spaceDelimited`.
    Space,
    /// `pipeDelimited`.
    Pipe,
    /// `deepObject`.
    Deep,
    /// A parameter with `content` of JSON.
    Json,
    /// A parameter with `content` of another media type.
    Other,
}

/// A request's body.
#[derive(Clone, Debug)]
pub struct Body {
    /// Whether it must be there.
    pub required: bool,
    /// The media types that it may have.
    pub content: Vec<Media>,
}

/// A body of one media type.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Media {
    /// The media type.
    pub name: String,
    /// Where its schema stands, if it has one.
    pub schema: Option<String>,
    /// How properties of a form are spelt, where that is not the default.
    pub encodings: Vec<(String, Encoding)>,
    /// Whether the body is bytes by its schema, whatever the media type.
    pub is_file: bool,
}

/// How a property of a form is spelt (OpenAPI 3.1.1, section 4.8.15).
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Encoding {
    /// Its style, and whether it explodes; `None`: its content decides.
    pub style: Option<(Style, bool)>,
    /// The media types that its part may have.
    pub media: Option<String>,
}

/// What proves who the caller is (OpenAPI 3.1.1, section 4.8.27).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Credential {
    /// An API key in a header.
    Header(String),
    /// An API key in the query.
    Query(String),
    /// An API key in a cookie.
    Cookie(String),
    /// `Authorization: Bearer ...`, also by OAuth 2 and OpenID Connect.
    Bearer,
    /// `Authorization`, of whichever kind.
    Authorization,
    /// `Authorization: Basic ...`.
    Basic,
    /// Something that is not in the request's text, or unknown.
    Other(String),
}

/// The operations of a document.
pub fn operations(tree: &Value) -> Vec<Operation> {
    let paths = tree["paths"].as_object().into_iter().flatten();
    let mut found = Vec::new();
    for (path, _) in paths.filter(|(path, _)| path.starts_with('/')) {
        let Some((at, item)) = resolve(tree, &format!("/paths/{}", escape(path))) else { continue };
        for method in METHODS.iter().filter(|method| item[**method].is_object()) {
            found.push(operation(tree, path, &at, item, method));
        }
    }
    found
}

fn operation(tree: &Value, path: &str, at: &str, item: &Value, method: &str) -> Operation {
    let (pointer, operation) = (format!("{at}/{method}"), &item[method]);
    let mut parameters: Vec<Parameter> = Vec::new();
    for (owner, at) in [(operation, &pointer), (item, &at.to_owned())] {
        let count = owner["parameters"].as_array().map_or(0, Vec::len);
        for one in (0..count).filter_map(|index| parameter(tree, &format!("{at}/parameters/{index}"))) {
            if !parameters.iter().any(|known| known.name == one.name && known.place == one.place) {
                parameters.push(one);
            }
        }
    }
    // What the template has and nothing describes is a text.
    for name in variables(path) {
        if !parameters.iter().any(|known| known.name == name && known.place == Place::Path) {
            let (place, style) = (Place::Path, Style::Simple);
            parameters.push(Parameter { name, place, required: true, style, explode: false, schema: None });
        }
    }
    let body = operation.get("requestBody").and_then(|_| resolve(tree, &format!("{pointer}/requestBody")));
    let body = body.map(|(at, body)| Body { required: body["required"] == true, content: content(tree, &at, body) });
    let statuses = operation["responses"].as_object().into_iter().flatten();
    let answers = statuses.filter(|(status, _)| !status.starts_with("x-")).filter_map(|(status, _)| {
        let (at, answer) = resolve(tree, &format!("{pointer}/responses/{}", escape(status)))?;
        Some((status.clone(), content(tree, &at, answer)))
    });
    let alternatives = operation.get("security").or(tree.get("security")).and_then(Value::as_array);
    let security = alternatives.into_iter().flatten().filter_map(Value::as_object);
    let security = security.map(|names| names.keys().map(|name| credential(tree, name)).collect());
    let mut security: Vec<Vec<Credential>> = security.collect();
    // A header parameter `Authorization` is a credential where no `security` says which one.
    let is_known =
        |all: &Vec<Credential>| !all.is_empty() && !all.iter().any(|one| matches!(one, Credential::Other(_)));
    if !security.iter().any(is_known) && has_authorization(tree, &[&pointer, at]) {
        security = vec![vec![Credential::Authorization]];
    }
    Operation {
        pointer: format!("/paths/{}/{method}", escape(path)),
        method: method.to_uppercase(),
        path: path.to_owned(),
        parameters,
        body,
        answers: answers.collect(),
        security,
    }
}

/// Whether the parameters below one of these places have a header `Authorization`.
fn has_authorization(tree: &Value, places: &[&str]) -> bool {
    let below = places.iter().flat_map(|at| {
        let count = tree.pointer(&format!("{at}/parameters")).and_then(Value::as_array).map_or(0, Vec::len);
        (0..count).filter_map(move |index| resolve(tree, &format!("{at}/parameters/{index}")))
    });
    let is = |one: &Value, name: &str, text: &str| one[name].as_str().is_some_and(|one| one.eq_ignore_ascii_case(text));
    below.into_iter().any(|(_, one)| is(one, "in", "header") && is(one, "name", "authorization"))
}

/// The names in a path's template.
fn variables(path: &str) -> Vec<String> {
    let names = path.split('{').skip(1).filter_map(|rest| rest.split_once('}'));
    names.map(|(name, _)| name.to_owned()).collect()
}

/// A parameter; `None` where there is none, or where it is to be ignored (OpenAPI 3.1.1, section 4.8.12.2).
fn parameter(tree: &Value, at: &str) -> Option<Parameter> {
    let (at, value) = resolve(tree, at)?;
    let name = value["name"].as_str()?.to_owned();
    let (place, default) = match value["in"].as_str()? {
        "path" => (Place::Path, Style::Simple),
        "query" => (Place::Query, Style::Form),
        "header" => (Place::Header, Style::Simple),
        "cookie" => (Place::Cookie, Style::Form),
        _ => return None,
    };
    let is_ignored = |known: &str| name.eq_ignore_ascii_case(known);
    if place == Place::Header && ["accept", "content-type", "authorization"].into_iter().any(is_ignored) {
        return None;
    }
    let mut style = style(value).unwrap_or(default);
    let explode = value["explode"].as_bool().unwrap_or(style == Style::Form);
    let mut schema = value.get("schema").map(|_| format!("{at}/schema"));
    if let (None, Some(media)) = (&schema, content(tree, &at, value).into_iter().next()) {
        style = if is_json(&media.name) { Style::Json } else { Style::Other };
        schema = media.schema;
    }
    let required = place == Place::Path || value["required"] == true;
    Some(Parameter { name, place, required, style, explode, schema })
}

/// The style that an object names.
fn style(value: &Value) -> Option<Style> {
    Some(match value["style"].as_str()? {
        "matrix" => Style::Matrix,
        "label" => Style::Label,
        "simple" => Style::Simple,
        "form" => Style::Form,
        "spaceDelimited" => Style::Space,
        "pipeDelimited" => Style::Pipe,
        "deepObject" => Style::Deep,
        _ => return None,
    })
}

/// Each of `style`, `explode` and `allowReserved` makes the content say nothing.
fn encoding(value: &Value) -> Encoding {
    let says = ["style", "explode", "allowReserved"].iter().any(|name| value.get(name).is_some());
    let style = style(value).unwrap_or(Style::Form);
    let explode = value["explode"].as_bool().unwrap_or(style == Style::Form);
    let media = value["contentType"].as_str().filter(|_| !says).map(str::to_owned);
    Encoding { style: says.then_some((style, explode)), media }
}

fn content(tree: &Value, at: &str, owner: &Value) -> Vec<Media> {
    let content = owner["content"].as_object().into_iter().flatten();
    // What has no slash is no media type: a `$ref`, which may not stand there.
    let media = content.filter(|(name, _)| name.contains('/')).filter_map(|(name, _)| {
        let (at, media) = resolve(tree, &format!("{at}/content/{}", escape(name)))?;
        let encodings = media["encoding"].as_object().into_iter().flatten();
        let encodings = encodings.map(|(name, one)| (name.clone(), encoding(one))).collect();
        let schema = media.get("schema").map(|_| format!("{at}/schema"));
        let is_file =
            schema.as_deref().and_then(|at| resolve(tree, at)).is_some_and(|(_, one)| one["format"] == "binary");
        Some(Media { name: name.clone(), schema, encodings, is_file })
    });
    media.collect()
}

fn credential(tree: &Value, scheme: &str) -> Credential {
    let other = || Credential::Other(scheme.to_owned());
    let Some((_, value)) = resolve(tree, &format!("/components/securitySchemes/{}", escape(scheme))) else {
        // Nobody defines it: its name says what it is.
        let name = scheme.to_ascii_lowercase();
        return match (name.contains("basic"), ["bearer", "jwt", "oauth"].iter().any(|word| name.contains(word))) {
            (true, _) => Credential::Basic,
            (false, true) => Credential::Bearer,
            (false, false) => other(),
        };
    };
    let word = |name: &str| value[name].as_str().unwrap_or_default().to_ascii_lowercase();
    let name = value["name"].as_str().unwrap_or_default().to_owned();
    match (word("type").as_str(), word("in").as_str(), word("scheme").as_str()) {
        ("apikey", "header", _) => Credential::Header(name),
        ("apikey", "query", _) => Credential::Query(name),
        ("apikey", "cookie", _) => Credential::Cookie(name),
        ("http", _, "bearer") | ("oauth2" | "openidconnect", ..) => Credential::Bearer,
        ("http", _, "basic") => Credential::Basic,
        _ => other(),
    }
}

/// What stands at a pointer, references followed, and where that is.
fn resolve<'a>(tree: &'a Value, pointer: &str) -> Option<(String, &'a Value)> {
    let mut pointer = pointer.to_owned();
    for _ in 0..20 {
        let value = tree.pointer(&pointer)?;
        let Some(reference) = value["$ref"].as_str() else { return Some((pointer, value)) };
        pointer = decode(reference.strip_prefix('#')?)?;
    }
    None
}

/// A token of a JSON pointer (RFC 6901, section 3).
fn escape(token: &str) -> String {
    token.replace('~', "~0").replace('/', "~1")
}

/// `application/json`, or with the suffix `+json` (RFC 6839, section 3.1).
pub fn is_json(media: &str) -> bool {
    let essence = essence(media);
    essence == "application/json" || essence == "text/json" || essence.ends_with("+json")
}

/// A media type without its parameters, in lower case (RFC 9110, section 8.3.1).
pub fn essence(media: &str) -> String {
    media.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

#[cfg(test)]
mod tests {
    use super::{Credential, Place, Style, operations};
    use serde_json::json;

    #[test]
    fn an_operation_has_what_its_path_item_has() {
        let operations = operations(&json!({
            "paths": {"/a/{id}": {
                "parameters": [{"$ref": "#/components/parameters/Id"},
                    {"name": "q", "in": "query", "style": "deepObject"}],
                "get": {
                    "parameters": [{"name": "q", "in": "query", "content": {"application/json": {"schema": {}}}},
                        {"name": "accept", "in": "header"}],
                    "responses": {"200": {"content": {"text/plain": {}, "$ref": "#/x"}},
                        "default": {"$ref": "#/nowhere"}},
                    "security": [{"k": []}, {}]
                }
            }},
            "components": {
                "parameters": {"Id": {"name": "id", "in": "path", "schema": {"type": "string"}}},
                "securitySchemes": {"k": {"type": "apiKey", "in": "query", "name": "key"}}
            }
        }));
        let [operation] = operations.as_slice() else { panic!("{operations:?}") };
        let parameters: Vec<_> = operation.parameters.iter().map(|one| (one.place, one.style, one.required)).collect();
        assert_eq!(parameters, [(Place::Query, Style::Json, false), (Place::Path, Style::Simple, true)]);
        assert_eq!(operation.parameters[1].schema.as_deref(), Some("/components/parameters/Id/schema"));
        assert_eq!((operation.pointer.as_str(), operation.answers.len()), ("/paths/~1a~1{id}/get", 1));
        assert_eq!(operation.answers[0].1.len(), 1);
        assert_eq!(operation.security, [vec![Credential::Query("key".to_owned())], vec![]]);
    }
}
