//! In: names on the wire, in any script and with any symbols. Out: Rust identifiers, valid and distinct in their scope.
//!
//! A name depends on its item's own address alone, never on a counter: a new neighbour renames nothing, unless both
//! want the same name.

use heck::{ToSnakeCase, ToUpperCamelCase};
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};

/// Rust's keywords, strict, reserved and of edition 2024 (The Rust Reference, "Keywords").
const KEYWORDS: &[&str] = &[
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "crate", "do", "dyn", "else",
    "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let", "loop", "macro", "match", "mod",
    "move", "mut", "override", "priv", "pub", "ref", "return", "self", "static", "struct", "super", "trait", "true",
    "try", "type", "typeof", "unsafe", "unsized", "use", "virtual", "where", "while", "yield",
];

/// Words for the symbols that real names consist of.
const SYMBOLS: &[(char, &str)] = &[
    ('!', "not"),
    ('#', "hash"),
    ('$', "dollar"),
    ('%', "percent"),
    ('&', "and"),
    ('*', "star"),
    ('+', "plus"),
    (',', "comma"),
    ('-', "minus"),
    ('.', "dot"),
    ('/', "slash"),
    (':', "colon"),
    (';', "semicolon"),
    ('<', "less"),
    ('=', "equal"),
    ('>', "greater"),
    ('?', "question"),
    ('@', "at"),
    ('\\', "backslash"),
    ('^', "caret"),
    ('_', "underscore"),
    ('|', "pipe"),
    ('~', "tilde"),
    (' ', "space"),
];

/// The name of a field, a setter, a method or a module: `type_`, `message_id`, `_2fa`.
pub fn member(wire: &str) -> String {
    let name = words(wire).to_snake_case();
    match name.chars().next() {
        Some(first) if !unicode_ident::is_xid_start(first) => format!("_{name}"),
        _ if KEYWORDS.contains(&name.as_str()) => format!("{name}_"),
        _ => name,
    }
}

/// The name of a file for what has this name, and of a module that is private to the client: lower-case ASCII, since
/// file systems differ in what they make of anything else (and rustc, E0754, does not look for it).
pub fn file(name: &str) -> String {
    let ascii = |c: char| if c.is_ascii() { c.to_string() } else { format!("u{:x}", u32::from(c)) };
    member(name).chars().map(ascii).collect::<String>().to_ascii_lowercase()
}

/// The name of a type: `SendSmsMessageResponse`, `T2fa`.
pub fn type_(wire: &str) -> String {
    upper(wire, 'T')
}

/// The name of an enum's variant: `Delivered`, `V1`.
pub fn variant(wire: &str) -> String {
    upper(wire, 'V')
}

fn upper(wire: &str, digit_prefix: char) -> String {
    let name = words(wire).to_upper_camel_case();
    match name.chars().next() {
        Some(first) if !unicode_ident::is_xid_start(first) => format!("{digit_prefix}{name}"),
        _ if name == "Self" => format!("{digit_prefix}{name}"),
        _ => name,
    }
}

/// Spells a name in characters that an identifier can hold, words apart.
fn words(wire: &str) -> String {
    let mut spelled = String::with_capacity(wire.len());
    let mut rest = wire.trim();
    // A sign in front of a number tells `+1` from `-1`; elsewhere a hyphen only parts words.
    for (sign, word) in [('-', "minus "), ('+', "plus ")] {
        if let Some(number) = rest.strip_prefix(sign).filter(|rest| rest.starts_with(|c: char| c.is_ascii_digit())) {
            spelled.push_str(word);
            rest = number;
        }
    }
    spelled.extend(rest.chars().map(|c| if unicode_ident::is_xid_continue(c) { c } else { ' ' }));
    // heck drops whatever is not alphanumeric, so a name of symbols alone has to be spelled out.
    if spelled.chars().any(char::is_alphanumeric) { spelled } else { symbols(wire) }
}

