//! In: the objects of a table that no single member tells apart, with the forms of the members that several know. Out:
//! the same with no more of these forms than say which object a value is.

use super::{Form, Members, Table, reduce};

/// How many forms are looked through for one member; where there are more, its kinds of JSON are all that counts.
const MOST: usize = 6;

/// Leaves the forms that tell objects apart. The strings of an enum are among them, other than a constant: a value that
/// an enum does not name yet must still find its variant.
pub(super) fn settle(table: &mut Table, tag: Option<&str>) {
    let mut objects: Vec<&mut Members> = table.iter_mut().flatten().filter_map(members).collect();
    let mut names: Vec<String> = objects.iter().flat_map(|one| one.known.clone()).collect();
    names.sort();
    names.dedup();
    for name in names.iter().filter(|name| tag != Some(name.as_str())) {
        let mut forms: Table = objects.iter_mut().map(|one| take(one, name)).collect();
        let free =
            |(one, forms): (&&mut Members, &Vec<Form>)| forms.is_empty() && one.known.binary_search(name).is_ok();
        let any = objects.iter().zip(&forms).any(free);
        shorten(&mut forms);
        let mut described = forms.iter().filter(|forms| !forms.is_empty());
        let first = described.next();
        if !any && described.all(|other| Some(other) == first) {
            continue;
        }
        for (one, forms) in objects.iter_mut().zip(forms).filter(|(_, forms)| !forms.is_empty()) {
            one.inner.push((name.clone(), forms));
        }
    }
}

fn members(form: &mut Form) -> Option<&mut Members> {
    match form {
        Form::Object(members) => Some(members),
        _ => None,
    }
}

/// Takes the forms of a member out of an object, and the strings of its enum with them.
fn take(object: &mut Members, name: &str) -> Vec<Form> {
    let place = object.inner.iter().position(|(own, _)| own == name);
    let forms = place.map(|place| object.inner.remove(place).1).unwrap_or_default();
    // One constant says what the object is; several are values that it may have.
    object.constants.retain(|(own, values)| own != name || values.len() == 1);
    forms
}

/// Leaves of a member's forms what differs between the objects.
fn shorten(forms: &mut Table) {
    reduce(forms, None);
    if forms.iter().any(|forms| count(forms) > MOST) {
        forms.iter_mut().for_each(kinds);
    }
}

fn count(forms: &[Form]) -> usize {
    let inner = |form: &Form| match form {
        Form::List(items) => count(items),
        Form::Constant(values) => values.len().div_ceil(MOST),
        _ => 1,
    };
    forms.iter().map(inner).sum()
}

/// Leaves the kinds of JSON, of lists' items, too.
fn kinds(forms: &mut Vec<Form>) {
    for form in forms.iter_mut() {
        match form {
            Form::Constant(_) => *form = Form::Text,
            Form::Object(members) => *members = Members::default(),
            Form::List(items) => kinds(items),
            _ => {}
        }
    }
    forms.sort();
    forms.dedup();
}
