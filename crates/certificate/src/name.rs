//! Names and addresses that a certificate is for, and whether a host is among them.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use x509_cert::der::Encode;
use x509_cert::ext::pkix::name::GeneralName;

use crate::certificate::pairs;

/// One alternative name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Name {
    /// A host name; its first label may be `*`.
    Host(String),
    /// An IP address.
    Address(IpAddr),
    /// A mail address, a URI, a distinguished name, or what is rarer still.
    Other(String),
}

impl Name {
    /// Reads one of the extension's names.
    pub(crate) fn of(name: &GeneralName) -> Self {
        match name {
            GeneralName::DnsName(name) => Self::Host(name.to_string()),
            GeneralName::IpAddress(octets) => address(octets.as_bytes()),
            GeneralName::Rfc822Name(name) => Self::Other(name.to_string()),
            GeneralName::UniformResourceIdentifier(name) => Self::Other(name.to_string()),
            GeneralName::DirectoryName(name) => Self::Other(name.to_string()),
            other => Self::Other(other.to_der().map_or_else(|_fault| "?".to_owned(), |bytes| pairs(&bytes))),
        }
    }

    /// Whether this name stands for a host, given as in an address: a name, an IPv4 address, or an IPv6 address with or
    /// without brackets. A `*` stands for exactly one label, and never for part of an IP address.
    #[must_use]
    pub fn covers(&self, host: &str) -> bool {
        let host = host.trim_start_matches('[').trim_end_matches(']').trim_end_matches('.');
        match (self, host.parse::<IpAddr>()) {
            (Self::Address(own), Ok(asked)) => *own == asked,
            (Self::Host(own), Err(_)) => {
                let own = own.trim_end_matches('.');
                match own.strip_prefix("*.") {
                    Some(rest) => host.split_once('.').is_some_and(|(first, parent)| {
                        !first.is_empty() && parent.eq_ignore_ascii_case(rest)
                    }),
                    None => own.eq_ignore_ascii_case(host),
                }
            }
            _ => false,
        }
    }
}

impl fmt::Display for Name {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Host(text) | Self::Other(text) => formatter.write_str(text),
            Self::Address(address) => address.fmt(formatter),
        }
    }
}

fn address(octets: &[u8]) -> Name {
    if let Ok(four) = <[u8; 4]>::try_from(octets) {
        Name::Address(Ipv4Addr::from(four).into())
    } else if let Ok(sixteen) = <[u8; 16]>::try_from(octets) {
        Name::Address(Ipv6Addr::from(sixteen).into())
    } else {
        Name::Other(pairs(octets))
    }
}
