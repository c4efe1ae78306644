//! In: the text of a message. Out: in how many segments it is sent, and so charged; and whether it is short enough.
//!
//! Own code: what crates there are for it, `sms_splitter` and `message_segment_calculator`, have stood still for years.

use std::fmt;

/// The default alphabet (3GPP TS 23.038, section 6.2.1), but for the letters and digits of ASCII.
const BASIC: &str = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./:;<=>?¡ÄÖÑÜ§¿äöñüà";

/// The extension table (section 6.2.1.1): an escape comes before each.
const EXTENSION: &str = "\u{c}^{}\\[~]|€";

/// How the characters of a message are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Encoding {
    /// GSM-7: a segment has 160 septets, or 153 where there are several. Those of the extension table, such as `€`,
    /// take two.
    Gsm7,
    /// UCS-2, for a text with any other character: a segment has 70 units of UTF-16, or 67 where there are several.
    /// Those beyond the Basic Multilingual Plane, such as `😀`, take two.
    Ucs2,
}

/// The segments of a message, each of which is charged as one message.
///
/// ```
/// use voximplant_client::{Encoding, Segments};
///
/// let segments = Segments::of("See you at 8 €5");
/// assert_eq!((segments.encoding(), segments.count(), segments.left()), (Encoding::Gsm7, 1, 144));
/// assert_eq!(Segments::of("Добрый день").encoding(), Encoding::Ucs2);
/// assert!(Segments::of(&"a".repeat(766)).within(Segments::SMS).is_err());
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Segments {
    encoding: Encoding,
    count: usize,
    left: usize,
    length: usize,
}

impl Segments {
    /// How long the text of `SendSmsMessage` may be.
    pub const SMS: usize = 765;
    /// How long the text of `A2PSendSms` may be.
    pub const A2P: usize = 1600;

    /// The segments of a text, by the rules of the standard. The vendor's own count comes with the answer, as
    /// `fragments_count`; an empty text is one segment.
    pub fn of(text: &str) -> Self {
        let length = text.chars().map(char::len_utf16).sum();
        let (encoding, (count, left)) = match text.chars().map(septets).collect::<Option<Vec<_>>>() {
            Some(septets) => (Encoding::Gsm7, fill(&septets, 160, 153)),
            None => (Encoding::Ucs2, fill(&text.chars().map(char::len_utf16).collect::<Vec<_>>(), 70, 67)),
        };
        Self { encoding, count, left, length }
    }

    /// How the text is written.
    pub fn encoding(&self) -> Encoding {
        self.encoding
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.count
    }

    /// How many septets, or units of UTF-16, the last one has left.
    pub fn left(&self) -> usize {
        self.left
    }

    /// Checks the text's length before it is sent: [`Segments::SMS`] or [`Segments::A2P`]. The vendor does not say how
    /// characters are counted; here they are units of UTF-16, of which an emoji has two or more.
    ///
    /// # Errors
    /// When the text is longer.
    pub fn within(self, limit: usize) -> Result<Self, TooLong> {
        if self.length > limit { Err(TooLong { length: self.length, limit }) } else { Ok(self) }
    }
}

/// A text that is longer than the vendor takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct TooLong {
    /// Its length, in units of UTF-16.
    pub length: usize,
    /// How long it may be.
    pub limit: usize,
}

impl fmt::Display for TooLong {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the text has {} characters, and may have {}", self.length, self.limit)
    }
}

impl std::error::Error for TooLong {}

/// What a character takes in GSM-7, if it has it.
fn septets(c: char) -> Option<usize> {
    if c.is_ascii_alphanumeric() || BASIC.contains(c) {
        Some(1)
    } else if EXTENSION.contains(c) {
        Some(2)
    } else {
        None
    }
}

/// Fills one segment, or as many as it takes when the text must be split: their number, and what the last has left.
/// What takes two places is not split.
fn fill(characters: &[usize], alone: usize, each: usize) -> (usize, usize) {
    let all: usize = characters.iter().sum();
    if all <= alone {
        return (1, alone - all);
    }
    let (mut segments, mut used) = (1, 0);
    for character in characters {
        if used + character > each {
            segments += 1;
            used = 0;
        }
        used += character;
    }
    (segments, each - used)
}

#[cfg(test)]
mod tests {
    use super::{BASIC, Encoding, Segments};

    fn count(text: &str) -> (usize, usize) {
        let segments = Segments::of(text);
        (segments.count(), segments.left())
    }

    #[test]
    fn gsm_7_has_160_or_153_septets() {
        for (length, expected) in [
            (0, (1, 160)),
            (1, (1, 159)),
            (160, (1, 0)),
            (161, (2, 145)),
            (306, (2, 0)),
            (307, (3, 152)),
            (765, (5, 0)),
        ] {
            assert_eq!(count(&"a".repeat(length)), expected, "{length}");
        }
        assert_eq!(BASIC.chars().count() + 62, 127, "the alphabet has 128 places; one is the escape");
        assert_eq!(Segments::of(BASIC).encoding(), Encoding::Gsm7);
    }

    #[test]
    fn the_extension_table_takes_two_which_are_not_split() {
        assert_eq!(count(&"€".repeat(80)), (1, 0));
        assert_eq!(count(&"€".repeat(81)), (2, 153 - 10));
        // 153 is odd: the last septet of each segment stays empty.
        assert_eq!(count(&"€".repeat(152)), (2, 1));
        assert_eq!(count(&"€".repeat(153)), (3, 151));
        assert_eq!(count(&format!("{}€", "a".repeat(158))), (1, 0));
        assert_eq!(count(&format!("{}€", "a".repeat(159))), (2, 153 - 8));
    }

    #[test]
    fn any_other_character_makes_it_ucs_2() {
        for (length, expected) in [(1, (1, 69)), (70, (1, 0)), (71, (2, 63)), (134, (2, 0)), (135, (3, 66))] {
            assert_eq!(count(&"ж".repeat(length)), expected, "{length}");
        }
        for other in ["ç", "`", "’", "ж", "\t"] {
            assert_eq!(count(&format!("{other}{}", "a".repeat(70))), (2, 63), "{other:?}");
        }
    }

    #[test]
    fn a_surrogate_pair_is_not_split() {
        assert_eq!(count(&"😀".repeat(35)), (1, 0));
        assert_eq!(count(&"😀".repeat(36)), (2, 67 - 6));
        assert_eq!(count(&"😀".repeat(66)), (2, 1));
        assert_eq!(count(&"😀".repeat(67)), (3, 65));
    }

    #[test]
    fn a_text_that_is_too_long_is_told_before_it_is_sent() {
        assert!(Segments::of(&"a".repeat(765)).within(Segments::SMS).is_ok());
        let error = Segments::of(&"a".repeat(766)).within(Segments::SMS).unwrap_err();
        assert_eq!(error.to_string(), "the text has 766 characters, and may have 765");
        assert!(Segments::of(&"😀".repeat(800)).within(Segments::A2P).is_ok());
        assert!(Segments::of(&"😀".repeat(801)).within(Segments::A2P).is_err());
    }
}
