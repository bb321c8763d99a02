//! What the documents say, asked of the simulated cluster.

mod facts;
mod protocol;

use serde_json::Value as Json;

use super::{ROOT, VssBlock};
use crate::clock::Clock;
use crate::message::{Method, Request, Response};
use crate::world::{Settings, System as _};

const PASSWORD: &str = "boxdeck-demo";

/// A cluster and somebody who signs every request with name and password.
struct Bench {
    system: VssBlock,
    user: &'static str,
}

impl Bench {
    fn new() -> Self {
        let settings = Settings { clock: Clock::Fixed(1_780_000_000_000), ..Settings::default() };
        Self { system: VssBlock::new(&settings), user: "admin" }
    }

    /// A signed request; a body brings its length.
    fn request(&self, method: Method, path: &str, body: Option<&Json>) -> Request {
        let request = Request::new(method, &format!("{ROOT}{path}")).basic(self.user, PASSWORD);
        match body {
            Some(body) => {
                let request = request.json(body);
                let length = request.body.len().to_string();
                request.header("content-length", &length)
            }
            None => request.header("content-length", "0"),
        }
    }

    fn call(&mut self, method: Method, path: &str, body: Option<&Json>) -> Response {
        let request = self.request(method, path, body);
        self.system.respond(&request)
    }

    #[track_caller]
    fn ok(&mut self, method: Method, path: &str, body: Option<&Json>) -> Json {
        let response = self.call(method, path, body);
        assert_eq!(response.status, 200, "{}", cause(&response));
        response.body_json().expect("JSON")
    }

    #[track_caller]
    fn refused(&mut self, method: Method, path: &str, body: Option<&Json>, status: u16) -> String {
        let response = self.call(method, path, body);
        assert_eq!(response.status, status, "{}", cause(&response));
        cause(&response)
    }
}

/// Why something was refused.
fn cause(response: &Response) -> String {
    response.body_json().map(|body| body["cause"].as_str().unwrap_or_default().to_owned()).unwrap_or_default()
}
