//! The directory, the identity provider and the domain that people come from, and the FC switches.

use crate::infinibox::array::Array;
use crate::infinibox::domain::Domain;
use crate::infinibox::fc_switches;
use crate::infinibox::identity_providers::IdentityProvider;
use crate::infinibox::repositories::Repository;

/// A certificate made for this seed, whose key is gone: serial 774130925518, valid until 2041.
const SIGNING_CERTIFICATE: &str = concat!(
    "MIIBtzCCAV2gAwIBAgIGALQ9zH/OMAoGCCqGSM49BAMCMDgxHzAdBgNVBAMMFmxvZ2luLmNvcnAuZXhhbXBsZS5jb20xFTATBgNV",
    "BAoMDEV4YW1wbGUgQ29ycDAeFw0yNjExMjExMzA0NDdaFw00MTExMTcxMzA0NDdaMDgxHzAdBgNVBAMMFmxvZ2luLmNvcnAuZXhh",
    "bXBsZS5jb20xFTATBgNVBAoMDEV4YW1wbGUgQ29ycDBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABPgB6S+cbl5GfaY/+W2nYn6H",
    "I/FMun+MaR6xdjgMa72F3a5tMFV4+iLANukjvQXR1v4gbOowdGaRdN/xzaGDRJyjUzBRMB0GA1UdDgQWBBThccTVHIgRNEVRqQ61",
    "hD2RF6enOzAfBgNVHSMEGDAWgBThccTVHIgRNEVRqQ61hD2RF6enOzAPBgNVHRMBAf8EBTADAQH/MAoGCCqGSM49BAMCA0gAMEUC",
    "IFowr/AobpawHDlKnkZBuNKNTUkcG1du7BZbJWXklqsoAiEA/m5UaxvO0hcdmX0Fxl6kahOYGpLT0nRaV/TUy2/vVuY=",
);

const SWITCHES: &[(&str, &str, [bool; 3])] = &[
    ("fabric-a-core-1", "BROCADE", [true, true, true]),
    ("fabric-b-core-1", "BROCADE", [true, true, true]),
    ("fabric-a-edge-old", "CISCO", [false, false, false]),
];

/// Adds a directory of that name and returns its id.
pub(super) fn directory(array: &mut Array, name: &str) -> i64 {
    let id = array.next_id();
    let mut repository = Repository::active_directory(id, name, "corp.example.com");
    for (part, branch) in [("users_basedn", "people"), ("groups_basedn", "groups")] {
        repository.schema.insert(part.to_owned(), format!("ou={branch},dc=corp,dc=example,dc=com").into());
    }
    array.repositories.insert(id, repository);
    id
}

/// Adds an identity provider of that name and returns its id.
pub(super) fn provider(array: &mut Array, name: &str) -> i64 {
    let id = array.next_id();
    let provider = IdentityProvider {
        id,
        name: name.to_owned(),
        issuer: "https://login.corp.example.com/metadata".to_owned(),
        sign_on_url: "https://login.corp.example.com/saml/sso".to_owned(),
        enabled: true,
        signed_response: true,
        signed_assertion: true,
        signing_certificate: SIGNING_CERTIFICATE.to_owned(),
    };
    array.identity_providers.insert(id, provider);
    id
}

/// Joins the domain and connects the switches.
pub(super) fn seed(array: &mut Array) {
    array.domain = Some(Domain::new("corp.example.com", vec!["192.0.2.11".to_owned()], "Storage"));
    for (name, vendor, reached_by) in SWITCHES {
        let id = array.next_id();
        array.fc_switches.insert(id, fc_switches::first(id, name, vendor, *reached_by));
    }
}
