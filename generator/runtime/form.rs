//! In: a JSON value and the forms that the variants of a union may take. Out: which of them accept it, how well, and
//! what would be lost.

use super::node::{Node, Properties};
use super::reread::whole;
use serde_json::{Number, Value};

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
    /// and booleans as their JSON text), members that the variant can keep, and the forms of some of these.
    Object(Keys, &'static [(&'static str, Keys)], Keys, &'static [(&'static str, &'static [Self])]),
}

/// Whether an object has a constant that no variant lists, though each that names the member lists some: the object is
/// one that the description does not have yet, or one of these in a new kind.
pub(super) fn strays(members: &Properties, table: &[&[Form]]) -> bool {
    members.all().iter().filter(|(_, value)| !matches!(value, Node::Null)).any(|(key, value)| {
        let mut naming = table.iter().copied().flatten().filter(|form| form.names(key)).peekable();
        naming.peek().is_some() && naming.all(|form| form.listed(key).is_some_and(|values| !is_one_of(value, values)))
    })
}

/// Whether one writing of a value has all the members of it that another one has; without another, all that the value
/// has. What none of the forms that the value may take names need not be kept.
pub(super) fn keeps(value: &Node, one: &Value, other: Option<&Value>, forms: &[&Form]) -> bool {
    match (value, one) {
        (Node::Object(members), Value::Object(one)) => {
            let names = |key: &str| {
                forms.iter().any(|form| matches!(form, Form::Object(_, _, known, _) if known.contains(&key)))
            };
            members.all().iter().filter(|(key, _)| forms.is_empty() || names(key)).all(|(key, value)| {
                let other = match other {
                    None => None,
                    Some(Value::Object(other)) if other.contains_key(key) => other.get(key),
                    // The other one has it not, or is no object.
                    Some(_) => return true,
                };
                one.get(key).is_some_and(|one| keeps(value, one, other, &inner(forms, key)))
            })
        }
        (Node::List(items), Value::Array(one)) => {
            let forms: Vec<&Form> = forms
                .iter()
                .flat_map(|form| match form {
                    Form::List(items) => *items,
                    _ => &[],
                })
                .collect();
            let other = match other {
                None => None,
                Some(Value::Array(other)) => Some(other),
                Some(_) => return true,
            };
            let length = other.map_or(items.len(), Vec::len);
            one.len() >= length
                && items
                    .iter()
                    .zip(one)
                    .take(length)
                    .enumerate()
                    .all(|(index, (item, one))| keeps(item, one, other.and_then(|other| other.get(index)), &forms))
        }
        _ => true,
    }
}

/// Whether one writing of an object has a member that the object has not: the tag that a variant writes by itself.
pub(super) fn adds(value: &Node, one: &Value) -> bool {
    let (Node::Object(members), Value::Object(one)) = (value, one) else { return false };
    one.keys().any(|name| !members.all().iter().any(|(key, _)| **key == **name))
}

/// The forms of an object's member.
fn inner<'f>(forms: &[&'f Form], key: &str) -> Vec<&'f Form> {
    let each = forms.iter().filter_map(|form| match form {
        Form::Object(.., inner) => inner.iter().find(|(name, _)| *name == key),
        _ => None,
    });
    each.flat_map(|(_, forms)| forms.iter()).collect()
}

/// The variants that accept the value, the best first; of equals, the first: the table is sorted by name, so that the
/// order of the description never decides.
pub fn prove<'t>(value: &Node, table: &[&'t [Form]]) -> Vec<(usize, Fit<'t>)> {
    let fit = |(index, forms): (usize, &&'t [Form])| Some((index, fit(value, forms, false)?));
    let mut accepted: Vec<_> = table.iter().enumerate().filter_map(fit).collect();
    accepted.sort_by_key(|(_, fit)| std::cmp::Reverse(fit.score));
    accepted
}

/// How well a value takes a form.
#[derive(Clone, Copy, Debug)]
pub struct Fit<'t> {
    pub(super) form: &'t Form,
    pub(super) score: usize,
}

