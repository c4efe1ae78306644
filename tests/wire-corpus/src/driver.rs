//! In: the client that was made. Out: the source of programs that call its operations, and what each of them takes.

use oasmith::File;
use oasmith::ir::{Api, Group, Location, Operation, Placement};
use oasmith_samples::client::PACKAGE;
use std::collections::BTreeMap;
use std::fmt::Write;

/// What is the same in every program.
const PROGRAM: &str = include_str!("../program.rs");
/// How many operations one program calls: a program of thousands takes more memory to compile than there is.
pub const PART: usize = 150;
/// The secret for every security scheme but HTTP's Basic.
pub const TOKEN: &str = "token-of-the-test";
/// For HTTP's Basic scheme (RFC 7617).
pub const USER: &str = "ada";
/// For HTTP's Basic scheme.
pub const PASSWORD: &str = "a secret: ü";

/// An operation of the client.
#[derive(Clone, Debug)]
pub struct Callable {
    /// The JSON pointer to it in the document.
    pub pointer: String,
    /// The setter of each parameter, by place (`path`, `query`, `header`, `cookie`) and name on the wire.
    pub setters: BTreeMap<(String, String), String>,
    /// The body's setter.
    pub body: Option<Setter>,
    /// The Rust type that a successful call gives.
    pub output: String,
}

/// How a body is given.
#[derive(Clone, Debug)]
pub struct Setter {
    /// The setter's name.
    pub name: String,
    /// The forms in which it takes a body, of which one is chosen.
    pub forms: Vec<Form>,
}

/// A form of a body.
#[derive(Clone, Debug)]
pub struct Form {
    /// The variant, where there are several.
    pub variant: Option<String>,
    /// Whether it holds bytes.
    pub is_bytes: bool,
    /// The media type that is sent, where it is known.
    pub media: Option<String>,
}

/// All operations of a client, and a program for each [`PART`] of them.
#[derive(Debug)]
pub struct Driver {
    /// The operations, in the programs' order.
    pub callables: Vec<Callable>,
    /// The programs.
    pub sources: Vec<String>,
}

/// Writes the programs.
pub fn driver(api: &Api, files: &[File]) -> Driver {
    let text = files.iter().find(|file| file.path.to_string().ends_with("api.txt")).map_or("", |file| &file.text);
    let types = Types::read(text);
    let all: Vec<_> =
        api.groups.iter().flat_map(|group| group.operations.iter().map(move |operation| (group, operation))).collect();
    let callables = all.iter().map(|(group, operation)| callable(group, operation, &types)).collect();
    let used = || api.schemes.iter().filter(|scheme| scheme.is_used);
    let basic: Vec<_> = used().filter(|scheme| scheme.placement == Placement::Basic).collect();
    let basic: Vec<_> = basic.iter().map(|scheme| format!("{:?}", scheme.name)).collect();
    let part = |chunk: &[(&Group, &Operation)]| {
        let functions: Vec<_> = chunk
            .iter()
            .enumerate()
            .map(|(index, (group, operation))| function(index, group, operation, &types))
            .collect();
        let names: Vec<_> = (0..chunk.len()).map(|index| format!("operations::call_{index}")).collect();
        let crates = format!("#![recursion_limit = \"512\"]\n{PROGRAM}");
        format!(
            "{crates}\nconst TOKEN: &str = {TOKEN:?};\n\
             const USER: &str = {USER:?};\nconst PASSWORD: &str = {PASSWORD:?};\n\
             const HAS_SCHEMES: bool = {};\nconst BASIC: &[&str] = &[{}];\nstatic OPERATIONS: &[Operation] = &[{}];\n\n\
             mod operations {{\nuse super::{{Client, Given, Inputs}};\nuse {PACKAGE}::*;\n{}}}\n",
            used().next().is_some(),
            basic.join(", "),
            names.join(", "),
            functions.concat()
        )
    };
    Driver { callables, sources: all.chunks(PART).map(part).collect() }
}

/// A variant of an enum, and the type that it holds.
type Variant<'a> = (&'a str, Option<&'a str>);

/// The Rust types in `api.txt`, by the path of the method.
struct Types<'a> {
    inputs: BTreeMap<&'a str, &'a str>,
    outputs: BTreeMap<&'a str, &'a str>,
    /// The variants of the enums that stand beside operations, with what they hold.
    variants: BTreeMap<&'a str, Vec<Variant<'a>>>,
}

impl<'a> Types<'a> {
    fn read(text: &'a str) -> Self {
        let mut types = Self { inputs: BTreeMap::new(), outputs: BTreeMap::new(), variants: BTreeMap::new() };
        for line in text.lines().filter(|line| line.starts_with("operations::")) {
            let line = line.strip_suffix(" deprecated").unwrap_or(line);
            let line = line.strip_suffix(" required").unwrap_or(line);
            if let Some((path, output)) = line.split_once("::send() -> ") {
                types.outputs.insert(path, output);
                continue;
            }
            let (path, held) = match line.split_once('(').map(|(path, rest)| (path, rest.strip_suffix(')'))) {
                Some((path, Some(held))) => (path, Some(held)),
                Some((_, None)) => continue,
                None => (line, None),
            };
            match (path.rsplit_once("::"), held) {
                // Methods are lower case, variants are not.
                (Some((owner, name)), held) if name.starts_with(char::is_uppercase) => {
                    types.variants.entry(owner).or_default().push((name, held));
                }
                (_, Some(held)) => _ = types.inputs.insert(path, held),
                _ => {}
            }
        }
        types
    }

