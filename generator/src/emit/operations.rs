//! In: the groups of operations. Out: `operations/`: for each group its handle and its request types.

use super::inputs::inputs;
use super::rust_type::ident;
use super::{answers, choices, docs, example, files, formats, print, requests, streams};
use crate::ir::{Api, Group, Operation, Success};
use crate::{File, Options};
use proc_macro2::TokenStream;
use quote::quote;

/// The files of `operations/`.
pub(super) fn files(api: &Api, options: &Options) -> Vec<File> {
    let modules = api.groups.iter().map(|group| {
        let module = ident(&group.module);
        let path = (group.file != group.module).then(|| format!("{}.rs", group.file));
        let path = path.map(|path| quote! { #[path = #path] });
        quote! { #path pub mod #module; }
    });
    let index = files::rust("operations/mod.rs", "The requests of the API, by tag.", quote! { #(#modules)* });
    let mut files = vec![index];
    files.extend(api.groups.iter().map(|group| file(api, options, group)));
    files
}

/// The sentence that stands for a group without a description.
pub(super) fn sentence(group: &Group) -> String {
    match &group.tag {
        Some(tag) => format!("The operations tagged {}.", docs::code(tag)),
        None => "The operations without a tag.".to_owned(),
    }
}

/// The documented method that starts a request: on the group's handle, or on the client itself. `result` is the
/// request's type, `start` the expression that makes one.
pub(super) fn method(
    api: &Api,
    options: &Options,
    group: &Group,
    operation: &Operation,
    result: &TokenStream,
    start: &TokenStream,
) -> TokenStream {
    let docs = docs::attributes(&method_docs(api, options, group, operation));
    let deprecated = docs::deprecated(operation.deprecated);
    let name = ident(&operation.name);
    quote! { #docs #deprecated pub fn #name(&self) -> #result { #start } }
}

fn file(api: &Api, options: &Options, group: &Group) -> File {
    let handle = group.tag.is_some().then(|| handle(api, options, group));
    let owner = if group.tag.is_some() { &group.name } else { "runtime::Client" };
    let uses = uses(group);
    let mut parts = vec![print::items(quote! { #uses #handle })];
    for operation in &group.operations {
        parts.push(requests::item(api, operation, &format!("{owner}::{}", operation.name)));
        parts.extend(Some(choices::item(api, operation)).filter(|item| !item.is_empty()));
        parts.extend(answers::success(api, operation));
    }
    files::rust_text(&format!("operations/{}.rs", group.file), &sentence(group), &parts.join("\n"))
}

/// What a group's file refers to elsewhere; nothing that it does not need.
fn uses(group: &Group) -> TokenStream {
    let inputs: Vec<_> = group.operations.iter().flat_map(inputs).collect();
    let given = inputs.iter().filter_map(|input| input.r#type);
    let chosen = group.operations.iter().flat_map(choices::choices).filter_map(|choice| choice.shape.r#type());
    let received = group.operations.iter().flat_map(Operation::received);
    let used: Vec<_> = given.chain(chosen).chain(received).collect();
    let types = used.iter().any(|r#type| !r#type.named().is_empty());
    let formats = used.iter().any(|r#type| formats::mentioned(r#type)).then(|| quote! { use super::super::formats; });
    let types = types.then(|| quote! { use super::super::types; });
    let required = inputs.iter().any(|input| input.required).then(|| quote! { use super::super::required; });
    let several = group.operations.iter().any(|operation| matches!(operation.success, Success::Several(_)));
    let answers = several.then(|| quote! { answers, });
    let streams = streams::uses(group);
    quote! { #formats #required use super::super::runtime::{self, #answers operation}; #streams #types }
}

/// The handle: one method for each operation.
fn handle(api: &Api, options: &Options, group: &Group) -> TokenStream {
    let name = ident(&group.name);
    let docs = docs::or(group.docs.as_deref(), || sentence(group));
    let methods = group.operations.iter().map(|operation| {
        let path = ident(&operation.type_name);
        method(api, options, group, operation, &quote! { #path<C> }, &quote! { #path::new(self.caller.clone()) })
    });
    quote! {
        #docs
        #[derive(Clone, Debug)]
        pub struct #name<C> {
            caller: C,
        }
        impl<C: Clone> #name<C> {
            pub(crate) fn new(caller: C) -> Self {
                Self { caller }
            }
            #(#methods)*
        }
    }
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
    if let Some(errors) = errors(group, operation) {
        parts.push("# Errors".to_owned());
        parts.push(errors);
    }
    parts.push("# Example".to_owned());
    parts.push(example::example(api, options, group, operation));
    parts.join("\n\n")
}

/// The failures that the document declares. That there are others is said once, where a request is sent.
fn errors(group: &Group, operation: &Operation) -> Option<String> {
    let named = answers::error_name(operation).map(|name| match &group.tag {
        Some(_) => format!("[`{name}`]"),
        None => format!("[`{name}`](operations::{}::{name})", group.module),
    });
    let declared = operation.responses.iter().filter(|response| !response.status.starts_with(['1', '2', '3']));
    let lines = declared.filter_map(|response| {
        let docs = docs::line(response.docs.as_deref())?;
        Some(format!("- {}: {docs}", docs::code(&response.status)))
    });
    let lines: Vec<_> = lines.collect();
    let text = match (named, lines.is_empty()) {
        (None, true) => return None,
        (Some(name), true) => format!("The description declares {name}."),
        (None, false) => "The description declares:\n\n".to_owned(),
        (Some(name), false) => format!("The description declares, as {name}:\n\n"),
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
