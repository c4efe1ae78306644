//! In: nothing. Out: the nouns for lists that are answered page by page: `Pages`, `Turn`, `Slot`, `Step`.

use super::Type;
use crate::pointer::Pointer;
use serde::Serialize;

/// How an operation answers a list page by page.
#[derive(Clone, Debug, Serialize)]
pub struct Pages {
    /// Where that is declared; the document's root for `codegen.toml`.
    pub origin: Pointer,
    /// The request's method for its pages: `pages`.
    pub pages: String,
    /// The request's method for their items: `items`.
    pub items: String,
    /// What says which page is next.
    pub turn: Turn,
    /// A JSON pointer to what is `false` in the last page.
    pub more: Option<String>,
    /// The input that is given the token of the next page; `None` where pages are links.
    pub slot: Option<Slot>,
    /// A JSON pointer to the list.
    pub at: String,
    /// The way to the list, from the answer.
    pub steps: Vec<Step>,
    /// What the list holds.
    pub item: Type,
}

/// What says which page is next; pointers are JSON pointers into an answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Turn {
    /// A token at this pointer.
    Cursor(String),
    /// A token in this header.
    Header(String),
    /// The number of the page: that of the first, and where there is said how many there are.
    Page(u64, Option<String>),
    /// The number of items before: that of the first page, and where there is said how many there are.
    Offset(u64, Option<String>),
    /// The header `Link`.
    Link,
    /// A URL at this pointer.
    Url(String),
}

/// An input that says which page is wanted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Slot {
    /// A parameter, by the name of its setter.
    Parameter(String),
    /// A property of the body, by the names of the body's setter and of the field, and the way from one to the other.
    Member(String, Vec<Step>, String),
}

/// A step from a value into it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    /// What the variant of this name holds, of several successful answers; always the first step.
    Variant(String),
    /// The field of this name.
    Field(String),
    /// What a tuple struct holds.
    Inner,
    /// What an option holds, if it holds something.
    Some,
}
