//! In: the author's texts. Out: one JSON tree, merged and overlaid.

pub mod tree;
