//! In: definitions that contain each other. Out: the same, with a pointer wherever a type would else contain itself:
//! `Box` between structs and in unions, a tuple struct in place of an alias.

use super::context::Drafts;
use crate::ir::{Shape, Type, TypeId};

/// Breaks every circle.
pub(super) fn boxes(drafts: &mut Drafts) {
    unions(drafts);
    let direct: Vec<Vec<TypeId>> = drafts.definitions.iter().map(|one| contained(&one.shape)).collect();
    let any: Vec<Vec<TypeId>> = drafts.definitions.iter().map(|one| mentioned(&one.shape)).collect();
    let (holds, aliases) = (components(&direct), components(&alias_edges(drafts, &any)));
    for (index, definition) in drafts.definitions.iter_mut().enumerate() {
        match &mut definition.shape {
            Shape::Struct { fields, .. } => {
                for field in fields {
                    // A lone definition is a circle only if it holds itself.
                    let circular =
                        |id: TypeId| holds[id.0] == holds[index] && (id.0 != index || direct[index].contains(&id));
                    point(&mut field.r#type, &circular);
                }
            }
            Shape::Alias(target) => {
                let circular = any[index].iter().any(|id| aliases[id.0] == aliases[index]);
                if circular && !matches!(target, Type::Named(_)) {
                    let mut target = target.clone();
                    point(&mut target, &|id| holds[id.0] == holds[index]);
                    definition.shape = Shape::Newtype(target);
                }
            }
            _ => {}
        }
    }
}

/// Breaks every circle that goes through a union at its variants, so that the structs around it need no pointer.
fn unions(drafts: &mut Drafts) {
    let direct: Vec<Vec<TypeId>> = drafts.definitions.iter().map(|one| contained(&one.shape)).collect();
    let holds = components(&direct);
    for (index, definition) in drafts.definitions.iter_mut().enumerate() {
        let Shape::Union(union) = &mut definition.shape else { continue };
        for variant in &mut union.variants {
            point(&mut variant.r#type, &|id| holds[id.0] == holds[index]);
        }
    }
}

/// Puts a pointer to each definition that is part of a circle, and is held directly.
fn point(r#type: &mut Type, circular: &dyn Fn(TypeId) -> bool) {
    match r#type {
        Type::Named(id) if circular(*id) => *r#type = Type::Boxed(*id),
        Type::Nullable(inner) | Type::Lenient(inner) => point(inner, circular),
        Type::Tuple(items) => items.iter_mut().for_each(|item| point(item, circular)),
        _ => {}
    }
}

/// The definitions that a value of this shape holds in itself, not behind a list or a map.
fn contained(shape: &Shape) -> Vec<TypeId> {
    match shape {
        Shape::Struct { fields, .. } => fields.iter().flat_map(|field| held(&field.r#type)).collect(),
        Shape::Alias(target) | Shape::Newtype(target) => held(target),
        Shape::Union(union) => union.variants.iter().flat_map(|variant| held(&variant.r#type)).collect(),
        Shape::Enum(_) | Shape::Numbers(_) => Vec::new(),
    }
}

fn held(r#type: &Type) -> Vec<TypeId> {
    match r#type {
        Type::Named(id) => vec![*id],
        Type::Nullable(inner) | Type::Lenient(inner) => held(inner),
        Type::Tuple(items) => items.iter().flat_map(held).collect(),
        _ => Vec::new(),
    }
}

/// The definitions that an alias mentions anywhere.
fn mentioned(shape: &Shape) -> Vec<TypeId> {
    if let Shape::Alias(target) = shape { target.named() } else { Vec::new() }
}

/// Only aliases can make an alias endless: a struct in between ends it.
fn alias_edges(drafts: &Drafts, mentioned: &[Vec<TypeId>]) -> Vec<Vec<TypeId>> {
    let is_alias = |id: &TypeId| matches!(drafts.definitions[id.0].shape, Shape::Alias(_));
    mentioned.iter().map(|ids| ids.iter().copied().filter(is_alias).collect()).collect()
}

/// The strongly connected component of each node (Tarjan's algorithm, with a stack of its own).
fn components(edges: &[Vec<TypeId>]) -> Vec<usize> {
    const UNSEEN: usize = usize::MAX;
    let mut order = vec![UNSEEN; edges.len()];
    let (mut low, mut component) = (order.clone(), order.clone());
    let (mut stack, mut seen, mut found) = (Vec::new(), 0, 0);
    for start in 0..edges.len() {
        let mut work = if order[start] == UNSEEN { vec![(start, 0)] } else { Vec::new() };
        while let Some((node, edge)) = work.pop() {
            if edge == 0 {
                (order[node], low[node]) = (seen, seen);
                seen += 1;
                stack.push(node);
            }
            if let Some(next) = edges[node].get(edge).map(|id| id.0) {
                work.push((node, edge + 1));
                if order[next] == UNSEEN {
                    work.push((next, 0));
                } else if component[next] == UNSEEN {
                    low[node] = low[node].min(order[next]);
                }
                continue;
            }
            if low[node] == order[node] {
                while let Some(member) = stack.pop() {
                    component[member] = found;
                    if member == node {
                        break;
                    }
                }
                found += 1;
            }
            if let Some((parent, _)) = work.last() {
                low[*parent] = low[*parent].min(low[node]);
            }
        }
    }
    component
}

#[cfg(test)]
mod tests {
    use super::{TypeId, components};

    #[test]
    fn circles_share_a_component() {
        let edges =
            |all: &[&[usize]]| all.iter().map(|ids| ids.iter().map(|id| TypeId(*id)).collect()).collect::<Vec<_>>();
        let found = components(&edges(&[&[1], &[2], &[1, 3], &[]]));
        assert_eq!(found[1], found[2]);
        assert!(found[0] != found[1] && found[3] != found[1] && found[0] != found[3]);
    }
}
