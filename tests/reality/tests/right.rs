//! What was right in November 2026 and stays so: the second list of `reality/README.md`.

#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

oasmith_reality::reality! {
    fn every_document_is_generated() {
        let _ = oasmith_reality::bom_crlf::API;
    }
}
