//! In: the forms that each variant of a union may take, in full. Out: the same with no more detail than tells them
//! apart, the member that does so if there is one, and the pairs that cannot be told apart. Knows no schema.

use crate::ir::{Form, Members};
use std::collections::{BTreeMap, BTreeSet};

mod inside;

/// The forms of each variant.
pub(super) type Table = Vec<Vec<Form>>;

/// What was found out about a table.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Proof {
    /// The member that tells all objects apart.
    pub(super) key: Option<String>,
    /// For each variant that is like an earlier one: its index and that of the earlier one.
    pub(super) ambiguous: Vec<(usize, usize)>,
}

/// Finds out how the variants are told apart, and leaves only that in the table. `tag` is the discriminator.
pub(super) fn settle(table: &mut Table, tag: Option<&str>) -> Proof {
    part_numbers(table);
    let ambiguous = ambiguous(table);
    Proof { key: reduce(table, tag), ambiguous }
}

/// The members that several variants know, unless a key tells all objects apart: their forms may tell more.
pub(super) fn shared(table: &Table, tag: Option<&str>) -> BTreeSet<String> {
    if key(table, tag).is_some() {
        return BTreeSet::new();
    }
    let known = |forms: &Vec<Form>| -> BTreeSet<String> {
        objects(forms).flat_map(|members| members.known.iter().cloned()).collect()
    };
    let (mut once, mut several) = (BTreeSet::new(), BTreeSet::new());
    for name in table.iter().flat_map(known) {
        if !once.insert(name.clone()) {
            several.insert(name);
        }
    }
    several
}

/// Whether no value can be both. Other than in [`told_apart`], an object may have the members of several.
pub(super) fn exclusive(one: &[Form], other: &[Form]) -> bool {
    all_pairs(one, other, &|a, b| match (a, b) {
        (Form::Object(a), Form::Object(b)) => differ_by_constant(a, b),
        _ => told_apart(a, b),
    })
}

fn all_pairs(one: &[Form], other: &[Form], holds: &dyn Fn(&Form, &Form) -> bool) -> bool {
    one.iter().all(|a| other.iter().all(|b| holds(a, b)))
}

/// Where a variant takes whole numbers only, they are not for one that takes all numbers.
fn part_numbers(table: &mut Table) {
    let whole = |forms: &Vec<Form>| forms.contains(&Form::Integer) && !forms.contains(&Form::Number);
    if table.iter().any(whole) {
        for forms in table.iter_mut().filter(|forms| forms.contains(&Form::Number)) {
            forms.retain(|form| *form != Form::Integer);
        }
    }
    with_items(table, &mut |items| part_numbers(items));
}

/// Does something to the table of the forms of all lists' items.
fn with_items(table: &mut Table, change: &mut dyn FnMut(&mut Table)) {
    let mut places = Vec::new();
    let mut items = Vec::new();
    for (row, forms) in table.iter_mut().enumerate() {
        for (column, form) in forms.iter_mut().enumerate() {
            if let Form::List(inner) = form
                && !inner.is_empty()
            {
                places.push((row, column));
                items.push(std::mem::take(inner));
            }
        }
    }
    if items.is_empty() {
        return;
    }
    change(&mut items);
    for ((row, column), inner) in places.into_iter().zip(items) {
        table[row][column] = Form::List(inner);
    }
}

fn ambiguous(table: &Table) -> Vec<(usize, usize)> {
    let rival = |index: usize| (0..index).find(|other| !all_pairs(&table[index], &table[*other], &told_apart));
    (0..table.len()).filter_map(|index| Some((index, rival(index)?))).collect()
}

/// Whether a value that takes one of the forms shows that it does not take the other, or rather takes the first.
fn told_apart(one: &Form, other: &Form) -> bool {
    match (one, other) {
        // An empty list is like any other, and holds nothing that could be lost.
        (Form::List(a), Form::List(b)) => !a.is_empty() && !b.is_empty() && all_pairs(a, b, &told_apart),
        (Form::Constant(a), Form::Constant(b)) => disjoint(a, b),
        (Form::Object(a), Form::Object(b)) => {
            let own = |a: &Members, b: &Members| a.required.iter().any(|key| b.known.binary_search(key).is_err());
            let inside = |a: &Members, b: &Members| a.required.iter().any(|key| differ_inside(a, b, key));
            differ_by_constant(a, b) || own(a, b) || own(b, a) || inside(a, b) || inside(b, a)
        }
        // A known string goes before any string.
        _ => std::mem::discriminant(one) != std::mem::discriminant(other),
    }
}

