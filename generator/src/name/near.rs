//! In: a name that nothing has, and the names that there are. Out: the one that was probably meant.

/// The one of these names that a misspelled one was probably meant to be: of the same letters and digits, or up to two
/// letters away, the nearest first, then the first in the order of the alphabet.
pub fn near<'a>(name: &str, others: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let own = letters(name);
    let distance = |other: &str| strsim::damerau_levenshtein(&own, &letters(other));
    let (distance, nearest) = others.map(|other| (distance(other), other)).min()?;
    (distance <= 2.min(own.chars().count() / 3)).then_some(nearest)
}

/// What is left of a name when only its letters and digits count.
fn letters(name: &str) -> String {
    let plain: String = name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    if plain.is_empty() { name.to_owned() } else { plain }
}

#[cfg(test)]
mod tests {
    use super::near;

    #[test]
    fn near_misses_are_found() {
        for (name, meant) in [
            ("accessed", Some("access")),
            ("grant_type", Some("grant-type")),
            ("onwerId", Some("ownerId")),
            ("owner_id", Some("ownerId")),
            ("id", None),
            ("links", None),
            ("$", None),
        ] {
            assert_eq!(near(name, ["access", "grant-type", "ownerId", "ip", "@"].into_iter()), meant, "{name}");
        }
    }
}
