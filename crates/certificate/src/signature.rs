//! How a certificate is signed.

/// Names of the algorithms that are met, by their identifiers; the last tells whether browsers no longer take it.
const ALGORITHMS: [(&str, &str, bool); 14] = [
    ("1.2.840.113549.1.1.4", "MD5 with RSA", true),
    ("1.2.840.113549.1.1.5", "SHA-1 with RSA", true),
    ("1.2.840.113549.1.1.10", "RSA-PSS", false),
    ("1.2.840.113549.1.1.11", "SHA-256 with RSA", false),
    ("1.2.840.113549.1.1.12", "SHA-384 with RSA", false),
    ("1.2.840.113549.1.1.13", "SHA-512 with RSA", false),
    ("1.2.840.10040.4.3", "SHA-1 with DSA", true),
    ("1.2.840.10045.4.1", "SHA-1 with ECDSA", true),
    ("1.2.840.10045.4.3.2", "SHA-256 with ECDSA", false),
    ("1.2.840.10045.4.3.3", "SHA-384 with ECDSA", false),
    ("1.2.840.10045.4.3.4", "SHA-512 with ECDSA", false),
    ("1.3.14.3.2.29", "SHA-1 with RSA", true),
    ("1.3.101.112", "Ed25519", false),
    ("1.3.101.113", "Ed448", false),
];

/// What a person calls the algorithm, and whether it is broken.
pub(crate) fn describe(oid: &str) -> (String, bool) {
    ALGORITHMS
        .iter()
        .find(|(known, ..)| *known == oid)
        .map_or_else(|| (oid.to_owned(), false), |(_, name, weak)| ((*name).to_owned(), *weak))
}
