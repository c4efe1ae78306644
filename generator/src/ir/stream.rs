//! What a response gives while it comes: bytes, events of `text/event-stream`, or JSON texts one after the other.

use super::Type;
use serde::Serialize;

/// An answer that can be read while it comes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Stream {
    /// The bytes of any body.
    Bytes,
    /// Events whose data is JSON, under this media type.
    Events(String, Type),
    /// Events whose data is text, under this media type.
    TextEvents(String, Type),
    /// Events of which the type is the whole, with `event` and `data`, under this media type.
    WholeEvents(String, Type, EventId),
    /// JSON texts, one after the other, under one of these media types, with commas between them.
    Items(String, Type),
}

impl Stream {
    /// The type of its items.
    pub fn r#type(&self) -> Option<&Type> {
        match self {
            Self::Bytes => None,
            Self::Events(_, r#type)
            | Self::TextEvents(_, r#type)
            | Self::WholeEvents(_, r#type, _)
            | Self::Items(_, r#type) => Some(r#type),
        }
    }

    /// The media types that are asked for.
    pub fn media(&self) -> Option<&str> {
        match self {
            Self::Bytes => None,
            Self::Events(media, _)
            | Self::TextEvents(media, _)
            | Self::WholeEvents(media, ..)
            | Self::Items(media, _) => Some(media),
        }
    }
}

/// How the id of an event is written in the type of whole events.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum EventId {
    /// It has none.
    None,
    /// As a string.
    Text,
    /// As a number.
    Number,
}
