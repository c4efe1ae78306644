//! In: a file's path and a Rust path in it, such as `super::super::ir::Api`. Out: what it leads to, from the crate's
//! root: `ir::Api`.

/// Where a file's module is in its crate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Module(Vec<String>);

impl Module {
    /// The module of a file below a `src` folder: `generator/src/lower/unions.rs` is `lower::unions`.
    pub(super) fn of(path: &str) -> Self {
        let inside = path.split_once("src/").map_or(path, |(_, inside)| inside);
        let inside = inside.trim_end_matches(".rs").trim_end_matches("/mod");
        let steps = inside.split('/').filter(|step| !matches!(*step, "lib" | "main"));
        Self(steps.map(str::to_owned).collect())
    }

    /// The module of this name within this one.
    pub(super) fn inner(&self, name: &str) -> Self {
        Self(self.0.iter().cloned().chain([name.to_owned()]).collect())
    }

    /// The steps from the crate's root to what `path` leads to; `None` for paths into other crates, and for names
    /// that a `use` has brought in.
    pub(super) fn resolve(&self, path: &[String]) -> Option<Vec<String>> {
        let (first, mut rest) = path.split_first()?;
        let mut steps = match first.as_str() {
            "crate" => Vec::new(),
            "self" => self.0.clone(),
            "super" => outer(&self.0)?,
            _ => return None,
        };
        while let Some((_, after)) = rest.split_first().filter(|(step, _)| *step == "super") {
            steps = outer(&steps)?;
            rest = after;
        }
        steps.extend(rest.iter().cloned());
        Some(steps)
    }
}

fn outer(steps: &[String]) -> Option<Vec<String>> {
    steps.split_last().map(|(_, outer)| outer.to_vec())
}

#[cfg(test)]
mod tests {
    use super::Module;

    fn resolve(file: &str, path: &str) -> Option<String> {
        let path: Vec<_> = path.split("::").map(str::to_owned).collect();
        Some(Module::of(file).resolve(&path)?.join("::"))
    }

    #[test]
    fn paths_start_at_the_root() {
        let file = "generator/src/lower/unions.rs";
        assert_eq!(resolve(file, "crate::ir::Api").as_deref(), Some("ir::Api"));
        assert_eq!(resolve(file, "super::context").as_deref(), Some("lower::context"));
        assert_eq!(resolve(file, "super::super::read").as_deref(), Some("read"));
        assert_eq!(resolve(file, "self::proof").as_deref(), Some("lower::unions::proof"));
        assert_eq!(resolve(file, "openapiv3::Schema"), None);
        assert_eq!(resolve("generator/src/lower/mod.rs", "self::a").as_deref(), Some("lower::a"));
        assert_eq!(resolve("generator/src/lib.rs", "self::read").as_deref(), Some("read"));
    }

    #[test]
    fn inner_modules_count() {
        let inner = Module::of("generator/src/ir.rs").inner("parts");
        let path = ["super".to_owned(), "super".to_owned(), "pointer".to_owned()];
        assert_eq!(inner.resolve(&path), Some(vec!["pointer".to_owned()]));
    }
}
