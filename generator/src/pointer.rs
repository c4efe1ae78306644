//! In: steps into a document. Out: `Pointer`, the address of anything in a document (RFC 6901).

use std::fmt;

/// A JSON Pointer (RFC 6901), kept as its unescaped reference tokens. The empty pointer is the whole document.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Pointer(Vec<String>);

impl Pointer {
    /// The address of the whole document.
    pub fn root() -> Self {
        Self::default()
    }

    /// Reads the text form, `/paths/~1a/get`; `None` if it is neither empty nor starts with `/`.
    pub fn parse(text: &str) -> Option<Self> {
        if text.is_empty() {
            return Some(Self::root());
        }
        let tokens = text.strip_prefix('/')?.split('/');
        Some(Self(tokens.map(|token| token.replace("~1", "/").replace("~0", "~")).collect()))
    }

    /// The address one step further in: a member's name.
    #[must_use]
    pub fn join(&self, token: impl Into<String>) -> Self {
        let mut tokens = self.0.clone();
        tokens.push(token.into());
        Self(tokens)
    }

    /// The address one step further in: an array's element.
    #[must_use]
    pub fn index(&self, index: usize) -> Self {
        self.join(index.to_string())
    }

    /// This address, then all steps of `rest`.
    #[must_use]
    pub fn concat(&self, rest: &[String]) -> Self {
        Self(self.0.iter().chain(rest).cloned().collect())
    }

    /// The unescaped steps, outermost first.
    pub fn tokens(&self) -> &[String] {
        &self.0
    }

    /// The last step: a member's name or an element's index.
    pub fn last(&self) -> Option<&str> {
        self.0.last().map(String::as_str)
    }

    /// The address one step further out; `None` for the whole document.
    pub fn parent(&self) -> Option<Self> {
        let (_, parents) = self.0.split_last()?;
        Some(Self(parents.to_vec()))
    }

    /// The steps from `outer` to here, if this address lies at or below `outer`.
    pub fn strip(&self, outer: &Self) -> Option<&[String]> {
        self.0.strip_prefix(outer.0.as_slice())
    }
}

impl fmt::Display for Pointer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|token| write!(f, "/{}", token.replace('~', "~0").replace('/', "~1")))
    }
}

impl serde::Serialize for Pointer {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(test)]
mod tests {
    use super::Pointer;

    #[test]
    fn escapes_round_trip() {
        let text = "/paths/~1a~1{b}/get/~0x";
        let pointer = Pointer::parse(text).unwrap();
        assert_eq!(pointer.tokens(), ["paths", "/a/{b}", "get", "~x"]);
        assert_eq!(pointer.to_string(), text);
    }

    #[test]
    fn only_absolute_pointers_parse() {
        assert_eq!(Pointer::parse(""), Some(Pointer::root()));
        assert_eq!(Pointer::parse("a/b"), None);
    }
}
