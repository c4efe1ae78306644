//! Nobody can claim that a parameter is set which is not.

use voximplant_client::{Provided, required};

impl Provided for required::source {}

fn main() {}
