//! In: `spec/errors.tsv`, the vendor's error codes. Out: `spec/errors.yaml`, an OpenAPI document of one enum, which the
//! generator reads as it reads any other.

use serde_json::{Value, json};
use std::collections::BTreeMap;

const TABLE: &str = "spec/errors.tsv";
const DOCUMENT: &str = "spec/errors.yaml";
const HEAD: &str = "code\tname\tmeaning";
const COMMENT: &str =
    "# Written by `cargo xtask codegen` from errors.tsv, and not by the vendor: change that instead.\n";

/// Writes the document anew. With `check` it only compares: false, with a word on it, if it is stale.
pub(crate) fn write(check: bool) -> Result<bool, String> {
    let table = std::fs::read_to_string(crate::root().join(TABLE)).map_err(|error| format!("{TABLE}: {error}"))?;
    let (path, text) = (crate::root().join(DOCUMENT), document(&table)?);
    if std::fs::read_to_string(&path).is_ok_and(|old| old == text) {
        return Ok(true);
    }
    if check {
        eprintln!("{DOCUMENT} is not what {TABLE} makes; run `cargo xtask codegen`");
        return Ok(false);
    }
    std::fs::write(&path, text).map_err(|error| format!("{DOCUMENT}: {error}"))?;
    Ok(true)
}

/// A code's names and meanings: some codes have two.
type Meanings<'t> = Vec<(&'t str, &'t str)>;

/// The document. JSON strings are YAML, too, which needs no other quoting then.
fn document(table: &str) -> Result<String, String> {
    let mut text = format!(
        "{COMMENT}openapi: 3.1.0\ninfo:\n  title: Error codes of the Voximplant Management API\n  version: 1.0.0\npaths: {{}}\n\
         components:\n  schemas:\n    ErrorCode:\n      type: integer\n      description: {}\n      oneOf:\n",
        json!("Why a call failed: the `code` of an error, by the vendor's own name and words.")
    );
    for (code, meanings) in codes(table)? {
        let title = meanings.first().map_or("", |(name, _)| *name);
        let docs: Vec<_> = meanings.iter().map(|(name, meaning)| format!("`{name}`: {meaning}")).collect();
        let arm = [("const", json!(code)), ("title", json!(title)), ("description", json!(docs.join("\n\n")))];
        let arm: Vec<_> = arm.iter().map(|(key, value): &(&str, Value)| format!("{key}: {value}")).collect();
        text.push_str(&format!("        - {{{}}}\n", arm.join(", ")));
    }
    Ok(text)
}

fn codes(table: &str) -> Result<BTreeMap<i64, Meanings<'_>>, String> {
    let mut lines = table.lines().enumerate();
    if lines.next().is_none_or(|(_, head)| head != HEAD) {
        return Err(format!("{TABLE}:1: should be `code`, `name` and `meaning`, separated by tabs"));
    }
    let mut codes: BTreeMap<i64, Meanings<'_>> = BTreeMap::new();
    for (index, line) in lines {
        let wrong = || format!("{TABLE}:{}: should be a number, a name and its meaning, separated by tabs", index + 1);
        let [code, name, meaning] = line.split('\t').collect::<Vec<_>>().try_into().map_err(|_| wrong())?;
        let is_name = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_';
        if name.is_empty() || !name.chars().all(is_name) {
            return Err(wrong());
        }
        codes.entry(code.parse().map_err(|_| wrong())?).or_default().push((name, meaning.trim()));
    }
    Ok(codes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_code_is_one_value_with_all_its_names() {
        let text = document(&format!("{HEAD}\n9\tLATE\tToo \"late\"\n2\tA_1\tOne\n2\tA_2\tTwo: %s\n")).unwrap();
        let (_, arms) = text.split_once("oneOf:\n").unwrap();
        assert_eq!(
            arms,
            "        - {const: 2, title: \"A_1\", description: \"`A_1`: One\\n\\n`A_2`: Two: %s\"}\n        \
             - {const: 9, title: \"LATE\", description: \"`LATE`: Too \\\"late\\\"\"}\n"
        );
    }

    #[test]
    fn the_document_is_what_the_table_makes() {
        assert_eq!(write(true), Ok(true));
    }

    #[test]
    fn a_line_that_is_none_is_named() {
        for wrong in ["x\tNAME\tmeaning", "1\tNAME", "1\tname\tmeaning", "1\t\tmeaning", ""] {
            let found = document(&format!("{HEAD}\n1\tFATAL\tFatal\n{wrong}\n2\tB\tb\n")).unwrap_err();
            assert!(found.starts_with("spec/errors.tsv:3: "), "{wrong}: {found}");
        }
        assert!(document("1\tFATAL\tFatal\n").unwrap_err().starts_with("spec/errors.tsv:1: "));
    }
}
