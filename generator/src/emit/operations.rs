//! In: the groups of operations. Out: `operations/`: for each group its handle and its request types.

use super::declare::Declaration;
use super::inputs::inputs;
use super::{answers, choices, docs, example, features, files, formats, pages, requests, streams};
use crate::ir::{Api, Group, Operation, Success};
use crate::{File, Options};

/// The files of `operations/`.
pub(super) fn files(api: &Api, options: &Options) -> Vec<File> {
    let modules = api.groups.iter().map(|group| {
        let (module, file) = (&group.module, &group.file);
        let path = (file != module).then(|| format!("#[path = \"{file}.rs\"]\n"));
        let gate = features::attribute(group).map(|line| line + "\n");
        format!("{}{}pub mod {module};\n", gate.unwrap_or_default(), path.unwrap_or_default())
    });
    let index = files::rust("operations/mod.rs", "The requests of the API, by tag.", &modules.collect::<String>());
    let mut files = vec![index];
    files.extend(api.groups.iter().map(|group| file(api, options, group)));
    files
}

/// The sentence that stands for a group without a description.
pub(super) fn sentence(group: &Group) -> String {
    match (&group.tag, &group.feature) {
        (Some(tag), Some(feature)) => format!("The operations tagged {} (feature `{feature}`).", docs::code(tag)),
        (Some(tag), None) => format!("The operations tagged {}.", docs::code(tag)),
        (None, _) => "The operations without a tag.".to_owned(),
    }
}

/// The declaration of the method that starts a request: on the group's handle, or on the client itself, which has to be
/// told where the request's type is.
pub(super) fn method(
    declaration: &mut Declaration,
    api: &Api,
    options: &Options,
    group: &Group,
    operation: &Operation,
) {
    declaration.gap();
    declaration.docs(&method_docs(api, options, group, operation));
    if operation.deprecated {
        declaration.line("#[deprecated]");
    }
    let module = if group.tag.is_some() { String::new() } else { format!("{}::", group.module) };
    declaration.line(&format!("{} -> {module}{},", operation.name, operation.type_name));
}

fn file(api: &Api, options: &Options, group: &Group) -> File {
    let owner = if group.tag.is_some() { &group.name } else { "runtime::Client" };
    let mut parts = vec![uses(group)];
    parts.extend(group.tag.is_some().then(|| handle(api, options, group)));
    for operation in &group.operations {
        parts.push(requests::item(api, operation, &format!("{owner}::{}", operation.name)));
        parts.extend(Some(choices::item(api, operation)).filter(|item| !item.is_empty()));
        parts.extend(answers::success(api, operation));
        parts.extend(pages::item(api, operation));
    }
    files::rust(&format!("operations/{}.rs", group.file), &sentence(group), &parts.join("\n"))
}

