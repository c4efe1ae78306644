//! In: uses of schemas. Out: `TypeId`s, reserved at once, and the queue of the schemas that are still to be defined.

use super::all_of::{Part, Property};
use super::undescribed::Undescribed;
use super::unions::Ambiguous;
use crate::diagnostic::{self, Diagnostics, Problem};
use crate::ir::{Definition, Direction, Naming, Reason, Shape, Type, TypeId, Types};
use crate::name;
use crate::pointer::Pointer;
use crate::read::Document;
use crate::source::Options;
use indexmap::IndexMap;
use openapiv3::{Components, ReferenceOr, Schema};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// How many references in a row are followed. `read` has refused circles; the bound keeps `lower` total even so.
pub(super) const LONGEST_CHAIN: usize = 64;

/// A schema where it is used: written there, or referred to.
#[derive(Clone, Copy)]
pub(super) enum Used<'a> {
    Reference(&'a str),
    Written(&'a Schema),
}

impl<'a> From<&'a ReferenceOr<Schema>> for Used<'a> {
    fn from(schema: &'a ReferenceOr<Schema>) -> Self {
        match schema {
            ReferenceOr::Reference { reference } => Self::Reference(reference),
            ReferenceOr::Item(schema) => Self::Written(schema),
        }
    }
}

impl<'a> From<&'a ReferenceOr<Box<Schema>>> for Used<'a> {
    fn from(schema: &'a ReferenceOr<Box<Schema>>) -> Self {
        match schema {
            ReferenceOr::Reference { reference } => Self::Reference(reference),
            ReferenceOr::Item(schema) => Self::Written(schema),
        }
    }
}

/// A title with more words than this is a sentence, not a name.
const MOST_WORDS: usize = 5;

impl<'a> Used<'a> {
    /// The title of what is written here, if it can be a name.
    pub(super) fn title(self) -> Option<&'a str> {
        let Self::Written(schema) = self else { return None };
        let words = |title: &&str| (1..=MOST_WORDS).contains(&title.split_whitespace().count());
        schema.schema_data.title.as_deref().filter(words)
    }
}

/// What an inline schema would be called, and which definition it belongs to.
#[derive(Clone, Debug)]
pub(super) struct Place {
    /// The name, where no part repeats the words of what it is a part of.
    pub name: String,
    /// The name with all words of all parts.
    pub full: String,
    /// The definition whose file it shares.
    pub root: Option<TypeId>,
    /// The definition with whose name its own begins.
    pub owner: Option<TypeId>,
}

impl Place {
    /// The place that a name alone makes.
    pub(super) fn named(name: String) -> Self {
        Self { full: name.clone(), name, root: None, owner: None }
    }

    /// The place of a component that is a schema.
    pub(super) fn component(name: &str, id: TypeId) -> Self {
        Self { root: Some(id), owner: Some(id), ..Self::named(name::type_(name)) }
    }

    /// The place of what a component other than a schema holds, which takes the component's name; else this place.
    pub(super) fn at(&self, at: &Pointer) -> Self {
        match at.tokens() {
            [components, _, name, ..] if components == "components" => Self::named(name::type_(name)),
            _ => self.clone(),
        }
    }

    /// The place of a part: `CreateOrderRequest` and `items` give `CreateOrderRequestItems`, `Budget` and `budget_type` give
    /// `BudgetType`.
    pub(super) fn part(&self, name: &str) -> Self {
        let part = name::type_(name);
        Self { full: name::short(&format!("{}{part}", self.full)), ..self.and(&part) }
    }

    /// The place of a part for which there is only a poor word, such as `item`: its title says more, if it has one.
    pub(super) fn titled(&self, word: &str, schema: Used<'_>) -> Self {
        let Some(title) = schema.title().map(name::type_) else { return self.part(word) };
        match title.strip_prefix(&self.name) {
            Some("") => self.part(word),
            Some(_) => self.and(&title),
            None => Self { name: name::singular(&self.name, &title), ..self.and(&title) },
        }
    }

    /// The place of a part with this name, which may begin with that of the whole.
    pub(super) fn and(&self, part: &str) -> Self {
        let full = match part.strip_prefix(&self.name) {
            Some(rest) if rest.starts_with(char::is_uppercase) => part.to_owned(),
            _ => name::short(&format!("{}{part}", self.full)),
        };
        Self { name: name::joined(&self.name, part), full, root: self.root, owner: self.owner }
    }
}

