//! What is only suspicious.

use rcgen::{CertificateParams, ExtendedKeyUsagePurpose, date_time_ymd};

use super::made::{NOW, RsaPublic, alone, authority, contents, key, root, server};
use crate::{Contents, Doubt, Purpose, Weight, doubts, read};

fn hosts() -> Vec<String> {
    vec!["box.example.test".to_owned()]
}

fn of(contents: &Contents) -> Vec<Doubt> {
    doubts(contents, Purpose::Server { hosts: &hosts(), installed: None }, NOW)
}

/// What is doubtful about a certificate that a root signs, which comes along.
fn signed(params: &CertificateParams) -> Vec<Doubt> {
    let root = root();
    let text = params.signed_by(&key(), &root).expect("a certificate").pem();
    of(&contents(&[&text, &root.pem()]))
}

#[test]
fn a_whole_chain_for_the_right_host_raises_no_doubt() {
    assert_eq!(signed(&server(&["box.example.test"])), []);
    assert_eq!(signed(&server(&["*.example.test", "192.0.2.7"])), []);
}

#[test]
fn age_is_told_in_days() {
    let between = |from, until| {
        let mut params = server(&["box.example.test"]);
        (params.not_before, params.not_after) = (from, until);
        signed(&params)
    };
    assert_eq!(
        between(date_time_ymd(2020, 1, 1), date_time_ymd(2027, 1, 5)),
        [Doubt::Expired { number: 1, days: 10 }]
    );
    assert_eq!(
        between(date_time_ymd(2027, 1, 20), date_time_ymd(2030, 1, 1)),
        [Doubt::NotYetValid { number: 1, days: 4 }]
    );
    assert_eq!(
        between(date_time_ymd(2020, 1, 1), date_time_ymd(2027, 1, 20)),
        [Doubt::ExpiresSoon { number: 1, days: 4 }]
    );
}

#[test]
fn hosts_that_it_is_not_for_are_named() {
    assert_eq!(signed(&server(&["other.example.test"])), [Doubt::NotFor("box.example.test".to_owned())]);
    assert_eq!(signed(&server(&[])), [Doubt::NoNames]);
    assert_eq!(signed(&authority("Example issuing")), [Doubt::Authority]);
    let mut params = server(&["box.example.test"]);
    params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ClientAuth];
    assert_eq!(signed(&params), [Doubt::NotForServers]);
    params.extended_key_usages.push(ExtendedKeyUsagePurpose::ServerAuth);
    assert_eq!(signed(&params), []);
}

#[test]
fn names_that_get_lost_and_the_same_certificate_again_are_told() {
    let before = read(server(&["box.example.test", "192.0.2.7"]).self_signed(&key()).expect("one").der())
        .expect("a certificate");
    let installed = before.certificates.first();
    let root = root();
    let text = server(&["*.example.test"]).signed_by(&key(), &root).expect("a certificate").pem();
    let hosts = hosts();
    let purpose = Purpose::Server { hosts: &hosts, installed };
    let lost = doubts(&contents(&[&text, &root.pem()]), purpose, NOW);
    assert_eq!(lost, [Doubt::LosesNames(vec!["192.0.2.7".to_owned()])]);
    let again = doubts(&before, purpose, NOW);
    assert!(again.contains(&Doubt::Installed) && again.contains(&Doubt::Binary));
}

#[test]
fn what_weighs_most_comes_first() {
    let (made, own) = alone();
    let other = server(&["box.example.test"]).self_signed(&key()).expect("a certificate").pem();
    let found = of(&contents(&[&own.serialize_pem(), &made.pem(), &other, &made.pem()]));
    assert_eq!(
        found,
        [Doubt::Strangers(vec![2]), Doubt::SelfIssued, Doubt::Repeated(vec![3]), Doubt::KeyFirst]
    );
    assert!(found.is_sorted_by_key(|doubt| std::cmp::Reverse(doubt.weight())));
    assert_eq!(Doubt::SelfIssued.weight(), Weight::Note);
}

#[test]
fn order_gaps_and_weak_keys_are_told() {
    let root = root();
    let leaf = server(&["box.example.test"]).signed_by(&key(), &root).expect("a certificate").pem();
    assert_eq!(of(&contents(&[&root.pem(), &leaf])), [Doubt::Disordered(vec![2, 1])]);
    let alone = of(&contents(&[&leaf]));
    assert!(matches!(alone.as_slice(), [Doubt::IssuerMissing(name)] if name.contains("Example root")));
    let weak = server(&["box.example.test"]).signed_by(&RsaPublic::new(1024, 0), &root).expect("one").pem();
    assert_eq!(of(&contents(&[&weak, &root.pem()])), [Doubt::WeakKey(1024)]);
}

#[test]
fn what_a_system_is_to_trust_is_not_held_to_hosts() {
    let contents = contents(&[&root().pem()]);
    assert_eq!(doubts(&contents, Purpose::Trust, NOW), []);
}
