//! In: an operation that answers a list page by page. Out: the declaration of that beside its request, and the code that
//! goes from page to page: files of the runtime that only an API with such operations needs.

use super::declare::{Declaration, literal};
use super::inputs::{inputs, type_name};
use super::rust_type::{self, Scope, text};
use super::{answers, marks};
use crate::File;
use crate::ir::{Api, Operation, Pages, Slot, Step, Turn};

/// The files of `generator/runtime/pages`.
const SOURCES: [(&str, &str); 6] = [
    ("items.rs", include_str!("../../runtime/pages/items.rs")),
    ("link.rs", include_str!("../../runtime/pages/link.rs")),
    ("mod.rs", include_str!("../../runtime/pages/mod.rs")),
    ("token.rs", include_str!("../../runtime/pages/token.rs")),
    ("turn.rs", include_str!("../../runtime/pages/turn.rs")),
    ("walk.rs", include_str!("../../runtime/pages/walk.rs")),
];

/// Whether any operation answers page by page.
pub(super) fn are_used(api: &Api) -> bool {
    api.groups.iter().flat_map(|group| &group.operations).any(|operation| operation.pages.is_some())
}

/// The files of `pages/`; none where no operation answers page by page.
pub(super) fn files(api: &Api) -> Vec<File> {
    let copy =
        |(name, text): &(&str, &str)| File { path: format!("src/generated/pages/{name}"), text: (*text).to_owned() };
    if are_used(api) { SOURCES.iter().map(copy).collect() } else { Vec::new() }
}

/// The declaration of an operation's pages, if it has some.
pub(super) fn item(api: &Api, operation: &Operation) -> Option<String> {
    let pages = operation.pages.as_ref()?;
    let inputs = inputs(operation);
    let required: Vec<_> = inputs.iter().filter(|input| input.required).map(|input| input.name).collect();
    let types = answers::names(operation);
    let marks = marks::marks(&required, &types.iter().map(String::as_str).collect::<Vec<_>>());
    let (page, item) = (text(&answers::output(api, operation)), self::of(api, pages));
    let mut declaration = Declaration::new("pages::pages");
    let (name, inputs) = (&operation.type_name, type_name(operation));
    declaration.line(&format!("{name}[{}], {inputs}: {page} => {item};", marks.join(" ")));
    declaration.line(&format!("{} {};", pages.pages, pages.items));
    let (turn, more) = (turn(&pages.turn), option(pages.more.as_deref()));
    declaration.line(&format!("{turn}, more {more}, items {};", literal(&pages.at)));
    declaration.line(&match &pages.slot {
        None => "|_| None;".to_owned(),
        Some(Slot::Parameter(name)) => format!("|inputs| Some(&mut inputs.{name});"),
        Some(Slot::Member(body, steps, field)) => {
            let steps: String =
                steps.iter().map(|step| if *step == Step::Some { ".as_mut()?" } else { ".0" }).collect();
            format!("|inputs| Some(&mut inputs.{body}.as_mut()?{steps}.{field});")
        }
    });
    declaration.line(&list(operation, &pages.steps));
    Some(declaration.end())
}

/// The way from an answer to its list.
fn list(operation: &Operation, steps: &[Step]) -> String {
    let step = |step: &Step| match step {
        Step::Variant(_) => String::new(),
        Step::Field(name) => format!(".{name}"),
        Step::Inner => ".0".to_owned(),
        Step::Some => "?".to_owned(),
    };
    let inside: String = steps.iter().map(step).collect();
    match steps.first() {
        Some(Step::Variant(variant)) => {
            let name = answers::success_name(operation);
            format!("|page| match page {{ {name}::{variant}(page) => Some(page{inside}), _ => None }};")
        }
        _ => format!("|page| Some(page{inside});"),
    }
}

/// The type of an item.
pub(super) fn of(api: &Api, pages: &Pages) -> String {
    text(&rust_type::tokens(api, &pages.item, Scope::Crate))
}

fn turn(turn: &Turn) -> String {
    let kind = match turn {
        Turn::Cursor(at) => format!("Cursor({})", literal(at)),
        Turn::Header(name) => format!("Header({})", literal(name)),
        Turn::Page(start, total) => format!("Page({start}, {})", option(total.as_deref())),
        Turn::Offset(start, total) => format!("Offset({start}, {})", option(total.as_deref())),
        Turn::Link => "Link".to_owned(),
        Turn::Url(at) => format!("Url({})", literal(at)),
    };
    format!("pages::Kind::{kind}")
}

fn option(text: Option<&str>) -> String {
    text.map_or("None".to_owned(), |text| format!("Some({})", literal(text)))
}
