//! In: nothing. Out: `Call`, an operation of the document with all that surrounds it, which its parts are lowered from.

use crate::pointer::Pointer;
use openapiv3::PathItem;

/// An operation with all that surrounds it.
pub(super) struct Call<'a, 'p> {
    pub path: &'a str,
    pub method: &'a str,
    pub item: &'a PathItem,
    pub operation: &'a openapiv3::Operation,
    pub at: Pointer,
    pub item_at: &'p Pointer,
}

impl Call<'_, '_> {
    /// What the operation is called.
    pub(super) fn id(&self) -> String {
        id(self.method, self.path, self.operation)
    }
}

/// What an operation is called: its `operationId`, or its method and path.
pub(super) fn id(method: &str, path: &str, operation: &openapiv3::Operation) -> String {
    let id = operation.operation_id.as_deref().filter(|id| !id.trim().is_empty());
    id.map_or_else(|| format!("{} {path}", method.to_uppercase()), str::to_owned)
}
