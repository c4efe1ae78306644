//! In: `tests/golden/<case>/`, each a small document that shows one thing. Out: whether the generator makes of it what
//! `expected/` holds: the code, `api.txt`, `wire.txt`, and in `report.txt` what it says.

#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use oasmith_tests::harness::{Case, Run, check_list};

/// How long a case's document may be, so that it shows one thing.
const MOST_LINES: usize = 40;

/// The cases that show `client.rs`; in the others it says no more than that there is a client with these methods.
const OF_CLIENT: [&str; 6] = ["error-envelope", "no-server", "security", "security-undefined", "servers", "tags"];

/// The cases that show a new `Cargo.toml`.
const OF_MANIFEST: [&str; 1] = ["features"];

fn check(name: &str) {
    let case = Case::named("golden", &name.replace('_', "-"));
    let run = Run::with(case.input(), case.options("golden"));
    assert!(run.made.is_some(), "{name} is rejected:\n{}", run.report());
    let mut files = run.review();
    if !OF_CLIENT.contains(&case.name.as_str()) {
        files.remove("client.rs");
    }
    if OF_MANIFEST.contains(&case.name.as_str()) {
        files.extend(run.package().into_iter().filter(|(path, _)| path == "Cargo.toml"));
    }
    case.compare(&files);
}

/// One test for each case, named after it.
macro_rules! golden {
    ($($name:ident)+) => {
        const LISTED: &[&str] = &[$(stringify!($name)),+];
        $(#[test] fn $name() { check(stringify!($name)); })+
    };
}

#[test]
fn every_case_is_listed() {
    let listed: Vec<_> = LISTED.iter().map(|name| name.replace('_', "-")).collect();
    check_list("golden", &listed);
}

#[test]
fn every_case_is_small() {
    for case in Case::all("golden") {
        for source in case.input().sources() {
            let lines = source.text.lines().count();
            assert!(lines <= MOST_LINES, "{}/{} has {lines} lines: show one thing", case.name, source.name);
        }
    }
}

golden! {
    alias
    all_of
    all_of_again
    all_of_narrowed
    all_of_union
    all_of_wide
    answer_events
    answer_events_whole
    answer_head
    answer_headers
    answer_lines
    any_of_objects
    array
    authorization_header
    beside_a_type
    body_choice
    body_form
    body_form_encoding
    body_json
    body_multipart
    body_multipart_unnamed
    body_raw
    body_text
    bounds
    callbacks
    conditions
    constant
    defaults
    defaults_of_aliases
    defs
    deprecated
    docs_codeblock
    docs_hostile
    enum_of_described_values
    enum_of_numbers
    enum_of_others
    enum_of_strings
    enum_of_wrapped_values
    error_envelope
    error_envelope_wrong
    errors_by_status
    external_ref
    external_ref_missing
    features
    formats
    formats_chrono
    formats_combined
    formats_lengths
    formats_of_strings
    formats_parameters
    formats_sql
    formats_sql_chrono
    formats_sql_time
    formats_time
    free_form
    headers_same
    hierarchy
    inline_objects
    integers
    lenient
    lenient_by_option
    links
    map
    media_ranges
    names_by_overlay
    names_by_title
    names_collide
    names_ignored
    names_in_scripts
    names_keywords
    names_odd
    names_of_macros
    names_of_media
    names_of_std
    names_of_traits
    names_told_apart
    names_too_long
    names_with_defaults
    no_server
    not
    null
    null_alone
    nullable
    number_or_text
    object_additional_properties
    object_presence
    older_words
    operation_id
    overlay
    pages
    pages_by_option
    pages_by_rule
    pages_odd
    pages_of_several
    pages_wrong
    parameters_content
    parameters_form
    parameters_header_cookie
    parameters_nested
    parameters_path
    parameters_query
    parameters_separated
    parameters_shared
    path_item_ref
    path_odd
    read_only_write_only
    pattern_properties
    pattern_properties_wrong
    recursion_alias
    recursion_box
    ref_broken
    ref_by_id
    ref_into_schema
    ref_mistaken
    ref_own
    ref_recursive
    ref_siblings
    response_default
    required_undescribed
    responses_tolerant
    scalars
    security
    security_undefined
    servers
    success_files
    success_kinds
    success_media
    success_several
    success_statuses
    tags
    tags_further
    tags_nested
    tuple
    unions
    unions_ambiguous
    unions_by_member
    unions_by_shape
    unknown_members
    unsupported_keywords
    untyped_body
    values_wrong
    webhooks
}
