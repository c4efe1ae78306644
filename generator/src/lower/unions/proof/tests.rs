//! In: tables of forms. Out: that only what tells the variants apart is left, whatever their order.

use super::{Form, Members, Proof, Table, exclusive, settle};

fn texts(all: &[&str]) -> Vec<String> {
    all.iter().map(|text| (*text).to_owned()).collect()
}

fn object(required: &[&str], known: &[&str], constants: &[(&str, &[&str])]) -> Form {
    let constants = constants.iter().map(|(key, values)| ((*key).to_owned(), texts(values))).collect();
    Form::Object(Members { required: texts(required), constants, known: texts(known), inner: Vec::new() })
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

/// An object that must have a member of these forms.
fn holding(key: &str, forms: &[Form]) -> Form {
    let inner = vec![(key.to_owned(), forms.to_vec())];
    Form::Object(Members { required: texts(&[key]), known: texts(&[key]), inner, ..Members::default() })
}

#[test]
fn members_are_told_apart_by_their_forms() {
    let text = holding("content", &[Form::Text]);
    let list = holding("content", &[Form::List(vec![Form::Text])]);
    let any = object(&["content"], &["content"], &[]);
    let (table, proof) = settled(vec![vec![text.clone()], vec![list.clone()]], None);
    assert_eq!(proof.ambiguous, []);
    assert_eq!(table, [[text.clone()], [holding("content", &[Form::List(Vec::new())])]], "no more than needed");
    // Beside an object where anything may stand, the kind is still needed.
    let (table, proof) = settled(vec![vec![text.clone()], vec![any]], None);
    assert_eq!((table[0].as_slice(), proof.ambiguous), ([text.clone()].as_slice(), vec![(1, 0)]));
    // What both hold tells nothing.
    let (table, proof) = settled(vec![vec![text.clone()], vec![text]], None);
    assert_eq!((table[0].clone(), proof.ambiguous), (vec![object(&["content"], &["content"], &[])], vec![(1, 0)]));
}

#[test]
fn an_enum_excludes_nothing() {
    let own = |values: &[&str]| {
        let Form::Object(members) = object(&[], &["mode"], &[("mode", values)]) else { panic!("no object") };
        let inner = vec![("mode".to_owned(), vec![Form::Constant(texts(values))])];
        Form::Object(Members { inner, ..members })
    };
    let (table, _) = settled(vec![vec![own(&["a", "b"])], vec![own(&["c", "d"])]], None);
    let Form::Object(found) = &table[0][0] else { panic!("no object") };
    assert_eq!((found.constants.as_slice(), found.inner("mode").map(<[Form]>::len)), ([].as_slice(), Some(1)));
    let (table, _) = settled(vec![vec![own(&["a"])], vec![own(&["c"])]], None);
    let Form::Object(found) = &table[0][0] else { panic!("no object") };
    assert_eq!(found.constant("mode"), Some(texts(&["a"]).as_slice()), "a constant does");
}

#[test]
fn many_forms_come_down_to_their_kinds() {
    let one = |index: usize| object(&[], &[&format!("m{index}")], &[]);
    let many: Vec<Form> = (0..9).map(one).collect();
    let (table, _) = settled(vec![vec![holding("key", &many)], vec![holding("key", &[one(10)])]], None);
    assert_eq!(table[0], table[1]);
}