/// What a member adds to the score of an object that can keep it: with a value that its description names, with any
/// other, and with one that it does not name where it names some.
const NAMED: usize = 3;
const KEPT: usize = 2;
const UNNAMED: usize = 1;

impl Form {
    /// Whether an object has a member of this name.
    pub(super) fn names(&self, key: &str) -> bool {
        let Self::Object(_, constants, known, _) = self else { return false };
        known.contains(&key) || constants.iter().any(|(name, _)| *name == key)
    }

    /// The constants that an object's member is restricted to.
    fn listed(&self, key: &str) -> Option<Keys> {
        let Self::Object(_, constants, _, inner) = self else { return None };
        let fixed = constants.iter().find(|(name, _)| *name == key).map(|(_, values)| *values);
        fixed.or_else(|| match inner.iter().find(|(name, _)| *name == key) {
            Some((_, [Self::Constant(values)])) => Some(values),
            _ => None,
        })
    }
}

/// The form that accepts the value best. Inside an object, a string need not be one that an enum names.
fn fit<'t>(value: &Node, forms: &'t [Form], inside: bool) -> Option<Fit<'t>> {
    let fits = forms.iter().filter_map(|form| Some(Fit { form, score: score(value, form, inside)? }));
    fits.reduce(|best, fit| if fit.score > best.score { fit } else { best })
}

fn score(value: &Node, form: &Form, inside: bool) -> Option<usize> {
    match (form, value) {
        (Form::Null, Node::Null) | (Form::Boolean, Node::Boolean(_)) => Some(KEPT),
        (Form::Integer, Node::Number(number)) => is_whole(number).then_some(KEPT),
        (Form::Number, Node::Number(number)) => (!is_whole(number)).then_some(KEPT),
        (Form::Text, Node::Text(_)) => Some(KEPT),
        (Form::Constant(values), Node::Text(text)) => match values.contains(&text.as_ref()) {
            true => Some(NAMED),
            false => inside.then_some(UNNAMED),
        },
        (Form::List([]), Node::List(_)) => Some(KEPT),
        (Form::List(forms), Node::List(items)) => {
            items.iter().try_fold(KEPT, |sum, item| Some(sum + fit(item, forms, inside)?.score))
        }
        (Form::Object(required, constants, known, inner), Node::Object(members)) => {
            let all = required.iter().all(|key| members.contains(key));
            let fixed = |(key, values): &(&str, Keys)| members.get(key).is_none_or(|value| is_one_of(value, values));
            let member = |key: &&str| {
                let value = members.get(key)?;
                let forms = inner.iter().find(|(name, _)| name == key);
                Some(forms.map_or(Some(KEPT), |(_, forms)| match fit(value, forms, true) {
                    // Where a member need not be there, null reads as none.
                    None if matches!(value, Node::Null) && !required.contains(key) => Some(0),
                    fit => Some(fit?.score),
                }))
            };
            (all && constants.iter().all(fixed))
                .then(|| known.iter().filter_map(member).try_fold(KEPT, |sum, score| Some(sum + score?)))?
        }
        _ => None,
    }
}

fn is_one_of(value: &Node, constants: Keys) -> bool {
    match value {
        Node::Text(text) => constants.contains(&text.as_ref()),
        Node::Number(number) => {
            let digits = whole(number).map_or_else(|| number.to_string(), |whole| whole.to_string());
            constants.contains(&digits.as_str())
        }
        Node::Boolean(flag) => constants.contains(if *flag { &"true" } else { &"false" }),
        _ => false,
    }
}

/// Whether it is an integer, as JSON Schema has it: `1.0` is one.
fn is_whole(number: &Number) -> bool {
    number.is_i64() || number.is_u64() || whole(number).is_some()
}
