//! In: types and groups with the names that they wish for. Out: the same with final names, distinct in their scopes; and
//! in `table` all names with their reasons, for people.

pub(super) mod table;

use super::context::Drafts;
use crate::ir::{Definition, Group, Operation, Reason, Shape, TypeId};
use crate::name::{self, Wish, distinct, distinct_with};
use std::collections::BTreeMap;
use std::iter::successors;

/// Names that generated code uses unqualified, so that nothing else may have them.
pub(super) const PRELUDE: &[&str] = &[
    "AsRef",
    "BTreeMap",
    "Box",
    "C",
    "Clone",
    "Debug",
    "Default",
    "Err",
    "From",
    "Into",
    "None",
    "Ok",
    "Option",
    "PartialEq",
    "PhantomData",
    "Result",
    "Self",
    "Set",
    "Some",
    "String",
    "ToString",
    "Vec",
];

/// The type parameters of the macros that declare types, which hide types of these names.
pub(super) const PARAMETERS: &[&str] = &["A", "D", "S"];

/// What every client has beside its groups, and every handle and request beside its own methods.
const METHODS: &[&str] = &["builder", "clone", "decode", "new", "request", "send", "send_response", "send_stream"];

/// What the name of a type's builder, which stands beside it, adds to the type's.
const BUILDER: &str = "Builder";

/// How many definitions within each other are told apart.
const MOST_LEVELS: usize = 64;

/// File names that mean something else: Rust's `mod.rs`, and the devices of Windows.
const FILES: &[&str] = &[
    "mod", "aux", "com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8", "com9", "con", "lpt1", "lpt2",
    "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9", "nul", "prn",
];

/// Names every definition and its file. Components come first, then what belongs to them, level by level: an inline type
/// never takes the name of what it stands in, and begins with the name that this has in the end.
pub(super) fn types(drafts: &mut Drafts) {
    let mut scope = TypeScope {
        names: vec![String::new(); drafts.definitions.len()],
        taken: PRELUDE.iter().chain(PARAMETERS).map(|name| (*name).to_owned()).collect(),
        drafts,
    };
    for indexes in levels(scope.drafts) {
        scope.name(&indexes);
    }
    let TypeScope { names, drafts, .. } = scope;
    let files = files(names.iter().map(String::as_str));
    for (definition, name) in drafts.definitions.iter_mut().zip(&names) {
        definition.name.clone_from(name);
    }
    for (definition, root) in drafts.definitions.iter_mut().zip(&drafts.roots) {
        definition.file.clone_from(&files[root.0]);
    }
}

/// The definitions in the order in which they are named: components, then by how many definitions they stand in; of
/// those of one level first what repeats no words.
fn levels(drafts: &Drafts) -> Vec<Vec<usize>> {
    let owner = |id: &TypeId| drafts.places[id.0].owner;
    let level = |index: usize| {
        let id = TypeId(index);
        let is_component = drafts.components.contains_key(&id);
        let depth = if is_component { 0 } else { 1 + successors(owner(&id), owner).take(MOST_LEVELS).count() };
        (depth, drafts.places[index].name != drafts.places[index].full)
    };
    let mut levels: BTreeMap<(usize, bool), Vec<usize>> = BTreeMap::new();
    for index in 0..drafts.definitions.len() {
        levels.entry(level(index)).or_default().push(index);
    }
    levels.into_values().collect()
}

/// The names of types, while they are given.
struct TypeScope<'d> {
    drafts: &'d mut Drafts,
    names: Vec<String>,
    taken: Vec<String>,
}

