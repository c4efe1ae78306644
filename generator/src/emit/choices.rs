//! In: an operation whose body is one of several. Out: the declaration of its body's type, an enum of the media types.

use super::declare::Declaration;
use super::docs;
use super::inputs::{choice_name, sent};
use super::rust_type::{self, Scope, text};
use crate::ir::{Api, BodyShape, Choice, Operation, Type};
use quote::quote;

/// The ways to give an operation's body, where there are several.
pub(super) fn choices(operation: &Operation) -> &[Choice] {
    match operation.body.as_ref().map(|body| &body.shape) {
        Some(BodyShape::Choice(choices)) => choices,
        _ => &[],
    }
}

/// The declaration; empty where there is nothing to choose.
pub(super) fn item(api: &Api, operation: &Operation) -> String {
    let choices = choices(operation);
    if choices.is_empty() {
        return String::new();
    }
    let mut declaration = Declaration::new("runtime::choice");
    declaration.docs(&format!("The body of {}: one of several media types.", docs::link(&operation.type_name)));
    declaration.line(&format!("pub enum {};", choice_name(operation)));
    let resolved = |choice: &Choice| choice.shape.r#type().map(|r#type| rust_type::resolved(api, r#type).clone());
    let types: Vec<_> = choices.iter().map(resolved).collect();
    for (index, choice) in choices.iter().enumerate() {
        let own = stored(api, choice);
        let (before, after) = (&types[..index], &types[index + 1..]);
        // A value is taken for the JSON that it can be, or else for the one variant that it can be.
        let clear = match &types[index] {
            own if before.contains(own) => false,
            _ if index == 0 && matches!(choice.shape, BodyShape::Json(_)) => true,
            own @ (None | Some(Type::Named(_) | Type::String)) => !after.contains(own),
            _ => false,
        };
        let from = if clear { format!(" from {own}") } else { String::new() };
        if !choice.also.is_empty() {
            let also: Vec<_> = choice.also.iter().map(|media| docs::code(media)).collect();
            declaration.docs(&format!("Or, if that is its own content type: {}.", also.join(", ")));
        }
        declaration.line(&format!("{}({own}){from} = {},", choice.name, sent(&choice.media, &choice.shape)));
    }
    declaration.end()
}

/// The type of what one variant holds.
pub(super) fn stored(api: &Api, choice: &Choice) -> String {
    let r#type = choice.shape.r#type().map(|r#type| rust_type::tokens(api, r#type, Scope::Crate));
    text(&r#type.unwrap_or_else(|| quote! { runtime::Body }))
}
