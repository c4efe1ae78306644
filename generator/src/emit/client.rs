//! In: what the `Api` says of itself, and its groups. Out: `client.rs`: the constants of the API and the methods of
//! both clients.
//!
//! The clients' methods are the same but for the client that they hand on, so they are written once, in a macro.

use super::rust_type::ident;
use super::{docs, files, operations, print};
use crate::ir::{Api, Envelope, Group, Placement};
use crate::{File, Options};
use proc_macro2::TokenStream;
use quote::quote;

const DOCS: &str = "The constants of the API, and the clients' methods.";

/// What stands for the client's type where the macro is printed as an `impl`.
const CLIENT: &str = "CLIENT";

/// The file.
pub(super) fn client(api: &Api, options: &Options) -> File {
    let operations = (!api.groups.is_empty()).then(|| quote! { use super::operations; });
    let uses = quote! { #operations use super::runtime; };
    let constants = constants(api);
    let head = print::items(quote! { #uses #constants });
    let methods = methods(api, options);
    files::rust_text("client.rs", DOCS, &format!("{head}\n{methods}"))
}

/// The macro, and its two uses. A printed `impl` is put into it as text: the printer lays out no macros.
fn methods(api: &Api, options: &Options) -> String {
    let client = ident(CLIENT);
    let groups = api.groups.iter().flat_map(|group| match group.tag {
        Some(_) => vec![accessor(group)],
        None => untagged(api, options, group),
    });
    let item = print::items(quote! {
        impl #client {
            #[doc = " Settings for a client: where it sends requests, with which credentials, and how long it waits."]
            pub fn builder() -> runtime::Builder<#client> {
                runtime::Builder::new(&API)
            }
            #(#groups)*
        }
    });
    let item: String = item.lines().map(macro_line).collect();
    format!(
        "macro_rules! methods {{\n    ($client:ty) => {{\n{item}    }};\n}}\n\nmethods!(runtime::Client);\nmethods!(runtime::blocking::Client);\n"
    )
}

/// A line of the `impl` as a line of the macro. What the vendor wrote stays as it is.
fn macro_line(line: &str) -> String {
    match line.trim_start() {
        "" => "\n".to_owned(),
        docs if docs.starts_with("///") => format!("        {line}\n"),
        _ => format!("        {}\n", line.replace(CLIENT, "$client")),
    }
}

/// The method that leads to a group's handle.
fn accessor(group: &Group) -> TokenStream {
    let docs = docs::attributes(&operations::sentence(group));
    let (module, name, client) = (ident(&group.module), ident(&group.name), ident(CLIENT));
    quote! {
        #docs
        pub fn #module(&self) -> operations::#module::#name<#client> {
            operations::#module::#name::new(self.clone())
        }
    }
}

/// The methods that start the requests of the group without a tag.
fn untagged(api: &Api, options: &Options, group: &Group) -> Vec<TokenStream> {
    let (module, client) = (ident(&group.module), ident(CLIENT));
    let method = |operation| {
        let operation: &crate::ir::Operation = operation;
        let name = ident(&operation.type_name);
        let path = quote! { operations::#module::#name };
        let start = quote! { #path::new(self.clone()) };
        operations::method(api, options, group, operation, &quote! { #path<#client> }, &start)
    };
    group.operations.iter().map(method).collect()
}

/// `API`, what the runtime must know of the description.
fn constants(api: &Api) -> TokenStream {
    let server = option(api.server.as_deref());
    let own_servers = api.groups.iter().flat_map(|group| &group.operations).any(|operation| operation.server.is_some());
    let schemes = api.schemes.iter().map(|scheme| {
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
    quote! { Some(runtime::Envelope { error: #error, code: #code, message: #message, errors: #errors }) }
}

fn option(text: Option<&str>) -> TokenStream {
    match text {
        Some(text) => quote! { Some(#text) },
        None => quote! { None },
    }
}
