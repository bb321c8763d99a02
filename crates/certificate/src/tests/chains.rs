//! How several certificates hang together.

use rcgen::{CertifiedIssuer, KeyPair};

use super::made::{alone, authority, contents, key, root, server};
use crate::{Chain, Contents};

struct Made {
    root: String,
    middle: String,
    leaf: String,
    key: KeyPair,
}

fn made() -> Made {
    let root = root();
    let middle =
        CertifiedIssuer::signed_by(authority("Example issuing"), key(), &root).expect("an authority");
    let key = key();
    let leaf = server(&["box.example.test"]).signed_by(&key, &middle).expect("a certificate");
    Made { root: root.pem(), middle: middle.pem(), leaf: leaf.pem(), key }
}

fn chain(texts: &[&str]) -> Chain {
    contents(texts).chain()
}

#[test]
fn a_chain_is_found_whatever_its_order_in_the_file() {
    let made = made();
    let (leaf, middle, root) = (&made.leaf, &made.middle, &made.root);
    let right = chain(&[leaf, middle, root]);
    assert_eq!(
        (right.order.as_slice(), right.is_ordered(), right.reaches_root),
        (&[0, 1, 2][..], true, true)
    );
    let turned = chain(&[root, middle, leaf]);
    assert_eq!((turned.order.as_slice(), turned.is_ordered()), (&[2, 1, 0][..], false));
    let short = chain(&[leaf, middle]);
    assert_eq!((short.order.as_slice(), short.reaches_root), (&[0, 1][..], false));
    let gap = chain(&[leaf, root]);
    assert_eq!((gap.order.as_slice(), gap.strangers.as_slice()), (&[0][..], &[1][..]));
}

#[test]
fn strangers_and_repetitions_are_found() {
    let made = made();
    let (other, _) = alone();
    let mixed = chain(&[&made.leaf, &other.pem(), &made.middle, &made.leaf]);
    assert_eq!(mixed.order, [0, 2]);
    assert_eq!((mixed.strangers, mixed.repeated), (vec![1], vec![3]));
    let own = chain(&[&other.pem()]);
    assert!(own.reaches_root && own.is_ordered() && own.strangers.is_empty());
    assert_eq!(Contents::default().chain(), Chain::default());
}

#[test]
fn the_key_says_which_of_two_is_the_systems() {
    let made = made();
    let (other, _) = alone();
    let with_key = chain(&[&other.pem(), &made.leaf, &made.key.serialize_pem()]);
    assert_eq!((with_key.order, with_key.strangers), (vec![1], vec![0]));
}

#[test]
fn an_authority_of_the_same_name_with_another_key_is_a_stranger() {
    let (made, other) = (made(), made());
    let chain = chain(&[&made.leaf, &other.middle, &made.middle]);
    assert_eq!((chain.order, chain.strangers), (vec![0, 2], vec![1]));
}
