//! Files of every shape that people choose.

use rcgen::{CertificateParams, KeyPair, date_time_ymd};

use crate::certificate::Validity;
use crate::{Contents, Expected, PrivateKey, missing, read};

struct Made {
    pem: String,
    der: Vec<u8>,
    key: String,
    request: String,
}

fn made() -> Made {
    let mut params =
        CertificateParams::new(vec!["box.example.test".to_owned(), "192.0.2.7".to_owned()]).expect("names");
    params.not_before = date_time_ymd(2024, 1, 1);
    params.not_after = date_time_ymd(2034, 1, 1);
    params.distinguished_name.push(rcgen::DnType::CommonName, "Größe 日本");
    let key = KeyPair::generate().expect("a key");
    let request = params.serialize_request(&key).expect("a request").pem().expect("PEM");
    let certificate = params.self_signed(&key).expect("a certificate");
    Made { pem: certificate.pem(), der: certificate.der().to_vec(), key: key.serialize_pem(), request }
}

fn one(contents: &Contents) -> &crate::Certificate {
    assert_eq!(contents.certificates.len(), 1);
    &contents.certificates[0]
}

#[test]
fn a_certificate_tells_subject_names_validity_and_fingerprint() {
    let made = made();
    let contents = read(made.pem.as_bytes()).expect("a certificate");
    let certificate = one(&contents);
    assert!(certificate.subject.contains("Größe 日本"), "{}", certificate.subject);
    assert_eq!(certificate.names, ["box.example.test", "192.0.2.7"]);
    assert_eq!((certificate.not_before, certificate.not_after), (1_704_067_200, 2_019_686_400));
    assert_eq!(certificate.fingerprint.len(), 32 * 3 - 1);
    assert!(certificate.is_self_issued());
    assert_eq!(certificate.validity(1_600_000_000), Validity::NotYet);
    assert_eq!(certificate.validity(1_800_000_000), Validity::Now);
    assert_eq!(certificate.validity(2_100_000_000), Validity::Expired);
}

#[test]
fn der_pem_carriage_returns_a_mark_and_text_around_are_the_same_certificate() {
    let made = made();
    let expected = read(&made.der).expect("DER");
    let crlf = made.pem.replace('\n', "\r\n");
    let marked = format!("\u{feff}{}", made.pem);
    let commented = format!("Certificate:\n    Data:\n        Version: 3\n{}trailing words\n", made.pem);
    for text in [made.pem, crlf, marked, commented] {
        assert_eq!(read(text.as_bytes()).expect("PEM"), expected);
    }
}

#[test]
fn a_file_with_key_and_chain_tells_both() {
    let (made, other) = (made(), made());
    let contents = read(format!("{}{}{}", made.key, made.pem, other.pem).as_bytes()).expect("a bundle");
    assert_eq!(contents.certificates.len(), 2);
    assert_eq!(contents.private_key, Some(PrivateKey::Plain));
    assert_eq!(missing(&contents, Expected::CertificateWithKey), None);
    assert!(missing(&contents, Expected::Certificate).is_some_and(|text| text.contains("private key")));
}

#[test]
fn what_is_missing_is_said() {
    let made = made();
    let only_certificate = read(made.pem.as_bytes()).expect("a certificate");
    assert!(
        missing(&only_certificate, Expected::CertificateWithKey).is_some_and(|text| text.contains("missing"))
    );
    assert_eq!(missing(&only_certificate, Expected::Certificate), None);
    let request = read(made.request.as_bytes()).expect("a request");
    assert!(missing(&request, Expected::Certificate).is_some_and(|text| text.contains("signing request")));
    let key = read(made.key.as_bytes()).expect("a key");
    assert!(missing(&key, Expected::Certificate).is_some_and(|text| text.contains("private key")));
    let encrypted = "-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n-----END ENCRYPTED PRIVATE KEY-----\n";
    let locked = read(format!("{}{encrypted}", made.pem).as_bytes()).expect("a bundle");
    assert!(missing(&locked, Expected::CertificateWithKey).is_some_and(|text| text.contains("encrypted")));
}

#[test]
fn what_is_no_certificate_is_refused_plainly() {
    let made = made();
    let truncated = &made.pem.as_bytes()[..made.pem.len() / 2];
    let damaged = made.pem.replacen("MII", "M*I", 1);
    for (bytes, words) in [
        (&b""[..], "empty"),
        (truncated, "cut off"),
        (damaged.as_bytes(), "damaged"),
        (b"hello", "text file"),
        (&[0xFF, 0x00, 0x80], "neither PEM text nor DER"),
        (&[0x30, 0x82, 0x01, 0x00, 0x02, 0x01, 0x03, 0x30], "PKCS#12"),
        (&[0x30, 0x82, 0x01, 0x00, 0x02, 0x01, 0x00, 0x30], "private key"),
        (&made.der[..made.der.len() - 4], "no certificate"),
    ] {
        let fault = read(bytes).expect_err(words);
        assert!(fault.contains(words), "{words}: {fault}");
    }
    assert!(read(&vec![0x30; crate::LARGEST + 1]).expect_err("too large").contains("1 MiB"));
}
