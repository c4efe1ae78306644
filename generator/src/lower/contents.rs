//! In: the `content` of an answer. Out: the forms that its body may take, each with its media types, and its events; what is
//! left out is reported.

use super::alike::alike;
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
        let json = forms.iter().find(|(form, _)| Kind::of_decoded(&form.decoded) == Kind::Json).map(|(_, json)| *json);
        let kind = Kind::of(context, name, described, json);
        let is_same = |(form, other): &(Content, &MediaType)| {
            let is_kind = Kind::of_decoded(&form.decoded) == kind;
            // Two of JSON are one where they have one schema, or one of them has none; of text and bytes there is no more
            // to know.
            let typed = matches!(kind, Kind::Json | Kind::Lines);
            is_kind
                && (!typed || media::is_untyped(described) || alike(other.schema.as_ref(), described.schema.as_ref()))
        };
        if let Some((same, _)) = forms.iter_mut().find(|form| is_same(form)) {
            same.media.push(name.to_owned());
            continue;
        }
        if json.is_some_and(|json| is_json_again(context, name, described, json)) {
            let chosen = forms.iter().find_map(|(form, _)| form.media.first()).cloned().unwrap_or_default();
            context.report(&at, Problem::OtherMedia { media: name.to_owned(), chosen });
            continue;
        }
        let is_first = !forms.iter().any(|(form, _)| Kind::of_decoded(&form.decoded) == kind);
        // Versions of one media type are told apart by its parameters.
        let essence = media::essence(name);
        let is_version = forms.iter().flat_map(|(form, _)| &form.media).any(|other| media::essence(other) == essence);
        let place = match (is_first, is_version) {
            (true, _) => place.clone(),
            (false, true) => place.part(name),
            (false, false) => place.part(&essence),
        };
        let decoded = decoded(context, kind, described, &at, &place);
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

/// What tells each form from the others of its status, as a part of a name.
pub(super) fn words(forms: &[Content]) -> Vec<String> {
    let word = |form: &Content| match Kind::of_decoded(&form.decoded) {
        Kind::Json => "Json",
        Kind::Lines => "Lines",
        Kind::Text => "Text",
        Kind::Bytes => "Bytes",
    };
    let named = |form| (word(form), form.media.first().map_or("", String::as_str));
    media::names(&forms.iter().map(named).collect::<Vec<_>>())
}

/// The media types by which a form is known among the others of its status: without their parameters, unless another form
/// has the same type with others.
pub(super) fn telling(form: &Content, forms: &[Content]) -> Vec<String> {
    let others: Vec<_> = forms.iter().filter(|other| *other != form).flat_map(|other| &other.media).collect();
    let is_shared = |essence: &String| others.iter().any(|other| media::essence(other) == *essence);
    let mut telling: Vec<String> = Vec::new();
    for media in &form.media {
        let essence = media::essence(media);
        let known = if is_shared(&essence) { media.clone() } else { essence };
        if !telling.contains(&known) {
            telling.push(known);
        }
    }
    telling
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
    /// What a media type is read as, beside JSON of this schema, if there is some.
    fn of(context: &Context<'_>, media: &str, described: &MediaType, json: Option<&MediaType>) -> Self {
        if media::is_file(context, described) {
            return Self::Bytes;
        }
        // Nothing but JSON is an object in plain text.
        let is_json = |json: &MediaType| {
            media::essence(media) == "text/plain"
                && alike(json.schema.as_ref(), described.schema.as_ref())
                && !(media::is_untyped(described) || media::is_string(context, described))
        };
        if media::is_taken_for_json(context, media, described) || json.is_some_and(is_json) {
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

/// Whether a media type is another writing of the JSON, which is asked for instead (RFC 9110, section 12.5.1): XML, and what
/// has the same schema. Text is none: it is read as it is.
fn is_json_again(context: &Context<'_>, media: &str, described: &MediaType, json: &MediaType) -> bool {
    let is_same = !media::is_untyped(described) && alike(json.schema.as_ref(), described.schema.as_ref());
    let is_written_so = !media::is_json(media) && (media::is_xml(media) || is_same);
    is_written_so && !media::is_string(context, described)
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
