//! The root certificates of the directory's servers.

use x509_parser::certificate::X509Certificate;
use x509_parser::prelude::FromDer as _;

use super::fault::Fault;
use super::{Call, jobs};
use crate::message::Response;
use crate::{multipart, pem};

/// The servers that a certificate can be for.
pub(super) const SLOTS: [&str; 2] = ["primary1", "secondary1"];

fn slot(call: &Call<'_>) -> Result<&'static str, Fault> {
    SLOTS
        .into_iter()
        .find(|slot| *slot == call.name())
        .ok_or_else(|| Fault::bad("The parameter 'targetServer' is not valid: it is primary1 or secondary1."))
}

/// `POST …/<server>/actions/import/invoke`. It takes the place of the certificate before it and counts at once.
pub(super) fn import(call: &mut Call<'_>) -> Result<Response, Fault> {
    let slot = slot(call)?;
    let file = multipart::part(call.request, &["rootCertificate"])
        .map_err(|why| Fault::bad(format!("The parameter 'rootCertificate' is not valid: {why}.")))?;
    let der = if is_certificate(file) {
        Some(file.to_vec())
    } else {
        pem::block(file, |label| label == "CERTIFICATE")
    };
    let der = der.filter(|der| is_certificate(der)).ok_or_else(|| {
        Fault::bad("The parameter 'rootCertificate' is not valid: it is no certificate in PEM or DER form.")
    })?;
    call.block.certificates.insert(slot, der);
    let resource = format!("{}external-auth-server-root-certificates/{slot}", super::ROOT);
    Ok(jobs::start(call, resource))
}

fn is_certificate(der: &[u8]) -> bool {
    X509Certificate::from_der(der).is_ok_and(|(rest, _)| rest.is_empty())
}

/// `GET …/<server>/download`: DER, whatever was imported.
pub(super) fn download(call: &mut Call<'_>) -> Result<Response, Fault> {
    let der = call.block.certificates.get(slot(call)?).ok_or_else(Fault::no_certificate)?;
    let disposition = "attachment; filename=\"download-external-auth-server-root-certificate.crt\"";
    Ok(Response::typed(200, "application/x-x509-ca-cert", der.clone())
        .header("content-disposition", disposition))
}
