//! What is suspicious about a file that could be sent. A person decides; nothing here stands in the way.

use crate::certificate::Validity;
use crate::contents::{Contents, Fit, Form};
use crate::{Certificate, Name};

/// Days before the end of validity from which it is worth saying.
const SOON: u64 = 30;
/// Bits from which an RSA key is strong enough for today's browsers.
const ENOUGH_BITS: usize = 2048;

/// What the certificate is for.
#[derive(Debug, Clone, Copy)]
pub enum Purpose<'a> {
    /// The system shows it to browsers.
    Server {
        /// Hosts by which the system is reached; a certificate should be for each of them.
        hosts: &'a [String],
        /// The certificate that the system shows now, where it is known.
        installed: Option<&'a Certificate>,
    },
    /// Something else, such as an authority that the system is to trust.
    Trust,
}

/// One thing that is suspicious.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Doubt {
    /// The certificate of this number (from 1) has expired, so many days ago.
    Expired {
        /// Which, from 1.
        number: usize,
        /// Whole days.
        days: u64,
    },
    /// It is not valid yet, for so many days.
    NotYetValid {
        /// Which, from 1.
        number: usize,
        /// Whole days.
        days: u64,
    },
    /// It is valid for less than a month.
    ExpiresSoon {
        /// Which, from 1.
        number: usize,
        /// Whole days.
        days: u64,
    },
    /// It names no host at all; browsers no longer read the subject for that.
    NoNames,
    /// It is not for a host by which the system is reached.
    NotFor(String),
    /// Names of the installed certificate that it does not have.
    LosesNames(Vec<String>),
    /// It is the certificate that is installed already.
    Installed,
    /// It is an authority's certificate, not a server's.
    Authority,
    /// Its purposes leave out servers.
    NotForServers,
    /// It is signed by itself.
    SelfIssued,
    /// Its issuer's certificate is not in the file.
    IssuerMissing(String),
    /// The order in the file is not from the system's certificate upwards; the right one, as numbers from 1.
    Disordered(Vec<usize>),
    /// These (from 1) belong to no chain with the others.
    Strangers(Vec<usize>),
    /// These (from 1) are in the file twice.
    Repeated(Vec<usize>),
    /// An RSA key of so few bits.
    WeakKey(usize),
    /// A signature that browsers no longer take.
    WeakSignature(String),
    /// The key's file does not tell which certificate it belongs to.
    FitUnknown,
    /// There are several private keys.
    SeveralKeys(usize),
    /// The private key comes before the certificate.
    KeyFirst,
    /// A file in DER, where PEM is asked for.
    Binary,
}

/// How much a doubt weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Weight {
    /// Good to know.
    Note,
    /// Browsers will probably complain, or the system refuse it.
    Warning,
}

impl Doubt {
    /// How much it weighs.
    #[must_use]
    pub const fn weight(&self) -> Weight {
        match self {
            Self::SelfIssued
            | Self::IssuerMissing(_)
            | Self::Repeated(_)
            | Self::FitUnknown
            | Self::KeyFirst
            | Self::Installed => Weight::Note,
            _ => Weight::Warning,
        }
    }
}

/// Everything that is suspicious, what weighs most first. `now` is in seconds since the epoch.
#[must_use]
pub fn doubts(contents: &Contents, purpose: Purpose<'_>, now: u64) -> Vec<Doubt> {
    let chain = contents.chain();
    let mut doubts = Vec::new();
    for (index, certificate) in contents.certificates.iter().enumerate() {
        doubts.extend(age(certificate, index + 1, now));
    }
    let leaf = chain.order.first().and_then(|index| contents.certificates.get(*index));
    if let (Some(leaf), Purpose::Server { hosts, installed }) = (leaf, purpose) {
        server(&mut doubts, leaf, hosts, installed);
        let last = chain.order.last().and_then(|index| contents.certificates.get(*index));
        if let Some(last) = last.filter(|_| !chain.reaches_root) {
            doubts.push(Doubt::IssuerMissing(last.issuer.clone()));
        }
        if !chain.is_ordered() {
            doubts.push(Doubt::Disordered(numbers(&chain.order)));
        }
        if !chain.strangers.is_empty() {
            doubts.push(Doubt::Strangers(numbers(&chain.strangers)));
        }
    }
    if let Some(leaf) = leaf {
        strength(&mut doubts, leaf);
    }
    if !chain.repeated.is_empty() {
        doubts.push(Doubt::Repeated(numbers(&chain.repeated)));
    }
    if contents.fit() == Some(Fit::Unknown) {
        doubts.push(Doubt::FitUnknown);
    }
    if contents.keys.len() > 1 {
        doubts.push(Doubt::SeveralKeys(contents.keys.len()));
    }
    if contents.key_first {
        doubts.push(Doubt::KeyFirst);
    }
    if contents.form == Form::Der {
        doubts.push(Doubt::Binary);
    }
    doubts.sort_by_key(|doubt| std::cmp::Reverse(doubt.weight()));
    doubts
}

fn age(certificate: &Certificate, number: usize, now: u64) -> Option<Doubt> {
    match certificate.validity(now) {
        Validity::Expired(days) => Some(Doubt::Expired { number, days }),
        Validity::NotYet(days) => Some(Doubt::NotYetValid { number, days }),
        Validity::Now(days) if days < SOON => Some(Doubt::ExpiresSoon { number, days }),
        Validity::Now(_) => None,
    }
}

fn server(doubts: &mut Vec<Doubt>, leaf: &Certificate, hosts: &[String], installed: Option<&Certificate>) {
    if leaf.is_authority && leaf.names.is_empty() {
        doubts.push(Doubt::Authority);
    } else if leaf.names.iter().all(|name| matches!(name, Name::Other(_))) {
        doubts.push(Doubt::NoNames);
    } else {
        doubts.extend(hosts.iter().filter(|host| !leaf.covers(host)).cloned().map(Doubt::NotFor));
    }
    if leaf.is_for_servers == Some(false) {
        doubts.push(Doubt::NotForServers);
    }
    if leaf.is_self_issued() {
        doubts.push(Doubt::SelfIssued);
    }
    let Some(installed) = installed else { return };
    if installed.fingerprint == leaf.fingerprint {
        doubts.push(Doubt::Installed);
    }
    let lost: Vec<String> = installed
        .names
        .iter()
        .filter(|name| !matches!(name, Name::Other(_)))
        .map(Name::to_string)
        .filter(|name| !leaf.names.iter().any(|own| own.to_string() == *name || own.covers(name)))
        .collect();
    if !lost.is_empty() {
        doubts.push(Doubt::LosesNames(lost));
    }
}

fn strength(doubts: &mut Vec<Doubt>, leaf: &Certificate) {
    if let Some(bits) = leaf.key.rsa_bits().filter(|bits| *bits < ENOUGH_BITS) {
        doubts.push(Doubt::WeakKey(bits));
    }
    if leaf.has_weak_signature {
        doubts.push(Doubt::WeakSignature(leaf.signature.clone()));
    }
}

fn numbers(places: &[usize]) -> Vec<usize> {
    places.iter().map(|place| place + 1).collect()
}