/// A definition that was reserved and waits to be made.
pub(super) struct Job<'a> {
    pub id: TypeId,
    pub schema: Used<'a>,
    pub at: Pointer,
    pub place: Place,
    /// The objects that are merged, where there is no schema that says so.
    pub parts: Vec<Part<'a>>,
    /// The descriptions of which any may hold, where there is no schema that says so.
    pub either: Vec<Property<'a>>,
}

/// The definitions before they have their final names.
#[derive(Default)]
pub(super) struct Drafts {
    pub definitions: Vec<Definition>,
    /// The definition whose file each one shares.
    pub roots: Vec<TypeId>,
    /// The place of each one.
    pub places: Vec<Place>,
    /// The names of the components among them.
    pub components: BTreeMap<TypeId, String>,
}

impl Drafts {
    pub(super) fn into_arena(self) -> Types {
        Types(self.definitions)
    }
}

/// What all of `lower` shares.
pub(super) struct Context<'a> {
    pub document: &'a Document,
    pub options: &'a Options,
    pub sink: &'a mut Diagnostics,
    pub undescribed: Undescribed,
    pub ambiguous: Ambiguous,
    /// The places of names that authors give to schemas, of which no type was made yet.
    unused_names: BTreeSet<diagnostic::Place>,
    drafts: Drafts,
    ids: BTreeMap<&'a str, TypeId>,
    reserved: BTreeMap<Pointer, TypeId>,
    queue: VecDeque<Job<'a>>,
}

impl<'a> Context<'a> {
    pub(super) fn new(document: &'a Document, options: &'a Options, sink: &'a mut Diagnostics) -> Self {
        Self {
            document,
            options,
            sink,
            undescribed: Undescribed::default(),
            ambiguous: Ambiguous::default(),
            unused_names: document.named.clone(),
            drafts: Drafts::default(),
            ids: BTreeMap::new(),
            reserved: BTreeMap::new(),
            queue: VecDeque::new(),
        }
    }

