//! In: a path template and a path. Out: which texts the variables have, percent-encoded as they were sent.

use crate::styles::decoded;

/// The variables with their texts.
pub type Reading = Vec<(String, String)>;

/// Every way to read a path by a template; where variables touch, there may be several. Segments are read one by one:
/// no variable holds a slash (OpenAPI 3.1.1, section 4.8.8.2).
pub fn readings(template: &str, path: &str) -> Vec<Reading> {
    let (templates, segments): (Vec<_>, Vec<_>) = (template.split('/').collect(), path.split('/').collect());
    if templates.len() != segments.len() {
        return Vec::new();
    }
    let mut readings = vec![Reading::new()];
    for (template, segment) in templates.into_iter().zip(segments) {
        let own = segment_readings(template, segment);
        let joined =
            |one: &Reading| own.iter().map(|more| one.iter().chain(more).cloned().collect()).collect::<Vec<Reading>>();
        readings = readings.iter().flat_map(joined).collect();
    }
    readings
}

fn segment_readings(template: &str, segment: &str) -> Vec<Reading> {
    let variable = template.split_once('{').and_then(|(before, rest)| Some((before, rest.split_once('}')?)));
    let Some((before, (name, after))) = variable else {
        return if decoded(segment).is_ok_and(|text| text == template) { vec![Reading::new()] } else { Vec::new() };
    };
    let starts =
        (0..=segment.len()).filter(|at| segment.get(..*at).and_then(|it| decoded(it).ok()).as_deref() == Some(before));
    let mut found = Vec::new();
    for start in starts {
        // The longest first: what follows a variable is mostly a suffix.
        for end in (start..=segment.len()).rev().filter(|end| segment.is_char_boundary(*end)) {
            for rest in segment_readings(after, &segment[end..]) {
                let own = (name.to_owned(), segment[start..end].to_owned());
                found.push(std::iter::once(own).chain(rest).collect());
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::readings;

    #[test]
    fn variables_stay_in_their_segments() {
        let read = |template: &str, path: &str| {
            let first = readings(template, path).into_iter().next();
            first.map(|all| all.into_iter().map(|(name, text)| format!("{name}={text}")).collect::<Vec<_>>())
        };
        assert_eq!(read("/a/{x}/b", "/a/1%2F2/b"), Some(vec!["x=1%2F2".to_owned()]));
        assert_eq!(read("/a/{x}/b", "/a/1/2/b"), None);
        assert_eq!(read("/{x}.{y}", "/1.json"), Some(vec!["x=1".to_owned(), "y=json".to_owned()]));
        assert_eq!(read("/a b/{x}:go", "/a%20b/%3A:go"), Some(vec!["x=%3A".to_owned()]));
        assert_eq!(read("/a", "/b"), None);
    }
}
