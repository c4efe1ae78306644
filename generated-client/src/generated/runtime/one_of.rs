//! In: a JSON value and a static table of the forms that each variant of a union may take. Out: the variant that the
//! value is. The table proves most values to be one variant, at the cost of one look; only where it leaves several is
//! a second one decoded, if the first cannot be or loses something.

use super::form::{Fit, Form, adds, keeps, prove, strays};
use super::node::Node;
use super::offer::{self, Nesting};
use super::reread::{Reread, Wrong};
use super::tagged::Tagged;
use serde::Serialize;
use serde::de::Deserializer;
use serde_json::Value;

/// Declares a union: each variant with the forms of JSON that it may take, with the member that is written beside its
/// content where that does not have it, and with the types that it can be made `from`:
///
/// ```text
/// one_of! {
///     pub enum Pet;
///     Cat(Box<Cat>) from Cat = [Form::Object(&["meow"], &[], &[], &[])],
///     Dog(Dog) = [Form::Object(&[], &[("kind", &["dog"])], &[], &[])] tag "kind" "dog",
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
            #[doc = " A value that is none of these; it is kept and written back as it came."]
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

        impl serde::Serialize for $Name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                match self {
                    $(Self::$Variant(content) => runtime::one_of::write!(content, serializer $($key $tag)?),)*
                    Self::Unknown(value) => serde::Serialize::serialize(value, serializer),
                }
            }
        }

        impl<'de> serde::Deserialize<'de> for $Name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                // A type of the description may be called `Form`, too.
                static FORMS: &[&[runtime::form::Form]] = {
                    use runtime::form::Form;
                    &[$(&$forms,)*]
                };
                // A value in hand is one type, so that this is compiled once, whatever is read from.
                const VARIANTS: &[runtime::one_of::Variant<$Name>] =
                    &[$(|value| serde::Deserialize::deserialize(value).map($Name::$Variant),)*];
                runtime::one_of::read(deserializer, runtime::one_of::Union::new(FORMS, VARIANTS, $Name::Unknown))
            }
        }
    };
}

/// Writes a variant as what it holds, or with the member that tells it apart.
macro_rules! write {
    ($content:ident, $serializer:ident) => {
        serde::Serialize::serialize($content, $serializer)
    };
    ($content:ident, $serializer:ident $key:literal $tag:literal) => {
        runtime::one_of::write_tagged($content, $key, $tag, $serializer)
    };
}

pub(crate) use {one_of, write};

/// How the values of a union are told apart.
#[derive(Debug)]
pub struct Union<T: 'static> {
    table: &'static [&'static [Form]],
    variants: &'static [Variant<T>],
    unknown: fn(Value) -> T,
}

impl<T> Clone for Union<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Union<T> {}

/// Decodes a value as one variant.
pub type Variant<T> = fn(Reread<'_>) -> Result<T, Wrong>;

/// How deep unions may stand inside each other whose table leaves several variants. Each level is decoded and written once
/// for each of them, so no value takes longer than so many times its size. What is deeper is kept as JSON.
const DEEPEST: usize = 16;

/// Reads a union.
///
/// # Errors
/// When there is no JSON value, or it is proven to be one variant and contradicts its description.
pub fn read<'de, T: Serialize + 'static, D: Deserializer<'de>>(
    deserializer: D,
    union: Union<T>,
) -> Result<T, D::Error> {
    offer::read(deserializer, |node, nesting| union.decode(node, nesting))
}

