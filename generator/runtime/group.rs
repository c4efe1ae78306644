//! In: the declarations of what starts a request. Out: the handle of a tag, and the methods of both clients.

/// Declares the handle of a tag, and for each operation the method that starts its request:
///
/// ```text
/// group! {
///     pub struct Users;
///     get_user -> GetUser,
/// }
/// ```
macro_rules! group {
    ($(#[$head:meta])* pub struct $Name:ident; $($(#[$meta:meta])* $method:ident -> $Request:ident,)*) => {
        $(#[$head])*
        #[derive(Clone, Debug)]
        pub struct $Name<C> {
            caller: C,
        }

        impl<C: Clone> $Name<C> {
            pub(crate) fn new(caller: C) -> Self {
                Self { caller }
            }

            $(
                $(#[$meta])*
                pub fn $method(&self) -> $Request<C> {
                    $Request::new(self.caller.clone())
                }
            )*
        }
    };
}

/// Declares what both clients offer, each method with the type in `operations` that it gives:
///
/// ```text
/// client! {
///     users -> users::Users,
/// }
/// ```
macro_rules! client {
    ($($methods:tt)*) => {
        runtime::group::methods! { runtime::Client, $($methods)* }
        runtime::group::methods! { runtime::blocking::Client, $($methods)* }
    };
}

/// The methods of one client.
macro_rules! methods {
    ($Client:ty, $($(#[$meta:meta])* $method:ident -> $module:ident::$Name:ident,)*) => {
        impl $Client {
            #[doc = " Settings for a client: where it sends requests, with which credentials, and how long it waits."]
            pub fn builder() -> runtime::Builder<$Client> {
                runtime::Builder::new(&API)
            }

            $(
                $(#[$meta])*
                pub fn $method(&self) -> super::operations::$module::$Name<$Client> {
                    super::operations::$module::$Name::new(self.clone())
                }
            )*
        }
    };
}

pub(crate) use {client, group, methods};
