//! Names and addresses of other machines, which are never asked: the box has no network.

use std::net::IpAddr;

/// Whether the text can be a host's name: labels of letters, digits and hyphens, up to 253 characters.
pub(crate) fn is_name(text: &str) -> bool {
    text.len() <= 253
        && text.split('.').all(|label| {
            (1..=63).contains(&label.len())
                && !label.starts_with('-')
                && !label.ends_with('-')
                && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
        })
}

/// Whether the text can be a host's name or is an address. Four numbers that are no address are no name either.
pub(crate) fn is_host(text: &str) -> bool {
    let numeric = text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    text.parse::<IpAddr>().is_ok() || (!numeric && is_name(text))
}

/// Whether the machine would answer. Names below `.invalid`, which no network ever has, don't; so a person and a test
/// can see what a failure looks like.
pub(crate) fn answers(host: &str) -> bool {
    let host = host.to_ascii_lowercase();
    host != "invalid" && !host.ends_with(".invalid")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_addresses_are_told_from_other_text() {
        for good in ["ldap-1.corp.example.com", "192.0.2.7", "2001:db8::1", "dc1"] {
            assert!(is_host(good), "{good}");
        }
        for bad in ["", "300.1.1.1", "a b", "-a.example", "a..b", "1.2.3", "under_score"] {
            assert!(!is_host(bad), "{bad}");
        }
        assert!(answers("dc1.corp.example.com"));
        assert!(!answers("dc1.corp.INVALID"));
    }
}
