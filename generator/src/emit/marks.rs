//! In: the required inputs of an operation. Out: `Mark`s, the type parameters that say which of them were given.

use super::inputs::Input;
use super::rust_type::ident;
use proc_macro2::Ident;

/// Names that generated code uses as they are.
const USED: [&str; 20] = [
    "Box",
    "C",
    "Clone",
    "Debug",
    "Default",
    "Drop",
    "Err",
    "Fn",
    "From",
    "Into",
    "None",
    "Ok",
    "Option",
    "PhantomData",
    "Result",
    "Self",
    "Send",
    "Some",
    "String",
    "Vec",
];

/// A required input's type parameter.
pub(super) struct Mark {
    /// `SmsBody`.
    pub(super) parameter: Ident,
    /// The input's name, and the type in `required` that stands for its absence: `sms_body`.
    pub(super) name: Ident,
}

/// The marks of a request, in the order of its inputs.
pub(super) fn marks(request: &str, inputs: &[Input]) -> Vec<Mark> {
    let required: Vec<_> = inputs.iter().filter(|input| input.required).map(|input| input.name).collect();
    let mark = |name: &&str| {
        let short = camel(name);
        let ambiguous = required.iter().filter(|other| camel(other) == short).count() > 1;
        let parameter = match ambiguous {
            // `a_1` and `a1`: written as they are, but for the first letter, they differ.
            true => capital(name),
            false => short,
        };
        let taken = parameter == request || USED.contains(&parameter.as_str());
        let parameter = if taken { format!("{parameter}Input") } else { parameter };
        Mark { parameter: ident(&parameter), name: ident(name) }
    };
    required.iter().map(mark).collect()
}

/// `sms_body` -> `SmsBody`.
fn camel(name: &str) -> String {
    let camel: String = name.split('_').map(capital).collect();
    // Nothing but digits or underscores is no name.
    if camel.starts_with(|c: char| c.is_alphabetic()) { camel } else { format!("Input{camel}") }
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::marks;
    use crate::emit::inputs::Input;

    fn parameters(request: &str, names: &[&str]) -> Vec<String> {
        let input =
            |name| Input { name, docs: None, sentence: String::new(), deprecated: false, required: true, r#type: None };
        let inputs: Vec<_> = names.iter().map(|name| input(name)).collect();
        marks(request, &inputs).iter().map(|mark| mark.parameter.to_string()).collect()
    }

    #[test]
    fn parameters_are_named_after_inputs() {
        assert_eq!(parameters("Send", &["sms_body", "type_", "_1"]), ["SmsBody", "Type", "Input1"]);
    }

    #[test]
    fn parameters_hide_no_type_in_use() {
        assert_eq!(parameters("GetPet", &["string", "c", "get_pet"]), ["StringInput", "CInput", "GetPetInput"]);
    }

    #[test]
    fn parameters_differ() {
        assert_eq!(parameters("Send", &["a_1", "a1", "b"]), ["A_1", "A1", "B"]);
    }
}
