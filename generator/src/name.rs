//! In: names on the wire, in any script and with any symbols. Out: Rust identifiers, valid and distinct in their scope.
//!
//! A name depends on its item's own address alone, never on a counter: a new neighbor renames nothing, unless both
//! want the same name.
//!
//! Identifiers are ASCII: letters of other scripts are transliterated. rustc warns of identifiers that are not in normal
//! form, that use uncommon characters, or that look like others (`uncommon_codepoints`, `confusable_idents`,
//! `mixed_script_confusables`). What it warns of depends on all identifiers of a crate, and only the crate's root, which
//! is the user's own, can allow it.

mod near;
mod scope;

pub use near::near;
pub use scope::{Wish, distinct, distinct_with};

use any_ascii::any_ascii_char;
use heck::{ToKebabCase, ToLowerCamelCase, ToShoutySnakeCase, ToSnakeCase, ToUpperCamelCase};
use sha2::{Digest, Sha256};

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

/// The most characters of a name, before digits tell it from another. File systems take 255 bytes, and names have
/// endings, such as `Builder` and `.rs`.
const LONGEST: usize = 100;

/// The name of a field, a setter, a method, a module or a file: `type_`, `message_id`, `_2fa`.
pub fn member(wire: &str) -> String {
    let name = words(wire).to_snake_case();
    let name = match name.chars().next() {
        Some(first) if !first.is_ascii_alphabetic() => format!("_{name}"),
        _ if KEYWORDS.contains(&name.as_str()) => format!("{name}_"),
        _ => name,
    };
    short(&name)
}

/// The name of a type: `SendSmsMessageResponse`, `T2fa`.
pub fn type_(wire: &str) -> String {
    upper(wire, 'T')
}

/// The name of an enum's variant: `Delivered`, `V1`.
pub fn variant(wire: &str) -> String {
    upper(wire, 'V')
}

/// The name of a field as [`member`] has it, its symbols spelled out: `a_dot_b` of `a.b`, which may stand beside `a_b`.
pub fn member_spelled(wire: &str) -> String {
    member(&spelled_out(wire))
}

/// The name of a variant as [`variant`] has it, its symbols spelled out: `MinusCreated` of `-created`.
pub fn variant_spelled(wire: &str) -> String {
    variant(&spelled_out(wire))
}

/// Whether a text is words as programs write them, in one of the usual cases, and nothing else: `userId`, not `userID`
/// nor `-user`. Where several texts come down to one name, it is the name of the one that is.
fn is_plain(wire: &str) -> bool {
    wire.chars().any(char::is_alphabetic)
        && [
            wire.to_lower_camel_case(),
            wire.to_upper_camel_case(),
            wire.to_snake_case(),
            wire.to_shouty_snake_case(),
            wire.to_kebab_case(),
        ]
        .contains(&wire.to_owned())
}

fn upper(wire: &str, digit_prefix: char) -> String {
    let name = words(wire).to_upper_camel_case();
    let name = match name.chars().next() {
        Some(first) if !first.is_ascii_alphabetic() => format!("{digit_prefix}{name}"),
        _ if name == "Self" => format!("{digit_prefix}{name}"),
        _ => name,
    };
    short(&name)
}

/// A name of at most 100 characters: of a longer one, its first words and a hash of all of it, so that it stays
/// distinct, whatever its neighbors are.
pub fn short(name: &str) -> String {
    const DIGITS: usize = 8;
    if name.len() <= LONGEST {
        return name.to_owned();
    }
    let gap = gap(name);
    let room = LONGEST - gap.len() - DIGITS;
    let letters = name.as_bytes();
    let begins_word = |index: &usize| match letters[*index] {
        b'_' | b'-' => true,
        letter => letter.is_ascii_uppercase() && !letters[index - 1].is_ascii_uppercase(),
    };
    // One word may be longer than that.
    let end = (room / 2..=room).rev().find(begins_word).unwrap_or(room);
    format!("{}{gap}{}", &name[..end], &digest(name)[..DIGITS])
}

