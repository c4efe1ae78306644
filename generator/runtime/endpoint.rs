//! In: nothing. Out: `Endpoint`, which says what operation a request is of.

/// The operation that a request is of, in the request's extensions. A transport that logs, counts or answers requests finds it
/// there: `request.extensions().get::<Endpoint>()`. Requests for tokens are of none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Endpoint {
    /// The `operationId`, or method and path where the API's description has none.
    pub operation: &'static str,
    /// The path as the description has it, without values: `/users/{id}`.
    pub path: &'static str,
}
