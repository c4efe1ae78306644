//! In: what operations give while it comes. Out: the files of `streams/`, where an operation has events or items; bytes are
//! in every runtime.

use super::files;
use crate::File;
use crate::ir::{Api, EventId, Group, Operation, Stream};

macro_rules! source {
    ($module:literal) => {
        ($module, include_str!(concat!("../../runtime/streams/", $module, ".rs")))
    };
}

const EVENTS: [(&str, &str); 3] = [source!("events"), source!("opened"), source!("sse")];
const ITEMS: [(&str, &str); 2] = [source!("items"), source!("opened")];

/// The word of a declaration.
pub(super) fn word(stream: &Stream) -> &'static str {
    match stream {
        Stream::Bytes => "bytes",
        Stream::Events(..) => "events",
        Stream::TextEvents(..) => "text_events",
        Stream::WholeEvents(.., EventId::None) => "whole_events",
        Stream::WholeEvents(.., EventId::Text) => "whole_events_with_id",
        Stream::WholeEvents(.., EventId::Number) => "whole_events_with_number",
        Stream::Items(..) => "items",
    }
}

/// The type that `send_stream` gives, for the list of public symbols.
pub(super) fn symbol(stream: &Stream, spelt: impl Fn(&crate::ir::Type) -> String) -> String {
    match stream {
        Stream::Bytes => "Download".to_owned(),
        Stream::Events(_, r#type) | Stream::TextEvents(_, r#type) | Stream::WholeEvents(_, r#type, _) => {
            format!("Events<{}>", spelt(r#type))
        }
        Stream::Items(_, r#type) => format!("Items<{}>", spelt(r#type)),
    }
}

/// Whether a group's file refers to them.
pub(super) fn are_used(group: &Group) -> bool {
    group.operations.iter().any(|operation| rows(operation).is_some())
}

/// The stream of an operation whose type is in `streams/`.
fn rows(operation: &Operation) -> Option<&Stream> {
    operation.stream.as_ref().filter(|stream| **stream != Stream::Bytes)
}

/// The files of `streams/`; none if no operation needs them.
pub(super) fn files(api: &Api) -> Vec<File> {
    let streams = || api.groups.iter().flat_map(|group| &group.operations).filter_map(rows);
    let events = streams().any(|stream| !matches!(stream, Stream::Items(..)));
    let items = streams().any(|stream| matches!(stream, Stream::Items(..)));
    let mut sources = Vec::new();
    let mut gives = String::new();
    if events {
        sources.extend(EVENTS);
        gives.push_str("pub use self::events::{Event, Events};\n");
    }
    if items {
        sources.extend(ITEMS);
        gives.push_str("pub use self::items::Items;\n");
    }
    if sources.is_empty() {
        return Vec::new();
    }
    sources.sort_unstable();
    sources.dedup();
    let modules: String = sources.iter().map(|(module, _)| format!("mod {module};\n")).collect();
    // What of it an API uses depends on its description.
    let text = format!("#![allow(dead_code, unreachable_pub)]\n\n{modules}\n{gives}");
    let mut files = vec![files::rust("streams/mod.rs", "Answers that come one by one.", &text)];
    files.extend(
        sources.iter().map(|(module, text)| File {
            path: format!("src/generated/streams/{module}.rs"),
            text: (*text).to_owned(),
        }),
    );
    files
}

#[cfg(test)]
mod tests {
    use super::files;
    use crate::emit::sample;
    use crate::ir::{Api, Stream, Type};
    use std::path::Path;

    fn paths(stream: Stream) -> Vec<String> {
        let mut group = sample::sms();
        group.operations[0].stream = Some(stream);
        let api = Api { groups: vec![group], ..Api::default() };
        files(&api).into_iter().map(|file| file.path.replace("src/generated/streams/", "")).collect()
    }

    #[test]
    fn only_what_is_used_is_copied_and_no_file_is_forgotten() {
        assert!(paths(Stream::Bytes).is_empty());
        let items = paths(Stream::Items("application/jsonl".to_owned(), Type::String));
        assert_eq!(items, ["mod.rs", "items.rs", "opened.rs"]);
        let mut all = paths(Stream::Events("text/event-stream".to_owned(), Type::String));
        assert_eq!(all, ["mod.rs", "events.rs", "opened.rs", "sse.rs"]);
        all.extend(items);
        all.retain(|name| name != "mod.rs");
        all.sort();
        all.dedup();
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("runtime/streams");
        let mut found: Vec<_> =
            folder.read_dir().unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        found.sort();
        assert_eq!(all, found);
    }
}
