//! In: types and groups with the names that they wish for. Out: the same with final names, distinct in their scopes; and
//! in `table` all names with their reasons, for people.

pub(super) mod table;

use super::context::Drafts;
use crate::ir::{Definition, Group, Operation, Shape, TypeId};
use crate::name::{self, Wish, distinct, distinct_with};

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

/// File names that mean something else: Rust's `mod.rs`, and the devices of Windows.
const FILES: &[&str] = &[
    "mod", "aux", "com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8", "com9", "con", "lpt1", "lpt2",
    "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9", "nul", "prn",
];

/// Names every definition and its file. Components come first: an inline type never takes a component's name.
pub(super) fn types(drafts: &mut Drafts) {
    let Drafts { definitions, roots, components } = drafts;
    let (named, inline): (Vec<usize>, Vec<usize>) =
        (0..definitions.len()).partition(|index| components.contains_key(&TypeId(*index)));
    let mut taken: Vec<String> = PRELUDE.iter().chain(PARAMETERS).map(|name| (*name).to_owned()).collect();
    let wish = |index: &usize| {
        let Definition { naming, origin, .. } = &definitions[*index];
        let name = &naming.wish;
        match components.get(&TypeId(*index)) {
            Some(wire) => Wish { names: vec![name.clone(), format!("{name}Schema")], address: wire.clone() },
            None => Wish { names: vec![name.clone(), format!("{name}Inline")], address: origin.to_string() },
        }
    };
    let endings = |index: &usize| match definitions[*index].shape {
        Shape::Struct { .. } => vec![BUILDER],
        _ => Vec::new(),
    };
    let mut names = vec![String::new(); definitions.len()];
    for indexes in [named, inline] {
        let wishes: Vec<_> = indexes.iter().map(wish).collect();
        let taken_now: Vec<&str> = taken.iter().map(String::as_str).collect();
        let endings: Vec<_> = indexes.iter().map(endings).collect();
        let found = distinct_with(&wishes, &endings, &taken_now);
        let beside =
            found.iter().zip(&endings).flat_map(|(name, all)| all.iter().map(move |end| format!("{name}{end}")));
        taken.extend(beside.chain(found.iter().cloned()).collect::<Vec<_>>());
        indexes.into_iter().zip(found).for_each(|(index, name)| names[index] = name);
    }
    let files = files(names.iter().map(String::as_str));
    for (definition, name) in definitions.iter_mut().zip(&names) {
        definition.name.clone_from(name);
    }
    for (definition, root) in definitions.iter_mut().zip(roots) {
        definition.file.clone_from(&files[root.0]);
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
