//! In: a problem. Out: its line and column, where it has no address in a tree: what is wrong with a text as a whole.

use super::Problem;

impl Problem {
    /// The line and column, counted from 1 and in characters, of a problem that has no address in a tree.
    pub fn position(&self) -> Option<(usize, usize)> {
        match self {
            Self::Syntax { line, column, .. } => Some((*line, *column)),
            Self::SeveralDocuments { line }
            | Self::PageWithoutDocument { line, .. }
            | Self::PageOfChannels { line }
            | Self::PageHidden { line, .. }
            | Self::PageWithoutBlock { line, .. }
            | Self::PageBlockOpen { line, .. }
            | Self::PageBlockEmpty { line }
            | Self::PageOtherBlock { line, .. } => Some((*line, 1)),
            // To look for it would be to read what is too large to be read.
            Self::TextTooLarge { .. } => Some((1, 1)),
            _ => None,
        }
    }
}