    pub(super) fn components(&self) -> Option<&'a Components> {
        self.document.openapi.components.as_ref()
    }

    /// Reserves a type for every component, in the order of their names.
    pub(super) fn reserve_components(&mut self) {
        let Some(components) = self.components() else { return };
        let mut schemas: Vec<_> = components.schemas.iter().collect();
        schemas.sort_by_key(|(name, _)| *name);
        for (name, schema) in schemas {
            let at = Pointer::root().join("components").join("schemas").join(name.as_str());
            let id = self.reserve(schema.into(), &at, &Place::named(name::type_(name)));
            self.ids.insert(name, id);
            self.drafts.components.insert(id, name.clone());
        }
    }

    /// Reserves a type and queues its schema; a schema that is reached by several ways is one type.
    pub(super) fn reserve(&mut self, schema: Used<'a>, at: &Pointer, place: &Place) -> TypeId {
        self.reserve_job(schema, (Vec::new(), Vec::new()), at, place)
    }

    /// As [`Self::reserve`], for a value of which any of several descriptions may hold.
    pub(super) fn reserve_either(&mut self, either: Vec<Property<'a>>, at: &Pointer, place: &Place) -> Option<TypeId> {
        let schema = either.first()?.schema;
        Some(self.reserve_job(schema, (Vec::new(), either), at, place))
    }

    /// As [`Self::reserve`], for what several objects describe, of which the schema is one.
    pub(super) fn reserve_merged(
        &mut self,
        schema: Used<'a>,
        parts: Vec<Part<'a>>,
        at: &Pointer,
        place: &Place,
    ) -> TypeId {
        self.reserve_job(schema, (parts, Vec::new()), at, place)
    }

    fn reserve_job(
        &mut self,
        schema: Used<'a>,
        (parts, either): (Vec<Part<'a>>, Vec<Property<'a>>),
        at: &Pointer,
        place: &Place,
    ) -> TypeId {
        if let Some(id) = self.reserved.get(at) {
            return *id;
        }
        let id = TypeId(self.drafts.definitions.len());
        self.reserved.insert(at.clone(), id);
        let root = place.root.unwrap_or(id);
        self.drafts.definitions.push(Definition {
            features: Vec::new(),
            origin: at.clone(),
            name: place.name.clone(),
            naming: Naming { wish: place.name.clone(), reason: reason(schema, at, place) },
            file: String::new(),
            docs: None,
            deprecated: false,
            direction: Direction::Both,
            shape: Shape::Alias(Type::Json),
        });
        self.drafts.roots.push(root);
        self.drafts.places.push(place.clone());
        if let Used::Written(Schema { schema_data, .. }) = schema {
            let given = at.join("x-rust-name");
            self.unused_names.remove(&self.sink.origins.resolve(&given));
            match schema_data.extensions.get("x-rust-name") {
                Some(Value::String(name)) => {
                    let naming = Naming { wish: name::type_(name), reason: Reason::Given };
                    self.drafts.definitions[id.0].naming = naming;
                }
                Some(_) => self.sink.report(&given, Problem::BadName),
                None => {}
            }
        }
        let place = Place { root: Some(root), owner: Some(id), ..place.clone() };
        self.queue.push_back(Job { id, schema, at: at.clone(), place, parts, either });
        id
    }

    pub(super) fn next_job(&mut self) -> Option<Job<'a>> {
        self.queue.pop_front()
    }

    pub(super) fn definition(&mut self, id: TypeId) -> Option<&mut Definition> {
        self.drafts.definitions.get_mut(id.0)
    }

    /// The types, once all of them are defined; what only then is known to be wrong is reported.
    pub(super) fn into_types(mut self) -> Drafts {
        self.undescribed.report(self.sink);
        self.ambiguous.report(self.sink);
        for place in self.unused_names {
            self.sink.report_at(place, Problem::UnusedName);
        }
        self.drafts
    }

    pub(super) fn report(&mut self, at: &Pointer, problem: Problem) {
        self.sink.report(at, problem);
    }

    /// The component that a reference names: its type, its name and its schema.
    pub(super) fn component(&self, reference: &str) -> Option<(TypeId, &'a str, Used<'a>)> {
        let name = component(reference, "schemas")?;
        let (name, schema) = self.components()?.schemas.get_key_value(name.as_str())?;
        Some((*self.ids.get(name.as_str())?, name, schema.into()))
    }

    /// The schema that a use comes down to.
    pub(super) fn written(&self, schema: Used<'a>) -> Option<&'a Schema> {
        let mut schema = schema;
        for _ in 0..LONGEST_CHAIN {
            match schema {
                Used::Written(written) => return Some(written),
                Used::Reference(reference) => schema = self.component(reference)?.2,
            }
        }
        None
    }

    /// Follows references to a component other than a schema; where it stands, and what it is.
    pub(super) fn follow<T>(
        &self,
        item: &'a ReferenceOr<T>,
        at: Pointer,
        section: &str,
        components: impl Fn(&'a Components) -> &'a IndexMap<String, ReferenceOr<T>>,
    ) -> Option<(Pointer, &'a T)> {
        follow(self.document, item, at, section, components)
    }
}

/// What the name of a schema's place is made of.
fn reason(schema: Used<'_>, at: &Pointer, place: &Place) -> Reason {
    let titled = || schema.title().is_some_and(|title| place.name.ends_with(&name::type_(title)));
    match at.tokens() {
        [components, schemas, _] if components == "components" && schemas == "schemas" => Reason::Component,
        // A property has its own word, even where its title is the same.
        [.., properties, _] if properties == "properties" => Reason::Place,
        _ if titled() => Reason::Title,
        _ => Reason::Place,
    }
}

/// Follows references to a component other than a schema; where it stands, and what it is.
pub(super) fn follow<'a, T>(
    document: &'a Document,
    item: &'a ReferenceOr<T>,
    at: Pointer,
    section: &str,
    components: impl Fn(&'a Components) -> &'a IndexMap<String, ReferenceOr<T>>,
) -> Option<(Pointer, &'a T)> {
    let (mut item, mut at) = (item, at);
    for _ in 0..LONGEST_CHAIN {
        let reference = match item {
            ReferenceOr::Item(found) => return Some((at, found)),
            ReferenceOr::Reference { reference } => reference,
        };
        let name = component(reference, section)?;
        item = components(document.openapi.components.as_ref()?).get(name.as_str())?;
        at = Pointer::root().join("components").join(section).join(name);
    }
    None
}

/// The name in `#/components/<section>/<name>`.
fn component(reference: &str, section: &str) -> Option<String> {
    let fragment = percent_encoding::percent_decode_str(reference.strip_prefix('#')?).decode_utf8_lossy();
    match Pointer::parse(&fragment)?.tokens() {
        [components, own, name] if components == "components" && own == section => Some(name.clone()),
        _ => None,
    }
}
