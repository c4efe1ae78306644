//! In: the properties of an object that is sent. Out: its builder, whose type says which required ones it still lacks.

/// Declares the builder of an object. The setter of a required property puts its value into the builder's type, so that
/// `build` exists once all are there; the compiler names the one that is missing.
///
/// `object!` calls it with the builder, if there is one, the struct and, in brackets, the properties that have one value only,
/// each with it; the required ones, each with its type parameter; the others, with a word in the parentheses of those that have
/// no setter; and the map of the rest.
macro_rules! builder {
    (() $($object:tt)*) => {};
    (($Builder:ident mock) $($object:tt)*) => {
        // Only tests make what servers send.
        #[cfg(feature = "mock")]
        runtime::build::builder! { ($Builder) $($object)* }
    };
    (
        ($Builder:ident) $Name:ident
        [$($c:ident $c_value:expr,)*]
        [$($(#[$r_meta:meta])* $r:ident ($Mark:ident) $R:ty,)*]
        [$($(#[$o_meta:meta])* $o:ident ($($set:ident $(($value:expr))?)?) $O:ty,)*]
        [$($x:ident $X:ty)?]
    ) => {
        impl $Name {
            #[doc = concat!(" Begins a `", stringify!($Name), "`: set what it needs, then call `build`.")]
            pub fn builder() -> $Builder {
                $Builder {
                    $($r: required::$r,)*
                    $($o: runtime::build::initial!($($set $(($value))?)?),)*
                    $($x: Default::default(),)?
                }
            }
        }

        #[doc = concat!(" Builds a [`type@", stringify!($Name), "`].")]
        #[must_use = "a builder makes nothing until `build` is called"]
        #[derive(Clone, Debug)]
        pub struct $Builder<$($Mark = required::$r,)*> {
            $($r: $Mark,)*
            $($o: Option<$O>,)*
            $($x: $X,)?
        }

        impl<$($Mark,)*> $Builder<$($Mark,)*> {
            runtime::build::setters! { $Builder [$($o)* $($x)?] [] [$($(#[$r_meta])* $r $Mark $R,)*] }
            $(runtime::build::setter! { ($($set)?) $(#[$o_meta])* $o $O })*
            $(
                #[doc = " Sets the members that the description does not name."]
                pub fn $x(mut self, $x: $X) -> Self {
                    self.$x = $x;
                    self
                }
            )?

            #[doc = concat!(" The `", stringify!($Name), "`.")]
            pub fn build(self) -> $Name
            where
                $($Mark: runtime::Held<$R>,)*
            {
                $Name { $($c: $c_value,)* $($r: self.$r.held(),)* $($o: self.$o,)* $($x: self.$x,)? }
            }
        }
    };
}

/// The setters of required properties, one at a time: those done, then this one, then those to come.
macro_rules! setters {
    ($Builder:ident [$($o:ident)*] [$($done:ident $Done:ident)*] []) => {};
    (
        $Builder:ident [$($o:ident)*] [$($done:ident $Done:ident)*]
        [$(#[$meta:meta])* $r:ident $Mark:ident $R:ty, $($(#[$more_meta:meta])* $more:ident $More:ident $M:ty,)*]
    ) => {
        $(#[$meta])*
        #[doc = ""]
        #[doc = concat!(" Sets `", stringify!($r), "`, which is required.")]
        pub fn $r(self, $r: impl runtime::Input<$R>) -> $Builder<$($Done,)* runtime::Has<$R>, $($More,)*> {
            $Builder {
                $($done: self.$done,)*
                $r: runtime::Has($r.give()),
                $($more: self.$more,)*
                $($o: self.$o,)*
            }
        }
        runtime::build::setters! {
            $Builder [$($o)*] [$($done $Done)* $r $Mark] [$($(#[$more_meta])* $more $More $M,)*]
        }
    };
}

/// What a builder begins with: nothing, or the only value that there is.
macro_rules! initial {
    ($(read_only)?) => {
        None
    };
    (constant($value:expr)) => {
        Some($value)
    };
}

/// The setter of a property that is not required, unless only responses have it or it has one value only.
macro_rules! setter {
    (() $(#[$meta:meta])* $o:ident $O:ty) => {
        $(#[$meta])*
        #[doc = ""]
        #[doc = concat!(" Sets `", stringify!($o), "`.")]
        pub fn $o(mut self, $o: impl runtime::Input<$O>) -> Self {
            self.$o = Some($o.give());
            self
        }
    };
    (($set:ident) $(#[$meta:meta])* $o:ident $O:ty) => {};
}

pub(crate) use {builder, initial, setter, setters};

/// A required property's value, in the type of a builder.
#[derive(Clone, Debug)]
pub struct Has<T>(pub(crate) T);

/// Holds for a required property that was given.
#[diagnostic::on_unimplemented(
    message = "the required property `{Self}` is not set",
    label = "`{Self}` is missing here",
    note = "call `.{Self}(..)` before `.build()`"
)]
pub trait Held<T> {
    /// The value.
    fn held(self) -> T;
}

#[diagnostic::do_not_recommend]
impl<T> Held<T> for Has<T> {
    fn held(self) -> T {
        self.0
    }
}
