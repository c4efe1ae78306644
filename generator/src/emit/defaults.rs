//! In: the defaults of an object's properties. Out: the constants that offer them. Nothing is sent that was not set.

use super::declare::literal;
use super::rust_type;
use crate::ir::{Api, Constant, Field, Float, Integer, Literal, Shape, Type};

/// The lines of a struct's constants: `DEFAULT_STORE_BODY: bool = false,`. A default that its type does not hold is said
/// in the docs alone.
pub(super) fn lines(api: &Api, fields: &[Field]) -> Vec<String> {
    let line = |field: &Field| {
        // What has one value only needs no word for it.
        if field.constant.is_some() {
            return None;
        }
        let (own, value) = constant(api, &field.r#type, field.default.as_ref()?)?;
        Some(format!("DEFAULT_{}: {own} = {value},", field.name.to_uppercase()))
    };
    fields.iter().filter_map(line).collect()
}

/// The only value of a property that is written by itself, as an expression of its type.
pub(super) fn value(api: &Api, field: &Field) -> Option<String> {
    let only = field.constant.as_ref()?;
    let own = || rust_type::text(&rust_type::tokens(api, &field.r#type, rust_type::Scope::Types));
    Some(match (constant(api, &field.r#type, only), only) {
        (Some((_, value)), _) if *rust_type::resolved(api, &field.r#type) == Type::String => {
            format!("{value}.to_owned()")
        }
        (Some((_, value)), _) => value,
        // A discriminator may lead here with a value that the property's own enum does not name.
        (None, Literal::Text(text)) => format!("{}::Unknown({}.to_owned())", own(), literal(text)),
        (None, Literal::Integer(whole)) => format!("{}::Unknown({whole})", own()),
        (None, _) => return None,
    })
}

/// The type and the value. The type goes by the name that the property has for it, which is the one in scope; an enum's
/// variants can be named by that of an alias, too.
fn constant(api: &Api, r#type: &Type, default: &Literal) -> Option<(String, String)> {
    let own = rust_type::text(&rust_type::tokens(api, r#type, rust_type::Scope::Types));
    let value = match (rust_type::resolved(api, r#type), default) {
        (Type::Boolean, Literal::Boolean(flag)) => flag.to_string(),
        (Type::Integer(width), Literal::Integer(whole)) if fits(*width, *whole) => whole.to_string(),
        (Type::Number(Float::F64), Literal::Number(number)) => format!("{number:?}"),
        // A shorter one would be rounded.
        (Type::Number(_), Literal::Integer(whole)) if i16::try_from(*whole).is_ok() => format!("{whole}.0"),
        (Type::String, Literal::Text(text)) => return Some(("&'static str".to_owned(), literal(text))),
        (Type::Named(id), default) => {
            let definition = api.types.get(*id);
            let wire = match default {
                Literal::Text(text) => text.clone(),
                Literal::Integer(whole) => whole.to_string(),
                _ => String::new(),
            };
            let find =
                |constants: &[Constant]| constants.iter().find(|one| one.wire == wire).map(|one| one.name.clone());
            let variant = match &definition.shape {
                Shape::Enum(constants) if matches!(default, Literal::Text(_)) => find(constants)?,
                Shape::Numbers(constants) if matches!(default, Literal::Integer(_)) => find(constants)?,
                _ => return None,
            };
            format!("{own}::{variant}")
        }
        _ => return None,
    };
    Some((own, value))
}

fn fits(width: Integer, whole: i128) -> bool {
    match width {
        Integer::I8 => i8::try_from(whole).is_ok(),
        Integer::I16 => i16::try_from(whole).is_ok(),
        Integer::I32 => i32::try_from(whole).is_ok(),
        Integer::I64 => i64::try_from(whole).is_ok(),
        Integer::I128 => true,
        Integer::U8 => u8::try_from(whole).is_ok(),
        Integer::U16 => u16::try_from(whole).is_ok(),
        Integer::U32 => u32::try_from(whole).is_ok(),
        Integer::U64 => u64::try_from(whole).is_ok(),
        Integer::U128 => u128::try_from(whole).is_ok(),
    }
}

#[cfg(test)]
mod tests {
    use super::lines;
    use crate::emit::sample::field;
    use crate::ir::{Api, Float, Integer, Literal, Type};

    #[test]
    fn a_default_is_a_constant_of_its_type() {
        let line = |r#type: Type, default: Literal| {
            let mut field = field("page_size", r#type, false, false);
            field.default = Some(default);
            lines(&Api::default(), &[field]).pop()
        };
        let expected = |text: &str| Some(format!("DEFAULT_PAGE_SIZE: {text},"));
        assert_eq!(line(Type::Boolean, Literal::Boolean(true)), expected("bool = true"));
        assert_eq!(line(Type::Integer(Integer::I32), Literal::Integer(-1)), expected("i32 = -1"));
        assert_eq!(line(Type::Integer(Integer::U8), Literal::Integer(-1)), None);
        assert_eq!(line(Type::Number(Float::F64), Literal::Number(0.5)), expected("f64 = 0.5"));
        assert_eq!(line(Type::Number(Float::F32), Literal::Integer(1)), expected("f32 = 1.0"));
        assert_eq!(line(Type::String, Literal::Text("a\"".into())), expected("&'static str = \"a\\\"\""));
        assert_eq!(line(Type::String, Literal::Boolean(true)), None);
    }
}
