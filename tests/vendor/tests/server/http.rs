//! In: a request. Out: the answer to it, over a socket, by a client that knows nothing of the API.

use serde_json::Value;
use ureq::http::Response;
use voximplant_server::{Options, VoximplantServer};

pub const SOURCE: &str = "447443332211";
pub const DESTINATION: &str = "447443332212";

/// The vendor's example.
pub const EXAMPLE: [(&str, &str); 3] = [("source", SOURCE), ("destination", DESTINATION), ("sms_body", "Test message")];

/// An answer.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub media: String,
    pub retry_after: Option<String>,
    pub bytes: Vec<u8>,
}

impl Answer {
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.bytes).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }

    /// All errors: their codes and parameters. The first is the error of old.
    pub fn faults(&self) -> Vec<(u64, String)> {
        let json = self.json();
        let Some(faults) = json["errors"].as_array() else { return Vec::new() };
        assert_eq!(json["error"], faults[0]);
        assert!(faults.iter().all(|fault| fault["msg"].is_string()), "{json}");
        let field = |fault: &Value| fault["field_name"].as_str().unwrap_or_default().to_owned();
        faults.iter().map(|fault| (fault["code"].as_u64().unwrap(), field(fault))).collect()
    }

    /// The code of the first error in a 200; 0 when there is none.
    pub fn code(&self) -> u64 {
        assert_eq!(self.status, 200, "{self:?}");
        self.faults().first().map_or(0, |(code, _)| *code)
    }
}

/// A server, and a token for it.
pub struct Caller {
    pub server: VoximplantServer,
    pub token: String,
}

impl Default for Caller {
    fn default() -> Self {
        Self::new(Options::default())
    }
}

impl Caller {
    pub fn new(options: Options) -> Self {
        let server = VoximplantServer::start(options).unwrap();
        let token = server.token().unwrap();
        Self { server, token }
    }

    /// Calls a command as the SDKs do, with a form.
    pub fn call(&self, command: &str, parameters: &[(&str, &str)]) -> Answer {
        let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(parameters).finish();
        self.post(&format!("/{command}"), "application/x-www-form-urlencoded", body.as_bytes())
    }

    /// Sends the vendor's example.
    pub fn example(&self) -> Answer {
        self.call("SendSmsMessage", &EXAMPLE)
    }

    pub fn post(&self, path: &str, media: &str, body: &[u8]) -> Answer {
        let request = agent().post(self.server.base_url() + path).header("authorization", self.bearer());
        read(request.header("content-type", media).send(body).unwrap())
    }

    pub fn get(&self, path: &str) -> Answer {
        read(agent().get(self.server.base_url() + path).header("authorization", self.bearer()).call().unwrap())
    }

    fn bearer(&self) -> String {
        format!("Bearer {}", self.token)
    }
}

pub fn agent() -> ureq::Agent {
    ureq::Agent::config_builder().http_status_as_error(false).build().into()
}

pub fn read(mut response: Response<ureq::Body>) -> Answer {
    let header = |name| response.headers().get(name).map(|value| value.to_str().unwrap().to_owned());
    let (media, retry_after) = (header("content-type").unwrap_or_default(), header("retry-after"));
    let bytes = response.body_mut().read_to_vec().unwrap();
    Answer { status: response.status().as_u16(), media, retry_after, bytes }
}
