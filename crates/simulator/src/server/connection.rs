//! What a router cannot do: end a connection without an answer, or in the middle of one.

use std::convert::Infallible;
use std::fmt;
use std::net::SocketAddr;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use axum::body::{Body, Bytes, HttpBody};
use axum::http::Request;
use axum::response::Response;
use tower_service::Service as Tower;

use super::Service;

/// How long a broken answer stays whole, so that what there is of it gets through before the end.
const LAST_MOMENT: Duration = Duration::from_millis(50);

/// The connection was cut on purpose.
#[derive(Debug)]
pub(super) struct Broken;

impl fmt::Display for Broken {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("the connection was cut on purpose")
    }
}

impl std::error::Error for Broken {}

/// Gives every connection the service.
#[derive(Clone)]
pub(super) struct PerConnection(pub(super) Service);

impl Tower<SocketAddr> for PerConnection {
    type Response = Service;
    type Error = Infallible;
    type Future = std::future::Ready<Result<Service, Infallible>>;

    fn poll_ready(&mut self, _context: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, _peer: SocketAddr) -> Self::Future {
        std::future::ready(Ok(self.0.clone()))
    }
}

impl<B> Tower<Request<B>> for Service
where
    B: HttpBody<Data = Bytes> + Send + 'static,
    B::Error: Into<axum::BoxError>,
{
    type Response = Response;
    type Error = Broken;
    type Future = Pin<Box<dyn Future<Output = Result<Response, Broken>> + Send>>;

    fn poll_ready(&mut self, _context: &mut Context<'_>) -> Poll<Result<(), Broken>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request<B>) -> Self::Future {
        Box::pin(self.clone().answer(request.map(Body::new)))
    }
}

/// A body that gives these bytes and then fails.
pub(super) fn breaking_off(bytes: Vec<u8>) -> Body {
    Body::new(BreakingOff { bytes: Some(Bytes::from(bytes)), end: Box::pin(tokio::time::sleep(LAST_MOMENT)) })
}

struct BreakingOff {
    bytes: Option<Bytes>,
    end: Pin<Box<tokio::time::Sleep>>,
}

impl HttpBody for BreakingOff {
    type Data = Bytes;
    type Error = Broken;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<http_body::Frame<Bytes>, Broken>>> {
        if let Some(bytes) = self.bytes.take() {
            return Poll::Ready(Some(Ok(http_body::Frame::data(bytes))));
        }
        self.end.as_mut().poll(context).map(|()| Some(Err(Broken)))
    }
}
