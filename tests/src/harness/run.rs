//! In: an `Input`. Out: one run of the generator in this process, with what it made and what it found.

use super::compare::Files;
use oasmith::{Diagnostics, Generated, Input, Options};

/// One run of the generator.
#[derive(Clone, Debug)]
pub struct Run {
    /// What it read.
    pub input: Input,
    /// What it made, if the input was not rejected.
    pub made: Option<Generated>,
    /// What it found.
    pub found: Diagnostics,
}

impl Run {
    /// Generates the client `package` from an input.
    pub fn new(input: Input, package: &str) -> Self {
        Self::with(input, Options { package: package.to_owned(), ..Options::default() })
    }

    /// Generates a client by these options.
    pub fn with(input: Input, options: Options) -> Self {
        let mut found = Diagnostics::default();
        let made = oasmith::generate(&input, &options, &mut found).ok();
        Self { input, made, found }
    }

    /// Everything that was found, as a person reads it.
    pub fn report(&self) -> String {
        oasmith::report::render(&self.input, &self.found, None, false)
    }

    /// The files that the generator owns; none if the input was rejected.
    pub fn files(&self) -> Files {
        let files = self.made.iter().flat_map(|made| &made.files);
        files.map(|file| (file.path.clone(), file.text.clone())).collect()
    }

    /// All files of the crate, the scaffold included.
    pub fn package(&self) -> Files {
        let scaffold = self.made.iter().flat_map(|made| &made.scaffold);
        let mut files = self.files();
        files.extend(scaffold.map(|file| (file.path.clone(), file.text.clone())));
        files
    }

    /// What a reviewer of a golden case reads: the code that follows from the document, without the parts that are the
    /// same in every client or follow from the rest.
    pub fn review(&self) -> Files {
        let mut review = Files::new();
        for (path, text) in self.files() {
            let path = path.strip_prefix("src/generated/").unwrap_or(&path);
            let folders = ["runtime/", "formats/", "pages/", "streams/", "webhooks/"];
            let copied = folders.iter().any(|folder| path.starts_with(folder));
            // Which of the formats and streams are copied follows from the description; what they hold does not.
            let index = path.ends_with("mod.rs") && !text.contains("feature = ");
            let same =
                (copied || index || path == "required.rs") && !["formats/mod.rs", "streams/mod.rs"].contains(&path);
            if !same {
                review.insert(path.to_owned(), text);
            }
        }
        let report = self.report();
        if !report.is_empty() {
            review.insert("report.txt".to_owned(), report);
        }
        review
    }
}
