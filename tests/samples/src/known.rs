//! In: `known.toml`, the failures that are known, each with its reason. Out: which failures are new, and which known
//! ones fail no longer.

use crate::document::Failure;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// A cause of failures, and the schemas that fail for it.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct Known {
    document: String,
    cause: String,
    /// Why it is so, and is not mended.
    reason: String,
    pointers: BTreeSet<String>,
}

/// All known failures.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct List {
    #[serde(default)]
    known: Vec<Known>,
    /// How many values may be taken that are not valid, by file of the JSON Schema Test Suite.
    #[serde(default)]
    wide: BTreeMap<String, usize>,
}

impl List {
    /// Reads the list.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn read(text: &str) -> Result<Self, String> {
        let list: Self = toml::from_str(text).map_err(|error| error.to_string())?;
        match list.known.iter().find(|known| known.reason.trim().is_empty()) {
            Some(known) => Err(format!("{}: {}: no reason is given", known.document, known.cause)),
            None => Ok(list),
        }
    }

    /// Whether a failure is known.
    pub fn has(&self, failure: &Failure) -> bool {
        let is_it = |known: &Known| {
            known.document == failure.document
                && known.cause == failure.cause
                && known.pointers.contains(&failure.pointer)
        };
        self.known.iter().any(is_it)
    }

    /// The files in which another number of values is taken than is written down: more must not be, and where there are
    /// fewer, that is to be written down.
    pub fn wider(&self, wide: &BTreeMap<String, usize>) -> Vec<String> {
        let files: BTreeSet<_> = self.wide.keys().chain(wide.keys()).collect();
        let count = |counts: &BTreeMap<String, usize>, file: &String| counts.get(file).copied().unwrap_or_default();
        let counts = files.into_iter().map(|file| (file, count(&self.wide, file), count(wide, file)));
        let differs = counts.filter(|(_, known, found)| known != found);
        differs.map(|(file, known, found)| format!("{file}: {found} invalid values are taken, not {known}")).collect()
    }

    /// The list without what fails no longer in these documents, and with the present counts of wide values where they
    /// are given. What is new is left to a person, who knows the reason.
    #[must_use]
    pub fn shrunk(&self, documents: &[&str], failures: &[Failure], wide: Option<&BTreeMap<String, usize>>) -> Self {
        let fails = |known: &Known, pointer: &String| {
            let is_it = |failure: &Failure| {
                failure.document == known.document && failure.cause == known.cause && failure.pointer == *pointer
            };
            !documents.contains(&known.document.as_str()) || failures.iter().any(is_it)
        };
        let mut list = self.clone();
        for known in &mut list.known {
            known.pointers = known.pointers.iter().filter(|pointer| fails(known, pointer)).cloned().collect();
        }
        list.known.retain(|known| !known.pointers.is_empty());
        list.wide = wide.unwrap_or(&self.wide).clone();
        list
    }

    /// The list as text.
    ///
    /// # Errors
    /// Never, as far as is known.
    pub fn write(&self) -> Result<String, String> {
        toml::to_string_pretty(self).map_err(|error| error.to_string())
    }

    /// The documents of which failures are known.
    pub fn documents(&self) -> BTreeSet<&str> {
        self.known.iter().map(|known| known.document.as_str()).collect()
    }

    /// The known failures of a document that did not fail: they are to be taken from the list.
    pub fn mended(&self, document: &str, failures: &[Failure]) -> Vec<String> {
        let known = self.known.iter().filter(|known| known.document == document);
        let each = known.flat_map(|known| known.pointers.iter().map(move |pointer| (pointer, &known.cause)));
        let fails = |pointer: &str, cause: &str| {
            failures.iter().any(|failure| failure.pointer == pointer && failure.cause == cause)
        };
        each.filter(|(pointer, cause)| !fails(pointer, cause))
            .map(|(pointer, cause)| format!("{pointer}: {cause}"))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::List;
    use crate::document::Failure;

    #[test]
    fn the_list_may_only_shrink() {
        let text = "[[known]]\ndocument = \"a\"\ncause = \"c\"\nreason = \"r\"\npointers = [\"/x\", \"/y\"]\n";
        let list = List::read(text).unwrap();
        let [document, pointer, cause] = ["a", "/x", "c"].map(str::to_owned);
        let [name, message, sample] = [const { String::new() }; 3];
        let failure = Failure { document, pointer, name, cause, message, sample };
        assert!(list.has(&failure));
        assert_eq!(list.mended("a", std::slice::from_ref(&failure)), ["/y: c"]);
        assert_eq!(list.shrunk(&["a"], &[failure], None).mended("a", &[]), ["/x: c"]);
        assert_eq!(list.shrunk(&["b"], &[], None).mended("a", &[]).len(), 2);
        assert!(List::read(&text.replace("\"r\"", "\"\"")).is_err());
    }
}
