//! In: the declaration of a union. Out: its enum, read from the JSON text that is proven to be one variant's.

use serde_json::Value;

/// Strings that the description names.
type Keys = &'static [&'static str];

/// A form that the values of a variant may take.
#[derive(Debug)]
pub enum Form {
    /// Null, as an item of a list.
    Null,
    /// `true` or `false`.
    Boolean,
    /// A number without a fraction.
    Integer,
    /// Any other number.
    Number,
    /// Any string.
    Text,
    /// One of these strings.
    Constant(Keys),
    /// A list whose items take these forms; any list if there are none.
    List(&'static [Self]),
    /// An object: members that must be there, members that hold one of some constants where they are there (numbers
    /// and booleans as their JSON text), and members that the variant can keep.
    Object(Keys, &'static [(&'static str, Keys)], Keys),
}

/// Declares a union: each variant with the forms of JSON that it may take, with the member that is written beside its
/// content where that does not have it, and with the types that it can be made `from`:
///
/// ```text
/// one_of! {
///     pub enum Pet;
///     Cat(Box<Cat>) from Cat = [Form::Object(&["meow"], &[], &[])],
///     Dog(Dog) = [Form::Object(&[], &[("kind", &["dog"])], &[])] tag "kind" "dog",
/// }
/// ```
macro_rules! one_of {
    (
        $(#[$head:meta])*
        pub enum $Name:ident;
        $($(#[$meta:meta])* $Variant:ident($T:ty) $(from $($From:ty),+)? = $forms:tt $(tag $key:literal $tag:literal)?,)*
    ) => {
        $(#[$head])*
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub enum $Name {
            $($(#[$meta])* $Variant($T),)*
            #[doc = "A value that is none of these; it is kept and written back as it came."]
            Unknown(serde_json::Value),
        }

        $($($(
            impl From<$From> for $Name {
                fn from(content: $From) -> Self {
                    Self::$Variant(content.into())
                }
            }

            impl runtime::Input<$Name> for $From {
                fn give(self) -> $Name {
                    $Name::from(self)
                }
            }
        )+)?)*

        runtime::reader::shim! { $Name }

        impl runtime::reader::Json for $Name {
            fn read(reader: &mut runtime::reader::Reader<'_>) -> Result<Self, runtime::reader::Fault> {
                use runtime::one_of::Form;
                use runtime::reader::{Fault, Json, whole};
                static FORMS: &[&[Form]] = &[$(&$forms,)*];
                const VARIANTS: &[fn(&[u8]) -> Result<$Name, Fault>] = &[$(|json| whole(json).map($Name::$Variant),)*];
                let json = reader.slice()?;
                let value = serde_json::from_slice(json).map_err(|error| reader.fault(error))?;
                match runtime::one_of::prove(&value, FORMS).and_then(|index| VARIANTS.get(index)) {
                    Some(variant) => variant(json),
                    None => Ok(Self::Unknown(value)),
                }
            }

            fn write(&self, out: &mut Vec<u8>) {
                match self {
                    $(Self::$Variant(content) => runtime::one_of::write!(content, out $($key $tag)?),)*
                    Self::Unknown(value) => runtime::reader::Json::write(value, out),
                }
            }
        }
    };
}

/// Writes a variant as what it holds, or with the member that tells it apart.
macro_rules! write {
    ($content:ident, $serializer:ident) => {
        runtime::reader::Json::write($content, $serializer)
    };
    ($content:ident, $serializer:ident $key:literal $tag:literal) => {
        runtime::reader::tagged($content, $key, $tag, $serializer)
    };
}

pub(crate) use {one_of, write};

/// The variant that accepts the value. Of several, the one that keeps most of its members; of those, the first: the
/// table is sorted by name, so that the order of the description never decides.
pub fn prove(value: &Value, table: &[&[Form]]) -> Option<usize> {
    let mut best: Option<(usize, usize)> = None;
    for (index, forms) in table.iter().enumerate() {
        let Some(kept) = accept(value, forms) else { continue };
        if best.is_none_or(|(_, most)| kept > most) {
            best = Some((index, kept));
        }
    }
    best.map(|(index, _)| index)
}

/// How much of the value one of these forms keeps; `None` if none of them accepts it.
fn accept(value: &Value, forms: &[Form]) -> Option<usize> {
    forms.iter().filter_map(|form| kept(value, form)).max()
}

fn kept(value: &Value, form: &Form) -> Option<usize> {
    let scalar = |yes: bool, weight: usize| yes.then_some(weight);
    match (form, value) {
        (Form::Null, Value::Null) | (Form::Boolean, Value::Bool(_)) | (Form::Text, Value::String(_)) => Some(0),
        (Form::Integer, Value::Number(number)) => scalar(is_whole(number), 0),
        (Form::Number, Value::Number(number)) => scalar(!is_whole(number), 0),
        // A known value says more than any string.
        (Form::Constant(values), Value::String(text)) => scalar(values.contains(&text.as_str()), 1),
        (Form::List([]), Value::Array(_)) => Some(0),
        (Form::List(forms), Value::Array(items)) => items.iter().map(|item| accept(item, forms)).sum(),
        (Form::Object(required, constants, known), Value::Object(members)) => {
            let present = |key: &&&str| members.contains_key(**key);
            let fits = |(key, values): &(&str, &[&str])| match members.get(*key) {
                None => true,
                Some(Value::String(text)) => values.contains(&text.as_str()),
                Some(Value::Number(number)) => values.contains(&number.to_string().as_str()),
                Some(Value::Bool(flag)) => values.contains(&if *flag { "true" } else { "false" }),
                Some(_) => false,
            };
            let accepted = required.iter().all(|key| present(&key)) && constants.iter().all(fits);
            accepted.then(|| known.iter().filter(present).count())
        }
        _ => None,
    }
}

fn is_whole(number: &serde_json::Number) -> bool {
    number.is_i64() || number.is_u64()
}
