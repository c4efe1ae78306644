//! In: an object's properties. Out: the declaration of the struct that holds them.
//!
//! | required | nullable | section    | Rust                | JSON                                       |
//! |----------|----------|------------|---------------------|--------------------------------------------|
//! | yes      | no       | `constant` | `T`                 | must be there; it has one value only       |
//! | yes      | no       | `required` | `T`                 | must be there                              |
//! | yes      | yes      | `or_null`  | `Option<T>`         | `None` is null; what is not there, too     |
//! | no       | no       | `optional` | `Option<T>`         | left out when `None`; null reads as `None`  |
//! | no       | yes      | `nullable` | `Option<Option<T>>` | left out when `None`, `Some(None)` is null |
//!
//! A type that holds null itself (any JSON value) needs no `Option` for it.

use super::declare::{Declaration, literal};
use super::rust_type::{self, Scope, text};
use super::{defaults, docs, marks};
use crate::ir::{Access, Api, Definition, Direction, Field, Shape, Type};

/// The name of the member that holds what no property names.
pub(super) const REST: &str = "additional_properties";

/// The struct, and its builder where requests hold it.
pub(super) fn item(api: &Api, definition: &Definition, fields: &[Field], rest: Option<&Type>) -> String {
    let present =
        |wanted: Presence| -> Vec<&Field> { fields.iter().filter(|field| presence(api, field) == wanted).collect() };
    let constants = present(Presence::Constant);
    // The order of the builder's type parameters.
    let required = [present(Presence::Required), present(Presence::OrNull)].concat();
    let used = fields.iter().map(|field| &field.r#type).chain(rest);
    let marks = marked(api, definition, &required, used);
    let builder = match builder(definition) {
        Some(name) if definition.direction == Direction::Received => format!(" => {name}(mock)"),
        Some(name) => format!(" => {name}"),
        None => String::new(),
    };
    let mut declaration = super::types::head("object", definition, None);
    declaration.line(&format!("pub struct {}{builder};", definition.name));
    declaration.section("constant", &constants, |section, field| {
        let value = format!(" => {}", defaults::value(api, field).unwrap_or_default());
        member(section, field, "", &text(&held(api, field, Scope::Types)), &value);
    });
    let marked: Vec<_> = required.iter().zip(&marks).collect();
    let (always, or_null): (Vec<_>, Vec<_>) =
        marked.into_iter().partition(|(field, _)| presence(api, field) == Presence::Required);
    for (name, fields) in [("required", always), ("or_null", or_null)] {
        declaration.section(name, &fields, |section, (field, mark)| {
            member(section, field, mark, &text(&held(api, field, Scope::Types)), "");
        });
    }
    // Who builds one cannot give what only answers bring.
    let sent = definition.direction != Direction::Received;
    let unset = |field: &Field| match defaults::value(api, field) {
        Some(value) => format!(" => constant({value})"),
        None if sent && field.access == Access::ReadOnly => " => read_only".to_owned(),
        None => String::new(),
    };
    let kind = |field: &Field| text(&rust_type::tokens(api, &field.r#type, Scope::Types));
    declaration.section("optional", &present(Presence::Optional), |section, field| {
        member(section, field, "", &kind(field), &unset(field));
    });
    declaration.section("nullable", &present(Presence::Nullable), |section, field| {
        member(section, field, "", &text(&held(api, field, Scope::Types)), &unset(field));
    });
    declaration.section("rest", rest.as_slice(), |section, r#type| {
        let own = text(&rust_type::map(api, r#type, Scope::Types));
        section.line(&format!("{REST}: {own},"));
    });
    declaration.section("defaults", &defaults::lines(api, fields), |section, line| section.line(line));
    declaration.end()
}

/// The type parameters of a builder, in parentheses; nothing where there is no builder. They hide none of the types that
/// are `used` in it.
fn marked<'a>(
    api: &Api,
    definition: &Definition,
    required: &[&Field],
    used: impl Iterator<Item = &'a Type>,
) -> Vec<String> {
    if builder(definition).is_none() {
        return vec![String::new(); required.len()];
    }
    let names: Vec<_> = required.iter().map(|field| field.name.as_str()).collect();
    let used: Vec<_> = used
        .flat_map(Type::named)
        .map(|id| api.types.get(id).name.as_str())
        .chain([definition.name.as_str()])
        .collect();
    marks::marks(&names, &used).into_iter().map(|mark| format!("({mark})")).collect()
}

/// How many properties a builder can ask for: the compiler counts them on its stack.
const MOST_REQUIRED: usize = 100;

/// The builder of a struct: of what requests send always, of what only answers bring for tests.
pub(super) fn builder(definition: &Definition) -> Option<String> {
    let Shape::Struct { fields, .. } = &definition.shape else { return None };
    let required = fields.iter().filter(|field| is_asked_for(field)).count();
    (required <= MOST_REQUIRED).then(|| format!("{}Builder", definition.name))
}

/// The names of the properties that the builder of a type asks for.
pub(super) fn required(definition: &Definition) -> impl Iterator<Item = &str> {
    let fields = match &definition.shape {
        Shape::Struct { fields, .. } if builder(definition).is_some() => fields.as_slice(),
        _ => &[],
    };
    fields.iter().filter(|field| is_asked_for(field)).map(|field| field.name.as_str())
}

/// Whether a builder asks for a property.
fn is_asked_for(field: &Field) -> bool {
    field.required && field.constant.is_none()
}

/// The type of a struct's member.
pub(super) fn stored(api: &Api, field: &Field, scope: Scope) -> proc_macro2::TokenStream {
    let held = held(api, field, scope);
    match presence(api, field) {
        Presence::Constant | Presence::Required | Presence::OrNull => held,
        Presence::Optional | Presence::Nullable => quote::quote! { Option<#held> },
    }
}

/// The type of a property's value, an option where null is one.
pub(super) fn held(api: &Api, field: &Field, scope: Scope) -> proc_macro2::TokenStream {
    let own = rust_type::tokens(api, &field.r#type, scope);
    if is_nullable(api, field) {
        quote::quote! { Option<#own> }
    } else {
        own
    }
}

fn member(section: &mut Declaration, field: &Field, mark: &str, r#type: &str, unset: &str) {
    section.vendor(field.docs.as_deref(), field.deprecated);
    if let Some(only) = &field.constant {
        section.docs(&format!("Always {}: builders set it.", docs::code(&only.json())));
    }
    let wire = if field.name == field.wire { String::new() } else { format!(" = {}", literal(&field.wire)) };
    section.line(&format!("{}{mark}: {}{wire}{unset},", field.name, r#type));
}

/// When a property is there.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Presence {
    Constant,
    Required,
    OrNull,
    Optional,
    Nullable,
}

fn presence(api: &Api, field: &Field) -> Presence {
    match field.required {
        true if field.constant.is_some() => Presence::Constant,
        true if is_nullable(api, field) => Presence::OrNull,
        true => Presence::Required,
        false if is_nullable(api, field) || rust_type::holds_null(api, &field.r#type) => Presence::Nullable,
        false => Presence::Optional,
    }
}

/// Whether null must be told apart from every value of the field's type.
fn is_nullable(api: &Api, field: &Field) -> bool {
    field.nullable && !rust_type::holds_null(api, &field.r#type)
}

#[cfg(test)]
mod tests {
    use super::stored;
    use crate::emit::rust_type::{Scope, text};
    use crate::emit::sample::field;
    use crate::ir::{Api, Type};

    fn shape(r#type: Type, required: bool, nullable: bool) -> String {
        text(&stored(&Api::default(), &field("a", r#type, required, nullable), Scope::Types))
    }

    #[test]
    fn null_and_absence_differ_where_both_are_possible() {
        assert_eq!(shape(Type::Boolean, true, false), "bool");
        assert_eq!(shape(Type::Boolean, false, false), "Option<bool>");
        assert_eq!(shape(Type::Boolean, true, true), "Option<bool>");
        assert_eq!(shape(Type::Boolean, false, true), "Option<Option<bool>>");
    }

    #[test]
    fn any_value_holds_null_itself() {
        assert_eq!(shape(Type::Json, true, true), "serde_json::Value");
        assert_eq!(shape(Type::Json, false, true), "Option<serde_json::Value>");
    }
}
