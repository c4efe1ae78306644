//! In: the text of a message. Out: in how many segments it is sent, and charged.
//!
//! A text of GSM-7 characters (3GPP TS 23.038, section 6.2.1) has 160 septets in one segment, or 153 in each of
//! several; any other is UCS-2, with 70 or 67 code units. What takes two septets or units is not split.

/// The default alphabet, but for the letters and digits of ASCII.
const BASIC: &str = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./:;<=>?¡ÄÖÑÜ§¿äöñüà";

/// The extension table: an escape comes before each.
const EXTENSION: &str = "\u{c}^{}\\[~]|€";

/// The number of segments.
pub(crate) fn count(text: &str) -> usize {
    match text.chars().map(septets).collect::<Option<Vec<_>>>() {
        Some(septets) => fill(&septets, 160, 153),
        None => fill(&text.chars().map(char::len_utf16).collect::<Vec<_>>(), 70, 67),
    }
}

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

/// Fills one segment, or as many as it takes when the text must be split.
fn fill(characters: &[usize], alone: usize, each: usize) -> usize {
    if characters.iter().sum::<usize>() <= alone {
        return 1;
    }
    let (mut segments, mut used) = (1, 0);
    for character in characters {
        if used + character > each {
            segments += 1;
            used = 0;
        }
        used += character;
    }
    segments
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gsm_7_has_160_or_153_septets() {
        for (length, segments) in [(1, 1), (160, 1), (161, 2), (306, 2), (307, 3), (459, 3), (460, 4), (765, 5)] {
            assert_eq!(count(&"a".repeat(length)), segments, "{length}");
        }
        assert_eq!(BASIC.chars().count() + 62, 127, "the alphabet has 128 places; one is the escape");
        assert_eq!(count(&BASIC.repeat(2)), 1);
    }

    #[test]
    fn the_extension_table_takes_two() {
        assert_eq!(count(&"€".repeat(80)), 1);
        assert_eq!(count(&"€".repeat(81)), 2);
        // 153 is odd: the last septet of each segment stays empty.
        assert_eq!(count(&"€".repeat(152)), 2);
        assert_eq!(count(&"€".repeat(153)), 3);
    }

    #[test]
    fn any_other_character_makes_it_ucs_2() {
        for (length, segments) in [(1, 1), (70, 1), (71, 2), (134, 2), (135, 3)] {
            assert_eq!(count(&"ж".repeat(length)), segments, "{length}");
        }
        for other in ["ç", "`", "’", "ж", "\t"] {
            assert_eq!(count(&format!("{other}{}", "a".repeat(70))), 2, "{other:?}");
        }
    }

    #[test]
    fn a_surrogate_pair_is_not_split() {
        assert_eq!(count(&"😀".repeat(35)), 1);
        assert_eq!(count(&"😀".repeat(36)), 2);
        assert_eq!(count(&"😀".repeat(66)), 2);
        assert_eq!(count(&"😀".repeat(67)), 3);
    }
}
