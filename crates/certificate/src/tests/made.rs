//! Certificates, keys and authorities for the tests.

use rcgen::{
    BasicConstraints, Certificate, CertificateParams, CertifiedIssuer, DnType, IsCa, KeyPair, PublicKeyData,
    SignatureAlgorithm, date_time_ymd,
};

use crate::{Contents, read};

/// 2027-01-15, in seconds since the epoch: when the tests are.
pub(super) const NOW: u64 = 1_800_000_000;

/// The parameters of a server's certificate that is valid in 2025 to 2034.
pub(super) fn server(names: &[&str]) -> CertificateParams {
    let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
    let mut params = CertificateParams::new(names).expect("names");
    params.not_before = date_time_ymd(2025, 1, 1);
    params.not_after = date_time_ymd(2034, 1, 1);
    params.distinguished_name.push(DnType::CommonName, "box.example.test");
    params.use_authority_key_identifier_extension = true;
    params
}

/// The parameters of an authority's certificate.
pub(super) fn authority(name: &str) -> CertificateParams {
    let mut params = server(&[]);
    params.distinguished_name.push(DnType::CommonName, name);
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    params
}

/// An authority that is signed by itself.
pub(super) fn root() -> CertifiedIssuer<'static, KeyPair> {
    CertifiedIssuer::self_signed(authority("Example root"), key()).expect("a root")
}

/// A fresh elliptic-curve key.
pub(super) fn key() -> KeyPair {
    KeyPair::generate().expect("a key")
}

/// A self-signed certificate with its key.
pub(super) fn alone() -> (Certificate, KeyPair) {
    let key = key();
    (server(&["box.example.test", "192.0.2.7"]).self_signed(&key).expect("a certificate"), key)
}

/// What is in the PEM texts, one after the other.
pub(super) fn contents(texts: &[&str]) -> Contents {
    read(texts.concat().as_bytes()).expect("readable PEM")
}

/// A PEM block.
pub(super) fn pem(label: &str, der: &[u8]) -> String {
    pem_rfc7468::encode_string(label, pem_rfc7468::LineEnding::LF, der).expect("PEM")
}

/// The public half of an RSA key: enough to be certified by somebody else, and made without the time that primes take.
pub(super) struct RsaPublic {
    der: Vec<u8>,
    modulus: Vec<u8>,
}

impl RsaPublic {
    /// A key of so many bits; `seed` makes it differ from others.
    pub(super) fn new(bits: usize, seed: u8) -> Self {
        let mut modulus = vec![0x5A ^ seed; bits / 8];
        modulus[0] = 0xC3;
        let der = sequence(&[integer(&modulus), integer(&[1, 0, 1])]);
        Self { der, modulus }
    }

    /// A PKCS#1 key file in which this modulus stands. The secret numbers are none.
    pub(super) fn pkcs1(&self) -> Vec<u8> {
        let mut numbers = vec![integer(&[]), integer(&self.modulus), integer(&[1, 0, 1])];
        numbers.extend((0..6).map(|_| integer(&[7])));
        sequence(&numbers)
    }

    /// The same key in PKCS#8.
    pub(super) fn pkcs8(&self) -> Vec<u8> {
        const RSA: [u8; 15] = [0x30, 13, 6, 9, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 1, 1, 1, 5, 0];
        sequence(&[integer(&[]), RSA.to_vec(), tlv(4, &self.pkcs1())])
    }
}

impl PublicKeyData for RsaPublic {
    fn der_bytes(&self) -> &[u8] {
        &self.der
    }

    fn algorithm(&self) -> &'static SignatureAlgorithm {
        &rcgen::PKCS_RSA_SHA256
    }
}

/// A DER sequence of parts.
pub(super) fn sequence(parts: &[Vec<u8>]) -> Vec<u8> {
    tlv(0x30, &parts.concat())
}

/// A DER integer that is not negative.
pub(super) fn integer(bytes: &[u8]) -> Vec<u8> {
    let mut content = bytes.to_vec();
    if content.first().is_none_or(|first| first & 0x80 != 0) {
        content.insert(0, 0);
    }
    tlv(2, &content)
}

/// A DER object.
pub(super) fn tlv(tag: u8, content: &[u8]) -> Vec<u8> {
    let length = content.len();
    let mut object = vec![tag];
    match u8::try_from(length) {
        Ok(short) if short < 0x80 => object.push(short),
        Ok(byte) => object.extend([0x81, byte]),
        Err(_) => {
            object.push(0x82);
            object.extend(u16::try_from(length).expect("a small object").to_be_bytes());
        }
    }
    object.extend(content);
    object
}
