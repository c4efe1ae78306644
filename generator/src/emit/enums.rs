//! In: the values of an open set of strings or of whole numbers. Out: the declaration of the enum, which keeps values
//! that it does not know.

use super::declare::literal;
use super::types::head;
use crate::ir::{Constant, Definition};

/// The enum of strings.
pub(super) fn texts(definition: &Definition, constants: &[Constant]) -> String {
    item("text_enum", definition, constants, literal)
}

/// The enum of whole numbers.
pub(super) fn numbers(definition: &Definition, constants: &[Constant]) -> String {
    item("number_enum", definition, constants, str::to_owned)
}

fn item(r#macro: &str, definition: &Definition, constants: &[Constant], literal: impl Fn(&str) -> String) -> String {
    let mut declaration = head(r#macro, definition, None);
    declaration.line(&format!("pub enum {};", definition.name));
    for constant in constants {
        declaration.vendor(constant.docs.as_deref(), false);
        declaration.line(&format!("{} = {},", constant.name, literal(&constant.wire)));
    }
    declaration.end()
}
