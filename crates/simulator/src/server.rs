//! The HTTP server around a [`Host`] and a [`Site`]: reads requests, writes responses or cuts the connection, knows
//! nothing else.

use std::io;
use std::net::{SocketAddr, TcpListener};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::body::{Body, to_bytes};
use axum::http::header::CONNECTION;
use axum::http::{HeaderName, HeaderValue, StatusCode};
use axum_server::Handle;
use axum_server::tls_rustls::RustlsConfig;

use self::connection::{Broken, PerConnection, breaking_off};
use crate::faults::{Cut, Delivery};
use crate::host::Host;
use crate::message::{Method, Request, Response, parse_query};
use crate::site::Site;

mod connection;

/// The longest body that is read, in bytes: an upgrade package or a certificate fits.
const MAX_BODY: usize = 64 * 1024 * 1024;
/// How long open connections get to finish when the server is told to end.
const GRACE: Duration = Duration::from_secs(2);

/// What the server serves.
#[derive(Clone)]
struct Service {
    host: Arc<Mutex<Host>>,
    site: Option<Site>,
    /// Every answer ends its connection.
    closing: bool,
}

/// A server that has its address and doesn't answer yet.
pub struct Server {
    listener: TcpListener,
    tls: Option<RustlsConfig>,
    service: Service,
}

impl Server {
    /// Takes the address; with a port of 0 a free one. With `tls` it speaks HTTPS with a certificate that it signs
    /// itself, for `localhost` and the address.
    ///
    /// # Errors
    ///
    /// The address is taken, or no certificate could be made.
    pub fn bind(address: SocketAddr, tls: bool, host: Host, site: Option<Site>) -> io::Result<Self> {
        let listener = TcpListener::bind(address)?;
        listener.set_nonblocking(true)?;
        let tls = tls.then(|| self_signed(address)).transpose()?;
        let service = Service { host: Arc::new(Mutex::new(host)), site, closing: false };
        Ok(Self { listener, tls, service })
    }

    /// The same server, with every answer ending its connection.
    ///
    /// Browsers send a request again by themselves, a `POST` too, when a connection that they have used before ends
    /// without an answer. A test that counts requests has to keep them from it: they don't on a new connection.
    #[must_use]
    pub fn closing_connections(mut self) -> Self {
        self.service.closing = true;
        self
    }

    /// Where it listens, with a slash at the end.
    ///
    /// # Errors
    ///
    /// The socket has no address.
    pub fn url(&self) -> io::Result<String> {
        let scheme = if self.tls.is_some() { "https" } else { "http" };
        Ok(format!("{scheme}://{}/", self.listener.local_addr()?))
    }

    /// Answers requests until `end` is done.
    ///
    /// # Errors
    ///
    /// The socket fails.
    pub async fn run(self, end: impl Future<Output = ()> + Send + 'static) -> io::Result<()> {
        let handle = Handle::new();
        let ending = handle.clone();
        tokio::spawn(async move {
            end.await;
            ending.graceful_shutdown(Some(GRACE));
        });
        let app = PerConnection(self.service);
        match self.tls {
            Some(tls) => axum_server::from_tcp_rustls(self.listener, tls)?.handle(handle).serve(app).await,
            None => axum_server::from_tcp(self.listener)?.handle(handle).serve(app).await,
        }
    }
}

impl Service {
    /// Answers a request of a connection.
    ///
    /// # Errors
    ///
    /// The connection is to be cut without an answer.
    async fn answer(self, request: axum::extract::Request) -> Result<axum::response::Response, Broken> {
        let (parts, body) = request.into_parts();
        let head = parts.method == axum::http::Method::HEAD;
        let name = if head { "GET" } else { parts.method.as_str() };
        let Some(method) = Method::parse(name) else {
            return Ok(write(Response::empty(405), None, head));
        };
        let Ok(body) = to_bytes(body, MAX_BODY).await else {
            return Ok(write(Response::empty(413), None, head));
        };
        let request = Request {
            method,
            path: parts.uri.path().to_owned(),
            query: parse_query(parts.uri.query().unwrap_or_default()),
            headers: parts
                .headers
                .iter()
                .filter_map(|(name, value)| Some((name.as_str().to_owned(), value.to_str().ok()?.to_owned())))
                .collect(),
            body: body.to_vec(),
        };
        let closing = self.closing;
        // A long list is work of many milliseconds, which mustn't hold up the other connections.
        let delivery = tokio::task::spawn_blocking(move || self.respond(request)).await;
        let Delivery { response, milliseconds, cut } =
            delivery.unwrap_or_else(|_failed| Response::empty(500).into());
        if milliseconds > 0 {
            tokio::time::sleep(Duration::from_millis(milliseconds)).await;
        }
        if cut == Some(Cut::Before) {
            return Err(Broken);
        }
        let mut written = write(response, cut, head);
        if closing {
            written.headers_mut().insert(CONNECTION, HeaderValue::from_static("close"));
        }
        Ok(written)
    }

    fn respond(&self, request: Request) -> Delivery {
        let for_site = (request.method == Method::Get).then(|| request.clone());
        // A handler that panicked leaves the state as it was at that moment; going on is the most useful.
        let mut host = self.host.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(delivery) = host.respond(request) {
            return delivery;
        }
        drop(host);
        let response = match (&self.site, for_site) {
            (Some(site), Some(request)) => site.respond(&request),
            (Some(_), None) => Response::empty(405),
            (None, _) => {
                Response::typed(404, "text/plain", b"Nothing is served here; see /systems.json.\n".to_vec())
            }
        };
        response.into()
    }
}

fn write(response: Response, cut: Option<Cut>, head: bool) -> axum::response::Response {
    let status = StatusCode::from_u16(response.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let body = match cut {
        _ if head => Body::empty(),
        Some(_) => breaking_off(response.body),
        None => Body::from(response.body),
    };
    let mut written = axum::response::Response::new(body);
    *written.status_mut() = status;
    for (name, value) in response.headers {
        if let (Ok(name), Ok(value)) = (HeaderName::try_from(name), HeaderValue::try_from(value)) {
            written.headers_mut().append(name, value);
        }
    }
    written
}

fn self_signed(address: SocketAddr) -> io::Result<RustlsConfig> {
    let names = vec!["localhost".to_owned(), address.ip().to_string()];
    let made = rcgen::generate_simple_self_signed(names).map_err(io::Error::other)?;
    let key = rustls::pki_types::PrivateKeyDer::try_from(made.signing_key.serialize_der())
        .map_err(io::Error::other)?;
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let mut config = rustls::ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(io::Error::other)?
        .with_no_client_auth()
        .with_single_cert(vec![made.cert.der().clone()], key)
        .map_err(io::Error::other)?;
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok(RustlsConfig::from_config(Arc::new(config)))
}
