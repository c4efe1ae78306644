//! In: items with the names that they wish for. Out: a name for each, distinct in their scope.

use super::{digest, gap, is_plain, short};
use std::collections::{BTreeMap, BTreeSet};

/// An item that wants a name.
#[derive(Clone, Debug)]
pub struct Wish {
    /// The names it would take, best first; at least one.
    pub names: Vec<String>,
    /// What tells it from every other item of the scope: its name on the wire, or its address.
    pub address: String,
}

/// Distinct names for the items of one scope, none of them `taken`.
///
/// Of several items that want the same name, the one whose address *is* that name has it, else the only one whose address is
/// plain words in one of the usual cases: `created` rather than `-created`. The others fall back to their next wish, at last to the last wish with four hexadecimal digits of their address's SHA-256.
pub fn distinct(items: &[Wish], taken: &[&str]) -> Vec<String> {
    distinct_with(items, &[], taken)
}

/// The same for items beside each of which stand others, whose names are its own with an ending: `endings` has those of
/// each item. They are as distinct.
pub fn distinct_with(items: &[Wish], endings: &[Vec<&str>], taken: &[&str]) -> Vec<String> {
    let mut scope = Scope { used: taken.iter().map(|name| (*name).to_owned()).collect(), endings };
    let mut names: Vec<Option<String>> = vec![None; items.len()];
    let rounds = items.iter().map(|item| item.names.len()).max().unwrap_or_default();
    for round in 0..rounds {
        let mut wanted: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (index, item) in items.iter().enumerate().filter(|(index, _)| names[*index].is_none()) {
            if let Some(wish) = item.names.get(round) {
                wanted.entry(short(wish)).or_default().push(index);
            }
        }
        for (wish, indexes) in wanted {
            let exact = indexes.iter().find(|index| items[**index].address == wish);
            let lone = || indexes.first().filter(|_| indexes.len() == 1);
            let winner = exact.or_else(lone).or_else(|| plain(items, &indexes));
            if let Some(index) = winner.filter(|index| scope.take(**index, &wish)) {
                names[*index] = Some(wish);
            }
        }
    }
    let named = items.iter().zip(names).enumerate();
    named.map(|(index, (item, name))| name.unwrap_or_else(|| with_hash(index, item, &mut scope))).collect()
}

/// The only one of these items whose address is plain words.
fn plain<'i>(items: &[Wish], indexes: &'i [usize]) -> Option<&'i usize> {
    let mut plain = indexes.iter().filter(|index| is_plain(&items[**index].address));
    plain.next().filter(|_| plain.next().is_none())
}

/// The names of a scope that are in use.
struct Scope<'a> {
    used: BTreeSet<String>,
    endings: &'a [Vec<&'a str>],
}

impl Scope<'_> {
    /// Takes a name for an item, and those beside it, if all are free.
    fn take(&mut self, index: usize, name: &str) -> bool {
        let beside = self.endings.get(index).into_iter().flatten().map(|ending| format!("{name}{ending}"));
        let all: Vec<String> = beside.chain([name.to_owned()]).collect();
        let free = !all.iter().any(|name| self.used.contains(name));
        if free {
            self.used.extend(all);
        }
        free
    }
}

fn with_hash(index: usize, item: &Wish, scope: &mut Scope<'_>) -> String {
    let digest = digest(&item.address);
    let wish = item.names.last().map_or_else(|| "item".to_owned(), |wish| short(wish));
    let gap = gap(&wish);
    // A keyword's own underscore at its end is not needed then, and two would be no name in snake case.
    let wish = wish.trim_end_matches('_');
    let names = (4..=digest.len()).map(|length| format!("{wish}{gap}{}", &digest[..length]));
    // Two items with one address and one wish are the same item: nothing but their order can tell them apart.
    let same = (1..).map(|number| format!("{wish}{gap}{digest}{number}"));
    names.chain(same).find(|name| scope.take(index, name)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::{Wish, distinct, distinct_with};

    fn wish(name: &str, address: &str) -> Wish {
        Wish { names: vec![name.into()], address: address.into() }
    }

    #[test]
    fn long_names_are_distinct() {
        let long = "long_".repeat(200);
        let names = distinct(&[wish(&long, "a"), wish(&long, "b"), wish(&format!("{long}c"), "c")], &[]);
        assert!(names.iter().all(|name| name.len() <= 105 && name.starts_with("long_long_")), "{names:?}");
        assert!(names[0] != names[1] && names[1] != names[2], "{names:?}");
    }

    #[test]
    fn what_stands_beside_an_item_is_distinct_too() {
        let names = distinct_with(&[wish("A", "a"), wish("ABuilder", "ab")], &[vec!["Builder"], vec![]], &[]);
        assert_eq!(names[0], "A");
        assert!(names[1].starts_with("ABuilderX"), "{names:?}");
        let names = distinct_with(&[wish("A", "a")], &[vec!["Builder"]], &["ABuilder"]);
        assert!(names[0].starts_with("AX"), "{names:?}");
    }

    #[test]
    fn the_exact_name_wins() {
        let names = distinct(&[wish("foo_bar", "fooBar"), wish("foo_bar", "foo_bar")], &[]);
        assert_eq!(names[1], "foo_bar");
        assert!(names[0].starts_with("foo_bar_"), "{names:?}");
        let names = distinct(&[wish("type_", "type"), wish("type_", "Type")], &["type_"]);
        assert!(names.iter().all(|name| name.starts_with("type_") && !name.contains("__")), "{names:?}");
    }

    #[test]
    fn plain_words_have_the_name() {
        let names = distinct(&[wish("Created", "-created"), wish("Created", "created")], &[]);
        assert_eq!(names[1], "Created");
        assert!(names[0].starts_with("CreatedX"), "{names:?}");
        let names = distinct(&[wish("UserId", "userID"), wish("UserId", "userId")], &[]);
        assert_eq!(names[1], "UserId");
        let names = distinct(&[wish("Asc", "asc"), wish("Asc", "ASC")], &[]);
        assert!(names.iter().all(|name| name.starts_with("AscX")), "{names:?}");
    }

    #[test]
    fn a_third_neighbour_renames_nothing() {
        let two = distinct(&[wish("A", "a-"), wish("A", "-a")], &[]);
        let three = distinct(&[wish("A", "a-"), wish("A", "+a"), wish("A", "-a")], &[]);
        assert_eq!((&two[0], &two[1]), (&three[0], &three[2]));
    }

    #[test]
    fn the_next_wish_comes_before_a_hash() {
        let id = |place: &str| Wish { names: vec!["id".into(), format!("id_{place}")], address: format!("{place} id") };
        assert_eq!(distinct(&[id("path"), id("query")], &[]), ["id_path", "id_query"]);
        assert_eq!(distinct(&[id("path")], &["id"]), ["id_path"]);
    }
}
