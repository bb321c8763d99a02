//! Private keys: their type, and whether they belong to a certificate.

use rcgen::{KeyPair, PKCS_ECDSA_P384_SHA384, PKCS_ED25519};

use super::made::{RsaPublic, alone, contents, key, pem, root, sequence, server, tlv};
use crate::{Doubt, Expected, Fault, Fit, PrivateKey, Purpose, doubts, fault};

const LOCKED: &str = include_str!("../../tests/files/locked.pem");
const LOCKED_OLD: &str = include_str!("../../tests/files/locked-old.pem");

#[test]
fn keys_of_every_curve_fit_their_certificate_and_no_other() {
    for (algorithm, name) in [
        (&rcgen::PKCS_ECDSA_P256_SHA256, "EC P-256"),
        (&PKCS_ECDSA_P384_SHA384, "EC P-384"),
        (&PKCS_ED25519, "Ed25519"),
    ] {
        let own = KeyPair::generate_for(algorithm).expect("a key");
        let other = KeyPair::generate_for(algorithm).expect("a key");
        let text = server(&["box.example.test"]).self_signed(&own).expect("a certificate").pem();
        let fitting = contents(&[&text, &own.serialize_pem()]);
        assert_eq!((fitting.fit(), fitting.keys[0].describe().as_str()), (Some(Fit::To(0)), name));
        assert_eq!(fault(&fitting, Expected::CertificateWithKey), None);
        let strange = contents(&[&text, &other.serialize_pem()]);
        assert_eq!(
            fault(&strange, Expected::CertificateWithKey),
            Some(Fault::KeyDoesNotFit { key: name.to_owned(), certificate: name.to_owned() })
        );
    }
}

#[test]
fn an_rsa_key_is_known_by_its_modulus_in_both_forms() {
    let (own, other) = (RsaPublic::new(2048, 0), RsaPublic::new(2048, 1));
    let text = server(&["box.example.test"]).signed_by(&own, &root()).expect("a certificate").pem();
    for (label, file) in [("RSA PRIVATE KEY", own.pkcs1()), ("PRIVATE KEY", own.pkcs8())] {
        let contents = contents(&[&text, &pem(label, &file)]);
        assert_eq!((contents.fit(), contents.keys[0].describe().as_str()), (Some(Fit::To(0)), "RSA 2048"));
    }
    let strange = contents(&[&text, &pem("PRIVATE KEY", &other.pkcs8())]);
    assert_eq!(strange.fit(), Some(Fit::ToNone));
    let curve = contents(&[&text, &key().serialize_pem()]);
    assert_eq!(
        fault(&curve, Expected::CertificateWithKey),
        Some(Fault::KeyDoesNotFit { key: "EC P-256".to_owned(), certificate: "RSA 2048".to_owned() })
    );
}

#[test]
fn a_point_is_the_same_compressed_or_not_and_a_key_without_one_cannot_be_told() {
    const P256: [u8; 10] = [6, 8, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 3, 1, 7];
    let own = key();
    let text = server(&["box.example.test"]).self_signed(&own).expect("a certificate").pem();
    let point = own.public_key_raw();
    let mut short = vec![2 + (point[64] & 1)];
    short.extend(&point[1..33]);
    let sec1 = |point: Option<&[u8]>| {
        let mut parts = vec![vec![2, 1, 1], tlv(4, &[9; 32]), tlv(0xA0, &P256)];
        parts.extend(point.map(|point| tlv(0xA1, &tlv(3, &[&[0], point].concat()))));
        pem("EC PRIVATE KEY", &sequence(&parts))
    };
    let fit = |key: &str| contents(&[&text, key]).fit();
    assert_eq!(fit(&sec1(Some(point))), Some(Fit::To(0)));
    assert_eq!(fit(&sec1(Some(&short))), Some(Fit::To(0)));
    short[0] ^= 1;
    assert_eq!(fit(&sec1(Some(&short))), Some(Fit::ToNone));
    let silent = contents(&[&text, &sec1(None)]);
    assert_eq!(silent.keys, [PrivateKey::Plain { kind: "EC P-256".to_owned(), public: None }]);
    assert_eq!(fault(&silent, Expected::CertificateWithKey), None);
    assert!(doubts(&silent, Purpose::Trust, 0).contains(&Doubt::FitUnknown));
}

#[test]
fn a_locked_key_is_refused_in_both_ways_of_locking() {
    let (made, own) = alone();
    for locked in [LOCKED, LOCKED_OLD] {
        let contents = contents(&[&made.pem(), locked]);
        assert_eq!(contents.keys, [PrivateKey::Locked]);
        assert_eq!(fault(&contents, Expected::CertificateWithKey), Some(Fault::KeyLocked));
    }
    let both = contents(&[&made.pem(), LOCKED, &own.serialize_pem()]);
    assert_eq!((fault(&both, Expected::CertificateWithKey), both.fit()), (None, Some(Fit::To(0))));
    assert!(doubts(&both, Purpose::Trust, 0).contains(&Doubt::SeveralKeys(2)));
}

#[test]
fn nothing_secret_of_a_key_is_kept() {
    let (made, own) = alone();
    let secret = &own.serialized_der()[36..68];
    let shown = format!("{:?}", contents(&[&made.pem(), &own.serialize_pem()]));
    assert!(!shown.contains(&format!("{secret:?}").trim_matches(['[', ']']).to_owned()));
}
