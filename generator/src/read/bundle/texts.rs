//! In: a reference and the name of the text that it stands in. Out: which text it leads into, and where in it.

use super::super::refs::{Anchors, address, anchors, decode, find};
use crate::pointer::Pointer;
use crate::source::Input;
use serde_json::Value;
use std::collections::BTreeMap;

/// Where a reference leads.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Target {
    /// Into the main documents, which are one tree.
    Main(Pointer),
    /// Into another text: its source, and the address in it.
    Part(usize, Pointer),
    /// Into a text that is not there, of this name.
    Missing(String),
}

/// The texts that references may lead into.
pub(super) struct Texts<'a> {
    /// The name of each source, in the order of [`Input::source`].
    names: Vec<&'a str>,
    /// How many of them are main documents.
    main: usize,
    /// The trees of those that are neither main documents nor overlays, by source.
    pub(super) trees: BTreeMap<usize, Value>,
    anchors: BTreeMap<usize, Anchors>,
    /// The anchors of the main documents.
    main_anchors: Anchors,
}

impl<'a> Texts<'a> {
    pub(super) fn new(input: &'a Input, main: &mut Value, referenced: Vec<Value>) -> Self {
        let names = input.sources().map(|source| source.name.as_str()).collect();
        let first = input.documents.len() + input.overlays.len();
        let trees: BTreeMap<_, _> =
            referenced.into_iter().enumerate().map(|(index, tree)| (first + index, tree)).collect();
        let of_part = |(source, tree): (&usize, &Value)| (*source, anchors(&mut tree.clone()));
        let anchors_of_parts = trees.iter().map(of_part).collect();
        Self { names, main: input.documents.len(), trees, anchors: anchors_of_parts, main_anchors: anchors(main) }
    }

    /// The name of a source.
    pub(super) fn name(&self, source: usize) -> &'a str {
        self.names.get(source).copied().unwrap_or_default()
    }

    /// The path of a source from the folder of the first one: the same wherever a run starts.
    pub(super) fn path(&self, source: usize) -> String {
        let steps = |name: &'a str| name.split('/').filter(|step| *step != ".").collect::<Vec<_>>();
        let (mut from, to) = (steps(self.name(0)), steps(self.name(source)));
        from.pop();
        let common = from.iter().zip(&to).take_while(|(a, b)| a == b).count();
        let up = std::iter::repeat_n("..", from.len() - common);
        up.chain(to.into_iter().skip(common)).collect::<Vec<_>>().join("/")
    }

    /// Where a reference in this source leads; `None` where it leads nowhere, and over the network (RFC 3986, section 5.2:
    /// it is relative to the text that it stands in).
    pub(super) fn target(&self, from: usize, reference: &str) -> Option<Target> {
        let (path, fragment) = reference.split_once('#').unwrap_or((reference, ""));
        let name = if path.is_empty() { self.name(from).to_owned() } else { beside(self.name(from), &decode(path))? };
        let Some(source) = self.names.iter().position(|known| *known == name) else {
            return Some(Target::Missing(name));
        };
        let fragment = format!("#{fragment}");
        match self.trees.get(&source) {
            Some(tree) => {
                let at = address(&fragment, self.anchors.get(&source)?)?;
                find(tree, &at).filter(|value| value.is_object()).map(|_| Target::Part(source, at))
            }
            None if source < self.main => address(&fragment, &self.main_anchors).map(Target::Main),
            None => None,
        }
    }
}

/// The path of what is called `path` in the text `name`, without `.` and `..` where that can be: `a/b.yaml` and
/// `../c.yaml` give `c.yaml`. `None` for an address of the network.
fn beside(name: &str, path: &str) -> Option<String> {
    if path.contains("://") {
        return None;
    }
    let folder = name.rsplit_once('/').map_or("", |(folder, _)| folder);
    let is_absolute = path.starts_with('/') || (name.starts_with('/'));
    let whole = if path.starts_with('/') { path.to_owned() } else { format!("{folder}/{path}") };
    let mut steps: Vec<&str> = Vec::new();
    for step in whole.split('/') {
        match (step, steps.last()) {
            ("" | ".", _) => {}
            ("..", Some(last)) if *last != ".." => {
                steps.pop();
            }
            ("..", None) if is_absolute => {}
            (step, _) => steps.push(step),
        }
    }
    Some(format!("{}{}", if is_absolute { "/" } else { "" }, steps.join("/")))
}

#[cfg(test)]
mod tests {
    use super::beside;

    #[test]
    fn paths_are_relative_to_the_text_that_names_them() {
        let cases = [
            ("spec.yaml", "common.yaml", "common.yaml"),
            ("./spec.yaml", "./a/common.yaml", "a/common.yaml"),
            ("a/b/spec.yaml", "../c.yaml", "a/c.yaml"),
            ("a/spec.yaml", "../../c.yaml", "../c.yaml"),
            ("../a/spec.yaml", "../c.yaml", "../c.yaml"),
            ("/a/spec.yaml", "c.yaml", "/a/c.yaml"),
            ("a/spec.yaml", "/c.yaml", "/c.yaml"),
            ("<stdin>", "c.yaml", "c.yaml"),
        ];
        for (name, path, expected) in cases {
            assert_eq!(beside(name, path).as_deref(), Some(expected), "{name} {path}");
        }
        assert_eq!(beside("a.yaml", "https://example.com/b.yaml"), None);
    }
}
