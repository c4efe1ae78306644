//! In: nothing. Out: nothing; the package is there for its test.
