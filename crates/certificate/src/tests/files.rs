//! How files are written, and what is no certificate file.

use rcgen::DnType;

use super::made::{NOW, alone, contents, key, pem, server};
use crate::{Expected, Fault, Form, Mistaken, Piece, Validity, fault, read};

const PKCS12: &[u8] = include_bytes!("../../tests/files/bundle.p12");
const PKCS7: &[u8] = include_bytes!("../../tests/files/envelope.p7b");
const PKCS7_DER: &[u8] = include_bytes!("../../tests/files/envelope.der");
const REQUEST_DER: &[u8] = include_bytes!("../../tests/files/request.der");
const PUBLIC: &[u8] = include_bytes!("../../tests/files/public.pem");
const LOCKED_DER: &[u8] = include_bytes!("../../tests/files/locked.der");
const DESCRIBED: &[u8] = include_bytes!("../../tests/files/described.pem");

#[test]
fn a_certificate_tells_subject_names_validity_and_fingerprint() {
    let mut params = server(&["box.example.test", "192.0.2.7"]);
    params.distinguished_name.push(DnType::CommonName, "Größe 日本");
    let text = params.self_signed(&key()).expect("a certificate").pem();
    let contents = contents(&[&text]);
    let [certificate] = contents.certificates.as_slice() else { panic!("one certificate") };
    assert!(certificate.subject.contains("Größe 日本"), "{}", certificate.subject);
    let names: Vec<String> = certificate.names.iter().map(ToString::to_string).collect();
    assert_eq!(names, ["box.example.test", "192.0.2.7"]);
    assert_eq!((certificate.not_before, certificate.not_after), (1_735_689_600, 2_019_686_400));
    assert_eq!(certificate.fingerprint.len(), 32 * 3 - 1);
    assert_eq!(certificate.key.describe(), "EC P-256");
    assert_eq!(certificate.signature, "SHA-256 with ECDSA");
    assert!(certificate.is_self_issued() && !certificate.is_authority && !certificate.has_weak_signature);
    assert_eq!(certificate.validity(1_735_689_600 - 86_400 * 3), Validity::NotYet(3));
    assert_eq!(certificate.validity(NOW), Validity::Now(2542));
    assert_eq!(certificate.validity(2_019_686_400 + 90_000), Validity::Expired(1));
}

#[test]
fn der_pem_carriage_returns_a_mark_and_text_around_are_the_same_certificate() {
    let (made, _) = alone();
    let der = read(made.der()).expect("DER");
    assert_eq!(der.form, Form::Der);
    let text = made.pem();
    let crlf = text.replace('\n', "\r\n");
    let marked = format!("\u{feff}{text}");
    let commented = format!("Certificate:\n    Data:\n        Version: 3\n{text}trailing words\n");
    let blanks = text.replace('\n', "  \n\n");
    for text in [text, crlf, marked, commented, blanks] {
        assert_eq!(read(text.as_bytes()).expect("PEM").certificates, der.certificates);
    }
    assert_eq!(read(DESCRIBED).expect("openssl's description before it").certificates.len(), 1);
}

#[test]
fn what_is_something_else_is_told_by_name() {
    let (made, own) = alone();
    let bare: String = made.pem().lines().filter(|line| !line.starts_with('-')).collect();
    let wide: Vec<u8> =
        [0xFF, 0xFE].into_iter().chain(made.pem().bytes().flat_map(|byte| [byte, 0])).collect();
    for (bytes, expected) in [
        (PKCS12, Mistaken::Pkcs12),
        (PKCS7, Mistaken::Pkcs7),
        (PKCS7_DER, Mistaken::Pkcs7),
        (REQUEST_DER, Mistaken::Request),
        (PUBLIC, Mistaken::PublicKey),
        (LOCKED_DER, Mistaken::LockedKey),
        (own.serialized_der(), Mistaken::PrivateKey),
        (pem("OPENSSH PRIVATE KEY", b"openssh-key-v1").as_bytes(), Mistaken::OpenSsh),
        (b"ssh-ed25519 AAAAC3Nz box", Mistaken::OpenSsh),
        (pem("X509 CRL", b"0").as_bytes(), Mistaken::RevocationList),
        (&[0xFE, 0xED, 0xFE, 0xED, 0, 0, 0, 2], Mistaken::JavaStore),
        (b"\n<!DOCTYPE html><title>Portal</title>", Mistaken::WebPage),
        (bare.as_bytes(), Mistaken::BareBase64),
        (&wide, Mistaken::WideText),
        (b"hello", Mistaken::Text),
        (&[0x41, 0x00, 0x80, 0x17], Mistaken::Junk),
        (&[0x30], Mistaken::Junk),
        (&[0x30, 0x03, 0x01, 0x01, 0x00], Mistaken::Junk),
    ] {
        assert_eq!(read(bytes), Err(Fault::Mistaken(expected)), "{expected:?}");
    }
}

