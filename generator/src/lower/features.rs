//! In: the types, the groups and the webhooks, all named. Out: for each tag the Cargo feature that carries it, and for each
//! type the features that need it.
//!
//! Types of one file are compiled together, so what one of them refers to is needed by all of them.

use crate::ir::{Envelope, FULL, Group, Operation, Type, Types, WEBHOOKS, Webhook};
use crate::name::{self, Wish, distinct};
use std::collections::{BTreeMap, BTreeSet};

/// The feature of the types that neither an operation nor a webhook needs.
const OTHER_TYPES: &str = "other-types";

/// Features of every client, or of a later one, that no tag's can be.
const TAKEN: &[&str] = &["all", "default", FULL, "mock", OTHER_TYPES, "reqwest", "tracing", "ureq", WEBHOOKS];

/// A type that more features than this need is always there: it costs little beside them.
const MOST: usize = 8;

/// What needs a file: everything, or these features.
type Gates<'a> = BTreeMap<&'a str, BTreeSet<String>>;

/// Gives features to a client of at least two tags. With one, whoever wants the client wants the tag.
pub(super) fn settle(types: &mut Types, groups: &mut [Group], webhooks: &[Webhook], envelope: Option<&Envelope>) {
    if groups.iter().filter(|group| group.tag.is_some()).count() < 2 {
        return;
    }
    name(groups);
    let files = Files::of(types);
    let mut gates = Gates::new();
    // Any operation may be answered with one of its codes.
    let codes = envelope.and_then(|envelope| envelope.codes.as_ref());
    let of_codes = types.0.iter().filter(|definition| Some(&definition.origin) == codes);
    let mut always = files.reached(of_codes.map(|definition| definition.file.as_str()));
    for group in groups.iter() {
        let reached =
            files.reached(group.operations.iter().flat_map(Operation::types).flat_map(|one| files.of_type(one)));
        match &group.feature {
            Some(feature) => reached.iter().for_each(|file| _ = gates.entry(file).or_default().insert(feature.clone())),
            None => always.extend(reached),
        }
    }
    let of_webhooks = webhooks.iter().flat_map(|one| one.received().into_iter().chain(one.sent()));
    for file in files.reached(of_webhooks.flat_map(|one| files.of_type(one))) {
        gates.entry(file).or_default().insert(WEBHOOKS.to_owned());
    }
    let others = files.links.keys().filter(|file| !gates.contains_key(*file) && !always.contains(*file));
    for file in files.reached(others.copied()) {
        gates.entry(file).or_default().insert(OTHER_TYPES.to_owned());
    }
    gates.retain(|file, features| features.len() <= MOST && !always.contains(file));
    let gates: BTreeMap<String, Vec<String>> =
        gates.into_iter().map(|(file, features)| (file.to_owned(), features.into_iter().collect())).collect();
    for definition in &mut types.0 {
        definition.features = gates.get(&definition.file).cloned().unwrap_or_default();
    }
}

/// Names each feature after its tag, in letters that Cargo and every shell take: `user-accounts`.
fn name(groups: &mut [Group]) {
    let tagged = || groups.iter().filter_map(|group| group.tag.as_deref());
    let wish = |tag: &str| {
        let name = name::member(tag).trim_matches('_').replace('_', "-");
        Wish { names: vec![name.clone(), format!("{name}-api")], address: tag.to_owned() }
    };
    let names = distinct(&tagged().map(wish).collect::<Vec<_>>(), TAKEN);
    let tagged = groups.iter_mut().filter(|group| group.tag.is_some());
    tagged.zip(names).for_each(|(group, name)| group.feature = Some(name));
}

/// The files of types, each with those that it refers to.
struct Files<'a> {
    types: &'a Types,
    links: BTreeMap<&'a str, BTreeSet<&'a str>>,
}

impl<'a> Files<'a> {
    fn of(types: &'a Types) -> Self {
        let mut files = Self { types, links: BTreeMap::new() };
        for definition in &types.0 {
            let linked: Vec<_> = definition.shape.types().into_iter().flat_map(|one| files.of_type(one)).collect();
            files.links.entry(&definition.file).or_default().extend(linked);
        }
        files
    }

    fn of_type(&self, r#type: &Type) -> Vec<&'a str> {
        r#type.named().into_iter().map(|id| self.types.get(id).file.as_str()).collect()
    }

    /// These files, and all that they lead to.
    fn reached(&self, from: impl Iterator<Item = &'a str>) -> BTreeSet<&'a str> {
        let (mut next, mut reached): (Vec<_>, _) = (from.collect(), BTreeSet::new());
        while let Some(file) = next.pop() {
            if reached.insert(file) {
                next.extend(self.links.get(file).into_iter().flatten());
            }
        }
        reached
    }
}

#[cfg(test)]
mod tests {
    use super::{Files, TAKEN, name};
    use crate::ir::{Definition, Direction, Group, Naming, Shape, Type, TypeId, Types};
    use crate::pointer::Pointer;

    /// An alias in a file for another type.
    fn alias(file: &str, of: usize) -> Definition {
        Definition {
            origin: Pointer::root(),
            name: String::new(),
            naming: Naming::default(),
            file: file.to_owned(),
            docs: None,
            deprecated: false,
            features: Vec::new(),
            direction: Direction::Both,
            shape: Shape::Alias(Type::Array(Box::new(Type::Named(TypeId(of))))),
        }
    }

    #[test]
    fn what_a_neighbour_refers_to_is_needed_too() {
        // Whoever needs the first type of `a` compiles the second, which leads to `c`.
        let types = Types(vec![alias("a", 2), alias("a", 3), alias("b", 2), alias("c", 3)]);
        let files = Files::of(&types);
        let reached = |from| files.reached(std::iter::once(from)).into_iter().collect::<Vec<_>>();
        assert_eq!(reached("a"), ["a", "b", "c"]);
        assert_eq!(reached("b"), ["b"]);
    }

    #[test]
    fn names_are_taken_by_cargo_and_are_no_others() {
        let group = |tag: &str| Group {
            tag: Some(tag.to_owned()),
            docs: None,
            module: String::new(),
            file: String::new(),
            name: String::new(),
            feature: None,
            operations: Vec::new(),
        };
        let tags = ["User Accounts", "type", "2FA", "default", "übung", "a.b", "a b"];
        let mut groups = tags.map(group);
        name(&mut groups);
        let names: Vec<_> = groups.iter().filter_map(|group| group.feature.as_deref()).collect();
        assert_eq!(names[..5], ["user-accounts", "type", "2fa", "default-api", "ubung"]);
        assert!(
            names[5].starts_with("a-b-api") && names[6].starts_with("a-b-api") && names[5] != names[6],
            "{names:?}"
        );
        assert!(names.iter().all(|name| !TAKEN.contains(name)));
    }
}
