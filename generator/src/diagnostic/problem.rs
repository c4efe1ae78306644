//! In: nothing. Out: `Problem`, one entry for everything that can be said about a description: the variant, its code,
//! its severity, its message (what is wrong, in the author's terms) and its help (how to mend it).

#[macro_use]
mod texts;

use super::Place;
use super::wording::{Severity, Wording, problems};

of_texts! { problems {
    // The document (read/version, read/check).

    /// A document that does not say that it is OpenAPI.
    NotOpenApi => Error "not-openapi",
        "this is not an OpenAPI document: it has no `openapi` member",
        "check that this is the right file; an OpenAPI document starts with `openapi: 3.1.1` or the like";
    /// A document of the version before OpenAPI.
    Swagger { version: String } => Error "swagger",
        "this is a Swagger {version} document; only OpenAPI 3.0 and 3.1 can be read",
        "convert it first, for instance with Swagger Editor (Edit, Convert to OpenAPI 3) or the npm package swagger2openapi";
    /// A document of a version that is not known.
    OpenApiVersion { version: String } => Error "openapi-version",
        "OpenAPI `{version}` cannot be read; only 3.0 and 3.1 can",
        "ask the vendor for a 3.1 document; if it uses nothing newer, write `openapi: 3.1.1`";
    /// A member that the kind of object does not have.
    UnknownMember { member: String, kind: &'static str, hint: String } => Warning "unknown-member",
        "{kind} has no member `{member}`; it is ignored",
        "{hint}";
    /// A member whose value has the wrong shape.
    Misshapen { member: String, expected: &'static str, found: &'static str } => Warning "misshapen",
        "`{member}` should be {expected}, but is {found}; it is left out",
        "give it the right shape, here or with an overlay";
    /// A member without which the object means nothing.
    MissingMember { member: String, kind: &'static str } => Warning "missing-member",
        "{kind} needs a member `{member}`",
        "add it, here or with an overlay; without it the object is left out or taken as empty";
    /// A scalar that is written without quotes.
    ReadAsText { member: String, text: String } => Warning "read-as-text",
        "`{member}` should be a string; it is read as `{text}`",
        "put it in quotes";
    /// A tag that is written as a list.
    NestedTag { text: String } => Warning "nested-tag",
        "a tag should be a string, but is a list; it is read as `{text}`",
        "write `- {text}`, here or with an overlay";
    /// Words of an older version.
    OldSpelling { old: String, new: String } => Warning "old-spelling",
        "`{old}` is how Swagger 2 says it; it is read as `{new}`",
        "write `{new}`";
    /// A path that is not one.
    PathWithoutSlash { path: String } => Warning "path-without-slash",
        "the path `{path}` does not begin with `/`; it is left out",
        "write `/{path}`";
    /// A response under something else than a status.
    OddStatus { status: String } => Warning "odd-status",
        "`{status}` is not a status; the response is left out",
        "write three digits in quotes, a range such as `4XX`, or `default`";
    /// An object that could not be read for another reason.
    Unreadable { what: String, reason: String } => Warning "unreadable",
        "{what} cannot be read and is left out: {reason}",
        "correct it here or with an overlay";

    // Meaning (read/desugar, read/refs).

    /// A keyword that is not turned into Rust yet.
    UnsupportedKeyword { keyword: String, effect: &'static str } => Warning "unsupported-keyword",
        "`{keyword}` is not supported yet: {effect}",
        "an overlay can describe this part in another way";
    /// A key of `patternProperties` that is no regular expression.
    BadPattern { pattern: String, reason: String } => Warning "bad-pattern",
        "`{pattern}` is no regular expression ({reason}), so properties that are not named here may have any value",
        "correct the pattern, which has the syntax of ECMA-262, here or with an overlay";
    /// A pointer of the caller's that leads to no schema.
    LenientNowhere { pointer: String, help: String } => Error "lenient-nowhere",
        "the option `lenient` names `{pointer}`, and there is no schema",
        "{help}";
    /// Values of an `enum` that are wrapped in objects.
    WrappedValues { taken: &'static str } => Warning "wrapped-values",
        "the values of this `enum` are written as objects with a member `value`; what is in it is taken{taken}",
        "write the values themselves, such as `enum: [sent, failed]`, here or with an overlay";
    /// A `type` that is not one of JSON Schema's.
    UnknownType { found: String } => Warning "unknown-type",
        "`{found}` is not a type; any JSON value is taken",
        "write `string`, `number`, `integer`, `boolean`, `array`, `object` or `null`";
    /// A reference that leads nowhere.
    BrokenRef { reference: String, effect: &'static str } => Warning "broken-ref",
        "`{reference}` leads nowhere: {effect}",
        "correct the reference, add what it refers to, or mend it with an overlay";
    /// A reference that counts from the schema that it stands in.
    OwnReference { reference: String, meant: String } => Warning "own-reference",
        "`{reference}` is no address in this document; it is read as `{meant}`, as .NET 9 means it",
        "write `{meant}`, or generate the document with a newer version of Microsoft.AspNetCore.OpenApi";
    /// References that lead only to each other.
    CircularRef { reference: String, effect: &'static str } => Warning "circular-ref",
        "`{reference}` leads back to itself: {effect}",
        "let one of the references in the circle be a definition";
    /// A reference to a part of itself, which cannot be copied.
    RecursiveCopy { reference: String } => Warning "recursive-copy",
        "`{reference}` leads to something that contains itself and is not a component; any JSON value is taken",
        "move it to `components/schemas` and refer to it there";
    /// A reference to an object of another kind.
    MistakenRef { reference: String, kind: &'static str, effect: &'static str } => Warning "mistaken-ref",
        "`{reference}` does not lead to {kind}: {effect}",
        "refer to the section of `components` that holds this kind of object, here or with an overlay";
    /// A reference into another text, where nothing can be read.
    ExternalRef { reference: String, effect: &'static str } => Warning "external-ref",
        "there is nothing to be read at `{reference}`: {effect}",
        "a reference leads to a file, from the one that it stands in; nothing is fetched from the network, so keep a copy there";

    // Operations (lower).

    /// A path that holds more than a path (OpenAPI 3.1.1, section 4.8.8).
    MoreThanPath { path: String, part: &'static str } => Warning "more-than-path",
        "the path `{path}` holds {part}",
        "describe what is in a query by parameters, and tell operations of one path apart by what they send or give";

    /// An operation or a part of it that cannot be sent.
    LeftOut { what: String, reason: &'static str } => Warning "left-out",
        "{what} is left out: {reason}",
        "mend the description, here or with an overlay";
    /// Two operations of one name.
    DuplicateOperationId { id: String, first: Place } => Warning "duplicate-operation-id",
        "there is another operation `{id}`; those that cannot share a name are named after their method and path",
        "give each operation an `operationId` of its own, here or with an overlay";
    /// A variable of a server that has no default.
    UndescribedServerVariable { name: String } => Warning "undescribed-server-variable",
        "the server's URL has `{{{name}}}`, but no variable of this name is described; the client has to be given its value",
        "describe it under `variables`, here or with an overlay, or call `.server(..)` or `.base_url(..)`";
    /// A name for a schema that becomes no type of its own.
    UnusedName => Warning "unused-name",
        "`x-rust-name` has no effect here: this schema becomes no type of its own",
        "give the name to the schema that the type is made of, such as the object around an `allOf`, or remove it";
    /// An extension that says nothing where it stands.
    IgnoredExtension { member: String, help: String } => Warning "ignored-extension",
        "`{member}` has no effect here",
        "{help}";
    /// A default or an example that its schema does not allow.
    WrongValue { member: &'static str, found: String, expected: &'static str } => Warning "wrong-value",
        "the {member} `{found}` is not what its schema says: {expected}",
        "correct the value or the schema, here or with an overlay; the client never sends it by itself";
    /// A keyword of another type.
    ForeignKeyword { keyword: String, type_: String } => Warning "foreign-keyword",
        "`{keyword}` says nothing of the type `{type_}`; it is ignored",
        "remove it, or correct the `type`, here or with an overlay";
    /// A discriminator that has nothing to tell apart.
    LoneDiscriminator => Warning "lone-discriminator",
        "this `discriminator` has no effect: it stands beside no `oneOf` or `anyOf`, and nothing extends this schema by `allOf`",
        "put it beside the `oneOf` of what it tells apart, here or with an overlay, or remove it";
    /// A whole number beyond 128 bits.
    WideInteger => Warning "wide-integer",
        "a bound of this whole number is beyond 128 bits: a larger one is kept as any JSON value is, and may be rounded",
        "where all digits matter, describe it as a string, if the API takes and gives one";
    /// A number whose digits matter.
    RoundedDecimal { format: String } => Warning "rounded-decimal",
        "`format: {format}` on a number: JSON numbers become floats, which keep 15 digits",
        "where more digits matter, describe it as a string, if the API takes and gives one";
    /// Tags of operations that only their first one leads to.
    FurtherTag { tag: String, operations: usize } => Warning "further-tag",
        "`{tag}` is not the first tag of {operations} of its operations: they are found under their first one alone",
        "put the tag under which an operation is to be found first, with an overlay";
    /// Headers whose names differ in case alone.
    SameHeader { name: String, other: String } => Warning "same-header",
        "`{name}` and `{other}` are one header: its name has no case",
        "keep one of them, here or with an overlay";
    /// A Rust name that is none.
    BadName => Warning "bad-name",
        "`x-rust-name` should be a string; the name is made without it",
        "write a name such as `OrderItem`";
    /// A credential that was described as a plain header.
    AuthorizationHeader { count: usize, taken: String, update: String } => Warning "authorization-header",
        "OpenAPI ignores a header parameter `Authorization`, and no `security` says which credential to send; it is taken for {taken} (operations that have it: {count})",
        "give it with `.auth(..)`; to describe it, put this into an overlay: {{overlay: 1.0.0, info: {{title: Credentials, version: 1.0.0}}, actions: [{{target: $, update: {{security: [{{token: []}}], components: {{securitySchemes: {{token: {update}}}}}}}}}]}}";
    /// A required property without a description.
    UndescribedProperty { name: String, help: String } => Warning "undescribed-property",
        "`required` names `{name}`, which is not described: nothing asks for it, and any JSON value of it is kept",
        "{help}, here or with an overlay";
    /// A property that neither side may have.
    NoAccess => Warning "no-access",
        "`readOnly` and `writeOnly` exclude each other; the property is optional on both sides",
        "keep the one that is meant, or neither; mind what `$ref` and `allOf` add";
    /// Alternatives of which one can be anything.
    WideUnion { keyword: &'static str } => Warning "wide-union",
        "one of the schemas of `{keyword}` is not turned into a type of its own; any JSON value is taken for all of them",
        "an overlay can put the schema that you need in its place";
    /// A schema that is said by what it is not.
    WideNot => Warning "wide-not",
        "`not` is not turned into a type; any JSON value is taken",
        "an overlay can put the schema that you need in its place";
    /// Two alternatives that allow the same values.
    AmbiguousUnion { name: String, other_name: String, other: Place } => Warning "ambiguous-union",
        "nothing tells every value of `{name}` from those of `{other_name}`; the one that keeps more of a value is taken",
        "add a `discriminator`, a property with a `const` of its own, or a required property that the other does not have";
    /// Objects that may hold together describe one property differently.
    WideProperty { name: String, other: Place } => Warning "wide-property",
        "the property `{name}` is described in two ways, and either may hold; any JSON value is taken",
        "describe it once, or let one description be the wider one";
    /// A list whose items differ by place, but need not all be there.
    WideTuple => Warning "wide-tuple",
        "the items of this list differ by their place, and its length is not fixed; any JSON value is taken for each",
        "say `minItems` and `items: false`, if all of them are always there and no others";
    /// A format whose values are longer or shorter than the lengths allow.
    FormatLength { format: &'static str } => Warning "format-length",
        "no `{format}` is as long as `minLength` and `maxLength` say; any string is taken",
        "keep the one that is meant: the format, or the lengths";
    /// Several schemas at once.
    WideAllOf => Warning "wide-all-of",
        "not all of these schemas are objects, so they cannot be merged into one struct yet; any JSON value is taken",
        "an overlay can put one schema in their place";
    /// Several merged objects describe one property differently.
    ConflictingProperty { name: String, other: Place } => Warning "conflicting-property",
        "the property `{name}` is described in two ways that no value can satisfy or that cannot be merged yet; any JSON value is taken",
        "describe it once, or let one description be the narrower one";
    /// Keywords that belong to different types.
    WideMixture => Warning "wide-mixture",
        "the keywords of this schema belong to different types; any JSON value is taken",
        "say the `type`, and leave out what does not belong to it";
    /// An enum of something else than strings.
    WideEnum { taken: &'static str } => Warning "wide-enum",
        "an `enum` of other values than strings is not turned into an enum yet; {taken} is taken",
        "nothing is lost: compare the value in your own code";
    /// A body or answer that is not JSON.
    RawBody { media: String, taken: &'static str } => Warning "raw-body",
        "`{media}` is not encoded or decoded yet; {taken}",
        "nothing is lost: build or read the bytes in your own code";
    /// A multipart form that is described as one value or a list.
    UnnamedParts { media: String } => Warning "unnamed-parts",
        "`{media}` is a form of named parts, but its schema is no object; the body is a map from the names of parts to their values",
        "describe an object with a property for each part, here or with an overlay";
    /// Further media types of a body or answer.
    OtherMedia { media: String, chosen: String } => Warning "other-media",
        "`{media}` is left out: `{chosen}` is used",
        "remove the one that you do not want with an overlay";
    /// Events of a further status.
    OtherEvents { chosen: String } => Warning "other-events",
        "the events of this status differ from those of status {chosen}; `send_stream` reads them all as those",
        "describe both with one schema, or remove the one that you do not want with an overlay";
    /// A security scheme that cannot be used.
    UnsupportedScheme { scheme: String, reason: &'static str } => Warning "unsupported-scheme",
        "the security scheme `{scheme}` is left out: {reason}",
        "add what it needs in a transport of your own, or describe another scheme with an overlay";
    /// A flow that has to be run outside.
    TokenGiven { scheme: String } => Warning "token-given",
        "the flows of `{scheme}` are not run: the client sends the token that it is given",
        "get a token by other means and give it to `Client::builder().auth(..)`";
    /// An HTTP scheme whose credentials the client does not make.
    WholeCredentials { scheme: String, word: String } => Warning "whole-credentials",
        "the client knows no `{word}`: of the credential for `{scheme}` it sends the whole value of `Authorization`",
        "give it with the word before it, `Token::new(\"{word} ..\")`; what answers a challenge or signs the request belongs in a transport that wraps another";
    /// A security requirement without a scheme.
    UnknownScheme { scheme: String } => Warning "unknown-scheme",
        "there is no security scheme `{scheme}`; this alternative is left out",
        "add it under `components/securitySchemes`";
    /// A security requirement without a scheme, whose name says what it is.
    UndefinedScheme { scheme: String, taken: String } => Warning "undefined-security-scheme",
        "there is no security scheme `{scheme}`; by its name it is taken for {taken}",
        "define it under `components/securitySchemes`, here or with an overlay";
    /// Security schemes that no operation requires.
    UnusedSchemes { schemes: String } => Warning "unused-security-schemes",
        "no `security` requires `{schemes}`, so no credential is ever sent, and `build()` rejects one that is given",
        "say at the document's root which one is required, such as `security: [{{name: []}}]`, here or with an overlay";
    /// Two schemes of one alternative that are sent in one place.
    SamePlace { scheme: String, other: String, place: String } => Warning "same-place",
        "`{scheme}` and `{other}` are required together, but both have their place in {place}: only the secret for `{other}` is sent",
        "if either of them is enough, write them as two alternatives, here or with an overlay";
    /// A document without an absolute address.
    NoServer => Warning "no-server",
        "the document gives no absolute server URL; the client has to be given one",
        "add `servers` with an absolute URL, here or with an overlay, or call `.base_url(..)`";
    /// A relative server, but for the document's first one.
    RelativeServer => Warning "relative-server",
        "this server is relative, and what it is relative to is not known, so that nothing is sent to it",
        "write the absolute URL, here or with an overlay, or call `.base_url(..)`";
    /// A parameter of the template without a description.
    UndescribedPathParameter { name: String } => Warning "undescribed-path-parameter",
        "the path has `{{{name}}}`, but no path parameter of this name is described; a string is taken",
        "describe it under `parameters`, here or with an overlay";
    /// A path parameter that the template does not have.
    UnusedPathParameter { name: String } => Warning "unused-path-parameter",
        "the path has no `{{{name}}}`; the parameter is left out",
        "correct the path or the parameter's name";
    /// A setting of a parameter that is not followed.
    ParameterSetting { setting: String, effect: &'static str } => Warning "parameter-setting",
        "`{setting}` is not supported yet: {effect}",
        "mend the value in your own code, or in a transport of your own";
    /// A list or an object inside another one, where a style serializes scalars.
    NestedValue { name: String } => Warning "nested-value",
        "`{name}` holds lists or objects inside others, which no style serializes; what stands inside is sent as JSON text",
        "describe the parameter by `content` with `application/json`, or by `style: deepObject`, whichever the server reads, here or with an overlay";
    /// A list in the style of objects.
    DeepObjectList { name: String } => Warning "deep-object-list",
        "`deepObject` is not defined for lists; in `{name}` the item at the place 0 is sent as `[0]=..`",
        "if the server reads another form, such as a repeated name, describe it by `style: form`, here or with an overlay";
    /// An extension of a parameter that says nothing there.
    BadExtension { member: &'static str, shape: &'static str } => Warning "bad-extension",
        "`{member}` should be {shape}; it is ignored",
        "see docs/mapping.md, \"Parameters and bodies\"";
    /// The declaration of errors inside successful answers.
    BadEnvelope { member: String, shape: &'static str } => Warning "bad-envelope",
        "`{member}` of `x-error-envelope` should be {shape}",
        "see docs/mapping.md, \"Errors inside a successful answer\"";
    /// A declaration of pages that cannot be read.
    BadPagination { reason: String } => Warning "bad-pagination",
        "this says nothing of pages: {reason}",
        "see docs/mapping.md, \"Pages\"";
    /// An operation that is declared to answer page by page, but does not fit.
    NotPaged { operation: String, reason: String } => Warning "not-paged",
        "`{operation}` is generated without pages: {reason}",
        "correct its declaration of pages, or mend the description with an overlay";
    /// A rule for pages that no operation follows.
    PagesNowhere { reason: String } => Warning "pages-nowhere",
        "a declaration of pages has no effect: {reason}",
        "adapt it to the document as it is now, or remove it";
} }
