//! In: nothing. Out: the nouns for where requests are sent: `Server`, `Variable`.

use super::Constant;
use crate::pointer::Pointer;
use serde::Serialize;

/// A server that the user may choose (OpenAPI 3.1.1, section 4.8.5).
#[derive(Clone, Debug, Serialize)]
pub struct Server {
    /// Where it stands first.
    pub origin: Pointer,
    /// Its type: `Production`.
    pub name: String,
    /// Its description.
    pub docs: Option<String>,
    /// Its URL, with variables in braces.
    pub url: String,
    /// What the URL holds in braces, in its order.
    pub variables: Vec<Variable>,
}

/// A variable of a server's URL (OpenAPI 3.1.1, section 4.8.6).
#[derive(Clone, Debug, Serialize)]
pub struct Variable {
    /// Its setter: `region`.
    pub name: String,
    /// Its name in the URL.
    pub wire: String,
    /// Its description.
    pub docs: Option<String>,
    /// Its value where the user gives none; `None` where the document does not describe it.
    pub default: Option<String>,
    /// The name of the enum of its values; `None` for any text.
    pub type_name: Option<String>,
    /// The values that the document names.
    pub constants: Vec<Constant>,
}
