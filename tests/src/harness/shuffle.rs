//! In: a tree. Out: the same tree with the members of every object in another order.

use serde_json::{Map, Value};

/// Shuffles the members of every object; the same seed gives the same order. Lists keep theirs, which has a meaning.
pub fn shuffle(tree: &Value, seed: &mut u64) -> Value {
    match tree {
        Value::Object(members) => {
            let mut members: Vec<_> =
                members.iter().map(|(name, value)| (name.clone(), shuffle(value, seed))).collect();
            // Fisher-Yates.
            for end in (1..members.len()).rev() {
                let other = next(seed) % (end as u64 + 1);
                members.swap(end, usize::try_from(other).expect("it is below `end`"));
            }
            Value::Object(Map::from_iter(members))
        }
        Value::Array(items) => Value::Array(items.iter().map(|item| shuffle(item, seed)).collect()),
        _ => tree.clone(),
    }
}

/// Marsaglia's xorshift64.
fn next(seed: &mut u64) -> u64 {
    *seed ^= *seed << 13;
    *seed ^= *seed >> 7;
    *seed ^= *seed << 17;
    *seed
}
