//! In: the sources of the runtime, and lists of Rust's own words. Out: names that a document should not have, and has.

use oasmith_tests::harness::{read, root};
use std::collections::BTreeSet;

/// Keywords, strict, reserved and weak, of all editions (The Rust Reference, "Keywords").
const KEYWORDS: &str = "abstract as async auto await become box break const continue crate default do dyn else enum extern \
    false final fn for gen if impl in let loop macro macro_rules match mod move mut override priv pub raw ref return safe \
    self Self static struct super trait true try type typeof union unsafe unsized use virtual where while yield 'static \
    'a _ __ r#type";

/// The preludes of all editions, and primitive types (The Rust Reference, "Preludes").
const PRELUDE: &str = "AsMut AsRef AsyncFn AsyncFnMut AsyncFnOnce Box Clone Copy Debug Default DoubleEndedIterator Drop Eq \
    Err ExactSizeIterator Extend Fn FnMut FnOnce From FromIterator Future Hash Into IntoFuture IntoIterator Iterator None \
    Ok Option Ord PartialEq PartialOrd Result Send Sized Some String Sync ToOwned ToString TryFrom TryInto Unpin Vec \
    align_of align_of_val assert assert_eq cfg column compile_error concat dbg debug_assert derive drop env eprintln file \
    format format_args include include_bytes include_str line matches module_path option_env panic print println \
    size_of size_of_val stringify test thread_local todo unimplemented unreachable vec write writeln global_allocator \
    bool char str i8 i16 i32 i64 i128 isize u8 u16 u32 u64 u128 usize f16 f32 f64 f128 \
    alloc core proc_macro std";

/// What the traits in use have, beside what the runtime declares itself.
const ASSOCIATED: &str = "Err Error Item IntoIter IntoFuture Ok Output Owned Target Value Deserializer Variant \
    SerializeMap SerializeSeq SerializeStruct SerializeStructVariant SerializeTuple SerializeTupleStruct \
    SerializeTupleVariant Data as_ref as_str borrow clone clone_from cmp default deref deserialize eq fmt from from_str \
    hash into ne partial_cmp poll serialize to_owned to_string try_from try_into type_id";

/// What no identifier can be, would make the compiler warn, or is the same once it is one.
const SCRIPTS: [&str; 24] = [
    "straße",
    "strasse",
    "STRASSE",
    "größe",
    "grosse",
    "µ",
    "μ",
    "u",
    "ſ",
    "s",
    "ı",
    "i",
    "а",
    "a",
    "K",
    "k",
    "é",
    "e\u{301}",
    "名前",
    "заказ",
    "ǆ",
    "ﬁ",
    "\u{301}",
    "👍",
];

/// All of them.
pub(crate) fn all() -> Vec<String> {
    let mut all: BTreeSet<String> = BTreeSet::new();
    for list in [KEYWORDS, PRELUDE, ASSOCIATED] {
        all.extend(list.split_whitespace().map(str::to_owned));
    }
    all.extend(SCRIPTS.map(str::to_owned));
    // The names of files and identifiers have ends.
    for length in [101, 323, 1023] {
        all.extend(["x", "y"].map(|last| format!("{}{last}", "long_name_of_".repeat(100)[..length - 1].to_owned())));
        all.extend(["x", "y"].map(|last| format!("{}{last}", "l".repeat(length - 1))));
    }
    let runtime = read(&root().join("generator/runtime"));
    all.extend(runtime.values().flat_map(|text| declared(text)));
    all.extend(identifiers(runtime.values().map(|text| macros(text))));
    all.into_iter().collect()
}

/// The identifiers of code without its comments and strings.
pub(crate) fn identifiers(texts: impl Iterator<Item = String>) -> impl Iterator<Item = String> {
    let all: BTreeSet<String> = texts.flat_map(|text| tokens(&text)).collect();
    all.into_iter()
}

fn tokens(text: &str) -> Vec<String> {
    let code =
        text.lines().filter(|line| !line.trim_start().starts_with("//")).flat_map(|line| line.split('"').step_by(2));
    let words = code.flat_map(|code| code.split(|c: char| !(c.is_alphanumeric() || c == '_' || c == '$')));
    let is_name = |word: &&str| !word.is_empty() && !word.starts_with(|c: char| c.is_ascii_digit() || c == '$');
    words.filter(is_name).map(str::to_owned).collect()
}

/// The macros, which put their words beside those of a document.
fn macros(text: &str) -> String {
    let mut inside = false;
    let mut kept = String::new();
    for line in text.lines() {
        inside |= line.starts_with("macro_rules!");
        if inside {
            kept.extend([line, "\n"]);
        }
        inside &= line != "}";
    }
    kept
}

/// What is declared, at whatever depth; of functions, those that users see.
fn declared(text: &str) -> Vec<String> {
    const BEFORE: [&str; 7] = ["const", "enum", "mod", "static", "struct", "trait", "type"];
    let tokens = tokens(text);
    let of = |words: &[String]| match words {
        [first, middle, last] if first == "pub" && middle == "fn" => Some(last.clone()),
        [_, before, last] if BEFORE.contains(&before.as_str()) => Some(last.clone()),
        _ => None,
    };
    tokens.windows(3).filter_map(of).collect()
}
