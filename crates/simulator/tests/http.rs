//! The program's face to the network: a server on loopback, asked over plain sockets.

#![allow(clippy::expect_used, reason = "a test that cannot go on should say where")]

use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};

use boxdeck_simulator::server::Server;
use boxdeck_simulator::site::Site;
use boxdeck_simulator::{Faults, Host, KINDS, Settings, world};
use tokio::sync::oneshot;

/// A server that runs until it is dropped.
struct Running {
    address: SocketAddr,
    end: Option<oneshot::Sender<()>>,
    thread: Option<std::thread::JoinHandle<()>>,
}

impl Running {
    fn start(host: Host, site: Option<Site>, tls: bool) -> Self {
        Self::start_with(host, site, tls, |server| server)
    }

    fn start_with(host: Host, site: Option<Site>, tls: bool, set_up: impl FnOnce(Server) -> Server) -> Self {
        let runtime = tokio::runtime::Runtime::new().expect("a runtime");
        let (end, told) = oneshot::channel();
        let any = SocketAddr::from(([127, 0, 0, 1], 0));
        let server = set_up(Server::bind(any, tls, host, site).expect("a server"));
        let url = server.url().expect("a URL");
        let scheme = if tls { "https://" } else { "http://" };
        let address = url.strip_prefix(scheme).and_then(|rest| rest.strip_suffix('/')).expect("an address");
        let address = address.parse().expect("an address");
        let thread = std::thread::spawn(move || {
            let end = async {
                told.await.ok();
            };
            runtime.block_on(server.run(end)).expect("a clean end");
        });
        Self { address, end: Some(end), thread: Some(thread) }
    }

    /// The whole answer to a request that asks to close the connection.
    fn ask(&self, request_line: &str, headers: &str, body: &str) -> String {
        let mut stream = TcpStream::connect(self.address).expect("a connection");
        let length = body.len();
        write!(
            stream,
            "{request_line} HTTP/1.1\r\nhost: box\r\nconnection: close\r\ncontent-length: {length}\r\n{headers}\r\n{body}"
        )
        .expect("a request");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).expect("an answer");
        answer
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.end.take().map(|end| end.send(()));
        if let Some(thread) = self.thread.take() {
            thread.join().expect("a clean end");
        }
    }
}

fn settings() -> Settings {
    Settings { records: 20, ..Settings::default() }
}

#[test]
fn systems_and_files_share_one_address() {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("index.html"), "<!doctype html><p>console</p>").expect("a file");
    let server = Running::start(Host::new(KINDS, &settings()), Some(Site::new(folder.path())), false);

    let page = server.ask("GET /", "", "");
    assert!(page.starts_with("HTTP/1.1 200") && page.ends_with("<p>console</p>"), "{page}");
    assert!(page.contains("require-trusted-types-for 'script'; trusted-types default\r\n"), "{page}");
    let head = server.ask("HEAD /", "", "");
    assert!(head.starts_with("HTTP/1.1 200") && !head.contains("console"), "{head}");
    assert!(server.ask("GET /no/such/page", "", "").starts_with("HTTP/1.1 404"));
    assert!(server.ask("POST /index.html", "", "").starts_with("HTTP/1.1 405"));
    assert!(server.ask("GET /systems.json", "", "").contains("\"boxes/north/\""));

    let login = r#"{"username": "admin", "password": "boxdeck-demo"}"#;
    let answer =
        server.ask("POST /boxes/north/api/rest/users/login", "content-type: application/json\r\n", login);
    let cookie = answer.lines().find_map(|line| line.strip_prefix("set-cookie: ")).expect("a cookie");
    let pair = cookie.split(';').next().expect("a pair");
    let list = server.ask(
        "GET /boxes/north/api/rest/volumes?name=like%3A-&page_size=1",
        &format!("cookie: {pair}\r\n"),
        "",
    );
    assert!(list.contains("\"number_of_objects\":20"), "{list}");
    let journal = server.ask("GET /simulator/requests?since=0", "", "");
    assert!(journal.contains("******") && !journal.contains("boxdeck-demo"), "{journal}");
}

#[test]
fn one_kind_is_served_from_the_root_and_nothing_else_is() {
    let kind = world::kind("infinibox").expect("the kind");
    let server = Running::start(Host::bare(kind, &settings()), None, false);
    let basic = "authorization: Basic YWRtaW46Ym94ZGVjay1kZW1v\r\n";
    assert!(server.ask("GET /api/rest/system?fields=version", basic, "").contains("\"version\":\"8.4.6\""));
    for path in ["/simulator/requests", "/systems.json", "/boxes/north/api/rest/pools"] {
        assert!(server.ask(&format!("GET {path}"), basic, "").starts_with("HTTP/1.1 404"), "{path}");
    }
}

#[test]
fn a_server_with_tls_turns_plain_requests_away() {
    let server = Running::start(Host::new(KINDS, &settings()), None, true);
    let mut stream = TcpStream::connect(server.address).expect("a connection");
    write!(stream, "GET / HTTP/1.1\r\nhost: box\r\n\r\n").expect("a request");
    let mut answer = Vec::new();
    // The server may close before everything is read; that is as good a refusal as an alert.
    stream.read_to_end(&mut answer).ok();
    assert!(!answer.starts_with(b"HTTP/"), "{answer:?}");
}

#[test]
fn connections_are_cut_where_a_fault_says_so_and_go_on_elsewhere() {
    let rules = r#"{"rules": [
        {"fault": "lost", "operation": "GET /api/rest/pools"},
        {"fault": "truncated", "operation": "GET /api/rest/volumes"},
        {"fault": "slow", "milliseconds": 150, "operation": "GET /api/rest/system"}
    ]}"#;
    let faults = Faults::from_text(rules, 0).expect("faults");
    let server = Running::start(Host::new(KINDS, &settings()).with_faults(faults), None, false);
    let basic = "authorization: Basic YWRtaW46Ym94ZGVjay1kZW1v\r\n";
    let ask = |path: &str| server.ask(&format!("GET /boxes/north/api/rest/{path}"), basic, "");

    assert_eq!(ask("pools"), "");
    let volumes = ask("volumes");
    let (head, body) = volumes.split_once("\r\n\r\n").expect("a head and a body");
    let promised = head.lines().find_map(|line| line.strip_prefix("content-length: ")).expect("a length");
    let promised: usize = promised.parse().expect("a number");
    assert!(head.starts_with("HTTP/1.1 200") && body.len() == promised / 2, "{} of {promised}", body.len());
    let before = std::time::Instant::now();
    assert!(ask("system").starts_with("HTTP/1.1 200"));
    assert!(before.elapsed().as_millis() >= 150);
    assert!(ask("hosts").starts_with("HTTP/1.1 200"));
}

#[test]
fn a_server_that_closes_connections_says_so_in_every_answer() {
    let closing = |server: Server| server.closing_connections();
    let server = Running::start_with(Host::new(KINDS, &settings()), None, false, closing);
    let mut stream = TcpStream::connect(server.address).expect("a connection");
    write!(stream, "GET /systems.json HTTP/1.1\r\nhost: box\r\n\r\n").expect("a request");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).expect("an answer and its end");
    assert!(answer.to_lowercase().contains("connection: close\r\n"), "{answer}");
}
