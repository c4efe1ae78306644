//! In: a Rust file that is not a test. Out: findings about what it says: long functions, panics, globs, type names,
//! unordered maps, and paths that the tables in `arrows` do not allow. Tests within it are passed over.

use super::module::Module;
use super::{Finding, arrows};
use proc_macro2::Span;
use syn::spanned::Spanned;
use syn::visit::{self, Visit};

const MOST_LINES: usize = 60;
const PANICS: [&str; 6] = ["panic", "todo", "unimplemented", "unreachable", "unwrap", "expect"];
const VAGUE: [&str; 6] = ["Info", "Data", "Manager", "Helper", "Util", "Utils"];
/// Parts whose results reach the output, so that every order in them must be a fixed one.
const ORDERED: [&str; 2] = ["generator/src/emit", "generator/src/lower"];

/// Checks a file.
pub(super) fn check(path: &str, text: &str) -> Vec<Finding> {
    let file = match syn::parse_file(text) {
        Ok(file) => file,
        Err(error) => {
            let line = error.span().start().line;
            return vec![Finding { path: path.to_owned(), line, rule: "syntax", text: error.to_string() }];
        }
    };
    let mut walk = Walk { path, module: Module::of(path), found: Vec::new() };
    walk.visit_file(&file);
    walk.found
}

struct Walk<'a> {
    path: &'a str,
    module: Module,
    found: Vec<Finding>,
}

impl Walk<'_> {
    fn find(&mut self, span: Span, rule: &'static str, text: String) {
        self.found.push(Finding { path: self.path.to_owned(), line: span.start().line, rule, text });
    }

    fn function(&mut self, signature: &syn::Signature, whole: Span) {
        let start = signature.span().start().line;
        let lines = whole.end().line - start + 1;
        if lines > MOST_LINES {
            let name = &signature.ident;
            let text = format!("`{name}` has {lines} lines; split it into steps with names, at most {MOST_LINES}");
            self.find(signature.span(), "function-length", text);
        }
    }

    fn type_name(&mut self, name: &syn::Ident) {
        let text = name.to_string();
        if let Some(end) = VAGUE.iter().find(|end| text.ends_with(**end)) {
            self.find(name.span(), "type-name", format!("`{text}`: types are bare nouns, without `{end}`"));
        }
    }

    fn panics(&mut self, name: &syn::Ident) {
        if PANICS.iter().any(|panic| name == panic) {
            let text = format!("`{name}` ends the program; return an error, or match so that the case cannot arise");
            self.find(name.span(), "panics", text);
        }
    }

    /// A path that is named, by `use` or in code.
    fn names(&mut self, steps: &[String], span: Span) {
        let line = span.start().line;
        self.found.extend(arrows::check(self.path, line, &self.module, steps));
        let unordered = steps.iter().find(|step| matches!(step.as_str(), "HashMap" | "HashSet"));
        if let Some(name) = unordered.filter(|_| ORDERED.iter().any(|part| self.path.starts_with(part))) {
            self.find(
                span,
                "order",
                format!("`{name}` has no fixed order; use `BTreeMap`, `BTreeSet` or a sorted list"),
            );
        }
    }

    fn use_tree(&mut self, before: &[String], tree: &syn::UseTree) {
        let with = |name: &syn::Ident| [before, &[name.to_string()]].concat();
        match tree {
            syn::UseTree::Path(path) => self.use_tree(&with(&path.ident), &path.tree),
            syn::UseTree::Group(group) => group.items.iter().for_each(|tree| self.use_tree(before, tree)),
            syn::UseTree::Name(name) => self.names(&with(&name.ident), name.span()),
            syn::UseTree::Rename(rename) => self.names(&with(&rename.ident), rename.span()),
            syn::UseTree::Glob(glob) => {
                self.names(&[before, &["*".to_owned()]].concat(), glob.span());
                if before.last().is_some_and(|last| last == "super") {
                    self.find(glob.span(), "glob", "`use super::*` hides what is used; name the items".to_owned());
                }
            }
        }
    }
}

