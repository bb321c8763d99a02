//! How the certificates of a file hang together, by names and key identifiers. Signatures are not verified.

use crate::Certificate;

/// The certificates of a file, by their places from 0.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Chain {
    /// From the one that is nobody's issuer upwards, each issued by the next.
    pub order: Vec<usize>,
    /// Those that have nothing to do with the chain.
    pub strangers: Vec<usize>,
    /// Those that are in the file a second time.
    pub repeated: Vec<usize>,
    /// Whether the last of the chain is signed by itself.
    pub reaches_root: bool,
}

impl Chain {
    /// Finds the chain. `leaf` is where it starts, if that is known from a private key.
    pub(crate) fn of(certificates: &[Certificate], leaf: Option<usize>) -> Self {
        let repeated: Vec<usize> = certificates
            .iter()
            .enumerate()
            .filter(|(index, certificate)| {
                certificates.iter().take(*index).any(|earlier| earlier.fingerprint == certificate.fingerprint)
            })
            .map(|(index, _)| index)
            .collect();
        let mut rest: Vec<(usize, &Certificate)> =
            certificates.iter().enumerate().filter(|(index, _)| !repeated.contains(index)).collect();
        let start = leaf
            .and_then(|leaf| rest.iter().position(|(index, _)| *index == leaf))
            .or_else(|| rest.iter().position(|(index, _)| !issues_another(certificates, *index)))
            .unwrap_or_default();
        let mut chain = Self { repeated, ..Self::default() };
        let mut next = (start < rest.len()).then_some(start);
        while let Some(place) = next {
            let (index, current) = rest.remove(place);
            chain.order.push(index);
            chain.reaches_root = current.is_self_issued();
            next = rest.iter().position(|(_, issuer)| current.is_issued_by(issuer));
        }
        chain.strangers = rest.into_iter().map(|(index, _)| index).collect();
        chain
    }

    /// Whether the file has the chain from its start upwards.
    #[must_use]
    pub fn is_ordered(&self) -> bool {
        self.order.is_sorted()
    }
}

fn issues_another(certificates: &[Certificate], index: usize) -> bool {
    certificates.get(index).is_some_and(|issuer| {
        certificates.iter().any(|other| other.fingerprint != issuer.fingerprint && other.is_issued_by(issuer))
    })
}