impl<T: Serialize + 'static> Union<T> {
    /// A union of variants, each with the forms that its values may take.
    pub const fn new(
        table: &'static [&'static [Form]],
        variants: &'static [Variant<T>],
        unknown: fn(Value) -> T,
    ) -> Self {
        Self { table, variants, unknown }
    }

    /// Decodes a value as the variant that it is, or keeps it as it came.
    ///
    /// # Errors
    /// When the value is proven to be one variant, and contradicts its description.
    fn decode(self, node: &Node, nesting: &Nesting) -> Result<T, Wrong> {
        let fits = fits(node, self.table);
        match fits.as_slice() {
            [(index, _)] => self.variant(Some(*index), Reread { node, nesting }),
            [] => self.variant(None, Reread { node, nesting }),
            _ => self.ambiguous(node, nesting, &fits),
        }
    }

    /// Decodes a value as this variant, or else keeps it as it came.
    fn variant(self, index: Option<usize>, value: Reread<'_>) -> Result<T, Wrong> {
        match index.and_then(|index| self.variants.get(index)) {
            Some(variant) => variant(value),
            None => Ok((self.unknown)(value.node.into())),
        }
    }

    /// Decodes a value that the table leaves several variants for.
    fn ambiguous(self, node: &Node, nesting: &Nesting, fits: &[(usize, Fit<'_>)]) -> Result<T, Wrong> {
        if nesting.depth() == DEEPEST {
            return self.variant(None, Reread { node, nesting });
        }
        let value = Reread { node, nesting: &nesting.deeper() };
        if let Some(index) = nesting.found::<T>(node) {
            return self.variant(index, value);
        }
        let (index, best) = self.best(value, fits)?;
        nesting.find::<T>(node, index);
        Ok(best)
    }

    /// The best of several variants that keeps all the properties that any of them keeps, and its index; there may be none,
    /// and the value is kept as it came.
    fn best(self, value: Reread<'_>, fits: &[(usize, Fit<'_>)]) -> Result<(Option<usize>, T), Wrong> {
        let forms: Vec<&Form> = fits.iter().map(|(_, fit)| fit.form).collect();
        let mut decoded: Vec<(usize, T, Value)> = Vec::new();
        let mut failed: Vec<&Form> = Vec::new();
        for (index, fit) in fits {
            let Ok(content) = self.variant(Some(*index), value) else {
                failed.push(fit.form);
                continue;
            };
            let written = serde_json::to_value(&content)?;
            if keeps(value.node, &written, None, &forms) {
                // Without its tag, a value that is another variant just as well must not be given one.
                if adds(value.node, &written) && self.is_tied(value, fits, *index, fit.score) {
                    return Ok((None, self.variant(None, value)?));
                }
                return Ok((Some(*index), content));
            }
            decoded.push((*index, content, written));
        }
        // What one would have kept that cannot be decoded is not given up either.
        let keeps_all = |(.., one): &(usize, T, Value)| {
            (failed.is_empty() || keeps(value.node, one, None, &failed))
                && decoded.iter().all(|(.., other)| keeps(value.node, one, Some(other), &forms))
        };
        match decoded.iter().position(keeps_all) {
            Some(best) => {
                let (index, content, _) = decoded.swap_remove(best);
                Ok((Some(index), content))
            }
            None => Ok((None, self.variant(None, value)?)),
        }
    }

    /// Whether a value is another variant as well as this one.
    fn is_tied(self, value: Reread<'_>, fits: &[(usize, Fit<'_>)], own: usize, score: usize) -> bool {
        let mut others = fits.iter().filter(|(index, fit)| *index != own && fit.score == score);
        others.any(|(index, _)| self.variant(Some(*index), value).is_ok())
    }
}

/// The variants that a value may be, the best first. Not generic: it is compiled once.
fn fits<'t>(node: &Node, table: &[&'t [Form]]) -> Vec<(usize, Fit<'t>)> {
    let mut fits = prove(node, table);
    if let Node::Object(members) = node
        && strays(members, table)
    {
        let named = |key: &str| table.iter().copied().flatten().any(|form| form.names(key));
        fits.retain(|(_, fit)| members.all().iter().all(|(key, _)| fit.form.names(key) || !named(key)));
    }
    fits
}

/// Writes a variant with the member that tells it apart, which its content does not have.
///
/// # Errors
/// When the content cannot be written.
pub fn write_tagged<T: Serialize + ?Sized, S: serde::Serializer>(
    content: &T,
    key: &'static str,
    tag: &'static str,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    content.serialize(Tagged { key, tag, serializer })
}