/// What a group's file refers to elsewhere; nothing that it does not need.
fn uses(group: &Group) -> String {
    let inputs: Vec<_> = group.operations.iter().flat_map(inputs).collect();
    let given = inputs.iter().filter_map(|input| input.r#type);
    let chosen = group.operations.iter().flat_map(choices::choices).filter_map(|choice| choice.shape.r#type());
    let received = group.operations.iter().flat_map(Operation::received);
    let used: Vec<_> = given.chain(chosen).chain(received).collect();
    let several = group.operations.iter().any(|operation| matches!(operation.success, Success::Several(_)));
    let macros = [("answers", several), ("group", group.tag.is_some()), ("operation", true)];
    let parts = [
        ("formats", used.iter().any(|r#type| formats::mentioned(r#type))),
        ("pages", group.operations.iter().any(|operation| operation.pages.is_some())),
        ("required", inputs.iter().any(|input| input.required)),
        ("streams", streams::are_used(group)),
        ("types", used.iter().any(|r#type| !r#type.named().is_empty())),
    ];
    files::uses("super::super", &named(&parts), &named(&macros))
}

/// The names of those that are needed.
fn named(parts: &[(&'static str, bool)]) -> Vec<&'static str> {
    parts.iter().filter(|(_, needed)| *needed).map(|(name, _)| *name).collect()
}

/// The handle: one line for each operation, after its docs.
fn handle(api: &Api, options: &Options, group: &Group) -> String {
    let mut declaration = Declaration::new("group");
    declaration.docs(&docs::vendor(group.docs.as_deref()).unwrap_or_else(|| sentence(group)));
    declaration.line(&format!("pub struct {};", group.name));
    group.operations.iter().for_each(|operation| method(&mut declaration, api, options, group, operation));
    declaration.end()
}

/// Summary, description, the request line, the errors and an example, as far as there are.
fn method_docs(api: &Api, options: &Options, group: &Group, operation: &Operation) -> String {
    let description = docs::vendor(operation.docs.as_deref());
    let summary = docs::line(operation.summary.as_deref()).filter(|summary| {
        let repeats = description.as_deref().is_some_and(|text| same(text, summary));
        !(repeats || same(summary, &operation.name) || same(summary, &operation.id))
    });
    let line = docs::code(&format!("{} {}", operation.method, operation.path));
    let mut parts: Vec<String> = summary.into_iter().chain(description).collect();
    parts.push(line);
    parts.extend(errors(group, operation).map(|errors| format!("# Errors\n{errors}")));
    parts.push(format!("# Example\n{}", example::example(api, options, group, operation)));
    parts.join("\n\n")
}

/// The failures that the document declares. That there are others is said once, where a request is sent.
fn errors(group: &Group, operation: &Operation) -> Option<String> {
    let named = answers::error_name(operation).map(|name| match &group.tag {
        Some(_) => format!("[`{name}`]"),
        None => format!("[`{name}`](super::operations::{}::{name})", group.module),
    });
    let declared = operation.responses.iter().filter(|response| !response.status.starts_with(['1', '2', '3']));
    let lines = declared.filter_map(|response| {
        let names: Vec<_> = response.raw_headers.iter().map(|name| docs::code(name)).collect();
        let headers = Some(format!("In its headers: {}.", names.join(", "))).filter(|_| !names.is_empty());
        let parts: Vec<_> = docs::line(response.docs.as_deref()).into_iter().chain(headers).collect();
        (!parts.is_empty()).then(|| format!("- {}: {}", docs::code(&response.status), parts.join(" ")))
    });
    let lines: Vec<_> = lines.collect();
    let text = match (named, lines.is_empty()) {
        (None, true) => return None,
        (Some(name), true) => format!("The description declares {name}."),
        (None, false) => "The description declares:\n".to_owned(),
        (Some(name), false) => format!("The description declares, as {name}:\n"),
    };
    Some(text + &lines.join("\n"))
}

/// Whether two texts say the same but for case and punctuation.
fn same(one: &str, other: &str) -> bool {
    let letters =
        |text: &str| -> String { text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect() };
    letters(one) == letters(other)
}

#[cfg(test)]
mod tests {
    use super::{files, method_docs};
    use crate::emit::sample;
    use crate::ir::Api;

    #[test]
    fn a_changed_description_changes_one_line() {
        let mut api = Api { groups: vec![sample::sms()], types: sample::api().types, ..Api::default() };
        let old = files(&api, &sample::options());
        api.groups[0].operations[0].parameters[0].docs = Some("Changed.".to_owned());
        let new = files(&api, &sample::options());
        let lines = |files: &[crate::File]| -> Vec<String> {
            files.iter().flat_map(|file| file.text.lines()).map(str::to_owned).collect()
        };
        let changed = lines(&old).into_iter().zip(lines(&new)).filter(|(old, new)| old != new);
        let expected = ("    /// The source phone number.".to_owned(), "    /// Changed.".to_owned());
        assert_eq!(changed.collect::<Vec<_>>(), [expected]);
    }

    #[test]
    fn a_summary_that_says_the_name_is_left_out() {
        let (api, mut group) = (sample::api(), sample::sms());
        let docs = |group: &crate::ir::Group| method_docs(&api, &sample::options(), group, &group.operations[0]);
        assert!(docs(&group).starts_with("Sends an SMS message"));
        group.operations[0].summary = Some("Text somebody".to_owned());
        assert!(docs(&group).starts_with("Text somebody\n\nSends an SMS message"));
    }
}
