//! In: what the `Api` says of itself, and its groups. Out: `client.rs`: the constants of the API and the methods of
//! both clients.

use super::declare::Declaration;
use super::{features, files, operations, print};
use crate::ir::{Api, Envelope, Placement};
use crate::{File, Options};
use proc_macro2::TokenStream;
use quote::quote;

const DOCS: &str = "The constants of the API, and the clients' methods.";

/// The file.
pub(super) fn client(api: &Api, options: &Options) -> File {
    let uses = files::uses("super", &[], &["client"]);
    let constants = print::items(constants(api));
    files::rust("client.rs", DOCS, &[uses, constants, methods(api, options)].join("\n"))
}

/// The declaration of the methods: for each tag the one that leads to its handle, and those that start the requests of the
/// group without a tag.
fn methods(api: &Api, options: &Options) -> String {
    let mut declaration = Declaration::new("client");
    for group in &api.groups {
        if group.tag.is_some() {
            declaration.docs(&operations::sentence(group));
            features::attribute(group).iter().for_each(|line| declaration.line(line));
            declaration.line(&format!("{0} -> {0}::{1},", group.module, group.name));
        } else {
            let method = |operation| operations::method(&mut declaration, api, options, group, operation);
            group.operations.iter().for_each(method);
        }
    }
    declaration.end()
}

/// `API`, what the runtime must know of the description.
fn constants(api: &Api) -> TokenStream {
    let server = option(api.server.as_deref());
    let own_servers = api.groups.iter().flat_map(|group| &group.operations).any(|operation| operation.server.is_some());
    let schemes = api.schemes.iter().filter(|scheme| scheme.is_used).map(|scheme| {
        let (name, placement) = (&scheme.name, placement(&scheme.placement));
        let token_url = option(scheme.token_url.as_deref());
        quote! { runtime::Scheme { name: #name, placement: #placement, token_url: #token_url } }
    });
    let envelope = match &api.envelope {
        Some(envelope) => self::envelope(envelope),
        None => quote! { None },
    };
    quote! {
        static API: runtime::Api = runtime::Api {
            user_agent: concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION")),
            server: #server,
            own_servers: #own_servers,
            schemes: &[#(#schemes),*],
            envelope: #envelope,
        };
    }
}

fn placement(placement: &Placement) -> TokenStream {
    match placement {
        Placement::Bearer => quote! { runtime::Placement::Bearer },
        Placement::Basic => quote! { runtime::Placement::Basic },
        Placement::Header(name) => quote! { runtime::Placement::Header(#name) },
        Placement::Query(name) => quote! { runtime::Placement::Query(#name) },
        Placement::Cookie(name) => quote! { runtime::Placement::Cookie(#name) },
    }
}

fn envelope(envelope: &Envelope) -> TokenStream {
    let error = &envelope.error;
    let [code, message, errors] =
        [&envelope.code, &envelope.message, &envelope.errors].map(|pointer| option(pointer.as_deref()));
    let (refused, retryable) = (&envelope.refused, &envelope.retryable);
    quote! {
        Some(runtime::Envelope {
            error: #error,
            code: #code,
            message: #message,
            errors: #errors,
            refused: &[#(#refused),*],
            retryable: &[#(#retryable),*],
        })
    }
}

fn option(text: Option<&str>) -> TokenStream {
    match text {
        Some(text) => quote! { Some(#text) },
        None => quote! { None },
    }
}
