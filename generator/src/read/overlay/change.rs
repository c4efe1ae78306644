//! In: a tree, addresses in it, and what to do there. Out: the changed tree, with its origins kept right. Merging
//! follows Overlay 1.1, whose text says in full what that of 1.0 leaves open.

use crate::diagnostic::{Diagnostics, Place};
use crate::pointer::Pointer;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// Merges a value, written at `written`, into each target; says why it cannot.
pub(super) fn update(
    tree: &mut Value,
    targets: &[Pointer],
    value: &Value,
    written: &Place,
    sink: &mut Diagnostics,
) -> Result<(), String> {
    let kinds: BTreeSet<_> = targets.iter().filter_map(|at| tree.pointer(&at.to_string())).map(kind).collect();
    if kinds.len() > 1 {
        let kinds: Vec<_> = kinds.into_iter().collect();
        return Err(format!("it selects {}", kinds.join(" as well as ")));
    }
    for at in targets {
        let Some(target) = tree.pointer_mut(&at.to_string()) else { continue };
        match (target, value) {
            (Value::Array(list), Value::Array(more)) => append(list, more, at, written, sink),
            (Value::Array(list), one) => {
                sink.origins.set(at.index(list.len()), written.clone());
                list.push(one.clone());
            }
            (target, value) => merge(target, value, at, written, sink)?,
        }
    }
    Ok(())
}

/// What a value is to a merge.
fn kind(value: &Value) -> &'static str {
    match value {
        Value::Object(_) => "an object",
        Value::Array(_) => "an array",
        _ => "a primitive value",
    }
}

fn merge(
    target: &mut Value,
    value: &Value,
    at: &Pointer,
    written: &Place,
    sink: &mut Diagnostics,
) -> Result<(), String> {
    match (target, value) {
        (Value::Object(old), Value::Object(new)) => {
            for (key, value) in new {
                let (at, written) = (at.join(key), inner(written, key.clone()));
                match old.get_mut(key) {
                    Some(target) => merge(target, value, &at, &written, sink)?,
                    None => {
                        old.insert(key.clone(), value.clone());
                        sink.origins.set(at, written);
                    }
                }
            }
        }
        (Value::Array(old), Value::Array(new)) => append(old, new, at, written, sink),
        (old, new) if kind(old) == kind(new) => {
            *old = new.clone();
            sink.origins.set(at.clone(), written.clone());
        }
        (old, new) => return Err(format!("{} at `{at}` cannot become {}", kind(old), kind(new))),
    }
    Ok(())
}

fn append(old: &mut Vec<Value>, new: &[Value], at: &Pointer, written: &Place, sink: &mut Diagnostics) {
    for (index, value) in new.iter().enumerate() {
        sink.origins.set(at.index(old.len()), inner(written, index.to_string()));
        old.push(value.clone());
    }
}

fn inner(place: &Place, token: String) -> Place {
    Place { source: place.source, pointer: place.pointer.join(token) }
}

/// Takes the targets out of the objects and arrays that hold them.
pub(super) fn remove(tree: &mut Value, targets: &[Pointer], sink: &mut Diagnostics) -> Result<(), String> {
    let mut holders: BTreeMap<Pointer, BTreeSet<&str>> = BTreeMap::new();
    for target in targets {
        let (Some(holder), Some(token)) = (target.parent(), target.last()) else {
            return Err("the whole document cannot be removed".to_owned());
        };
        holders.entry(holder).or_default().insert(token);
    }
    // Inner holders come last in their order, and first here: the addresses of outer ones stay right.
    for (at, tokens) in holders.iter().rev() {
        match tree.pointer_mut(&at.to_string()) {
            Some(Value::Object(members)) => members.retain(|key, _| !tokens.contains(key.as_str())),
            Some(Value::Array(list)) => {
                let indices = tokens.iter().filter_map(|token| token.parse().ok()).collect();
                remove_elements(list, &indices, at, sink);
            }
            _ => {}
        }
    }
    Ok(())
}

/// Takes elements out of an array; those behind them move up, and their origins with them.
fn remove_elements(list: &mut Vec<Value>, indices: &BTreeSet<usize>, at: &Pointer, sink: &mut Diagnostics) {
    let kept: Vec<_> = (0..list.len()).filter(|index| !indices.contains(index)).collect();
    let moved = kept.iter().enumerate().filter(|(to, from)| to != *from);
    let moves: Vec<_> = moved.map(|(to, from)| (at.index(*from), at.index(to))).collect();
    sink.origins.relocate(&moves);
    let mut index = 0;
    list.retain(|_| {
        index += 1;
        !indices.contains(&(index - 1))
    });
}