fn differ_by_constant(one: &Members, other: &Members) -> bool {
    one.constants.iter().any(|(key, values)| other.constant(key).is_some_and(|others| disjoint(values, others)))
}

/// Whether the forms of a member show which of the two an object is.
fn differ_inside(one: &Members, other: &Members, key: &str) -> bool {
    let (Some(a), Some(b)) = (one.inner(key), other.inner(key)) else { return false };
    all_pairs(a, b, &told_apart)
}

fn disjoint(one: &[String], other: &[String]) -> bool {
    !one.iter().any(|value| other.contains(value))
}

/// Leaves of each kind of JSON only what tells the variants of that kind apart.
fn reduce(table: &mut Table, tag: Option<&str>) -> Option<String> {
    let several = |table: &Table, is: fn(&Form) -> bool| table.iter().filter(|forms| forms.iter().any(is)).count() > 1;
    if !several(table, is_text) {
        replace(table, is_text, &Form::Text);
    }
    if several(table, is_list) {
        with_items(table, &mut |items| {
            reduce(items, tag);
        });
    } else {
        replace(table, is_list, &Form::List(Vec::new()));
    }
    let key = if several(table, is_object) {
        key(table, tag)
    } else {
        replace(table, is_object, &Form::Object(Members::default()));
        None
    };
    match &key {
        Some(key) => table.iter_mut().for_each(|forms| keep_key(forms, key)),
        None => {
            inside::settle(table, tag);
            drop_idle_constants(table);
        }
    }
    for forms in table.iter_mut() {
        forms.sort();
        forms.dedup();
    }
    key
}

fn is_text(form: &Form) -> bool {
    matches!(form, Form::Text | Form::Constant(_))
}

fn is_list(form: &Form) -> bool {
    matches!(form, Form::List(_))
}

fn is_object(form: &Form) -> bool {
    matches!(form, Form::Object(_))
}

fn replace(table: &mut Table, is: fn(&Form) -> bool, by: &Form) {
    table.iter_mut().flatten().filter(|form| is(form)).for_each(|form| form.clone_from(by));
}

fn objects(forms: &[Form]) -> impl Iterator<Item = &Members> {
    forms.iter().filter_map(|form| match form {
        Form::Object(members) => Some(members),
        _ => None,
    })
}

/// The member that every object must have and whose strings belong to one variant each. The discriminator is the
/// first choice, then the first by name.
fn key(table: &Table, tag: Option<&str>) -> Option<String> {
    let first = table.iter().flat_map(|forms| objects(forms)).next()?;
    let names = tag.into_iter().chain(first.constants.iter().map(|(key, _)| key.as_str()));
    names.into_iter().find(|key| tells_apart(table, key)).map(str::to_owned)
}

fn tells_apart(table: &Table, key: &str) -> bool {
    let mut owners: BTreeMap<&str, usize> = BTreeMap::new();
    table.iter().enumerate().all(|(index, forms)| {
        objects(forms).all(|members| {
            let required = members.required.iter().any(|name| name == key);
            let values = members.constant(key).unwrap_or_default();
            let mut own = values.iter().map(|value| *owners.entry(value).or_insert(index) == index);
            required && !values.is_empty() && own.all(|own| own)
        })
    })
}

/// One object that is known by this member alone, in place of all.
fn keep_key(forms: &mut Vec<Form>, key: &str) {
    let values: BTreeSet<String> =
        objects(forms).flat_map(|members| members.constant(key).unwrap_or_default().to_vec()).collect();
    forms.retain(|form| !is_object(form));
    if !values.is_empty() {
        let constants = vec![(key.to_owned(), values.into_iter().collect())];
        forms.push(Form::Object(Members { required: vec![key.to_owned()], constants, ..Members::default() }));
    }
}

/// Without a key, drops the constants of a member that no object of another variant knows or fixes otherwise: they tell
/// nothing apart, and a value that the description does not list would show an object as one that it is not.
fn drop_idle_constants(table: &mut Table) {
    let rows: Vec<Vec<Members>> = table.iter().map(|forms| objects(forms).cloned().collect()).collect();
    for (index, forms) in table.iter_mut().enumerate() {
        let others = || rows.iter().enumerate().filter(|(row, _)| *row != index).flat_map(|(_, members)| members);
        for form in forms {
            let Form::Object(members) = form else { continue };
            members.constants.retain(|(key, values)| {
                others().any(|other| other.known.contains(key) && other.constant(key) != Some(values))
            });
        }
    }
}

#[cfg(test)]
mod tests;
