//! In: nothing. Out: the servers, each with what installs it, what starts it and where its document is.

/// A server that pip installs.
pub(super) struct Server {
    /// Its name here, and that of its program in `tests/live`.
    pub(super) name: &'static str,
    /// What pip installs.
    pub(super) package: &'static str,
    /// The command in the environment's `bin`, with its arguments; `{port}` and `{data}` are filled in.
    pub(super) command: &'static [&'static str],
    /// The environment of the command; `{data}` is filled in.
    pub(super) environment: &'static [(&'static str, &'static str)],
    /// The path that responds once the server is ready.
    pub(super) ready: &'static str,
    /// The path of its document.
    pub(super) document: &'static str,
}

/// All of them.
pub(super) const SERVERS: [Server; 2] = [
    Server {
        name: "prefect",
        package: "prefect==3.9.1",
        command: &["prefect", "server", "start", "--host", "127.0.0.1", "--port", "{port}", "--no-services"],
        environment: &[
            ("PREFECT_HOME", "{data}"),
            ("PREFECT_SERVER_ANALYTICS_ENABLED", "false"),
            ("PREFECT_SERVER_UI_ENABLED", "false"),
            ("PREFECT_SERVER_LOGGING_LEVEL", "INFO"),
        ],
        ready: "/api/health",
        document: "/openapi.json",
    },
    Server {
        name: "chroma",
        package: "chromadb==1.5.9",
        command: &["chroma", "run", "--host", "127.0.0.1", "--port", "{port}", "--path", "{data}"],
        environment: &[("ANONYMIZED_TELEMETRY", "false")],
        ready: "/api/v2/heartbeat",
        document: "/openapi.json",
    },
];
