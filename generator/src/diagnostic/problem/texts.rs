//! In: the name of a macro and the entries about documents. Out: these, and before them the entries of `Problem` about texts
//! that cannot be read, pages, several documents and overlays.

/// Gives the entries about texts to a macro, and then those that are given.
macro_rules! of_texts {
    ($problems:ident { $($others:tt)* }) => { $problems! {
    // The text (read/tree).

    /// A text has no content.
    EmptyText => Error "empty-text",
        "this file is empty",
        "give the path of an OpenAPI document or overlay";
    /// A text is too large to read.
    TextTooLarge { megabytes: usize, limit: usize } => Error "text-too-large",
        "this file has {megabytes} MiB, more than the {limit} MiB that can be read",
        "split it into several documents, or leave out what the client does not need";
    /// A text is neither YAML nor JSON. Line and column are 1-based, the column counts characters.
    Syntax { format: &'static str, line: usize, column: usize, reason: String } => Error "syntax",
        "this is not valid {format}: {reason}",
        "correct the {format} at this place, or just before it";
    /// A text holds several YAML documents. The line is that of the second one's start.
    SeveralDocuments { line: usize } => Error "several-documents",
        "this file holds more than one YAML document",
        "put each document, from `---` to the next, in a file of its own";
    /// A text is a list or a scalar.
    NotAnObject { found: &'static str } => Error "not-an-object",
        "a document is an object with members such as `openapi`, but this file is {found}",
        "check that this is the right file, and that its top level is `key: value`";
    /// A text is nested too deeply.
    TooDeep { limit: usize } => Error "too-deep",
        "this is nested more than {limit} levels deep",
        "move inner schemas to `components/schemas` and refer to them with `$ref`";
    /// A text expands, by aliases, to too much.
    TooManyNodes => Error "too-many-nodes",
        "this file has too many values once its aliases are expanded",
        "use `$ref` in place of nested YAML aliases";
    /// A member is written twice.
    DuplicateKey { key: String } => Error "duplicate-key",
        "the key `{key}` is written a second time in the same object",
        "keep one of the two, or give this one another name";
    /// A YAML merge key has something else than maps.
    MergeKey => Error "merge-key",
        "`<<` takes an object or a list of objects",
        "write an alias to an object: `<<: *name`";
    /// A number that JSON cannot write.
    NotFinite { number: &'static str } => Warning "not-finite",
        "`{number}` is not a number in JSON; it is read as null",
        "put it in quotes if text is meant, or leave it out";
    /// A YAML tag that says nothing to OpenAPI.
    Tag { tag: String } => Warning "yaml-tag",
        "the YAML tag `{tag}` is ignored",
        "remove the tag; an OpenAPI document has only the types of JSON";

    // A documentation page (read/page). Lines are 1-based.

    /// A page without a section for a document.
    PageWithoutDocument { line: usize, index: String } => Error "page-without-document",
        "this page has no section `## OpenAPI Specification`, so there is no document to take from it",
        "fetch the OpenAPI document of the whole API, and give that; the index of the documentation should link to it: {index}";
    /// A page about a WebSocket.
    PageOfChannels { line: usize } => Error "page-of-channels",
        "this page describes a WebSocket, by an AsyncAPI document; only OpenAPI can be read",
        "leave this page out; the vendor's pages about HTTP have a section `## OpenAPI Specification`";
    /// A section without a document.
    PageWithoutBlock { line: usize, nearest: String } => Error "page-without-block",
        "no YAML block stands between this heading and the next one{nearest}",
        "fetch the page again; the document stands in a block that opens with ```yaml at the start of a line";
    /// A document without an end.
    PageBlockOpen { line: usize, end: usize } => Error "page-block-open",
        "no line closes the block that opens here, up to line {end}",
        "fetch the page again, for a part of it is missing; a line of ``` closes the block";
    /// A document without content.
    PageBlockEmpty { line: usize } => Error "page-block-empty",
        "the block that opens here is empty",
        "fetch the page again";
    /// A heading that may be none.
    PageHidden { line: usize, by: usize } => Warning "page-hidden",
        "`## OpenAPI Specification` stands inside the code, comment or front matter that begins at line {by}; what follows is taken",
        "check that it is the document and no quotation of one; something before it may not be closed";
    /// Further documents.
    PageOtherBlock { line: usize, first: usize } => Warning "page-other-block",
        "this block is left out: only the one of line {first} is taken from this page",
        "put it in a page or file of its own, and give that, too";

    // Several documents (read/merge).

    /// Two documents describe the same thing differently.
    MergeConflict { what: String, first: Place } => Error "merge-conflict",
        "{what} is described differently in an earlier document",
        "make the two equal, or remove or rename one of them";

    // Overlays (read/overlay).

    /// An overlay has no `overlay` member.
    NotAnOverlay => Error "not-an-overlay",
        "this file is given as an overlay, but has no `overlay` member",
        "start it with `overlay: 1.0.0`, or give it as a document";
    /// An overlay of another version.
    OverlayVersion { found: String } => Error "overlay-version",
        "overlay version `{found}` is not known",
        "write `overlay: 1.0.0` or `overlay: 1.1.0`";
    /// A part of an overlay is missing or has the wrong shape.
    OverlayShape { wrong: String, fix: String } => Error "overlay-shape",
        "{wrong}",
        "{fix}";
    /// An action that changes nothing.
    OverlayNoEffect { given: &'static str } => Error "overlay-no-effect",
        "this action changes nothing, for it has {given}",
        "give it either `remove: true` or an `update` with what is to be merged in";
    /// A JSONPath is wrong.
    OverlayPath { path: String, reason: String } => Error "overlay-path",
        "`{path}` is not a JSONPath: {reason}",
        "write a JSONPath of RFC 9535, with names that hold `/` or `-` in brackets: `$.paths['/pets'].get['x-a']`";
    /// A target that selects nothing: what it fixes is no longer there.
    OverlayNoMatch { path: String } => Error "overlay-no-match",
        "`{path}` matches nothing in the document",
        "adapt the path to the document as it is now, or remove this action";
    /// A change that does not fit what the target selects.
    OverlayMismatch { path: String, reason: String } => Error "overlay-mismatch",
        "this change does not fit what `{path}` selects: {reason}",
        "to put another kind of value there, remove the old value in an action of its own first";

    $($others)*
    } };
}
