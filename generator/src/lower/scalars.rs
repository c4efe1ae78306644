//! In: a schema of a string, number or boolean. Out: its `Type`, by its format and by what the caller chose.

use crate::ir::{Float, Format, Integer, Library, Type};
use crate::source::{DateTime, Options, Uuid};
use openapiv3::{IntegerFormat, NumberFormat, Schema, SchemaKind, StringFormat, VariantOrUnknownOrEmpty};

/// The type of a scalar that needs no name.
pub(super) fn scalar(options: &Options, schema: &Schema) -> Option<Type> {
    let SchemaKind::Type(written) = &schema.schema_kind else { return None };
    match written {
        openapiv3::Type::String(string) => string.enumeration.is_empty().then(|| text(options, &string.format)),
        openapiv3::Type::Boolean(_) => Some(Type::Boolean),
        openapiv3::Type::Integer(integer) => Some(Type::Integer(width(&integer.format))),
        openapiv3::Type::Number(number) => Some(Type::Number(precision(&number.format))),
        _ => None,
    }
}

/// The scalar that holds the values of both, if they are of one kind.
pub(super) fn wider(one: &Type, other: &Type) -> Option<Type> {
    match (one, other) {
        _ if one == other => Some(one.clone()),
        (Type::Integer(one), Type::Integer(other)) => Some(Type::Integer(one.common(*other))),
        (Type::Number(_), Type::Number(_)) => Some(Type::Number(Float::F64)),
        // What is text or a number holds either.
        (Type::Format(Format::Numeric), Type::Integer(_) | Type::Number(_) | Type::String | Type::Format(_))
        | (Type::Integer(_) | Type::Number(_) | Type::String | Type::Format(_), Type::Format(Format::Numeric)) => {
            Some(Type::Format(Format::Numeric))
        }
        // Any text can be a file, or a secret.
        (Type::Format(Format::File), Type::String | Type::Format(_))
        | (Type::String | Type::Format(_), Type::Format(Format::File)) => Some(Type::Format(Format::File)),
        (Type::Format(Format::Secret), Type::String | Type::Format(_))
        | (Type::String | Type::Format(_), Type::Format(Format::Secret)) => Some(Type::Format(Format::Secret)),
        (Type::String | Type::Format(_), Type::String | Type::Format(_)) => Some(Type::String),
        _ => None,
    }
}

/// The type of a string (OpenAPI Format Registry). Formats that a type would only check, and that no two libraries
/// read alike, stay strings: `uri`, `email`, `hostname`, `decimal`.
fn text(options: &Options, format: &VariantOrUnknownOrEmpty<StringFormat>) -> Type {
    let format = match format {
        VariantOrUnknownOrEmpty::Item(StringFormat::DateTime) => library(options).map(Format::DateTime),
        VariantOrUnknownOrEmpty::Item(StringFormat::Date) => library(options).map(Format::Date),
        VariantOrUnknownOrEmpty::Item(StringFormat::Byte) => Some(Format::Base64),
        VariantOrUnknownOrEmpty::Item(StringFormat::Password) => Some(Format::Secret),
        VariantOrUnknownOrEmpty::Item(StringFormat::Binary) => Some(Format::File),
        VariantOrUnknownOrEmpty::Unknown(format) => match format.as_str() {
            "time" => library(options).map(Format::Time),
            "sql-date-time" => library(options).map(Format::SqlDateTime),
            // The other libraries have no type for a month, whose length is not fixed.
            "duration" => library(options).filter(|library| *library == Library::Jiff).map(|_| Format::Duration),
            "uuid" => (options.uuid == Uuid::Uuid).then_some(Format::Uuid),
            "x-oasmith-numeric" => Some(Format::Numeric),
            "ipv4" => Some(Format::Ipv4),
            "ipv6" => Some(Format::Ipv6),
            _ => None,
        },
        _ => None,
    };
    format.map_or(Type::String, Type::Format)
}

fn library(options: &Options) -> Option<Library> {
    match options.date_time {
        DateTime::Jiff => Some(Library::Jiff),
        DateTime::Chrono => Some(Library::Chrono),
        DateTime::Time => Some(Library::Time),
        DateTime::String => None,
    }
}

/// The width that a format asks for (OpenAPI 3.1.1, section 4.4, and the OpenAPI Format Registry).
fn width(format: &VariantOrUnknownOrEmpty<IntegerFormat>) -> Integer {
    match format {
        VariantOrUnknownOrEmpty::Item(IntegerFormat::Int32) => Integer::I32,
        VariantOrUnknownOrEmpty::Unknown(format) => {
            Integer::ALL.into_iter().find(|width| width.format() == *format).unwrap_or(Integer::I64)
        }
        _ => Integer::I64,
    }
}

fn precision(format: &VariantOrUnknownOrEmpty<NumberFormat>) -> Float {
    match format {
        VariantOrUnknownOrEmpty::Item(NumberFormat::Float) => Float::F32,
        _ => Float::F64,
    }
}

#[cfg(test)]
mod tests {
    use super::{Format, Integer, Type, wider};

    #[test]
    fn the_wider_of_two_holds_both() {
        let integer = |one, other| wider(&Type::Integer(one), &Type::Integer(other));
        assert_eq!(integer(Integer::I32, Integer::U32), Some(Type::Integer(Integer::I64)));
        assert_eq!(integer(Integer::I64, Integer::U64), Some(Type::Integer(Integer::I128)));
        assert_eq!(integer(Integer::U8, Integer::U32), Some(Type::Integer(Integer::U32)));
        assert_eq!(integer(Integer::I8, Integer::U128), Some(Type::Integer(Integer::I128)));
        let text = |one, other| wider(&Type::Format(one), &other);
        assert_eq!(text(Format::Uuid, Type::Format(Format::Uuid)), Some(Type::Format(Format::Uuid)));
        assert_eq!(text(Format::Uuid, Type::Format(Format::Ipv4)), Some(Type::String));
        assert_eq!(text(Format::Secret, Type::String), Some(Type::Format(Format::Secret)));
        assert_eq!(text(Format::Uuid, Type::Boolean), None);
    }
}
