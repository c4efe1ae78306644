//! In: the pointers of schemas. Out: values that are valid, and that the place they are sent in can hold.

use crate::described::{Operation, Parameter, Place, Style};
use crate::discriminators::Discriminators;
use jsonschema::Validator;
use oasmith_samples::schema::{self, Deviation, Drawing, Habit};
use oasmith_samples::validator::Judge;
use serde_json::Value;
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

/// How often a value is drawn anew that does not fit.
const ROUNDS: u64 = 60;

/// How likely what is optional is there.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Share(pub f64);

/// Nothing optional, all of it, some of it.
pub const SHARES: [Share; 3] = [Share(0.0), Share(1.0), Share(0.5)];

/// The schemas of a document, and what judges values by them.
pub struct Schemas {
    tree: Value,
    root: Value,
    strict: Judge,
    relaxed: Judge,
    validators: RefCell<BTreeMap<String, Rc<Valid>>>,
}

/// The validators of one schema: to the letter, and with `anyOf` for `oneOf`.
struct Valid {
    strict: Validator,
    relaxed: Validator,
}

impl Schemas {
    /// The schemas of a document as its author wrote it.
    ///
    /// # Errors
    /// Why the validator does not take them.
    pub fn new(tree: &Value) -> Result<Self, String> {
        let root = schema::document(tree);
        let (strict, relaxed) = (Judge::new(&root)?, Judge::new(&schema::relaxed(&root))?);
        Ok(Self { tree: tree.clone(), strict, relaxed, root, validators: RefCell::default() })
    }

    fn valid(&self, place: &str) -> Option<Rc<Valid>> {
        if let Some(known) = self.validators.borrow().get(place) {
            return Some(Rc::clone(known));
        }
        let valid = Valid { strict: self.strict.schema(place).ok()?, relaxed: self.relaxed.schema(place).ok()? };
        let valid = Rc::new(valid);
        self.validators.borrow_mut().insert(place.to_owned(), Rc::clone(&valid));
        Some(valid)
    }

    /// A valid value; `None` if none that fits could be drawn. Without a schema, any value is valid.
    pub fn draw(&self, pointer: Option<&str>, seed: u64, share: Share, fits: &dyn Fn(&Value) -> bool) -> Option<Value> {
        let place = match pointer {
            Some(pointer) => Some(schema::place(&self.root, pointer)?),
            None => None,
        };
        let schema = place.as_deref().map_or(Some(&Value::Bool(true)), |place| self.root.pointer(place))?;
        let valid = match &place {
            Some(place) => Some(self.valid(place)?),
            None => None,
        };
        let mut second = None;
        for round in 0..ROUNDS {
            // What cannot be drawn with all or none of what is optional may be possible with some of it.
            let optional = [share.0, share.0 / 2.0, 0.7][usize::try_from(3 * round / ROUNDS).unwrap_or_default()];
            let habit = Habit { optional, null: 0.2, deviation: Deviation::None };
            let seed = hash(pointer.unwrap_or_default(), seed.wrapping_mul(1000).wrapping_add(round));
            let Some((value, _)) = Drawing::draw(&self.root, schema, seed, habit) else { continue };
            if !fits(&value) || pointer.is_some_and(|pointer| self.discriminators_forbid(pointer, &value)) {
                continue;
            }
            match &valid {
                Some(valid) if !valid.strict.is_valid(&value) => {
                    if second.is_none() && valid.relaxed.is_valid(&value) {
                        second = Some(value);
                    }
                }
                _ => return Some(value),
            }
        }
        second
    }

    fn discriminators_forbid(&self, pointer: &str, value: &Value) -> bool {
        let is_valid = |at: &str, value: &Value| self.is_valid(Some(at), value);
        Discriminators { tree: &self.tree, is_valid: &is_valid }.forbid(pointer, value)
    }

    /// Whether a value is valid, or would be if the arms of `oneOf` might overlap.
    pub fn is_valid(&self, pointer: Option<&str>, value: &Value) -> bool {
        let place = pointer.and_then(|pointer| schema::place(&self.root, pointer));
        let valid = place.and_then(|place| self.valid(&place));
        valid.is_none_or(|valid| valid.strict.is_valid(value) || valid.relaxed.is_valid(value))
    }
}

/// FNV-1a, which is the same on every machine.
fn hash(text: &str, seed: u64) -> u64 {
    let step = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    text.bytes().chain(seed.to_le_bytes()).fold(0xcbf2_9ce4_8422_2325, step)
}

/// Whether a parameter can hold a value so that its reader gets the same: what the standard leaves undefined is not
/// tried (OpenAPI 3.1.1, sections 4.8.12.3 and 4.8.12.4, and appendix C).
pub fn fits(operation: &Operation, parameter: &Parameter, value: &Value) -> bool {
    // To give null is not to give it.
    if value.is_null() {
        return false;
    }
    // A part of a path that nothing describes is text.
    if parameter.place == Place::Path && parameter.schema.is_none() && !value.is_string() {
        return false;
    }
    // JSON can spell everything in ASCII (RFC 8259, section 7).
    if parameter.style == Style::Json {
        return true;
    }
    let Some(parts) = parts(value) else { return false };
    let is_single = !value.is_array() && !value.is_object();
    let has = |parts: &[String], characters: &[char]| parts.iter().any(|part| part.contains(characters));
    let other =
        |name: &String| operation.parameters.iter().any(|one| one.name == *name && one.place == parameter.place);
    // An empty list or object is not sent at all, and one empty item is the same text.
    if !is_single && (parts.is_empty() || parts.iter().all(String::is_empty)) {
        return false;
    }
    let of_style = match parameter.style {
        Style::Space => is_single || parameter.explode || !has(&parts, &[' ']),
        Style::Pipe => is_single || parameter.explode || !has(&parts, &['|']),
        Style::Deep => value.is_object() && !has(&parts, &['[', ']']),
        Style::Label => !has(&parts, &['.']),
        Style::Other => false,
        Style::Matrix | Style::Simple | Style::Form | Style::Json => true,
    };
    let of_place = match parameter.place {
        Place::Path => !parts.iter().any(|part| matches!(part.as_str(), "" | "." | "..")),
        Place::Header => {
            let visible = |part: &String| part.bytes().all(|byte| matches!(byte, b' '..=b'~')) && part.trim() == part;
            parts.iter().all(visible) && (is_single || !has(&parts, &[',', '=']))
        }
        Place::Query | Place::Cookie => true,
    };
    let names = value.as_object().into_iter().flat_map(|members| members.keys());
    let is_plain = parameter.style != Style::Form || !parameter.explode || !names.into_iter().any(other);
    of_style && of_place && is_plain
}

/// The texts that a value consists of; `None` if it is nested or has nulls.
pub fn parts(value: &Value) -> Option<Vec<String>> {
    match value {
        Value::Array(items) => items.iter().map(scalar).collect(),
        Value::Object(members) => {
            let mut parts = Vec::new();
            for (name, value) in members {
                parts.extend([name.clone(), scalar(value)?]);
            }
            Some(parts)
        }
        _ => Some(vec![scalar(value)?]),
    }
}

/// A scalar as text.
pub fn scalar(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Bool(_) | Value::Number(_) => Some(value.to_string()),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}
