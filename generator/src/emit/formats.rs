//! In: the forms of strings that an `Api` uses, and its lenient types. Out: their Rust types, the files of `formats/`
//! that define some of them, and the packages that the others come from. What is not used is neither copied nor needed.

use super::files;
use crate::ir::{Api, Format, Library, Type};
use crate::{Dependency, File};
use proc_macro2::TokenStream;
use quote::quote;
use std::collections::BTreeSet;

/// A file of `generator/runtime/formats`: its module, its text, the modules that it uses, and what it gives to users.
struct Source {
    module: &'static str,
    text: &'static str,
    uses: &'static [&'static str],
    gives: &'static str,
}

macro_rules! source {
    ($module:literal, $uses:expr, $gives:literal) => {
        Source {
            module: $module,
            text: include_str!(concat!("../../runtime/formats/", $module, ".rs")),
            uses: $uses,
            gives: $gives,
        }
    };
}

/// Every file but `mod.rs`, sorted by module.
const SOURCES: &[Source] = &[
    source!("base64", &["text"], "Base64"),
    source!("chrono", &["rfc3339", "text"], "Time"),
    source!("jiff", &["rfc3339", "text"], "Date, DateTime, Duration, Time"),
    source!("lenient", &[], "Lenient"),
    source!("numeric", &[], "Numeric"),
    source!("rfc3339", &[], ""),
    source!("sql", &["rfc3339"], ""),
    source!("sql_chrono", &["chrono", "rfc3339", "sql", "text"], "SqlDateTime"),
    source!("sql_jiff", &["jiff", "rfc3339", "sql", "text"], "SqlDateTime"),
    source!("sql_time", &["rfc3339", "sql", "text", "time"], "SqlDateTime"),
    source!("text", &[], "FormatError"),
    source!("time", &["rfc3339", "text"], "Date, DateTime, Time"),
];

/// The Rust type of a form; those of `formats` are reached by that name.
pub(super) fn tokens(format: Format) -> TokenStream {
    match format {
        Format::DateTime(Library::Chrono) => quote! { chrono::DateTime<chrono::FixedOffset> },
        Format::DateTime(_) => quote! { formats::DateTime },
        Format::Date(Library::Chrono) => quote! { chrono::NaiveDate },
        Format::Date(_) => quote! { formats::Date },
        Format::Time(_) => quote! { formats::Time },
        Format::SqlDateTime(_) => quote! { formats::SqlDateTime },
        Format::Duration => quote! { formats::Duration },
        Format::Uuid => quote! { uuid::Uuid },
        Format::Base64 => quote! { formats::Base64 },
        Format::Ipv4 => quote! { std::net::Ipv4Addr },
        Format::Ipv6 => quote! { std::net::Ipv6Addr },
        Format::Numeric => quote! { formats::Numeric },
        Format::Secret => quote! { formats::Secret },
        Format::File => quote! { formats::File },
    }
}

/// The module of `formats` that defines the type of a form.
fn module(format: Format) -> Option<&'static str> {
    match format {
        Format::DateTime(Library::Chrono) | Format::Date(Library::Chrono) => None,
        Format::DateTime(library) | Format::Date(library) | Format::Time(library) => Some(match library {
            Library::Jiff => "jiff",
            Library::Chrono => "chrono",
            Library::Time => "time",
        }),
        Format::SqlDateTime(library) => Some(match library {
            Library::Jiff => "sql_jiff",
            Library::Chrono => "sql_chrono",
            Library::Time => "sql_time",
        }),
        Format::Duration => Some("jiff"),
        Format::Base64 => Some("base64"),
        Format::Numeric => Some("numeric"),
        Format::Uuid | Format::Ipv4 | Format::Ipv6 | Format::Secret | Format::File => None,
    }
}

/// The name of a form's type that the runtime has for other ends, too.
fn of_runtime(format: Format) -> Option<&'static str> {
    match format {
        Format::File => Some("File"),
        Format::Secret => Some("Secret"),
        _ => None,
    }
}

/// The package that reads the dates of HTTP, which packages that were made by an earlier version lack.
const DATES: Dependency = Dependency { name: "httpdate", source: "version = \"1\"", features: &[] };

/// The package that the type of a form needs.
fn package(format: Format) -> Option<Dependency> {
    const SMALL: &str = "version = \"1\", default-features = false";
    let (name, source, features): (_, _, &[_]) = match format {
        Format::DateTime(library) | Format::Date(library) | Format::Time(library) | Format::SqlDateTime(library) => {
            match library {
                Library::Jiff => ("jiff", "version = \"0.2\", default-features = false", &["std"]),
                Library::Chrono => ("chrono", "version = \"0.4\", default-features = false", &["now", "serde"]),
                Library::Time => ("time", "version = \"0.3\", default-features = false", &["std"]),
            }
        }
        Format::Duration => ("jiff", "version = \"0.2\", default-features = false", &["std"]),
        Format::Uuid => ("uuid", SMALL, &["serde", "std"]),
        Format::Base64 => ("base64", "version = \"0.23\", default-features = false", &["std"]),
        Format::Ipv4 | Format::Ipv6 | Format::Numeric | Format::Secret | Format::File => return None,
    };
    Some(Dependency { name, source, features })
}

