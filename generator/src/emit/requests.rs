//! In: an `Operation`. Out: the declaration of its request type: a builder whose type says which required inputs are
//! still missing.

use super::declare::{Declaration, literal};
use super::inputs::{self, Input, inputs};
use super::rust_type::text;
use super::{answers, docs, marks};
use crate::ir::{Api, Operation};

/// The declaration of an operation. `created_by` is the path of the method that starts a request, as a doc link spells
/// it: `Sms::send_sms_message`.
pub(super) fn item(api: &Api, operation: &Operation, created_by: &str) -> String {
    let inputs = inputs(operation);
    let (required, optional): (Vec<_>, Vec<_>) = inputs.iter().partition(|input| input.required);
    let names: Vec<_> = required.iter().map(|input| input.name).collect();
    let types = answers::names(operation);
    let marks = marks::marks(&names, &types.iter().map(String::as_str).collect::<Vec<_>>());
    let mut declaration = Declaration::new("operation");
    declaration.docs(&summary(created_by, &required));
    if operation.deprecated {
        declaration.line("#[deprecated]");
    }
    declaration.line(&format!("pub struct {}, {};", operation.type_name, inputs::type_name(operation)));
    declaration.line(&format!("{} {} {};", operation.method, literal(&operation.path), literal(&operation.id)));
    let by_default = operation.server.as_deref().map(literal);
    let chosen = operation.server_setter.as_ref().map(|setter| format!("or {setter}"));
    if by_default.is_some() || chosen.is_some() {
        let words: Vec<_> = by_default.into_iter().chain(chosen).collect();
        declaration.line(&format!("server {};", words.join(" ")));
    }
    let together = |schemes: &Vec<String>| {
        let schemes: Vec<_> = schemes.iter().map(|scheme| literal(scheme)).collect();
        format!("[{}]", schemes.join(", "))
    };
    let security: Vec<_> = operation.security.iter().map(together).collect();
    if !security.is_empty() {
        declaration.line(&format!("security [{}];", security.join(", ")));
    }
    answers::lines(api, operation, &mut declaration);
    let required: Vec<_> = required.iter().zip(&marks).collect();
    declaration.section("required", &required, |section, (input, mark)| {
        member(api, section, input, &format!("({mark})"));
    });
    declaration.section("optional", &optional, |section, input| member(api, section, input, ""));
    declaration.end()
}

fn member(api: &Api, section: &mut Declaration, input: &Input, mark: &str) {
    section.vendor(input.docs, input.deprecated);
    section.line(&format!("{}{mark}: {} = {},", input.name, text(&input.stored(api)), input.call));
}

fn summary(created_by: &str, required: &[&Input]) -> String {
    let required: Vec<_> = required.iter().map(|input| docs::code(input.name)).collect();
    let start = format!("A request for [`{created_by}`].");
    if required.is_empty() { start } else { format!("{start} Required: {}.", required.join(", ")) }
}
