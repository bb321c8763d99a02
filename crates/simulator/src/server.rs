//! The HTTP server around a [`Host`] and a [`Site`]: reads requests, writes responses, knows nothing else.

use std::io;
use std::net::{SocketAddr, TcpListener};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderName, HeaderValue, StatusCode};
use axum_server::Handle;
use axum_server::tls_rustls::RustlsConfig;

use crate::host::Host;
use crate::message::{Method, Request, Response, parse_query};
use crate::site::Site;

/// The longest body that is read, in bytes: an upgrade package or a certificate fits.
const MAX_BODY: usize = 64 * 1024 * 1024;
/// How long open connections get to finish when the server is told to end.
const GRACE: Duration = Duration::from_secs(2);

/// What the server serves.
#[derive(Clone)]
struct Service {
    host: Arc<Mutex<Host>>,
    site: Option<Site>,
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
        let service = Service { host: Arc::new(Mutex::new(host)), site };
        Ok(Self { listener, tls, service })
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
        let app = Router::new().fallback(answer).with_state(self.service).into_make_service();
        match self.tls {
            Some(tls) => axum_server::from_tcp_rustls(self.listener, tls)?.handle(handle).serve(app).await,
            None => axum_server::from_tcp(self.listener)?.handle(handle).serve(app).await,
        }
    }
}

async fn answer(
    axum::extract::State(service): axum::extract::State<Service>,
    request: axum::extract::Request,
) -> axum::response::Response {
    let (parts, body) = request.into_parts();
    let head = parts.method == axum::http::Method::HEAD;
    let name = if head { "GET" } else { parts.method.as_str() };
    let Some(method) = Method::parse(name) else {
        return write(Response::empty(405), head);
    };
    let Ok(body) = to_bytes(body, MAX_BODY).await else {
        return write(Response::empty(413), head);
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
    // A long list is work of many milliseconds, which mustn't hold up the other connections.
    let response = tokio::task::spawn_blocking(move || service.respond(request)).await;
    write(response.unwrap_or_else(|_failed| Response::empty(500)), head)
}

impl Service {
    fn respond(&self, request: Request) -> Response {
        let for_site = (request.method == Method::Get).then(|| request.clone());
        // A handler that panicked leaves the state as it was at that moment; going on is the most useful.
        let mut host = self.host.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(response) = host.respond(request) {
            return response;
        }
        drop(host);
        match (&self.site, for_site) {
            (Some(site), Some(request)) => site.respond(&request),
            (Some(_), None) => Response::empty(405),
            (None, _) => {
                Response::typed(404, "text/plain", b"Nothing is served here; see /systems.json.\n".to_vec())
            }
        }
    }
}

fn write(response: Response, head: bool) -> axum::response::Response {
    let status = StatusCode::from_u16(response.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let body = if head { Body::empty() } else { Body::from(response.body) };
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