/// What a body is in a call.
const ROLES: &[&str] = &["Request", "Response"];

/// The name of a part of what has a name, both as types have them. Words with which the whole ends and the part begins
/// are there once: `Budget` and `BudgetType` give `BudgetType`. All of the part's words are left out only where they say
/// what the whole is in a call: `NotFoundResponse`, but `ItemItem`.
pub fn joined(whole: &str, part: &str) -> String {
    if ROLES.contains(&part) && whole.ends_with(part) {
        return whole.to_owned();
    }
    if part.strip_prefix(whole).is_some_and(|rest| rest.starts_with(char::is_uppercase)) {
        return short(part);
    }
    let starts = |text: &str| -> Vec<usize> {
        text.char_indices().filter(|(_, letter)| letter.is_uppercase()).map(|(index, _)| index).collect()
    };
    let ends_of_part = starts(part);
    let shared = starts(whole)
        .into_iter()
        .map(|start| &whole[start..])
        .find(|ending| part.starts_with(ending) && ending.len() < part.len() && ends_of_part.contains(&ending.len()));
    short(&format!("{whole}{}", &part[shared.map_or(0, str::len)..]))
}

/// The same for an item of a list, which says in the singular what the list's name says in the plural: `Phases` and
/// `PhaseConfiguration` give `PhaseConfiguration`.
pub fn singular(list: &str, item: &str) -> String {
    match list.strip_suffix('s') {
        Some(one) if one.ends_with(item) => one.to_owned(),
        Some(one) if joined(one, item).len() < one.len() + item.len() => joined(one, item),
        _ => joined(list, item),
    }
}

/// What stands between a name and hexadecimal digits, so that lints take both for one name.
fn gap(name: &str) -> &'static str {
    match name {
        upper if upper.starts_with(|c: char| c.is_ascii_uppercase()) => "X",
        kebab if kebab.contains('-') => "-",
        _ => "_",
    }
}

fn digest(text: &str) -> String {
    Sha256::digest(text).iter().map(|byte| format!("{byte:02x}")).collect()
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
    rest.chars().for_each(|c| spell(c, &mut spelled));
    // heck drops whatever is not alphanumeric, so a name of symbols alone has to be spelled out.
    if spelled.chars().any(char::is_alphanumeric) { spelled } else { symbols(wire) }
}

/// Spells a character in ASCII: as it is, transliterated, or as a gap between words.
fn spell(c: char, spelled: &mut String) {
    match any_ascii_char(c) {
        _ if c.is_ascii() => spelled.push(if c.is_ascii_alphanumeric() || c == '_' { c } else { ' ' }),
        _ if !unicode_ident::is_xid_continue(c) => spelled.push(' '),
        // A rare script; a mark on a letter can be left out.
        "" if unicode_ident::is_xid_start(c) => spelled.extend([" ", &code_point(c), " "]),
        // A soft sign is an apostrophe, which parts no words.
        letters => spelled.extend(letters.chars().filter(char::is_ascii_alphanumeric)),
    }
}

fn code_point(c: char) -> String {
    format!("u{:x}", u32::from(c))
}

fn symbols(wire: &str) -> String {
    let word = |c: char| match SYMBOLS.iter().find(|(symbol, _)| *symbol == c) {
        Some((_, word)) => (*word).to_owned(),
        None => code_point(c),
    };
    if wire.is_empty() { "empty".to_owned() } else { wire.chars().map(word).collect::<Vec<_>>().join(" ") }
}

/// A text whose symbols are words; spaces and underscores only part words, and a hyphen that is no sign is a dash.
fn spelled_out(wire: &str) -> String {
    let word = |(index, c): (usize, char)| match SYMBOLS.iter().find(|(symbol, _)| *symbol == c && !" _".contains(c)) {
        Some(('-', _)) if index > 0 => " dash ".to_owned(),
        Some((_, word)) => format!(" {word} "),
        None => c.to_string(),
    };
    wire.char_indices().map(word).collect()
}

