//! In: tables of forms. Out: that only what tells the variants apart is left, whatever their order.

use super::{Form, Members, Proof, Table, exclusive, settle};

fn texts(all: &[&str]) -> Vec<String> {
    all.iter().map(|text| (*text).to_owned()).collect()
}

fn object(required: &[&str], known: &[&str], constants: &[(&str, &[&str])]) -> Form {
    let constants = constants.iter().map(|(key, values)| ((*key).to_owned(), texts(values))).collect();
    Form::Object(Members { required: texts(required), constants, known: texts(known) })
}

fn settled(mut table: Table, tag: Option<&str>) -> (Table, Proof) {
    let proof = settle(&mut table, tag);
    (table, proof)
}

#[test]
fn a_lone_kind_needs_no_detail() {
    let constant = Form::Constant(texts(&["a"]));
    let table = vec![vec![constant], vec![Form::List(vec![Form::Text])], vec![object(&["a"], &["a", "b"], &[])]];
    let (table, proof) = settled(table, None);
    assert_eq!(table, [vec![Form::Text], vec![Form::List(Vec::new())], vec![object(&[], &[], &[])]]);
    assert_eq!(proof, Proof { key: None, ambiguous: Vec::new() });
}

#[test]
fn whole_numbers_are_parted_from_others() {
    let number = vec![Form::Integer, Form::Number];
    let (table, proof) = settled(vec![vec![Form::Integer], number.clone()], None);
    assert_eq!(table, [[Form::Integer], [Form::Number]]);
    assert!(proof.ambiguous.is_empty());
    assert_eq!(settled(vec![number.clone(), vec![Form::Text]], None).0[0], number);
}

#[test]
fn a_constant_member_is_the_key() {
    let cat = object(&["id", "type"], &["id", "meow", "type"], &[("type", &["cat"])]);
    let dog = object(&["type"], &["bark", "type"], &[("size", &["s"]), ("type", &["dog", "hound"])]);
    for table in [vec![vec![cat.clone()], vec![dog.clone()]], vec![vec![dog.clone()], vec![cat.clone()]]] {
        let (table, proof) = settled(table, None);
        assert_eq!(proof, Proof { key: Some("type".to_owned()), ambiguous: Vec::new() });
        assert!(table.contains(&vec![object(&["type"], &[], &[("type", &["cat"])])]), "{table:?}");
    }
    assert!(exclusive(&[cat], &[dog]));
}

#[test]
fn the_discriminator_is_the_first_choice() {
    let one = object(&["a", "b"], &["a", "b"], &[("a", &["1"]), ("b", &["1"])]);
    let two = object(&["a", "b"], &["a", "b"], &[("a", &["2"]), ("b", &["2"])]);
    let key = |tag| settled(vec![vec![one.clone()], vec![two.clone()]], tag).1.key;
    assert_eq!((key(None).as_deref(), key(Some("b")).as_deref()), (Some("a"), Some("b")));
    assert_eq!(key(Some("c")).as_deref(), Some("a"));
}

#[test]
fn required_members_tell_apart() {
    let cat = object(&["meow"], &["meow"], &[]);
    let dog = object(&["bark"], &["bark"], &[]);
    let any = object(&[], &["name"], &[]);
    let (table, proof) = settled(vec![vec![any.clone()], vec![cat.clone()], vec![dog.clone()]], None);
    assert_eq!(table[1], std::slice::from_ref(&cat));
    assert_eq!(proof, Proof { key: None, ambiguous: Vec::new() });
    assert!(!exclusive(&[cat], &[dog]));
    let (_, proof) = settled(vec![vec![any.clone()], vec![Form::Text], vec![any]], None);
    assert_eq!(proof.ambiguous, [(2, 0)]);
}

#[test]
fn constants_that_tell_nothing_apart_are_dropped() {
    let plain = object(&["x"], &["x"], &[]);
    let mode = object(&[], &["corner", "mode"], &[("corner", &["tl"]), ("mode", &["a"])]);
    let other = object(&[], &["corner", "mode", "y"], &[("corner", &["tl"]), ("mode", &["b"])]);
    let (table, _) = settled(vec![vec![plain.clone()], vec![mode.clone()]], None);
    assert_eq!(table, [vec![plain], vec![object(&[], &["corner", "mode"], &[])]]);
    let (table, _) = settled(vec![vec![mode], vec![other]], None);
    assert_eq!(table[0], [object(&[], &["corner", "mode"], &[("mode", &["a"])])]);
}

#[test]
fn lists_are_told_apart_by_items() {
    let list = |item: &Form| vec![Form::List(vec![item.clone()])];
    let nested = list(&Form::Integer).remove(0);
    let table = vec![list(&Form::Integer), list(&nested), list(&object(&["a"], &["a"], &[])), vec![Form::Text]];
    let (table, proof) = settled(table, None);
    assert!(proof.ambiguous.is_empty());
    assert_eq!(table[1], list(&Form::List(Vec::new())));
    assert_eq!(table[2], list(&object(&[], &[], &[])));
    assert_eq!(settled(vec![list(&Form::Text), vec![Form::List(Vec::new())]], None).1.ambiguous, [(1, 0)]);
}

#[test]
fn known_strings_go_before_any_string() {
    let known = vec![Form::Constant(texts(&["auto"]))];
    let (table, proof) = settled(vec![known.clone(), vec![Form::Text]], None);
    assert_eq!(table, [known.clone(), vec![Form::Text]]);
    assert!(proof.ambiguous.is_empty());
    let same = settled(vec![known.clone(), known], None).1;
    assert_eq!(same.ambiguous, [(1, 0)]);
}
