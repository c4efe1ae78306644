//! In: nothing. Out: the runtime, files that no description changes, copied as they are.

use crate::File;

macro_rules! sources {
    ($($name:literal),* $(,)?) => {
        &[$(($name, include_str!(concat!("../../runtime/", $name)))),*]
    };
}

/// Every file of `generator/runtime`: its name and its text.
const SOURCES: &[(&str, &str)] = sources![
    "address.rs",
    "answer.rs",
    "answers.rs",
    "api.rs",
    "base.rs",
    "blocking.rs",
    "body.rs",
    "build.rs",
    "builder.rs",
    "call.rs",
    "caller.rs",
    "choice.rs",
    "client.rs",
    "clock.rs",
    "core.rs",
    "credential.rs",
    "decode.rs",
    "download.rs",
    "endpoint.rs",
    "envelope.rs",
    "error.rs",
    "exchange.rs",
    "file.rs",
    "flight.rs",
    "form.rs",
    "group.rs",
    "header.rs",
    "in_process.rs",
    "input.rs",
    "located.rs",
    "mock.rs",
    "mocked.rs",
    "mod.rs",
    "modules.rs",
    "multipart.rs",
    "node.rs",
    "noting.rs",
    "number_enum.rs",
    "numbers.rs",
    "oauth.rs",
    "object.rs",
    "offer.rs",
    "one_of.rs",
    "operation.rs",
    "path.rs",
    "pieces.rs",
    "renewed.rs",
    "required.rs",
    "reqwest.rs",
    "reread.rs",
    "response.rs",
    "retry.rs",
    "security.rs",
    "sent.rs",
    "server.rs",
    "shared.rs",
    "spelling.rs",
    "style.rs",
    "success.rs",
    "tagged.rs",
    "text_enum.rs",
    "trace.rs",
    "transport.rs",
    "tree.rs",
    "ureq.rs",
    "urlencoded.rs",
    "wait.rs",
];

/// The files of `runtime/`.
pub(super) fn files() -> Vec<File> {
    let copy =
        |(name, text): &(&str, &str)| File { path: format!("src/generated/runtime/{name}"), text: (*text).to_owned() };
    SOURCES.iter().map(copy).collect()
}

#[cfg(test)]
mod tests {
    use super::SOURCES;
    use std::path::Path;

    #[test]
    fn no_file_is_forgotten() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("runtime");
        let mut found: Vec<_> =
            folder.read_dir().unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        // Copied where they are needed, by `formats`, `pages`, `streams` and `webhooks`.
        found.retain(|name| !["formats", "pages", "streams", "webhooks"].contains(&name.as_str()));
        found.sort();
        let listed: Vec<_> = SOURCES.iter().map(|(name, _)| *name).collect();
        assert_eq!(listed, found);
    }
}
