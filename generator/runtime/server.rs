//! In: the declaration of a server that the API's description names. Out: its type, whose variables can be set.

/// A server: what [`Builder::server`](super::Builder::server) takes.
pub trait Server {
    /// Its URL, each variable's value in its place. One that has none is left as it is in the description, `{name}`.
    fn url(&self) -> String;
}

/// Declares a server, with the variables of its URL (OpenAPI 3.1.1, sections 4.8.5 and 4.8.6):
///
/// ```text
/// server! {
///     pub struct Production;
///     "https://{region}.example.com";
///     region: ProductionRegion = "region" or "eu",
/// }
/// ```
macro_rules! server {
    (
        $(#[$head:meta])*
        pub struct $Name:ident;
        $url:literal;
        $($(#[$meta:meta])* $variable:ident: $T:ty = $wire:literal $(or $default:literal)?,)*
    ) => {
        $(#[$head])*
        #[derive(Clone, Default)]
        pub struct $Name {
            $($variable: Option<$T>,)*
        }

        impl $Name {
            #[doc = " This server, its variables at their defaults."]
            pub fn new() -> Self {
                Self::default()
            }

            $(
                $(#[$meta])*
                pub fn $variable(mut self, $variable: impl runtime::Input<$T>) -> Self {
                    self.$variable = Some($variable.give());
                    self
                }
            )*
        }

        impl runtime::Server for $Name {
            fn url(&self) -> String {
                let values: &[(&str, Option<&str>, Option<&str>)] =
                    &[$(($wire, self.$variable.as_ref().map(|value| value.as_str()), None $(.or(Some($default)))?),)*];
                runtime::server::url($url, values)
            }
        }

        #[doc = " Shows no variable: some are secret."]
        impl std::fmt::Debug for $Name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(concat!(stringify!($Name), " ", $url))
            }
        }
    };
}

pub(crate) use server;

/// Puts values, or else defaults, into a URL. What is given for a part of the host cannot lead to another host: there, what
/// ends a host is escaped, unless the default holds a slash, so that it is more than a part of one.
pub fn url(template: &str, variables: &[(&str, Option<&str>, Option<&str>)]) -> String {
    let (mut url, mut rest) = (String::new(), template);
    while let Some((before, (name, after))) = rest.split_once('{').and_then(|(a, b)| Some((a, b.split_once('}')?))) {
        url.push_str(before);
        let variable = variables.iter().find(|(known, ..)| *known == name);
        let in_host = url.split_once("://").is_some_and(|(_, host)| !host.contains('/'));
        match variable.and_then(|(_, given, default)| Some((given.or(*default)?, default.unwrap_or_default()))) {
            Some((value, default)) if in_host && !default.contains('/') => {
                let escape =
                    |c: char| if r"/\?#@".contains(c) { format!("%{:02X}", u32::from(c)) } else { c.to_string() };
                url.extend(value.chars().map(escape));
            }
            Some((value, _)) => url.push_str(value),
            None => url.extend(["{", name, "}"]),
        }
        rest = after;
    }
    (url + rest).trim_end_matches('/').to_owned()
}