impl TypeScope<'_> {
    /// Names definitions whose owners have their names.
    fn name(&mut self, indexes: &[usize]) {
        for index in indexes {
            self.follow_owner(*index);
        }
        let wishes: Vec<_> = indexes.iter().map(|index| self.wish(*index)).collect();
        let endings = |index: &usize| match self.drafts.definitions[*index].shape {
            Shape::Struct { .. } => vec![BUILDER],
            _ => Vec::new(),
        };
        let endings: Vec<_> = indexes.iter().map(endings).collect();
        let taken: Vec<&str> = self.taken.iter().map(String::as_str).collect();
        let found = distinct_with(&wishes, &endings, &taken);
        let beside =
            found.iter().zip(&endings).flat_map(|(name, all)| all.iter().map(move |end| format!("{name}{end}")));
        self.taken.extend(beside.chain(found.iter().cloned()).collect::<Vec<_>>());
        indexes.iter().zip(found).for_each(|(index, name)| self.names[*index] = name);
    }

    /// Lets what belongs to a definition that has another name than it wished for begin with that name.
    fn follow_owner(&mut self, index: usize) {
        let Some(owner) = self.drafts.places[index].owner else { return };
        let (wished, name) = (&self.drafts.places[owner.0].name, &self.names[owner.0]);
        if wished == name {
            return;
        }
        let place = &self.drafts.places[index];
        let follow = |own: &str| own.strip_prefix(wished).map(|rest| name::short(&format!("{name}{rest}")));
        let (own, full) = (follow(&place.name), follow(&place.full));
        let place = &mut self.drafts.places[index];
        place.full = full.or_else(|| own.clone()).unwrap_or_else(|| place.full.clone());
        place.name = own.unwrap_or_else(|| place.name.clone());
        let naming = &mut self.drafts.definitions[index].naming;
        if naming.reason != Reason::Given {
            naming.wish.clone_from(&place.name);
        }
    }

    fn wish(&self, index: usize) -> Wish {
        let Definition { naming, origin, .. } = &self.drafts.definitions[index];
        let (name, full) = (&naming.wish, &self.drafts.places[index].full);
        match self.drafts.components.get(&TypeId(index)) {
            Some(wire) => Wish { names: vec![name.clone(), format!("{name}Schema")], address: wire.clone() },
            None => {
                Wish { names: vec![name.clone(), full.clone(), format!("{full}Inline")], address: origin.to_string() }
            }
        }
    }
}

/// A file for each name, distinct even where upper and lower case are the same.
fn files<'a>(names: impl Iterator<Item = &'a str>) -> Vec<String> {
    let wish = |name: &str| Wish { names: vec![name::member(name)], address: name.to_owned() };
    distinct(&names.map(wish).collect::<Vec<_>>(), FILES)
}

/// Names every group, and the operations of each.
pub(super) fn groups(groups: &mut [Group]) {
    let wish = |group: &Group| {
        let tag = group.tag.as_deref().unwrap_or("untagged");
        let name = name::member(tag);
        Wish { names: vec![name.clone(), format!("{}_api", name.trim_end_matches('_'))], address: tag.to_owned() }
    };
    let taken: Vec<&str> = METHODS.iter().chain(FILES).copied().collect();
    let modules = distinct(&groups.iter().map(wish).collect::<Vec<_>>(), &taken);
    for (group, module) in groups.iter_mut().zip(&modules) {
        group.module.clone_from(module);
        let name = name::type_(module);
        group.name =
            distinct(&[Wish { names: vec![name.clone(), format!("{name}Api")], address: module.clone() }], PRELUDE)
                .remove(0);
    }
    let files = files(modules.iter().map(String::as_str));
    for (group, file) in groups.iter_mut().zip(files) {
        group.file = file;
        // Operations without a tag are methods of the client, as the groups are.
        let siblings: &[String] = if group.tag.is_none() { &modules } else { &[] };
        operations(group, siblings);
    }
    groups.sort_by(|a, b| a.module.cmp(&b.module));
}

fn operations(group: &mut Group, siblings: &[String]) {
    let by_place = |operation: &Operation| {
        let segment = |segment: &str| match segment.strip_prefix('{').and_then(|rest| rest.strip_suffix('}')) {
            Some(parameter) => format!("by_{parameter}"),
            None => segment.to_owned(),
        };
        let words: Vec<_> = operation.path.split('/').filter(|part| !part.is_empty()).map(segment).collect();
        format!("{} {}", operation.method.to_lowercase(), words.join(" "))
    };
    let wish = |operation: &Operation| {
        let (address, place) = (format!("{} {}", operation.method, operation.path), by_place(operation));
        let own = (operation.id != address).then(|| name::member(&operation.id));
        Wish { names: own.into_iter().chain([name::member(&place)]).collect(), address }
    };
    let wishes: Vec<_> = group.operations.iter().map(wish).collect();
    let taken: Vec<&str> = METHODS.iter().copied().chain(siblings.iter().map(String::as_str)).collect();
    let names = distinct(&wishes, &taken);
    // A request's type has the name of its method, and its other types beside it. The handle has the name of the tag.
    let wish = |(name, wish): (&String, &Wish)| {
        let name = name::type_(name);
        let call = format!("{name}Call");
        Wish { names: vec![name, call], address: wish.address.clone() }
    };
    let wishes: Vec<_> = names.iter().zip(&wishes).map(wish).collect();
    let beside: Vec<_> = group.operations.iter().map(Operation::beside).collect();
    let taken: Vec<&str> = PRELUDE.iter().copied().chain([group.name.as_str()]).collect();
    let type_names = distinct_with(&wishes, &beside, &taken);
    for (operation, (name, type_name)) in group.operations.iter_mut().zip(names.into_iter().zip(type_names)) {
        (operation.name, operation.type_name) = (name, type_name);
    }
    group.operations.sort_by(|a, b| a.name.cmp(&b.name));
}
