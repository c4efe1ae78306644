//! In: the names of what a request or a builder requires. Out: the type parameters that say which of them were
//! given.

/// Names that generated code uses as they are.
const USED: [&str; 21] = [
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
    "Value",
    "Vec",
];

/// The type parameters for these names, in their order: `SmsBody` for `sms_body`. `taken` are names of types that are
/// used beside them.
pub(super) fn marks(required: &[&str], taken: &[&str]) -> Vec<String> {
    let mark = |name: &&str| {
        let short = camel(name);
        let ambiguous = required.iter().filter(|other| camel(other) == short).count() > 1;
        let parameter = match ambiguous {
            // `a_1` and `a1`: written as they are, but for the first letter, they differ.
            true => capital(name),
            false => short,
        };
        let is_taken = |name: &str| taken.contains(&name) || USED.contains(&name);
        let others = required.iter().filter(|other| *other != name).map(|other| camel(other));
        let others: Vec<_> = others.collect();
        let is_free = |name: &String| !is_taken(name) && !others.contains(name);
        if !is_taken(&parameter) {
            return parameter;
        }
        let longer = std::iter::successors(Some(parameter), |name| Some(format!("{name}Input")));
        longer.skip(1).find(is_free).unwrap_or_default()
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

    #[test]
    fn parameters_are_named_after_inputs() {
        assert_eq!(marks(&["sms_body", "type_", "_1"], &[]), ["SmsBody", "Type", "Input1"]);
    }

    #[test]
    fn parameters_hide_no_type_in_use() {
        assert_eq!(marks(&["string", "c", "get_pet"], &["GetPet"]), ["StringInput", "CInput", "GetPetInput"]);
        assert_eq!(marks(&["recipient"], &["Recipient", "RecipientInput"]), ["RecipientInputInput"]);
        assert_eq!(marks(&["pet", "pet_input"], &["Pet"]), ["PetInputInput", "PetInput"]);
    }

    #[test]
    fn parameters_differ() {
        assert_eq!(marks(&["a_1", "a1", "b"], &[]), ["A_1", "A1", "B"]);
    }
}
