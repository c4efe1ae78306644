//! In: a description whose names are hard to have. Out: proof that `oasmith print --stage names` says of each where it
//! comes from and why it is what it is.
#![allow(clippy::unwrap_used)]

use oasmith::{Diagnostics, Input, Options, Source, Stage};

const DOCUMENT: &str = r##"openapi: 3.1.0
info: {title: Names, version: "1"}
servers: [{url: "https://api.example.com"}]
paths:
  /things/{id}:
    get:
      tags: [All Things]
      operationId: getThing
      parameters:
        - {name: id, in: path, required: true, schema: {type: string}}
        - {name: id, in: query, schema: {type: string}}
        - {name: pageSize, in: query, schema: {type: integer}}
      responses: {"204": {description: ok}}
    delete:
      tags: [All Things]
      responses: {"204": {description: ok}}
components:
  schemas:
    Option: {type: string}
    Order:
      type: object
      properties:
        id: {type: string}
        fooBar: {type: string}
        foo_bar: {type: string}
        lines: {type: array, items: {title: Line, type: object, properties: {a: {type: string}}}}
        extras: {type: object, additionalProperties: {title: OrderExtrasNote, type: object, properties: {a: {type: string}}}}
        same: {type: array, items: {title: OrderSame, type: object, properties: {a: {type: string}}}}
        sort: {type: string, enum: [asc, ASC, unknown]}
        level: {type: integer, enum: [1, 2], x-enum-varnames: [Low, High]}
        pay:
          oneOf:
            - {title: Card, type: object, required: [number], properties: {number: {type: string}}}
            - {type: object, required: [iban], properties: {iban: {type: string}}}
        note: {title: Note, type: object, properties: {a: {type: string}}}
        ship: {x-rust-name: Shipping, type: object, properties: {a: {type: string}}}
    OrderLine: {type: string, enum: [x]}
"##;

const TABLE: &str = r##"#/components/schemas/Option  ->  OptionSchema  (collision with `Option`, which generated code uses itself)
#/components/schemas/Order  ->  Order  (its own name)
#/components/schemas/Order/properties/extras/additionalProperties  ->  OrderExtrasNote  (title)
#/components/schemas/Order/properties/fooBar  ->  Order.foo_bar_5a90  (collision with #/components/schemas/Order/properties/foo_bar)
#/components/schemas/Order/properties/level  ->  OrderLevel  (place)
#/components/schemas/Order/properties/level/enum 1  ->  OrderLevel::Low  (given beside its value)
#/components/schemas/Order/properties/level/enum 2  ->  OrderLevel::High  (given beside its value)
#/components/schemas/Order/properties/lines/items  ->  OrderLinesLine  (collision with #/components/schemas/OrderLine)
#/components/schemas/Order/properties/note  ->  OrderNote  (place)
#/components/schemas/Order/properties/pay  ->  OrderPay  (place)
#/components/schemas/Order/properties/pay/oneOf/0  ->  OrderPay::Card  (title)
#/components/schemas/Order/properties/pay/oneOf/0  ->  OrderPayCard  (title)
#/components/schemas/Order/properties/pay/oneOf/1  ->  OrderPay::Iban  (what tells it apart)
#/components/schemas/Order/properties/pay/oneOf/1  ->  OrderPayIban  (place)
#/components/schemas/Order/properties/same/items  ->  OrderSameItem  (place)
#/components/schemas/Order/properties/ship  ->  Shipping  (x-rust-name)
#/components/schemas/Order/properties/sort  ->  OrderSort  (place)
#/components/schemas/Order/properties/sort/enum "ASC"  ->  OrderSort::AscUpper  (collision with #/components/schemas/Order/properties/sort/enum "asc")
#/components/schemas/Order/properties/sort/enum "asc"  ->  OrderSort::AscLower  (collision with #/components/schemas/Order/properties/sort/enum "ASC")
#/components/schemas/Order/properties/sort/enum "unknown"  ->  OrderSort::UnknownValue  (collision with `Unknown`, which generated code uses itself)
#/components/schemas/OrderLine  ->  OrderLine  (its own name)
#/components/schemas/OrderLine/enum "x"  ->  OrderLine::X  (its value)
#/paths/~1things~1{id}/delete  ->  all_things().delete_things_by_id()  (method and path)
#/paths/~1things~1{id}/delete "id"  ->  all_things().delete_things_by_id().id(..)  (its own name)
#/paths/~1things~1{id}/get  ->  all_things().get_thing()  (operationId)
#/paths/~1things~1{id}/get/parameters/0 "id"  ->  all_things().get_thing().id_path(..)  (collision with #/paths/~1things~1{id}/get/parameters/1 "id")
#/paths/~1things~1{id}/get/parameters/1 "id"  ->  all_things().get_thing().id_query(..)  (collision with #/paths/~1things~1{id}/get/parameters/0 "id")
#/paths/~1things~1{id}/get/parameters/2 "pageSize"  ->  all_things().get_thing().page_size(..)  (its own name)
tag "All Things"  ->  all_things()  (tag)
"##;

#[test]
fn every_name_is_explained() {
    let source = Source { name: "names.yaml".to_owned(), text: DOCUMENT.to_owned() };
    let input = Input { documents: vec![source], ..Input::default() };
    let options = Options { package: "names".to_owned(), ..Options::default() };
    let table = oasmith::print(&input, &options, Stage::Names, &mut Diagnostics::default()).unwrap();
    assert_eq!(table.lines().collect::<Vec<_>>(), TABLE.lines().collect::<Vec<_>>(), "{table}");
}

#[test]
fn a_description_renames_nothing() {
    let api = |words: &str| {
        let labels =
            "labels: {type: array, items: {type: string}}".replace("{type: array", &format!("{{{words}type: array"));
        let text = format!(
            "openapi: 3.1.0\ninfo: {{title: T, version: '1'}}\nservers: [{{url: 'https://a.example'}}]\npaths: {{}}\n\
             components:\n  schemas:\n    Either:\n      oneOf:\n        - {{type: object, properties: {{{labels}}}}}\n\
             \x20       - {{type: object, properties: {{labels: {{type: array, items: {{type: integer}}}}}}}}\n"
        );
        let source = Source { name: "spec.yaml".to_owned(), text };
        let input = Input { documents: vec![source], ..Input::default() };
        let options = Options { package: "names".to_owned(), ..Options::default() };
        let made = oasmith::generate(&input, &options, &mut Diagnostics::default()).unwrap();
        made.files.into_iter().find(|file| file.path == "api.txt").unwrap().text
    };
    let plain = api("");
    assert!(plain.contains("types::Either"), "{plain}");
    assert_eq!(api("description: one, "), plain);
    assert_eq!(api("title: Some labels, description: other words, "), plain);
}
