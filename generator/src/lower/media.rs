//! In: the `content` of a body or a parameter. Out: the media type that the client uses, the others reported; and what a
//! media type is.

use super::all_of;
use super::context::{Context, LONGEST_CHAIN, Used};
use crate::diagnostic::Problem;
use crate::name::{self, Wish};
use crate::pointer::Pointer;
use openapiv3::{
    Content, MediaType, ReferenceOr, Schema, SchemaKind, StringFormat, StringType, VariantOrUnknownOrEmpty,
};

/// Chooses JSON where there is JSON, else a form, else the first by name.
pub(super) fn choose<'a>(
    context: &mut Context<'a>,
    content: &'a Content,
    at: &Pointer,
) -> Option<(&'a str, &'a MediaType)> {
    let mut all = ranked(content).into_iter();
    let (chosen, described) = all.next()?;
    for (media, _) in all {
        let problem = Problem::OtherMedia { media: media.to_owned(), chosen: chosen.to_owned() };
        context.report(&at.join(media), problem);
    }
    Some((chosen, described))
}

/// The media types, JSON first, what has a schema before what has none, then forms, each kind by name.
pub(super) fn ranked(content: &Content) -> Vec<(&str, &MediaType)> {
    let mut all: Vec<_> = content.iter().map(|(media, described)| (media.as_str(), described)).collect();
    all.sort_by_key(|(media, described)| {
        let is_json = is_json(media);
        (!is_json, is_json && is_untyped(described), rank(media), *media)
    });
    all
}

/// Whether nothing is said of the values of a media type.
pub(super) fn is_untyped(described: &MediaType) -> bool {
    match &described.schema {
        None => true,
        Some(ReferenceOr::Item(Schema { schema_kind: SchemaKind::Any(any), .. })) => all_of::says_nothing(any),
        Some(_) => false,
    }
}

/// A name for each form of a body: the word for what it is, or its media type where the word is another's.
pub(super) fn names(forms: &[(&'static str, &str)]) -> Vec<String> {
    let words: Vec<&str> = forms.iter().map(|(word, _)| *word).collect();
    let is_first = |index: usize| !words[..index].contains(&words[index]);
    let others = forms.iter().enumerate().filter(|(index, _)| !is_first(*index));
    // Versions of one media type are told apart by its parameters.
    let is_shared = |media: &str| forms.iter().any(|(_, other)| *other != media && essence(other) == essence(media));
    let text = |media: &str| if is_shared(media) { media.to_owned() } else { essence(media) };
    let wish = |(_, (_, media)): (_, &(_, &str))| Wish {
        names: vec![name::type_(&text(media))],
        address: (*media).to_owned(),
    };
    let mut others = name::distinct(&others.map(wish).collect::<Vec<_>>(), &words).into_iter();
    let name = |index: usize| Some(words[index].to_owned()).filter(|_| is_first(index)).or_else(|| others.next());
    (0..forms.len()).filter_map(name).collect()
}

/// A media type without its parameters, in lower case (RFC 9110, section 8.3.1).
pub(super) fn essence(media: &str) -> String {
    media.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

/// `application/json`, or a type with the suffix `+json` (RFC 6839, section 3.1).
pub(super) fn is_json(media: &str) -> bool {
    let essence = essence(media);
    essence == "application/json" || essence == "text/json" || essence.ends_with("+json")
}

/// A range such as `*/*` (RFC 9110, section 12.5.1), which cannot be sent as a `Content-Type`.
pub(super) fn is_range(media: &str) -> bool {
    essence(media).contains('*')
}

/// Whether a body is JSON: by its media type, or by a range that JSON is in, if its schema is not that of bytes.
pub(super) fn is_taken_for_json(context: &Context<'_>, media: &str, described: &MediaType) -> bool {
    let is_range = matches!(essence(media).as_str(), "*/*" | "application/*") && described.schema.is_some();
    (is_json(media) || is_range) && !is_file(context, described)
}

/// `application/x-www-form-urlencoded`.
pub(super) fn is_form(media: &str) -> bool {
    essence(media) == "application/x-www-form-urlencoded"
}

/// `multipart/form-data`, whose parts have names (RFC 7578); other multipart types have none.
pub(super) fn is_multipart_form(media: &str) -> bool {
    essence(media) == "multipart/form-data"
}

/// Text that is no more than text: not XML, which says itself how it is encoded.
pub(super) fn is_text(media: &str) -> bool {
    essence(media).starts_with("text/") && !is_xml(media)
}

/// XML, or a type with the suffix `+xml` (RFC 7303); pictures are no text.
pub(super) fn is_xml(media: &str) -> bool {
    let essence = essence(media);
    (essence.ends_with("/xml") || essence.ends_with("+xml")) && !essence.starts_with("image/")
}

/// Whether one of several media types is that of bytes, not of text.
pub(super) fn is_binary(media: &str) -> bool {
    media.split(',').map(essence).any(|one| match one.split_once('/') {
        Some(("image" | "audio" | "video" | "font", _)) => true,
        Some(("application", _)) => !(is_json(&one) || one.ends_with("xml") || is_form(&one)),
        _ => false,
    })
}

/// Whether a body is bytes by its schema, whatever the media type: `format: binary`.
pub(super) fn is_file(context: &Context<'_>, described: &MediaType) -> bool {
    let binary = VariantOrUnknownOrEmpty::Item(StringFormat::Binary);
    string(context, described).is_some_and(|string| string.format == binary)
}

/// Whether a body is text by its schema: a string of any format, or one of several strings.
pub(super) fn is_string(context: &Context<'_>, described: &MediaType) -> bool {
    string(context, described).is_some()
}

/// The string that a schema comes down to, through references and what stands beside them.
fn string<'a>(context: &Context<'a>, described: &'a MediaType) -> Option<&'a StringType> {
    let mut used = Used::from(described.schema.as_ref()?);
    for _ in 0..LONGEST_CHAIN {
        match &context.written(used)?.schema_kind {
            SchemaKind::Type(openapiv3::Type::String(string)) => return Some(string),
            SchemaKind::AllOf { all_of } if all_of.len() == 1 => used = Used::from(all_of.first()?),
            _ => return None,
        }
    }
    None
}

fn rank(media: &str) -> usize {
    match essence(media).as_str() {
        "application/json" => 0,
        _ if is_json(media) => 1,
        _ if is_form(media) || is_multipart_form(media) => 2,
        _ if is_range(media) => 4,
        _ => 3,
    }
}