fn symbols(wire: &str) -> String {
    let word = |c: char| match SYMBOLS.iter().find(|(symbol, _)| *symbol == c) {
        Some((_, word)) => (*word).to_owned(),
        None => format!("u{:x}", u32::from(c)),
    };
    if wire.is_empty() { "empty".to_owned() } else { wire.chars().map(word).collect::<Vec<_>>().join(" ") }
}

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
/// Of several items that want the same name, the one whose address *is* that name has it. The others fall back to
/// their next wish, at last to the last wish with four hexadecimal digits of their address's SHA-256.
pub fn distinct(items: &[Wish], taken: &[&str]) -> Vec<String> {
    let mut used: BTreeSet<String> = taken.iter().map(|name| (*name).to_owned()).collect();
    let mut names: Vec<Option<String>> = vec![None; items.len()];
    let rounds = items.iter().map(|item| item.names.len()).max().unwrap_or_default();
    for round in 0..rounds {
        let mut wanted: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (index, item) in items.iter().enumerate().filter(|(index, _)| names[*index].is_none()) {
            if let Some(wish) = item.names.get(round) {
                wanted.entry(wish).or_default().push(index);
            }
        }
        for (wish, indexes) in wanted {
            let exact = indexes.iter().find(|index| items[**index].address == wish);
            let winner = exact.or(indexes.first().filter(|_| indexes.len() == 1));
            if let Some(index) = winner.filter(|_| !used.contains(wish)) {
                used.insert(wish.to_owned());
                names[*index] = Some(wish.to_owned());
            }
        }
    }
    let hashed = |(item, name): (&Wish, Option<String>)| name.unwrap_or_else(|| with_hash(item, &mut used));
    items.iter().zip(names).map(hashed).collect()
}

fn with_hash(item: &Wish, used: &mut BTreeSet<String>) -> String {
    let digest: String = Sha256::digest(&item.address).iter().map(|byte| format!("{byte:02x}")).collect();
    let wish = item.names.last().map_or("item", String::as_str);
    // A keyword's own underscore at its end is not needed then, and two would be no name in snake case.
    let (wish, gap) =
        if wish.starts_with(char::is_uppercase) { (wish, "X") } else { (wish.trim_end_matches('_'), "_") };
    let lengths = 4..=digest.len();
    let name = lengths.map(|length| format!("{wish}{gap}{}", &digest[..length])).find(|name| !used.contains(name));
    // Two items with one address and one wish are the same item: nothing but their order can tell them apart.
    let name = name.unwrap_or_else(|| format!("{wish}{gap}{digest}{}", used.len()));
    used.insert(name.clone());
    name
}

#[cfg(test)]
mod tests {
    use super::{Wish, distinct, file, member, type_, variant};

    fn wish(name: &str, address: &str) -> Wish {
        Wish { names: vec![name.into()], address: address.into() }
    }

    #[test]
    fn members() {
        for (wire, name) in [
            ("message_id", "message_id"),
            ("fooBar", "foo_bar"),
            ("foo-bar", "foo_bar"),
            ("type", "type_"),
            ("@type", "type_"),
            ("2fa", "_2fa"),
            ("+1", "plus_1"),
            ("-1", "minus_1"),
            ("$", "dollar"),
            ("", "empty"),
            ("_", "underscore"),
            ("filter[name]", "filter_name"),
            ("größe", "größe"),
            ("名前", "名前"),
            ("self", "self_"),
        ] {
            assert_eq!(member(wire), name, "{wire}");
        }
    }

    #[test]
    fn types_and_variants() {
        assert_eq!(type_("sms_SendSmsMessage_Response_200"), "SmsSendSmsMessageResponse200");
        assert_eq!(type_("2fa"), "T2fa");
        assert_eq!(type_("self"), "TSelf");
        assert_eq!(variant("1"), "V1");
        assert_eq!(variant("."), "Dot");
        assert_eq!(variant("in-progress"), "InProgress");
    }

    #[test]
    fn files_are_ascii() {
        assert_eq!(file("SendSmsMessage"), "send_sms_message");
        assert_eq!(file("Spæcial"), "spue6cial");
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
