//! In: the `content` of an answer. Out: the forms that its body may take, each with its media types, and its events; what is
//! left out is reported.

use super::context::{Context, Place};
use super::media;
use super::schemas::type_of;
use super::streams;
use crate::diagnostic::Problem;
use crate::ir::{Content, Decoded, Stream, Type};
use crate::pointer::Pointer;
use openapiv3::MediaType;

/// The forms of a body, JSON first, then by name. The client tells them apart by the `Content-Type` that comes. Events are a
/// form only where there is no other: they come one by one.
pub(super) fn contents<'a>(
    context: &mut Context<'a>,
    content: &'a openapiv3::Content,
    at: &Pointer,
    place: &Place,
) -> (Vec<Content>, Option<Stream>) {
    let mut forms: Vec<(Content, &MediaType)> = Vec::new();
    let (events, others): (Vec<_>, Vec<_>) = media::ranked(content).into_iter().partition(|(name, _)| is_events(name));
    let events =
        events.first().map(|(name, described)| streams::events(context, name, described, &at.join(*name), place));
    for (name, described) in others {
        let at = at.join(name);
        let kind = Kind::of(name, described);
        let is_kind = |(form, _): &(Content, &MediaType)| Kind::of_decoded(&form.decoded) == kind;
        // Two of JSON are one where they have one schema; of text and bytes there is no more to know.
        let is_same = |form: &(Content, &MediaType)| {
            let typed = matches!(kind, Kind::Json | Kind::Lines);
            is_kind(form) && (!typed || form.1.schema == described.schema)
        };
        if let Some((same, _)) = forms.iter_mut().find(|form| is_same(form)) {
            same.media.push(name.to_owned());
            continue;
        }
        // The same value in other words: JSON is asked for (RFC 9110, section 12.5.1), and nothing is lost.
        if is_spelt_so(&forms, described) {
            continue;
        }
        // XML beside JSON says what that says.
        let is_json = |(form, _): &(Content, &MediaType)| Kind::of_decoded(&form.decoded) == Kind::Json;
        let others = |form: &&(Content, &MediaType)| is_kind(form) || (media::is_xml(name) && is_json(form));
        if let Some((chosen, _)) = forms.iter().find(others).and(forms.first()) {
            let chosen = chosen.media.first().cloned().unwrap_or_default();
            context.report(&at, Problem::OtherMedia { media: name.to_owned(), chosen });
            continue;
        }
        let decoded = decoded(context, kind, described, &at, place);
        forms.push((Content { media: vec![name.to_owned()], decoded }, described));
    }
    let mut forms: Vec<_> = forms.into_iter().map(|(form, _)| form).collect();
    if let (Some(media), true) = (events.as_ref().and_then(Stream::media), forms.is_empty()) {
        forms.push(Content { media: vec![media.to_owned()], decoded: Decoded::Text });
    }
    (forms, events)
}

/// Whether a form is what any media type may be.
pub(super) fn is_any(form: &Content) -> bool {
    form.media.iter().any(|media| media::is_range(media))
}

/// What tells a form from the others of its status, as a part of a name.
pub(super) fn word(decoded: &Decoded) -> &'static str {
    match Kind::of_decoded(decoded) {
        Kind::Json => "Json",
        Kind::Lines => "Lines",
        Kind::Text => "Text",
        Kind::Bytes => "Bytes",
    }
}

/// The media types of JSON texts, one a line, or each after a mark (RFC 7464).
const LINES: [&str; 7] = [
    "application/json-seq",
    "application/jsonl",
    "application/jsonlines",
    "application/ndjson",
    "application/x-jsonlines",
    "application/x-ndjson",
    "text/jsonl",
];

/// What a media type is read as.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Json,
    Lines,
    Text,
    Bytes,
}

impl Kind {
    fn of(media: &str, described: &MediaType) -> Self {
        if media::is_taken_for_json(media, described) {
            Self::Json
        } else if LINES.contains(&media::essence(media).as_str()) || media::essence(media).ends_with("+json-seq") {
            Self::Lines
        } else if media::essence(media).starts_with("text/") || media::is_xml(media) {
            Self::Text
        } else {
            Self::Bytes
        }
    }

    fn of_decoded(decoded: &Decoded) -> Self {
        match decoded {
            Decoded::Json(_) | Decoded::OptionalJson(_) => Self::Json,
            Decoded::Lines(_) => Self::Lines,
            Decoded::Text => Self::Text,
            Decoded::Bytes | Decoded::Nothing | Decoded::Raw => Self::Bytes,
        }
    }
}

/// Whether a body is a row of events, which end when the server likes.
fn is_events(media: &str) -> bool {
    media::essence(media) == "text/event-stream"
}

/// Whether a schema is that of the JSON.
fn is_spelt_so(forms: &[(Content, &MediaType)], described: &MediaType) -> bool {
    let json = forms.iter().find(|(form, _)| Kind::of_decoded(&form.decoded) == Kind::Json);
    json.is_some_and(|(_, json)| json.schema.is_some() && json.schema == described.schema)
}

fn decoded<'a>(
    context: &mut Context<'a>,
    kind: Kind,
    described: &'a MediaType,
    at: &Pointer,
    place: &Place,
) -> Decoded {
    let mut r#type = |place: &Place| {
        let schema = described.schema.as_ref();
        let used = schema.map(|schema| type_of(context, schema.into(), &at.join("schema"), place).element());
        used.unwrap_or(Type::Json)
    };
    match kind {
        Kind::Json => Decoded::Json(r#type(place)),
        // A list is all lines together; anything else is what each of them is.
        Kind::Lines => match r#type(&place.part("line")) {
            Type::Array(item) => Decoded::Lines(*item),
            item => Decoded::Lines(item),
        },
        Kind::Text => Decoded::Text,
        Kind::Bytes => Decoded::Bytes,
    }
}
