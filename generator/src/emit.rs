//! In: `Api`, the client to be written, every name in it final. Out: the files of a Rust crate.
//!
//! Cannot fail and decides nothing: the same `Api` and the same `Options` always give the same bytes.
//! Rust code is built as tokens and printed by `print`; what no description changes is copied by `runtime`.

mod aliases;
mod answers;
mod api_txt;
mod choices;
mod client;
mod declare;
mod defaults;
mod docs;
mod enums;
mod example;
mod features;
mod files;
mod formats;
mod inputs;
mod marks;
mod operations;
mod pages;
mod print;
mod requests;
mod required;
mod runtime;
mod rust_type;
mod scaffold;
mod servers;
mod streams;
mod structs;
mod types;
mod unions;
mod webhooks;
mod wire_txt;

#[cfg(test)]
mod sample;

pub use features::features;
pub use formats::dependencies;
pub use scaffold::scaffold;

use crate::{File, Options, ir::Api};

/// The files that the generator owns, sorted by path: a new run replaces them.
pub fn emit(api: &Api, options: &Options) -> Vec<File> {
    let formats = formats::files(api);
    let mut files = vec![files::root(api, &formats), client::client(api, options), required::required(api)];
    files.extend(operations::files(api, options));
    files.extend(servers::servers(api));
    files.extend(types::files(api));
    files.extend(formats);
    files.extend(streams::files(api));
    files.extend(pages::files(api));
    files.extend(webhooks::files(api));
    files.extend(runtime::files());
    files.push(File { path: "api.txt".to_owned(), text: api_txt::list(api) });
    files.push(File { path: "wire.txt".to_owned(), text: wire_txt::list(api) });
    files.sort();
    files
}

#[cfg(test)]
mod tests {
    use super::{emit, sample};

    #[test]
    fn output_is_sorted_and_repeatable() {
        let (api, options) = (sample::api(), sample::options());
        let files = emit(&api, &options);
        assert!(files.is_sorted_by(|a, b| a.path < b.path));
        assert!(files.iter().all(|file| file.text.ends_with('\n')));
        assert_eq!(files, emit(&api, &options));
    }
}
