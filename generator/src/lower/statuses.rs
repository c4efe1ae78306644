//! In: a status as OpenAPI writes it: `404`, `4XX`, `default`. Out: its name in Rust, and how much it covers.

/// The phrases of the statuses (RFC 9110, section 15; RFC 4918, 5842, 6585, 7538, 7725, 8297, 8470).
const PHRASES: &[(&str, &str)] = &[
    ("200", "Ok"),
    ("201", "Created"),
    ("202", "Accepted"),
    ("203", "NonAuthoritativeInformation"),
    ("204", "NoContent"),
    ("205", "ResetContent"),
    ("206", "PartialContent"),
    ("207", "MultiStatus"),
    ("208", "AlreadyReported"),
    ("226", "ImUsed"),
    ("300", "MultipleChoices"),
    ("301", "MovedPermanently"),
    ("302", "Found"),
    ("303", "SeeOther"),
    ("304", "NotModified"),
    ("305", "UseProxy"),
    ("307", "TemporaryRedirect"),
    ("308", "PermanentRedirect"),
    ("400", "BadRequest"),
    ("401", "Unauthorized"),
    ("402", "PaymentRequired"),
    ("403", "Forbidden"),
    ("404", "NotFound"),
    ("405", "MethodNotAllowed"),
    ("406", "NotAcceptable"),
    ("407", "ProxyAuthenticationRequired"),
    ("408", "RequestTimeout"),
    ("409", "Conflict"),
    ("410", "Gone"),
    ("411", "LengthRequired"),
    ("412", "PreconditionFailed"),
    ("413", "ContentTooLarge"),
    ("414", "UriTooLong"),
    ("415", "UnsupportedMediaType"),
    ("416", "RangeNotSatisfiable"),
    ("417", "ExpectationFailed"),
    ("421", "MisdirectedRequest"),
    ("422", "UnprocessableContent"),
    ("423", "Locked"),
    ("424", "FailedDependency"),
    ("425", "TooEarly"),
    ("426", "UpgradeRequired"),
    ("428", "PreconditionRequired"),
    ("429", "TooManyRequests"),
    ("431", "RequestHeaderFieldsTooLarge"),
    ("451", "UnavailableForLegalReasons"),
    ("500", "InternalServerError"),
    ("501", "NotImplemented"),
    ("502", "BadGateway"),
    ("503", "ServiceUnavailable"),
    ("504", "GatewayTimeout"),
    ("505", "HttpVersionNotSupported"),
    ("506", "VariantAlsoNegotiates"),
    ("507", "InsufficientStorage"),
    ("508", "LoopDetected"),
    ("511", "NetworkAuthenticationRequired"),
    ("2XX", "Success"),
    ("3XX", "Redirection"),
    ("4XX", "ClientError"),
    ("5XX", "ServerError"),
    ("default", "Default"),
];

/// The name of a variant: `NotFound`, `ClientError`, `Default`; `Status299` where there is no phrase.
pub(super) fn name(status: &str) -> String {
    let phrase = PHRASES.iter().find(|(known, _)| *known == status);
    phrase.map_or_else(|| format!("Status{status}"), |(_, phrase)| (*phrase).to_owned())
}

/// How much a status covers: one is less than a range, and that is less than all.
pub(super) fn width(status: &str) -> usize {
    match status {
        "default" => 2,
        range if range.ends_with("XX") => 1,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::{name, width};

    #[test]
    fn statuses_have_the_names_of_their_phrases() {
        assert_eq!(["404", "2XX", "default", "299"].map(name), ["NotFound", "Success", "Default", "Status299"]);
        assert!(width("404") < width("4XX") && width("4XX") < width("default"));
    }
}
