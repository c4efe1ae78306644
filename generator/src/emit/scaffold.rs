//! In: an `Api`. Out: the files that make the generated code a crate. They are written once, where there are none;
//! from then on they are the user's.

use super::formats::dependencies;
use super::{docs, features};
use crate::ir::Api;
use crate::{Dependency, File, Options};

/// `Cargo.toml` and `src/lib.rs`, sorted by path.
///
/// The manifest declares no workspace: one that did could never become a member of another. Where the crate is put
/// below a workspace that does not list it, cargo says so and how to add it.
pub fn scaffold(api: &Api, options: &Options) -> Vec<File> {
    vec![
        File { path: "Cargo.toml".to_owned(), text: manifest(api, options) },
        File { path: "src/lib.rs".to_owned(), text: library(api, options) },
    ]
}

fn manifest(api: &Api, options: &Options) -> String {
    let others = [
        "bytes = \"1\"",
        "futures-core = \"0.3\"",
        "http = \"1\"",
        "http-body = \"1\"",
        "percent-encoding = \"2\"",
        "reqwest = { version = \"0.13\", default-features = false, features = [\"rustls\"], optional = true }",
        "serde = { version = \"1\", features = [\"derive\"] }",
        "# `float_roundtrip`: a float is read back as exactly the one that was written.\n\
         serde_json = { version = \"1\", features = [\"float_roundtrip\"] }",
        "tokio = { version = \"1\", default-features = false, features = [\"rt\", \"time\"], optional = true }",
        "tracing = { version = \"0.1\", default-features = false, features = [\"std\"], optional = true }",
        "ureq = { version = \"3.5\", default-features = false, features = [\"rustls\"], optional = true }",
        "url = \"2\"",
    ];
    let needed = dependencies(api);
    let mut lines: Vec<_> = others.map(str::to_owned).into_iter().chain(needed.iter().map(Dependency::line)).collect();
    // By name, the comment above it aside.
    lines.sort_by(|a, b| a.lines().last().cmp(&b.lines().last()));
    let dependencies = lines.join("\n");
    let features = features::section(api);
    let [name, description] = [options.package.clone(), format!("Client for {}", title(api))].map(toml::Value::String);
    format!(
        r#"[package]
name = {name}
description = {description}
version = "0.1.0"
edition = "2024"
rust-version = "1.85"

{features}
[dependencies]
{dependencies}
"#
    )
}

fn library(api: &Api, options: &Options) -> String {
    let docs = docs::inner(&library_docs(api, options));
    // These are in no type of the interface.
    let inner = ["base64", "httpdate"];
    let mut packages: Vec<_> =
        dependencies(api).iter().map(|one| one.name).filter(|one| !inner.contains(one)).collect();
    packages.extend(["bytes", "http", "serde_json"]);
    packages.sort_unstable();
    let packages = packages.join(", ");
    format!(
        r#"{docs}
#![forbid(unsafe_code)]
// Types that hold types that hold types: the default of 128 is too low for large descriptions.
#![recursion_limit = "256"]

#[rustfmt::skip]
mod generated;

pub use generated::*;
// Their types are part of this crate's interface.
pub use {{{packages}}};
"#
    )
}

/// What the crate is for, and how to build a client.
fn library_docs(api: &Api, options: &Options) -> String {
    let title = docs::line(Some(&title(api))).unwrap_or_default();
    let version = docs::code(&api.version);
    let krate = options.crate_name();
    let mut chain = format!("{krate}::Client::builder()");
    if api.server.as_ref().is_none_or(|url| url.contains('{') || !url.contains("://")) {
        chain.push_str(".base_url(\"https://api.example.com\")");
    }
    if api.schemes.iter().any(|scheme| scheme.is_used) {
        chain.push_str(&format!(".auth({krate}::Token::new(\"secret\"))"));
    }
    let credentials = credentials(api).map(|docs| format!("\n\n{docs}")).unwrap_or_default();
    let features = features::docs(api).map(|docs| format!("\n\n{docs}")).unwrap_or_default();
    format!(
        "A client for {title}, written for its version {version}.\n\n\
         ```no_run\n# fn main() -> Result<(), {krate}::Error> {{\n\
         let client = {chain}.build()?;\n# Ok(())\n# }}\n```\n\n\
         [`Client`] is asynchronous, [`blocking::Client`] is not. Both offer the operations by tag; each operation is a \
         request to be filled in and sent. What a request still lacks is an error when the program is compiled.{credentials}{features}"
    )
}

/// What the document says of its credentials, each by the name that `auth_for` takes.
fn credentials(api: &Api) -> Option<String> {
    let described = api.schemes.iter().filter(|scheme| scheme.is_used).filter_map(|scheme| {
        let docs = docs::vendor(scheme.docs.as_deref())?;
        Some(format!("- {}: {}", docs::code(&scheme.name), docs.replace('\n', "\n  ")))
    });
    let described: Vec<_> = described.collect();
    (!described.is_empty()).then(|| format!("## Credentials\n\n{}", described.join("\n")))
}

/// The title on one line.
fn title(api: &Api) -> String {
    let words: Vec<_> = api.title.split_whitespace().collect();
    if words.is_empty() { "an HTTP API".to_owned() } else { words.join(" ") }
}

#[cfg(test)]
mod tests {
    use super::scaffold;
    use crate::emit::sample;

    #[test]
    fn the_manifest_is_valid_whatever_the_title() {
        let files = scaffold(&sample::api(), &sample::options());
        let manifest: toml::Table = files[0].text.parse().unwrap();
        assert_eq!(manifest["package"]["description"].as_str(), Some("Client for Sample \"API\" <T> [x]"));
        let default = manifest["features"]["default"].as_array().unwrap();
        assert_eq!(default.iter().map(|one| one.as_str().unwrap()).collect::<Vec<_>>(), ["full", "reqwest"]);
        assert!(
            files[1]
                .text
                .starts_with("//! A client for Sample \"API\" \\<T> \\[x], written for its version `` 1.0` ``.\n")
        );
    }
}
