//! In: a text, YAML or JSON, and addresses in it. Out: the byte ranges at which they are written, found in one pass
//! over the events of a YAML parser, which reads JSON, too.

use crate::pointer::Pointer;
use granit_parser::{Event, Options, Parser, options};
use std::collections::BTreeMap;
use std::ops::Range;

/// How many bytes of a value in an array are marked at most.
const MOST_MARKED: usize = 80;

/// Where each address is written: its key, with its value where that is a scalar on the same line. For what is not in
/// the text, the nearest that encloses it: a member that comes by an alias or by `<<` is where that is written. Of
/// repeated keys it is the last one. `None` if not even the text's beginning can be read.
pub(super) fn locate(text: &str, pointers: &[&Pointer]) -> Vec<Option<Range<usize>>> {
    let mut wanted = Wanted::default();
    let nodes: Vec<_> = pointers.iter().map(|pointer| wanted.add(pointer)).collect();
    let mut walk = Walk { text, wanted, frames: Vec::new() };
    for event in Parser::new_from_str_with_options(text, parser_options()) {
        let Ok((event, span)) = event else { break }; // What was found until here still holds.
        let Some(range) = span.byte_range() else { break };
        match event {
            Event::DocumentEnd => break,
            Event::Scalar(value, ..) => walk.leaf(range, Some(&value)),
            Event::Alias(_) => walk.leaf(range, None),
            Event::MappingStart(..) => walk.open(range, Inside::Object { child: None }),
            Event::SequenceStart(..) => walk.open(range, Inside::Array { index: 0 }),
            Event::MappingEnd | Event::SequenceEnd => walk.close(),
            _ => {}
        }
    }
    nodes.into_iter().map(|node| walk.wanted.spot(node)).collect()
}

fn parser_options() -> Options {
    options! {
        emit_comments: false,
        simple_key_max_lookahead: usize::MAX,
    }
}

/// The wanted addresses as a tree: only what lies on the way to one of them is looked at. Node 0 is the whole text.
struct Wanted<'p> {
    nodes: Vec<Node<'p>>,
}

#[derive(Default)]
struct Node<'p> {
    outer: Option<usize>,
    children: BTreeMap<&'p str, usize>,
    spot: Option<Range<usize>>,
    /// Where its merge key is written.
    merge: Option<Range<usize>>,
}

impl Default for Wanted<'_> {
    fn default() -> Self {
        Self { nodes: vec![Node::default()] }
    }
}

impl<'p> Wanted<'p> {
    fn add(&mut self, pointer: &'p Pointer) -> usize {
        let mut node = 0;
        for token in pointer.tokens() {
            let next = self.nodes.len();
            let child = *self.nodes[node].children.entry(token).or_insert(next);
            if child == next {
                self.nodes.push(Node { outer: Some(node), ..Node::default() });
            }
            node = child;
        }
        node
    }

    fn child(&self, node: Option<usize>, token: &str) -> Option<usize> {
        self.nodes[node?].children.get(token).copied()
    }

    /// Sets where a node is written; forgets what was found in an earlier object of the same key.
    fn set(&mut self, node: usize, spot: Range<usize>) {
        if self.nodes[node].spot.replace(spot).is_some() {
            let mut stale: Vec<_> = self.nodes[node].children.values().copied().collect();
            self.nodes[node].merge = None;
            while let Some(node) = stale.pop() {
                self.nodes[node].spot = None;
                self.nodes[node].merge = None;
                stale.extend(self.nodes[node].children.values());
            }
        }
    }

    fn spot(&self, node: usize) -> Option<Range<usize>> {
        let mut at = node;
        while self.nodes[at].spot.is_none() {
            at = self.nodes[at].outer?;
        }
        let merge = self.nodes[at].merge.as_ref().filter(|_| at != node);
        merge.or(self.nodes[at].spot.as_ref()).cloned()
    }
}

/// One object or array that the walk is in.
struct Frame {
    /// The wanted node that it is, if it is one.
    node: Option<usize>,
    inside: Inside,
}

enum Inside {
    /// What comes next is a key; or, once `child` has the key's node and place, its value.
    Object { child: Option<(Option<usize>, Range<usize>)> },
    /// What comes next is the element with this index.
    Array { index: usize },
}

struct Walk<'t, 'p> {
    text: &'t str,
    wanted: Wanted<'p>,
    frames: Vec<Frame>,
}

impl Walk<'_, '_> {
    /// A scalar or an alias: a key or a value.
    fn leaf(&mut self, range: Range<usize>, text: Option<&str>) {
        if let Some(Frame { node, inside: Inside::Object { child: child @ None } }) = self.frames.last_mut() {
            let wanted = text.and_then(|key| self.wanted.child(*node, key));
            if let (Some(node), Some("<<")) = (*node, text) {
                self.wanted.nodes[node].merge = Some(range.clone());
            }
            *child = Some((wanted, range));
            return;
        }
        let (node, key) = self.value();
        if let Some(node) = node {
            let same_line = |key: &Range<usize>| !self.text[key.end..range.start.max(key.end)].contains('\n');
            let spot = match key {
                Some(key) if same_line(&key) => key.start..range.end.max(key.end),
                Some(key) => key,
                None => range,
            };
            self.wanted.set(node, spot);
        }
        self.done();
    }