#[test]
fn what_is_empty_too_large_cut_off_or_damaged_is_told() {
    let (made, own) = alone();
    let (text, der) = (made.pem(), made.der());
    assert_eq!(read(b""), Err(Fault::Empty));
    assert_eq!(read(&vec![0x30; crate::LARGEST + 1]), Err(Fault::TooLarge));
    assert_eq!(read(&text.as_bytes()[..text.len() / 2]), Err(Fault::CutOff(Some("CERTIFICATE".to_owned()))));
    assert_eq!(read(b"-----BEGIN CERTIF"), Err(Fault::CutOff(None)));
    assert_eq!(read(&der[..der.len() - 4]), Err(Fault::CutOff(None)));
    assert_eq!(read(b"-----BEGIN CERTIFICATE-----\n\xFF\xFE"), Err(Fault::NotText));
    let damaged = |bytes: &[u8], expected| match read(bytes) {
        Err(Fault::Damaged { piece, detail }) => {
            assert!(piece == expected && !detail.is_empty(), "{piece:?}")
        }
        other => panic!("{other:?}"),
    };
    damaged(text.replacen("MII", "M*I", 1).as_bytes(), Piece::Certificate(1));
    damaged(format!("{text}{}", pem("CERTIFICATE", &der[1..])).as_bytes(), Piece::Certificate(2));
    damaged(&[der.as_ref(), b"more"].concat(), Piece::Certificate(1));
    damaged(own.serialize_pem().replacen("MI", "M*", 1).as_bytes(), Piece::Key);
}

#[test]
fn a_file_without_what_is_wanted_is_refused() {
    let (made, own) = alone();
    let text = made.pem();
    let mut asked = server(&["box.example.test"]);
    asked.use_authority_key_identifier_extension = false;
    let request = asked.serialize_request(&own).expect("a request").pem().expect("PEM");
    let certificate = |texts: &[&str]| fault(&contents(texts), Expected::Certificate);
    let with_key = |texts: &[&str]| fault(&contents(texts), Expected::CertificateWithKey);
    assert_eq!(certificate(&[&text]), None);
    assert_eq!(with_key(&[&text, &own.serialize_pem()]), None);
    assert_eq!(with_key(&[&text]), Some(Fault::KeyMissing));
    assert_eq!(certificate(&[&text, &own.serialize_pem()]), Some(Fault::KeyNotWanted));
    assert_eq!(certificate(&[&request]), Some(Fault::OnlyRequest));
    assert_eq!(certificate(&[&own.serialize_pem()]), Some(Fault::OnlyKey));
    assert_eq!(certificate(&[&pem("EC PARAMETERS", &[6, 1, 0])]), Some(Fault::NoCertificate));
}

#[test]
fn no_bytes_at_all_make_it_fall_over() {
    let (made, own) = alone();
    for whole in
        [made.der().to_vec(), own.serialized_der().to_vec(), PKCS12.to_vec(), made.pem().into_bytes()]
    {
        for length in 0..whole.len() {
            // Whatever is said of it: it is said.
            drop(read(&whole[..length]));
            let mut flipped = whole.clone();
            flipped[length] ^= 0x55;
            drop(read(&flipped));
        }
    }
}
