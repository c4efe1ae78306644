//! In: nothing. Out: the keywords of a schema: those of OpenAPI 3.0's Schema Object and of JSON Schema 2020-12, which
//! OpenAPI 3.1 uses.
//!
//! Keywords that only assert change no type, and none lies without them: `not` beside a type, `contains`, `minContains`,
//! `maxContains`, `uniqueItems`, `propertyNames`, `dependentRequired`, bounds, lengths and `pattern`. `if`, `then`, `else`
//! and `dependentSchemas` narrow, too; where they name members that the type would not keep, `desugar` reports it.

use super::Kind::{Discriminator, ExternalDocs, Schema};
use super::Members;
use super::Shape::{
    Any, Bound, Count, Flag, Items, List, Map, Number, Object, One, SchemaOrFlag, Text, TextLists, Texts, Values,
};

pub(super) const MEMBERS: Members = &[
    // Core (JSON Schema 2020-12, section 8).
    ("$ref", Text),
    ("$defs", Map(Schema)),
    ("$id", Text),
    ("$schema", Text),
    ("$anchor", Text),
    ("$dynamicRef", Text),
    ("$dynamicAnchor", Text),
    ("$recursiveRef", Text),
    ("$recursiveAnchor", Flag),
    ("$vocabulary", Object),
    ("$comment", Text),
    // Of earlier drafts, which many still write.
    ("definitions", Map(Schema)),
    ("additionalItems", SchemaOrFlag),
    ("dependencies", Object),
    // Applicators (JSON Schema 2020-12, section 10).
    ("allOf", List(Schema)),
    ("anyOf", List(Schema)),
    ("oneOf", List(Schema)),
    ("not", One(Schema)),
    ("if", One(Schema)),
    ("then", One(Schema)),
    ("else", One(Schema)),
    ("dependentSchemas", Map(Schema)),
    ("prefixItems", List(Schema)),
    ("items", Items),
    ("contains", One(Schema)),
    ("properties", Map(Schema)),
    ("patternProperties", Map(Schema)),
    ("additionalProperties", SchemaOrFlag),
    ("propertyNames", One(Schema)),
    ("unevaluatedItems", SchemaOrFlag),
    ("unevaluatedProperties", SchemaOrFlag),
    // Validation (JSON Schema Validation 2020-12, section 6).
    ("type", Any),
    ("enum", Values),
    ("const", Any),
    ("multipleOf", Number),
    ("maximum", Number),
    ("exclusiveMaximum", Bound),
    ("minimum", Number),
    ("exclusiveMinimum", Bound),
    ("maxLength", Count),
    ("minLength", Count),
    ("pattern", Text),
    ("maxItems", Count),
    ("minItems", Count),
    ("uniqueItems", Flag),
    ("maxContains", Count),
    ("minContains", Count),
    ("maxProperties", Count),
    ("minProperties", Count),
    ("required", Texts),
    ("dependentRequired", TextLists),
    // Format, contents and annotations (sections 7 to 9).
    ("format", Text),
    ("contentEncoding", Text),
    ("contentMediaType", Text),
    ("contentSchema", One(Schema)),
    ("title", Text),
    ("description", Text),
    ("default", Any),
    ("deprecated", Flag),
    ("readOnly", Flag),
    ("writeOnly", Flag),
    ("examples", Any),
    // OpenAPI's own (3.0.4 section 4.7.24, 3.1.1 section 4.8.24).
    ("nullable", Flag),
    ("discriminator", One(Discriminator)),
    ("xml", Object),
    ("externalDocs", One(ExternalDocs)),
    ("example", Any),
];