    /// The start of an object or an array.
    fn open(&mut self, range: Range<usize>, inside: Inside) {
        let is_key = matches!(self.frames.last(), Some(Frame { inside: Inside::Object { child: None }, .. }));
        let (node, key) = if is_key { (None, None) } else { self.value() };
        if let Some(node) = node {
            let start = range.start;
            let line = self.text[start..].bytes().take(MOST_MARKED).take_while(|byte| *byte != b'\n').count();
            self.wanted.set(node, key.unwrap_or(start..self.text.floor_char_boundary(start + line)));
        }
        self.frames.push(Frame { node, inside });
    }

    fn close(&mut self) {
        self.frames.pop();
        self.done();
    }

    /// The wanted node of the value that comes now, and the place of its key.
    fn value(&mut self) -> (Option<usize>, Option<Range<usize>>) {
        match self.frames.last_mut() {
            None => (Some(0), None),
            Some(Frame { inside: Inside::Object { child }, .. }) => {
                child.clone().map_or((None, None), |(node, key)| (node, Some(key)))
            }
            Some(Frame { node: None, .. }) => (None, None),
            Some(Frame { node, inside: Inside::Array { index } }) => {
                (self.wanted.child(*node, &index.to_string()), None)
            }
        }
    }

    /// A key or a value is complete.
    fn done(&mut self) {
        match self.frames.last_mut().map(|frame| &mut frame.inside) {
            Some(Inside::Array { index }) => *index += 1,
            Some(Inside::Object { child: child @ Some(_) }) => *child = None,
            Some(Inside::Object { child }) => *child = Some((None, 0..0)), // A key that is no scalar.
            None => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::locate;
    use crate::pointer::Pointer;

    fn find<'t>(text: &'t str, pointer: &str) -> &'t str {
        let pointer = Pointer::parse(pointer).unwrap();
        let found = locate(text, &[&pointer]).remove(0).unwrap();
        &text[found]
    }

    #[test]
    fn keys_and_scalars_are_found() {
        let text = "a: 1\nb:\n  /c/{d}:\n    - x: é\n      y: |\n        long\n    - *e\n    - {z: 2}\n200: ok\n";
        for (pointer, found) in [
            ("/a", "a: 1"),
            ("/b", "b"),
            ("/b/~1c~1{d}", "/c/{d}"),
            ("/b/~1c~1{d}/0", "x: é"),
            ("/b/~1c~1{d}/0/x", "x: é"),
            ("/b/~1c~1{d}/0/y/none", "y"),
            ("/b/~1c~1{d}/0/none", "x: é"),
            ("/200", "200: ok"),
        ] {
            assert!(find(&text.replace("*e", "e"), pointer).starts_with(found), "{pointer}");
        }
    }

    #[test]
    fn json_with_tabs_and_escapes_is_found() {
        let text = "{\n\t\"\\/p\\/\\ud83d\\ude00\":\t{\"get\": [{\"a\": \"b\\/c\"},\n\t\t{\"d\": null}]},\n\t\"x\": 1}";
        assert_eq!(find(text, "/~1p~1😀/get/0/a"), "\"a\": \"b\\/c\"");
        assert_eq!(find(text, "/~1p~1😀/get/1"), "{\"d\": null}]},");
        assert_eq!(find(text, "/~1p~1😀"), "\"\\/p\\/\\ud83d\\ude00\"");
        assert_eq!(find(text, "/x"), "\"x\": 1");
    }

    #[test]
    fn aliases_and_merges_are_found_where_they_are_used() {
        let text = "x: &x {a: {b: 1}}\ny: *x\nz:\n  <<: *x\n  c: 1\n";
        assert_eq!(find(text, "/y/a/b"), "y: *x");
        assert_eq!(find(text, "/z/a"), "<<");
        assert_eq!(find(text, "/z/c"), "c: 1");
    }

    #[test]
    fn the_last_of_repeated_keys_is_found() {
        let text = "a:\n  b: 1\n  b: 2\nc: 0\na:\n  d: 1\n";
        assert_eq!(find(&text[..18], "/a/b"), "b: 2");
        assert_eq!(find(text, "/a/b"), "a");
        assert_eq!(find(text, "/a/d"), "d: 1");
    }

    #[test]
    fn broken_texts_give_what_they_can() {
        assert_eq!(find("a: 1\nb: [", "/a"), "a: 1");
        assert_eq!(find("? [k]\n: 1\nb: 2\n", "/b"), "b: 2");
        assert_eq!(locate("", &[&Pointer::root()]), [None]);
        let key = "k".repeat(5000);
        assert_eq!(find(&format!("{{\"{key}\": 1, \"b\": 2}}"), "/b"), "\"b\": 2");
    }
}
