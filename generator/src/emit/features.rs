//! In: the features that an `Api` gives to its tags. Out: the lines of `Cargo.toml` and of its docs that declare them, and
//! the conditions under which code is compiled.

use crate::Feature;
use crate::ir::{Api, FULL, Group, WEBHOOKS};
use std::collections::BTreeSet;

/// Up to how many operations everything is compiled by default: that takes a small part of a minute. Beyond it the user
/// picks what to wait for.
const MOST_OPERATIONS: usize = 500;

/// The features that `Cargo.toml` must name beside those of every client: those of tags, of webhooks, of types
/// that nothing needs, and of everything; none if there is nothing to choose.
pub fn features(api: &Api) -> Vec<Feature> {
    let of_tags = api.groups.iter().filter_map(|group| group.feature.clone());
    let of_types = api.types.0.iter().flat_map(|definition| definition.features.iter().cloned());
    let of_webhooks = (has(api) && !api.webhooks.is_empty()).then(|| WEBHOOKS.to_owned());
    let names: Vec<_> = of_tags.chain(of_types).chain(of_webhooks).collect::<BTreeSet<_>>().into_iter().collect();
    if names.is_empty() {
        return Vec::new();
    }
    let full = Feature { name: FULL.to_owned(), enables: names.clone() };
    names.into_iter().map(|name| Feature { name, enables: Vec::new() }).chain([full]).collect()
}

/// Whether a client is compiled by the piece.
pub(super) fn has(api: &Api) -> bool {
    api.groups.iter().any(|group| group.feature.is_some())
}

/// Whether everything is on by default.
fn is_full(api: &Api) -> bool {
    api.groups.iter().map(|group| group.operations.len()).sum::<usize>() <= MOST_OPERATIONS
}

/// The section `[features]` of a new `Cargo.toml`.
pub(super) fn section(api: &Api) -> String {
    let features = features(api);
    let default = if is_full(api) && !features.is_empty() { format!("{FULL:?}, ") } else { String::new() };
    let mut text = format!(
        r#"[features]
default = [{default}"reqwest"]
# The default transport of `Client`.
reqwest = ["dep:reqwest", "dep:tokio"]
# The default transport of `blocking::Client`.
ureq = ["dep:ureq"]
# For tests: `MockTransport`, and builders of what servers send.
mock = []
# A span for each call.
tracing = ["dep:tracing"]
"#
    );
    if !features.is_empty() {
        text.push_str("# The operations of each tag, with the types that they need.\n");
        features.iter().for_each(|feature| text.push_str(&(feature.line() + "\n")));
    }
    // Docs of everything: https://docs.rs/about/metadata.
    text + "\n[package.metadata.docs.rs]\nall-features = true\n"
}

/// What the docs of a crate say of its features; nothing if there is nothing to choose.
pub(super) fn docs(api: &Api) -> Option<String> {
    let example = api.groups.iter().find_map(|group| group.feature.as_deref())?;
    let rest = if is_full(api) {
        format!(
            "All are on by default. To compile less, name what you need: `default-features = false, features = \
             [\"reqwest\", \"{example}\"]`."
        )
    } else {
        format!(
            "There are too many to compile them all unasked: name those that you need, `features = [\"{example}\"]`, or \
             all of them, `features = [\"{FULL}\"]`."
        )
    };
    let sends = if api.webhooks.is_empty() {
        String::new()
    } else {
        format!("What the API sends by itself is the feature `{WEBHOOKS}`. ")
    };
    Some(format!(
        "# Features\nEach tag's operations, with the types that they need, are a feature of the tag's name. {sends}{rest}"
    ))
}

/// The line before what belongs to a group; none if it is always there.
pub(super) fn attribute(group: &Group) -> Option<String> {
    group.feature.as_ref().map(|feature| format!("#[cfg(feature = {feature:?})]"))
}

/// A condition that holds if any of these features is on.
pub(super) fn any(features: &[String]) -> String {
    let each: Vec<_> = features.iter().map(|feature| format!("feature = {feature:?}")).collect();
    if let [one] = each.as_slice() { one.clone() } else { format!("any({})", each.join(", ")) }
}

#[cfg(test)]
mod tests {
    use super::{MOST_OPERATIONS, docs, section};
    use crate::emit::sample;

    #[test]
    fn a_large_client_is_compiled_by_the_piece() {
        let mut api = sample::api();
        assert!(section(&api).contains("default = [\"full\", \"reqwest\"]"));
        assert!(docs(&api).unwrap().contains("`default-features = false, features = [\"reqwest\", \"sms\"]`"));
        let send = api.groups[0].operations[0].clone();
        api.groups[0].operations.resize(MOST_OPERATIONS + 1, send);
        assert!(section(&api).contains("default = [\"reqwest\"]"));
        assert!(docs(&api).unwrap().contains("`features = [\"full\"]`"));
    }

    #[test]
    fn without_features_there_is_nothing_to_say() {
        let mut api = sample::api();
        api.groups.iter_mut().for_each(|group| group.feature = None);
        assert!(section(&api).contains("default = [\"reqwest\"]") && !section(&api).contains("full"));
        assert_eq!(docs(&api), None);
    }
}
