//! Faults and doubts as sentences.

use boxdeck_certificate::{Doubt, Fault, Mistaken, Piece};
use words::certificates as say;

/// Why a file cannot be used, and what to do about it.
pub(super) fn fault(fault: &Fault) -> String {
    match fault {
        Fault::Empty => say::empty(),
        Fault::TooLarge => say::too_large(),
        Fault::NotText => say::not_text(),
        Fault::CutOff(Some(label)) => return say::cut_off_block(label),
        Fault::CutOff(None) => say::cut_off(),
        Fault::Damaged { piece: Piece::Certificate(number), detail } => {
            return say::damaged_certificate(number, detail);
        }
        Fault::Damaged { piece: Piece::Key, detail } => return say::damaged_key(detail),
        Fault::Mistaken(mistaken) => other(*mistaken),
        Fault::OnlyKey => say::only_key(),
        Fault::OnlyRequest => say::only_request(),
        Fault::NoCertificate => say::no_certificate(),
        Fault::KeyNotWanted => say::key_not_wanted(),
        Fault::KeyMissing => say::key_missing(),
        Fault::KeyLocked => say::key_locked(),
        Fault::KeyDoesNotFit { key, certificate } => return say::key_does_not_fit(key, certificate),
    }
    .to_owned()
}

fn other(mistaken: Mistaken) -> &'static str {
    match mistaken {
        Mistaken::Pkcs12 => say::is_pkcs12(),
        Mistaken::Pkcs7 => say::is_pkcs7(),
        Mistaken::JavaStore => say::is_java_store(),
        Mistaken::OpenSsh => say::is_open_ssh(),
        Mistaken::PublicKey => say::is_public_key(),
        Mistaken::RevocationList => say::is_revocation_list(),
        Mistaken::PrivateKey => say::is_private_key(),
        Mistaken::LockedKey => say::is_locked_key(),
        Mistaken::Request => say::only_request(),
        Mistaken::WebPage => say::is_web_page(),
        Mistaken::WideText => say::is_wide_text(),
        Mistaken::BareBase64 => say::is_bare_base64(),
        Mistaken::Text => say::is_text(),
        Mistaken::Junk => say::is_junk(),
    }
}

/// What is suspicious, and what comes of it.
pub(super) fn doubt(doubt: &Doubt) -> String {
    match doubt {
        Doubt::Expired { number, days: 0 }
        | Doubt::NotYetValid { number, days: 0 }
        | Doubt::ExpiresSoon { number, days: 0 } => say::doubt_today(number),
        Doubt::Expired { number, days } => say::doubt_expired(*days, number),
        Doubt::NotYetValid { number, days } => say::doubt_not_yet(*days, number),
        Doubt::ExpiresSoon { number, days } => say::doubt_soon(*days, number),
        Doubt::NoNames => say::doubt_no_names().to_owned(),
        Doubt::NotFor(host) => say::doubt_not_for(host),
        Doubt::LosesNames(names) => say::doubt_loses_names(names.join(", ")),
        Doubt::Installed => say::doubt_installed().to_owned(),
        Doubt::Authority => say::doubt_authority().to_owned(),
        Doubt::NotForServers => say::doubt_not_for_servers().to_owned(),
        Doubt::SelfIssued => say::doubt_self_issued().to_owned(),
        Doubt::IssuerMissing(issuer) => say::doubt_issuer_missing(issuer),
        Doubt::Disordered(order) => say::doubt_disordered(joined(order)),
        Doubt::Strangers(numbers) => say::doubt_strangers(joined(numbers)),
        Doubt::Repeated(numbers) => say::doubt_repeated(joined(numbers)),
        Doubt::WeakKey(bits) => say::doubt_weak_key(bits),
        Doubt::WeakSignature(signature) => say::doubt_weak_signature(signature),
        Doubt::FitUnknown => say::doubt_fit_unknown().to_owned(),
        Doubt::SeveralKeys(count) => say::doubt_several_keys(*count as u64),
        Doubt::KeyFirst => say::doubt_key_first().to_owned(),
        Doubt::Binary => say::doubt_binary().to_owned(),
    }
}

fn joined(numbers: &[usize]) -> String {
    numbers.iter().map(usize::to_string).collect::<Vec<_>>().join(", ")
}