impl<'ast> Visit<'ast> for Walk<'_> {
    fn visit_item_mod(&mut self, item: &'ast syn::ItemMod) {
        if !is_test(&item.attrs) {
            let inner = self.module.inner(&item.ident.to_string());
            let outer = std::mem::replace(&mut self.module, inner);
            visit::visit_item_mod(self, item);
            self.module = outer;
        }
    }

    fn visit_item_impl(&mut self, item: &'ast syn::ItemImpl) {
        if !is_test(&item.attrs) {
            visit::visit_item_impl(self, item);
        }
    }

    fn visit_item_fn(&mut self, item: &'ast syn::ItemFn) {
        if !is_test(&item.attrs) {
            self.function(&item.sig, item.span());
            visit::visit_item_fn(self, item);
        }
    }

    fn visit_impl_item_fn(&mut self, item: &'ast syn::ImplItemFn) {
        if !is_test(&item.attrs) {
            self.function(&item.sig, item.span());
            visit::visit_impl_item_fn(self, item);
        }
    }

    fn visit_trait_item_fn(&mut self, item: &'ast syn::TraitItemFn) {
        self.function(&item.sig, item.span());
        visit::visit_trait_item_fn(self, item);
    }

    fn visit_item_struct(&mut self, item: &'ast syn::ItemStruct) {
        self.type_name(&item.ident);
        visit::visit_item_struct(self, item);
    }

    fn visit_item_enum(&mut self, item: &'ast syn::ItemEnum) {
        self.type_name(&item.ident);
        visit::visit_item_enum(self, item);
    }

    fn visit_item_trait(&mut self, item: &'ast syn::ItemTrait) {
        self.type_name(&item.ident);
        visit::visit_item_trait(self, item);
    }

    fn visit_item_type(&mut self, item: &'ast syn::ItemType) {
        self.type_name(&item.ident);
        visit::visit_item_type(self, item);
    }

    fn visit_item_use(&mut self, item: &'ast syn::ItemUse) {
        if !is_test(&item.attrs) {
            self.use_tree(&[], &item.tree);
        }
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        let steps: Vec<_> = path.segments.iter().map(|segment| segment.ident.to_string()).collect();
        self.names(&steps, path.span());
        visit::visit_path(self, path);
    }

    fn visit_macro(&mut self, call: &'ast syn::Macro) {
        if let Some(name) = call.path.segments.last() {
            self.panics(&name.ident);
        }
        visit::visit_macro(self, call);
    }

    fn visit_expr_method_call(&mut self, call: &'ast syn::ExprMethodCall) {
        self.panics(&call.method);
        visit::visit_expr_method_call(self, call);
    }
}

/// Whether an item is only there in tests.
fn is_test(attributes: &[syn::Attribute]) -> bool {
    attributes.iter().any(|attribute| match &attribute.meta {
        syn::Meta::Path(path) => path.is_ident("test"),
        syn::Meta::List(list) => list.path.is_ident("cfg") && is_test_cfg(list),
        _ => false,
    })
}

/// `cfg(test)`, and `cfg(all(test, ...))`.
fn is_test_cfg(cfg: &syn::MetaList) -> bool {
    let text = cfg.tokens.to_string().replace(' ', "");
    text == "test" || text.starts_with("all(test,")
}

#[cfg(test)]
mod tests {
    use super::check;

    fn rules(path: &str, text: &str) -> Vec<(&'static str, usize)> {
        check(path, text).into_iter().map(|finding| (finding.rule, finding.line)).collect()
    }

    fn in_emit(text: &str) -> Vec<(&'static str, usize)> {
        rules("generator/src/emit/a.rs", text)
    }

    #[test]
    fn panics_are_found_but_not_in_tests() {
        assert_eq!(in_emit("fn a() {\n    b().unwrap();\n    todo!()\n}"), [("panics", 2), ("panics", 3)]);
        assert_eq!(in_emit("fn a() { b().unwrap_or_default(); std::unreachable!() }"), [("panics", 1)]);
        assert_eq!(in_emit("#[cfg(test)]\nmod tests { use super::*; fn a() { b().unwrap() } }"), []);
        assert_eq!(in_emit("#[test]\nfn a() { b().unwrap() }"), []);
    }

    #[test]
    fn long_functions_are_found() {
        let function = |lines: usize| format!("/// Docs.\nfn a() {{\n{}}}\n", "    b();\n".repeat(lines - 2));
        assert_eq!(in_emit(&function(60)), []);
        assert_eq!(in_emit(&function(61)), [("function-length", 2)]);
        assert_eq!(in_emit(&format!("impl A {{\n{}}}", function(61))), [("function-length", 3)]);
    }

    #[test]
    fn globs_of_the_outer_module_are_found() {
        assert_eq!(in_emit("use super::*;"), [("glob", 1)]);
        assert_eq!(in_emit("use crate::ir::*;"), []);
    }

    #[test]
    fn vague_names_are_found() {
        assert_eq!(
            in_emit("struct TypeInfo;\nenum Data {}\ntrait A {}\ntype BHelper = A;"),
            [("type-name", 1), ("type-name", 2), ("type-name", 4),]
        );
    }

    #[test]
    fn unordered_maps_are_found() {
        assert_eq!(in_emit("use std::collections::{BTreeMap, HashMap};"), [("order", 1)]);
        assert_eq!(in_emit("fn a() -> std::collections::HashSet<u8> { b() }"), [("order", 1)]);
        assert_eq!(rules("xtask/src/a.rs", "use std::collections::HashMap;"), []);
    }

    #[test]
    fn arrows_are_followed_through_groups_and_modules() {
        assert_eq!(in_emit("use crate::{ir::Api,\n    lower::lower};"), [("arrow", 2)]);
        assert_eq!(in_emit("fn a() { crate::read::read() }"), [("arrow", 1)]);
        assert_eq!(in_emit("mod b { use super::super::super::read; }"), [("arrow", 1)]);
        assert_eq!(in_emit("fn a() { heck::b!() }"), [("door", 1)]);
        assert_eq!(in_emit("use heck::*;\nfn a(heck: B) { heck }"), [("door", 1)]);
    }

    #[test]
    fn what_is_not_rust_is_found() {
        assert_eq!(in_emit("fn a() {}\nfn {"), [("syntax", 2)]);
    }
}
