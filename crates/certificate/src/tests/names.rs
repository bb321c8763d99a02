//! Hosts and the names that stand for them.

use crate::Name;

#[test]
fn a_name_covers_what_browsers_take_it_for() {
    let host = |name: &str, host: &str| Name::Host(name.to_owned()).covers(host);
    assert!(host("box.example.test", "BOX.example.test."));
    assert!(!host("box.example.test", "north.box.example.test"));
    assert!(host("*.example.test", "box.example.test"));
    assert!(!host("*.example.test", "example.test"));
    assert!(!host("*.example.test", "north.box.example.test"));
    assert!(!host("*.0.2.7", "192.0.2.7"));
    assert!(!host("192.0.2.7", "192.0.2.7"));
    let address = |own: &str, host: &str| Name::Address(own.parse().expect("an address")).covers(host);
    assert!(address("192.0.2.7", "192.0.2.7"));
    assert!(address("2001:db8::7", "[2001:DB8:0::7]"));
    assert!(!address("192.0.2.7", "192.0.2.8"));
    assert!(!address("192.0.2.7", "box.example.test"));
    assert!(!Name::Other("box.example.test".to_owned()).covers("box.example.test"));
}
