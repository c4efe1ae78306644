//! In: a [`Document`] in the core language. Out: an [`Api`], the client to be written, every name in it final.
//!
//! Lowering is total: whatever cannot be expressed yet is reported and gets the best honest type, or is left out by
//! name. `type_of` only names a type and queues it; the queue is drained here, so neither recursion nor depth matters.

mod alike;
mod all_of;
mod bodies;
mod boxes;
mod call;
mod circles;
mod constants;
mod constraints;
mod contents;
mod context;
mod directions;
mod encodings;
mod enums;
mod features;
mod files;
mod headers;
mod media;
mod merge;
mod names;
mod nested;
mod operations;
mod pages;
mod parameters;
mod payloads;
mod responses;
mod scalars;
mod schemas;
mod security;
mod servers;
mod stand_ins;
mod statuses;
mod streams;
mod structs;
mod undescribed;
mod unions;
mod webhooks;

pub use names::table::table as table_of_names;

use crate::diagnostic::Diagnostics;
use crate::ir::Api;
use crate::read::Document;
use crate::source::{Options, Responses};
use context::Context;

/// Lowers a whole document.
pub fn lower(document: &Document, options: &Options, sink: &mut Diagnostics) -> Api {
    let stand_ins = stand_ins::find(document, sink);
    let mut context = Context::new(document, options, sink);
    context.reserve_components();
    let mut groups = operations::groups(&mut context, &stand_ins);
    let mut webhooks = webhooks::webhooks(&mut context);
    while let Some(job) = context.next_job() {
        schemas::define(&mut context, job);
    }
    let mut types = context.into_types();
    circles::settle(&mut types, sink);
    files::settle(&mut types, &mut groups, &mut webhooks);
    nested::settle(&types, &mut groups, sink);
    directions::settle(&mut types, &groups, &webhooks);
    if options.responses == Responses::Tolerant {
        directions::tolerate(&mut types);
    }
    constants::settle(&mut types);
    names::types(&mut types);
    boxes::boxes(&mut types);
    names::groups(&mut groups);
    pages::settle(&types, &mut groups, document, options, sink);
    let mut types = types.into_arena();
    let envelope = security::envelope(document, sink);
    features::settle(&mut types, &mut groups, &webhooks, envelope.as_ref());
    let info = &document.openapi.info;
    Api {
        title: info.title.clone(),
        version: info.version.clone(),
        docs: info.description.clone().filter(|docs| !docs.trim().is_empty()),
        server: servers::default(document, &groups, sink),
        servers: servers::offered(document, sink),
        schemes: security::schemes(document, stand_ins, &groups, sink),
        envelope,
        types,
        groups,
        webhooks,
    }
}
