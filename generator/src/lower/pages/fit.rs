//! In: an operation, and what is declared of its pages. Out: its `Pages`, or why they do not fit its types.

use super::super::context::{Drafts, LONGEST_CHAIN};
use crate::ir::{
    BodyShape, Decoded, Definition, Field, Format, Operation, Outcome, Pages, Parameter, Shape, Slot, Step, Success,
    Turn, Type,
};
use crate::name::{self, Wish};
use crate::pointer::Pointer;
use crate::source::{PageKind, Pagination};

/// What a value can be put into, as far as tokens go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Class {
    Text,
    Number,
    Any,
    Other,
}

/// Fits a declaration to an operation.
///
/// # Errors
/// Why it does not fit, in the terms of the declaration's author.
pub(super) fn fit(
    drafts: &Drafts,
    operation: &Operation,
    declared: &Pagination,
    at: &Pointer,
) -> Result<Pages, String> {
    let answer = match &operation.success {
        Success::Alone(Decoded::Json(r#type)) => (Vec::new(), r#type),
        Success::Alone(Decoded::OptionalJson(r#type)) => (vec![Step::Some], r#type),
        Success::Several(outcomes) => match json(outcomes).as_slice() {
            [(name, r#type)] => (vec![Step::Variant((*name).to_owned())], *r#type),
            _ => return Err("its answer is not one JSON value".to_owned()),
        },
        _ => return Err("its answer is not one JSON value".to_owned()),
    };
    let (steps, list) = walk(drafts, answer.clone(), &declared.items)?;
    let Type::Array(item) = list else {
        return Err(format!("what is at `{}` of its answer is no list", declared.items));
    };
    let class_at = |pointer: &String| walk(drafts, answer.clone(), pointer).map(|(_, found)| class(drafts, &found));
    if let Some(more) = &declared.more {
        walk(drafts, answer.clone(), more)?;
    }
    let turn = turn(declared, &class_at)?;
    let token = match &turn {
        Turn::Cursor(next) => class_at(next)?,
        Turn::Header(_) => Class::Text,
        Turn::Page(..) | Turn::Offset(..) => Class::Number,
        Turn::Link | Turn::Url(_) => Class::Other,
    };
    let slot = match &turn {
        Turn::Link | Turn::Url(_) => None,
        _ => Some(slot(drafts, operation, declared, token)?),
    };
    let [pages, items] = methods(operation);
    let (more, item) = (declared.more.clone(), (*item).clone());
    Ok(Pages { origin: at.clone(), pages, items, turn, more, slot, at: declared.items.clone(), steps, item })
}

/// Those of several answers that are JSON.
fn json(outcomes: &[Outcome]) -> Vec<(&str, &Type)> {
    let json = outcomes.iter().filter(|outcome| matches!(outcome.decoded, Decoded::Json(_)));
    json.filter_map(|outcome| Some((outcome.name.as_str(), outcome.decoded.r#type()?))).collect()
}

/// The names of the methods: those that no setter has.
fn methods(operation: &Operation) -> [String; 2] {
    let setters = operation.parameters.iter().map(|one| one.name.as_str());
    let taken: Vec<&str> = setters.chain(operation.body.iter().map(|body| body.name.as_str())).collect();
    ["pages", "items"].map(|word| {
        let wish = Wish { names: vec![word.to_owned(), format!("all_{word}")], address: word.to_owned() };
        name::distinct(&[wish], &taken).remove(0)
    })
}

/// What says which page is next; nothing that says nothing may be declared beside it.
fn turn(declared: &Pagination, class_at: &dyn Fn(&String) -> Result<Class, String>) -> Result<Turn, String> {
    let Pagination { kind, next, next_header, start, total, .. } = declared;
    let numbered = matches!(kind, PageKind::Page | PageKind::Offset);
    let linked = matches!(kind, PageKind::Link | PageKind::Url);
    let idle = [
        ("next", next.is_some() && (numbered || *kind == PageKind::Link)),
        ("next-header", next_header.is_some() && *kind != PageKind::Cursor),
        ("start", start.is_some() && !numbered),
        ("total", total.is_some() && !numbered),
        ("parameter", declared.parameter.is_some() && linked),
        ("member", declared.member.is_some() && linked),
    ];
    if let Some((member, _)) = idle.iter().find(|(_, idle)| *idle) {
        return Err(format!("`{member}` has no meaning beside this `kind`"));
    }
    if let Some(total) = total
        && class_at(total)? == Class::Other
    {
        return Err(format!("what is at `{total}` of its answer is no number"));
    }
    match (kind, next, next_header) {
        (PageKind::Cursor, Some(next), None) => Ok(Turn::Cursor(next.clone())),
        (PageKind::Cursor, None, Some(header)) => Ok(Turn::Header(header.clone())),
        (PageKind::Cursor, ..) => Err("one of `next` and `next-header` has to say where the token is".to_owned()),
        (PageKind::Page, ..) => Ok(Turn::Page(start.unwrap_or(1), total.clone())),
        (PageKind::Offset, ..) => Ok(Turn::Offset(start.unwrap_or(0), total.clone())),
        (PageKind::Link, ..) => Ok(Turn::Link),
        (PageKind::Url, Some(next), _) => match class_at(next)? {
            Class::Text | Class::Any => Ok(Turn::Url(next.clone())),
            Class::Number | Class::Other => Err(format!("what is at `{next}` of its answer is no URL")),
        },
        (PageKind::Url, None, _) => Err("`next` has to say where the URL is".to_owned()),
    }
}

/// The input that is given the token.
fn slot(drafts: &Drafts, operation: &Operation, declared: &Pagination, token: Class) -> Result<Slot, String> {
    let (what, slot, r#type) = match (&declared.parameter, &declared.member) {
        (Some(wire), None) => {
            let parameter: Option<&Parameter> = operation.parameters.iter().find(|one| one.wire == *wire);
            let parameter = parameter.ok_or_else(|| format!("it has no parameter `{wire}`"))?;
            (format!("the parameter `{wire}`"), Slot::Parameter(parameter.name.clone()), &parameter.r#type)
        }
        (None, Some(wire)) => {
            let missing = || format!("its body has no property `{wire}`");
            let body = operation.body.as_ref().ok_or_else(missing)?;
            let r#type = match &body.shape {
                BodyShape::Json(r#type) | BodyShape::Form(r#type, _) => r#type,
                _ => return Err(missing()),
            };
            let (steps, r#type) = settled(drafts, Vec::new(), r#type.clone());
            let field = field(drafts, &r#type, wire).ok_or_else(missing)?;
            let slot = Slot::Member(body.name.clone(), steps, field.name.clone());
            (format!("the property `{wire}` of its body"), slot, &field.r#type)
        }
        _ => return Err("one of `parameter` and `member` has to say where the next page is asked for".to_owned()),
    };
    let fits = match (token, class(drafts, r#type)) {
        (Class::Other, _) | (_, Class::Other) => false,
        (Class::Any, _) | (_, Class::Any | Class::Text) => true,
        // The text of a header may be a number.
        (Class::Text, Class::Number) => declared.next_header.is_some(),
        (Class::Number, Class::Number) => true,
    };
    if fits { Ok(slot) } else { Err(format!("{what} cannot hold the token of the next page")) }
}

/// Follows a JSON pointer through types: the way there, and the type that is found.
fn walk(drafts: &Drafts, (steps, start): (Vec<Step>, &Type), pointer: &str) -> Result<(Vec<Step>, Type), String> {
    let parsed = Pointer::parse(pointer).ok_or_else(|| format!("`{pointer}` is no JSON pointer, such as `/items`"))?;
    let (mut steps, mut r#type) = settled(drafts, steps, start.clone());
    for token in parsed.tokens() {
        let Some(field) = field(drafts, &r#type, token) else {
            return Err(format!("its answer has nothing described at `{pointer}`"));
        };
        steps.push(Step::Field(field.name.clone()));
        let (after, inner) = settled(drafts, Vec::new(), field.r#type.clone());
        // As fields are stored: an option where it may be absent, and one more where null means something else.
        let own = after.contains(&Step::Some) || inner == Type::Json;
        let options = usize::from(!field.required) + usize::from(field.nullable && !own);
        steps.extend(std::iter::repeat_n(Step::Some, options).chain(after));
        r#type = inner;
    }
    Ok((steps, r#type))
}

/// What a type is behind its names, pointers and options, and the steps to it.
fn settled(drafts: &Drafts, mut steps: Vec<Step>, mut r#type: Type) -> (Vec<Step>, Type) {
    for _ in 0..LONGEST_CHAIN {
        r#type = match r#type {
            Type::Named(id) | Type::Boxed(id) => match drafts.definitions.get(id.0).map(|one| &one.shape) {
                Some(Shape::Alias(target)) => target.clone(),
                Some(Shape::Newtype(target)) => {
                    steps.push(Step::Inner);
                    target.clone()
                }
                _ => return (steps, Type::Named(id)),
            },
            Type::Nullable(inner) => {
                steps.push(Step::Some);
                *inner
            }
            other => return (steps, other),
        };
    }
    (steps, r#type)
}

fn field<'d>(drafts: &'d Drafts, r#type: &Type, wire: &str) -> Option<&'d Field> {
    let Type::Named(id) = r#type else { return None };
    let definition: &Definition = drafts.definitions.get(id.0)?;
    match &definition.shape {
        Shape::Struct { fields, .. } => fields.iter().find(|field| field.wire == wire),
        _ => None,
    }
}

fn class(drafts: &Drafts, r#type: &Type) -> Class {
    match settled(drafts, Vec::new(), r#type.clone()).1 {
        Type::String => Class::Text,
        Type::Format(Format::Numeric) => Class::Number,
        Type::Format(format) if format != Format::File => Class::Text,
        Type::Integer(_) | Type::Number(_) => Class::Number,
        Type::Json | Type::Lenient(_) => Class::Any,
        Type::Named(id) => match drafts.definitions.get(id.0).map(|one| &one.shape) {
            Some(Shape::Union(_)) => Class::Any,
            _ => Class::Other,
        },
        _ => Class::Other,
    }
}
