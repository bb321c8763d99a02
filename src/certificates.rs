//! Certificates: what a system shows the world, and what a person is about to give it.
//!
//! [`check`] belongs to every upload that takes a certificate file; [`page`] is the page of resources that hold one. What is read
//! from a file is the matter of `boxdeck_certificate`; here it gets words and a place on the screen.

pub mod check;
mod facts;
mod installed;
pub mod page;
mod wording;

use boxdeck_certificate::Expected;

/// File endings that stand for certificates; an input that accepts one of them is checked.
const ENDINGS: [&str; 4] = [".pem", ".crt", ".cer", ".der"];

/// What an input with this `accept` list expects, if it takes certificates. A list that names keys wants one in the file.
pub fn expected(accept: &str) -> Option<Expected> {
    let endings: Vec<&str> = accept.split(',').map(str::trim).collect();
    if !endings.iter().any(|ending| ENDINGS.contains(ending)) {
        return None;
    }
    Some(if endings.contains(&".key") { Expected::CertificateWithKey } else { Expected::Certificate })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inputs_for_certificates_are_known_by_what_they_accept() {
        assert_eq!(expected(".pem,.crt,.cer"), Some(Expected::Certificate));
        assert_eq!(expected(".pem, .key"), Some(Expected::CertificateWithKey));
        assert_eq!(expected(".zip,.tgz"), None);
        assert_eq!(expected(""), None);
    }
}