/// Whether the Rust type names the module `formats`.
pub(super) fn mentioned(r#type: &Type) -> bool {
    match r#type {
        Type::Lenient(_) => true,
        Type::Format(format) => module(*format).is_some() || of_runtime(*format).is_some(),
        other => other.parts().iter().any(mentioned),
    }
}

/// What an `Api` uses.
struct Used {
    formats: BTreeSet<Format>,
    lenient: bool,
}

impl Used {
    fn of(api: &Api) -> Self {
        let mut used = Self { formats: BTreeSet::new(), lenient: false };
        let operations = api.groups.iter().flat_map(|group| &group.operations);
        for operation in operations {
            operation.types().into_iter().for_each(|r#type| used.add(r#type));
        }
        api.webhooks.iter().flat_map(|one| [one.received(), one.sent()]).flatten().for_each(|one| used.add(one));
        for definition in &api.types.0 {
            definition.shape.types().into_iter().for_each(|r#type| used.add(r#type));
        }
        used
    }

    fn add(&mut self, r#type: &Type) {
        match r#type {
            Type::Lenient(_) => self.lenient = true,
            Type::Format(format) => {
                self.formats.insert(*format);
            }
            _ => {}
        }
        r#type.parts().iter().for_each(|part| self.add(part));
    }

    fn modules(&self) -> BTreeSet<&'static str> {
        let mut modules: BTreeSet<_> = self.formats.iter().filter_map(|format| module(*format)).collect();
        modules.extend(self.lenient.then_some("lenient"));
        let used = SOURCES.iter().filter(|source| modules.contains(source.module));
        let below: Vec<_> = used.flat_map(|source| source.uses).copied().collect();
        modules.extend(below);
        modules
    }
}

/// The packages that the generated code needs beside those of every client, sorted by name.
pub fn dependencies(api: &Api) -> Vec<Dependency> {
    let needed: BTreeSet<_> = Used::of(api).formats.into_iter().filter_map(package).chain([DATES]).collect();
    needed.into_iter().collect()
}

/// The files of `formats/`; none if the API needs no type of it.
pub(super) fn files(api: &Api) -> Vec<File> {
    let used = Used::of(api);
    let modules = used.modules();
    let sources: Vec<_> = SOURCES.iter().filter(|source| modules.contains(source.module)).collect();
    let of_runtime: BTreeSet<_> = used.formats.iter().filter_map(|format| of_runtime(*format)).collect();
    if sources.is_empty() && of_runtime.is_empty() {
        return Vec::new();
    }
    let mut text =
        "// An API uses only a part of this.\n#![allow(dead_code, unreachable_pub, unused_imports)]\n\n".to_owned();
    sources.iter().for_each(|source| text.push_str(&format!("mod {};\n", source.module)));
    text.push_str(if sources.is_empty() { "" } else { "\n" });
    for Source { module, gives, .. } in sources.iter().filter(|source| !source.gives.is_empty()) {
        let gives = if gives.contains(',') { format!("{{{gives}}}") } else { (*gives).to_owned() };
        text.push_str(&format!("pub use self::{module}::{gives};\n"));
    }
    of_runtime.iter().for_each(|name| text.push_str(&format!("pub use super::runtime::{name};\n")));
    let mut files = vec![files::rust("formats/mod.rs", "The types of strings of a known form.", &text)];
    files.extend(sources.iter().map(|source| File {
        path: format!("src/generated/formats/{}.rs", source.module),
        text: source.text.to_owned(),
    }));
    files
}

#[cfg(test)]
mod tests {
    use super::{SOURCES, dependencies, files};
    use crate::emit::sample;
    use crate::ir::{Api, Format, Library, Shape, Type, Types};
    use std::path::Path;

    fn api(r#type: Type) -> Api {
        Api { types: Types(vec![sample::definition("A", "a", Shape::Alias(r#type))]), ..Api::default() }
    }

    fn paths(api: &Api) -> Vec<String> {
        files(api).into_iter().map(|file| file.path.replace("src/generated/formats/", "")).collect()
    }

    #[test]
    fn no_file_is_forgotten() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("runtime/formats");
        let mut found: Vec<_> =
            folder.read_dir().unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        found.sort();
        let listed: Vec<_> = SOURCES.iter().map(|source| format!("{}.rs", source.module)).collect();
        assert_eq!(listed, found);
    }

    #[test]
    fn only_what_is_used_is_copied_and_needed() {
        let none = api(Type::Array(Box::new(Type::String)));
        assert!(paths(&none).is_empty() && dependencies(&none).len() == 1);
        let list = api(Type::Array(Box::new(Type::Lenient(Box::new(Type::Format(Format::Time(Library::Time)))))));
        assert_eq!(paths(&list), ["mod.rs", "lenient.rs", "rfc3339.rs", "text.rs", "time.rs"]);
        let lines: Vec<_> = dependencies(&list).iter().map(|one| one.line()).collect();
        assert_eq!(lines[0], "httpdate = { version = \"1\" }");
        assert_eq!(lines[1..], ["time = { version = \"0.3\", default-features = false, features = [\"std\"] }"]);
        let secret = api(Type::Format(Format::Secret));
        assert!(files(&secret)[0].text.ends_with("\n\npub use super::runtime::Secret;\n"));
        assert_eq!(paths(&api(Type::Format(Format::Date(Library::Chrono)))), Vec::<String>::new());
    }
}