    /// The path of an enum and its variants, if a type is one.
    fn variants(&self, group: &Group, r#type: &str) -> Option<(&'a str, &[Variant<'a>])> {
        let name = r#type.rsplit("::").next().unwrap_or_default();
        let path = format!("operations::{}::{name}", group.module);
        let is_here = r#type == name || r#type == path;
        let (path, variants) = self.variants.get_key_value(path.as_str()).filter(|_| is_here)?;
        Some((path, variants))
    }

    fn input(&self, group: &Group, operation: &Operation, setter: &str) -> &'a str {
        let path = format!("{}::{setter}", path(group, operation));
        self.inputs.get(path.as_str()).copied().unwrap_or("()")
    }

    fn output(&self, group: &Group, operation: &Operation) -> &'a str {
        self.outputs.get(path(group, operation).as_str()).copied().unwrap_or("()")
    }
}

/// The path of an operation's request type.
fn path(group: &Group, operation: &Operation) -> String {
    format!("operations::{}::{}", group.module, operation.type_name)
}

fn is_bytes(r#type: &str) -> bool {
    r#type == "runtime::Body"
}

fn callable(group: &Group, operation: &Operation, types: &Types) -> Callable {
    let setters = operation.parameters.iter().map(|parameter| {
        let place = match parameter.location {
            Location::Path => "path",
            Location::Query | Location::Form => "query",
            Location::Header => "header",
            Location::Cookie => "cookie",
        };
        ((place.to_owned(), parameter.wire.clone()), parameter.name.clone())
    });
    let body = operation.body.as_ref().map(|body| {
        let r#type = types.input(group, operation, &body.name);
        let forms = match types.variants(group, r#type) {
            Some((_, variants)) => {
                variants.iter().map(|(name, held)| form(Some(name), held.unwrap_or("()"), None)).collect()
            }
            None => vec![form(None, r#type, Some(&body.media))],
        };
        Setter { name: body.name.clone(), forms }
    });
    Callable {
        pointer: operation.origin.to_string(),
        setters: setters.collect(),
        body,
        output: types.output(group, operation).to_owned(),
    }
}

fn form(variant: Option<&str>, r#type: &str, media: Option<&str>) -> Form {
    Form { variant: variant.map(str::to_owned), is_bytes: is_bytes(r#type), media: media.map(str::to_owned) }
}

/// The function that calls one operation.
fn function(index: usize, group: &Group, operation: &Operation, types: &Types) -> String {
    let mut text = format!("\npub fn call_{index}(client: &Client, inputs: &mut Inputs) -> Given {{\n");
    let handle = if group.tag.is_some() { format!(".{}()", group.module) } else { String::new() };
    let _ = writeln!(text, "    let call = client{handle}.{}();", operation.name);
    let parameters = operation.parameters.iter().map(|parameter| (&parameter.name, parameter.required));
    for (name, required) in parameters.chain(operation.body.iter().map(|body| (&body.name, body.required))) {
        let r#type = types.input(group, operation, name);
        let optional = match (types.variants(group, r#type), is_bytes(r#type)) {
            (Some((path, variants)), _) => one_of(name, path, variants),
            (None, true) => format!("inputs.bytes({name:?})?"),
            (None, false) => format!("inputs.optional::<{type}>({name:?})?"),
        };
        let _ = writeln!(text, "    let value = {optional};");
        let _ = match required {
            true => writeln!(text, "    let call = call.{name}(value.ok_or_else(|| super::missing({name:?}))?);"),
            false => {
                writeln!(text, "    let call = if let Some(value) = value {{ call.{name}(value) }} else {{ call }};")
            }
        };
    }
    let output = types.output(group, operation);
    let declared = match types.variants(group, &format!("{}Error", operation.type_name)) {
        Some((path, variants)) => {
            format!("|error| super::one(error.declared::<{path}>(), {})", given(path, variants))
        }
        None => "super::none".to_owned(),
    };
    let _ = match (types.variants(group, output), output) {
        (Some((path, variants)), _) => {
            writeln!(text, "    super::several(call.send(), {declared}, {})", given(path, variants))
        }
        (_, "()") => writeln!(text, "    super::nothing(call.send(), {declared})"),
        (_, "bytes::Bytes") => writeln!(text, "    super::octets(call.send(), {declared})"),
        (_, "http::Response<bytes::Bytes>") => writeln!(text, "    super::whole(call.send(), {declared})"),
        _ => writeln!(text, "    super::value(call.send(), {declared})"),
    };
    text + "}\n"
}

/// An expression for one of several inputs, or `None`.
fn one_of(setter: &str, path: &str, variants: &[Variant]) -> String {
    let arms = variants.iter().map(|(name, held)| {
        let value = match held {
            None => format!("{path}::{name}"),
            Some(held) if is_bytes(held) => format!("{path}::{name}(super::body(super::inner(value)?))"),
            Some(held) => format!("{path}::{name}(super::inner::<{held}>(value)?)"),
        };
        format!("{name:?} => {value}, ")
    });
    let arms: Vec<_> = arms.collect();
    format!(
        "match inputs.variant({setter:?})? {{ None => None, Some((name, value)) => \
         Some(match name.as_str() {{ {}_ => return Err(super::missing({setter:?})) }}) }}",
        arms.concat()
    )
}

/// An expression for a function that gives what one of several outputs holds.
fn given(path: &str, variants: &[Variant]) -> String {
    let arms = variants.iter().map(|(name, held)| match held {
        None => format!("{path}::{name} => Ok(serde_json::Value::Null), "),
        Some("bytes::Bytes") => format!("{path}::{name}(value) => Ok(super::latin(&value)), "),
        Some(_) => format!("{path}::{name}(value) => super::encoded(value), "),
    });
    let arms: Vec<_> = arms.collect();
    format!("|output| match output {{ {}_ => Ok(\"an unknown variant\".into()) }}", arms.concat())
}
