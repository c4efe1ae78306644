//! Credentials that are given are sent, or rejected when the client is built.

oasmith_reality::reality! {
    fn an_undefined_scheme_is_what_its_name_says() {
        use oasmith_reality::undefined_security_scheme::{Operations, REPORT, builder};
        use oasmith_reality::runtime::{Error, Token, blocking::Client};
        let server = oasmith_reality::serve(204, "", "");
        let client: Client = builder().base_url(server.url("")).auth(Token::new("secret")).build().unwrap();
        client.a().send().unwrap();
        assert_eq!(server.requests()[0].headers()["authorization"], "Bearer secret");
        assert_eq!(REPORT.matches("warning[").count(), 1, "{REPORT}");
        assert!(REPORT.contains("warning[undefined-security-scheme]: there is no security scheme `bearerAuth`"), "{REPORT}");
        // What no operation requires cannot be sent.
        let error = builder::<Client>().auth_for("v2_bearerAuth", Token::new("secret")).build().unwrap_err();
        assert!(matches!(&error, Error::Request(_)) && error.to_string().contains("it has: bearerAuth"), "{error}");
        // Neither is anything sent without it, unless that is wanted.
        let client: Client = builder().base_url(server.url("")).build().unwrap();
        assert!(client.a().send().unwrap_err().to_string().contains("`.anonymous()`"));
        let client: Client = builder().base_url(server.url("")).anonymous().build().unwrap();
        client.a().send().unwrap();
        assert_eq!(server.requests().len(), 2);
    }

    fn a_header_parameter_authorization_is_a_credential() {
        use oasmith_reality::authorization_header_without_security::{Operations, REPORT, builder};
        use oasmith_reality::runtime::{Token, blocking::Client};
        let server = oasmith_reality::serve(204, "", "");
        let client: Client = builder().base_url(server.url("")).auth(Token::new("secret")).build().unwrap();
        client.a().send().unwrap();
        assert_eq!(server.requests()[0].headers()["authorization"], "Bearer secret");
        assert_eq!(REPORT.matches("warning[").count(), 1, "{REPORT}");
        assert!(REPORT.contains("actions: [{target: $, update: {security: [{token: []}]"), "{REPORT}");
    }

    fn a_credential_that_nothing_asks_for_is_rejected_with_the_overlay() {
        use oasmith_reality::runtime::{Token, blocking::Client};
        use oasmith_reality::text_labelled_json::builder;
        let error = builder::<Client>().base_url("http://a.example").auth(Token::new("secret")).build().unwrap_err();
        let message = error.to_string();
        assert!(message.contains("`.auth(..)`: no operation would send it") && !message.contains("secret\""), "{message}");
        assert!(message.contains("{overlay: 1.0.0, info: {title: Credentials, version: 1.0.0}, actions:"), "{message}");
        assert!(!message.contains('\n'), "an error is one line");
    }
}
