//! In: the text of a `codegen.toml`, and addresses in it, as if it were JSON. Out: the byte ranges at which they are
//! written.

use crate::pointer::Pointer;
use std::ops::Range;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// Where each address is written; for what is not there, the nearest that encloses it.
pub(super) fn locate(text: &str, pointers: &[&Pointer]) -> Vec<Option<Range<usize>>> {
    let whole = DeTable::parse(text).ok();
    pointers.iter().map(|pointer| Some(find(whole.as_ref()?, pointer))).collect()
}

fn find(whole: &Spanned<DeTable<'_>>, pointer: &Pointer) -> Range<usize> {
    let Some((first, rest)) = pointer.tokens().split_first() else { return 0..0 };
    let Some(mut value) = whole.get_ref().get(first.as_str()) else { return 0..0 };
    for token in rest {
        let inner = match value.get_ref() {
            DeValue::Table(table) => table.get(token.as_str()),
            DeValue::Array(items) => token.parse::<usize>().ok().and_then(|index| items.get(index)),
            _ => None,
        };
        match inner {
            Some(inner) => value = inner,
            None => break,
        }
    }
    value.span()
}

#[cfg(test)]
mod tests {
    use super::locate;
    use crate::pointer::Pointer;

    #[test]
    fn options_are_found() {
        let text =
            "inputs = ['a']\n[options]\nlenient = [\n  '/a',\n  '/b',\n]\n[[options.pagination]]\nkind = 'link'\n";
        let at = |pointer: &str| {
            let pointer = Pointer::parse(pointer).unwrap();
            let range = locate(text, &[&pointer]).remove(0).unwrap();
            &text[range]
        };
        assert_eq!(at("/options/lenient/1"), "'/b'");
        assert_eq!(at("/options/pagination/0/kind"), "'link'");
    }
}