#[cfg(test)]
mod tests {
    use super::{LONGEST, member, short, type_, variant};

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
            ("größe", "grosse"),
            ("名前", "ming_qian"),
            ("большой", "bolshoy"),
            ("é", "e"),
            ("e\u{301}", "e"),
            ("µ", "u"),
            ("ſ", "s"),
            ("ı", "i"),
            ("а", "a"),
            ("\u{301}", "u301"),
            ("→", "u2192"),
            ("\u{20c9d}x", "u20c9d_x"),
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
    fn parts_do_not_repeat_words() {
        for (whole, part, name) in [
            ("CreateOrderRequest", "Items", "CreateOrderRequestItems"),
            ("Budget", "BudgetType", "BudgetType"),
            ("GetBudget", "BudgetType", "GetBudgetType"),
            ("SpendingLimits", "SpendingLimitsParam", "SpendingLimitsParam"),
            ("Item", "Item", "ItemItem"),
            ("Can", "Cancel", "CanCancel"),
            ("TheCan", "CanCancel", "TheCanCancel"),
            ("A", "BC", "ABC"),
            ("NotFoundResponse", "Response", "NotFoundResponse"),
        ] {
            assert_eq!(super::joined(whole, part), name, "{whole} {part}");
        }
        assert_eq!(super::singular("RequestPhases", "PhaseConfiguration"), "RequestPhaseConfiguration");
        assert_eq!(super::singular("RequestPhases", "Configuration"), "RequestPhasesConfiguration");
        assert_eq!(super::singular("Phases", "Phase"), "Phase");
    }

    #[test]
    fn symbols_are_words_where_they_tell_names_apart() {
        assert_eq!(super::variant_spelled("-created"), "MinusCreated");
        assert_eq!(super::variant_spelled("DD / MM / YYYY"), "DdSlashMmSlashYyyy");
        assert_eq!(super::variant_spelled("DD - MM"), "DdDashMm");
        assert_eq!(super::member_spelled("a.b"), "a_dot_b");
        assert_eq!(super::member_spelled("a_b"), "a_b");
    }

    /// Of any character: an identifier of letters, digits and underscores, which no lint and no file system objects to.
    #[test]
    fn names_are_ascii_words() {
        let is_word = |name: &str| name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
        let rare = ('\u{3100}'..=char::MAX).step_by(97);
        for wire in ('\0'..'\u{3100}').chain(rare).map(String::from) {
            let (member, variant) = (member(&wire), variant(&wire));
            assert!(is_word(&member) && member.bytes().all(|byte| !byte.is_ascii_uppercase()), "{wire:?} {member}");
            assert!(is_word(&variant) && variant.starts_with(|c: char| c.is_ascii_uppercase()), "{wire:?} {variant}");
            assert!(!member.trim_matches('_').is_empty(), "{wire:?} {member}");
        }
    }

    #[test]
    fn long_names_are_their_first_words_and_a_hash() {
        let [one, other] = ["one", "other"].map(|last| format!("{}{last}", "some_long_name_".repeat(20)));
        assert_eq!(
            member(&one),
            "some_long_name_some_long_name_some_long_name_some_long_name_some_long_name_some_long_name_65bcf952"
        );
        assert_eq!(
            type_(&one),
            "SomeLongNameSomeLongNameSomeLongNameSomeLongNameSomeLongNameSomeLongNameSomeLongNameSomeXf5b1548e"
        );
        assert_ne!(member(&one), member(&other));
        let word = "x".repeat(1000);
        assert_eq!((member(&word).len(), type_(&word).len()), (LONGEST, LONGEST));
        assert_eq!(member(&word[..LONGEST]), word[..LONGEST]);
        assert_eq!(short(&short(&one)), short(&one));
    }
}
