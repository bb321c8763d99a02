//! The peculiarities of the kind, one by one.

use boxdeck_dialect::{Body, FailureKind, Outcome, Request};
use serde_json::{Value, json};

use super::{KEEPER, PASSWORD, certificate, directory, group, names, open, sign_in, user};
use crate::{Console, On};

/// The calls that only the primary node answers, with what they need.
fn for_primary(console: &mut Console) -> Vec<(&'static str, Value)> {
    let (pem, _) = certificate("ldap.storage.example");
    let file = console.choose("root.pem", pem.as_bytes());
    vec![
        (
            "external_auth_server_root_certificate_import",
            json!({"targetServer": "primary1", "rootCertificate": file}),
        ),
        ("external_auth_server_root_certificate_download", json!({"targetServer": "primary1"})),
        ("external_auth_server_setting_set", json!({"isEnabled": false})),
        ("external_auth_server_setting_verify_connectivity", Value::Null),
        ("user_auth_setting_set", json!({"lockoutSetting": {"maxAttempts": 5}})),
    ]
}

#[test]
fn away_from_the_primary_node_the_remedy_is_named() {
    let mut console = open("admin");
    let calls = for_primary(&mut console);
    console.control(&json!({"primary": false}));
    for show in ["external_auth_server_setting_show", "user_auth_setting_show"] {
        let failure = console.get(show, None, "").expect_err("not here");
        assert_eq!((failure.kind, failure.status), (FailureKind::Conflict, Some(412)), "{show}");
        assert!(failure.message.contains("address of the primary node"), "{}", failure.message);
    }
    for (id, typed) in calls {
        let failure = console.refused(id, On::default(), &typed);
        assert_eq!((failure.kind, failure.status), (FailureKind::Conflict, Some(412)), "{id}");
        assert!(failure.message.contains("address of the primary node"), "{}", failure.message);
    }
    // Users and groups are answered by every node.
    assert!(!console.list("user_list", None, &Value::Null).expect("users").records.is_empty());
    user(&mut console, "watch-wall");
    group(&mut console, "MonitorUsers");
}

#[test]
fn what_records_show_as_vps_is_no_filter_and_becomes_one() {
    let mut console = open("admin");
    let all = console.list("user_list", None, &Value::Null).expect("users").records;
    let shown = all.get(0).and_then(|row| row.text("vpsId")).expect("a VPS");
    assert_eq!(shown, "(system)");
    let here = console.list("user_list", None, &json!({"vpsId": shown})).expect("users").records;
    assert!(!here.is_empty() && here.len() < all.len());
    let tenant =
        all.iter().filter_map(|row| row.text("vpsId")).find(|vps| *vps != "(system)").expect("a tenant");
    let theirs = console.list("user_group_list", None, &json!({"vpsId": tenant})).expect("groups").records;
    assert!(theirs.iter().all(|row| row.text("vpsId") == Some(tenant.clone())) && theirs.len() == 2);
}

#[test]
fn a_wrong_current_password_does_not_end_the_session() {
    let mut console = open("admin");
    // Wrong, of the directory, and unknown: the system says the same of all.
    for id in ["watch-wall", "m.okafor"] {
        let record = user(&mut console, id);
        let typed = json!({"currentPassword": "not-the-one", "newPassword": "something-else"});
        let failure = console.refused("user_password_set", On::record(&record), &typed);
        assert_eq!((failure.kind, failure.status), (FailureKind::Invalid, Some(401)));
        assert_eq!(failure.fields[0].field, "currentPassword");
    }
    user(&mut console, "watch-wall");
}

#[test]
fn an_expired_password_is_replaced_before_signing_in() {
    let mut console = open("admin");
    console.control(&json!({"advance_seconds": 43 * 86_400}));
    assert_eq!(sign_in(&mut console, "watch-wall", PASSWORD), Err(FailureKind::BadCredentials));
    let typed = json!({"user": "watch-wall", "password": PASSWORD, "new_password": "short"});
    let failure = console.sign_in(&typed).expect_err("too short");
    assert_eq!((failure.kind, failure.fields[0].field.as_str()), (FailureKind::Invalid, "new_password"));
    let typed = json!({"user": "watch-wall", "password": PASSWORD, "new_password": "watch-again"});
    console.sign_in(&typed).expect("a session");
    assert_eq!(sign_in(&mut console, "watch-wall", "watch-again"), Ok(()));
}

#[test]
fn a_password_from_an_administrator_is_born_expired() {
    let mut console = open("admin");
    let desk = user(&mut console, "night-desk");
    console.done("user_set", On::record(&desk), &json!({"password": "given-to-you"}));
    assert_eq!(sign_in(&mut console, "night-desk", "given-to-you"), Err(FailureKind::BadCredentials));
    let typed = json!({"user": "night-desk", "password": "given-to-you", "new_password": "taken-by-me"});
    console.sign_in(&typed).expect("a session");
}

#[test]
fn wrong_passwords_lock_for_a_while_and_nothing_shows_it() {
    let mut console = open("admin");
    for _ in 0..3 {
        assert_eq!(sign_in(&mut console, "watch-wall", "wrong"), Err(FailureKind::BadCredentials));
    }
    assert_eq!(sign_in(&mut console, "watch-wall", PASSWORD), Err(FailureKind::BadCredentials));
    console.control(&json!({"advance_seconds": 61}));
    assert_eq!(sign_in(&mut console, "watch-wall", PASSWORD), Ok(()));
}

#[test]
fn editing_a_user_or_a_group_ends_sessions_the_own_one_too() {
    let mut console = open(KEEPER);
    let own = user(&mut console, KEEPER);
    console.done("user_add_user_group", On::record(&own), &json!({"userGroupIds": ["NightShift"]}));
    let night = group(&mut console, "NightShift");
    console.done("user_group_set", On::record(&night), &json!({"roleNames": ["Monitor"]}));
    let ended = console.list("user_list", None, &Value::Null).expect_err("the session has ended");
    assert_eq!(ended.kind, FailureKind::SignedOut);
    sign_in(&mut console, KEEPER, PASSWORD).expect("a session");
    console.done("user_set.disable", On::record(&own), &Value::Null);
    assert_eq!(
        console.list("user_list", None, &Value::Null).expect_err("ended").kind,
        FailureKind::SignedOut
    );
    assert_eq!(sign_in(&mut console, KEEPER, PASSWORD), Err(FailureKind::BadCredentials));
}

#[test]
fn the_bind_password_never_comes_back_and_stays_when_it_is_left_out() {
    let mut console = open("admin");
    let verify = "external_auth_server_setting_verify_connectivity";
    let setup = directory(&mut console);
    let mut ldap = setup.get("ldapSetting").expect("a block").clone();
    assert!(ldap.get("bindDnPassword").is_none());
    ldap["maxRetries"] = json!(7);
    console.done("external_auth_server_setting_set", On::record(&setup), &json!({"ldapSetting": ldap}));
    let found = console.done(verify, On::default(), &Value::Null).result;
    assert_eq!(found["ldap"]["error"]["primaryServer"], Value::Null);
    let setup = directory(&mut console);
    ldap["bindDnPassword"] = json!("not-the-one");
    let plan =
        console.plan("external_auth_server_setting_set", On::record(&setup), &json!({"ldapSetting": ldap}));
    let preview = plan.redacted_body(0).expect("a body");
    assert_eq!(preview["ldapSetting"]["bindDnPassword"], "•••");
    console.done("external_auth_server_setting_set", On::record(&setup), &json!({"ldapSetting": ldap}));
    assert!(
        directory(&mut console).get("ldapSetting").is_some_and(|ldap| ldap.get("bindDnPassword").is_none())
    );
    let found = console.done(verify, On::default(), &Value::Null).result;
    assert!(found["ldap"]["error"]["primaryServer"]["message"].is_string());
}

#[test]
fn while_groups_are_mapped_users_of_the_directory_are_not_shown() {
    let mut console = open("admin");
    assert_eq!(sign_in(&mut console, "r.silva", PASSWORD), Err(FailureKind::BadCredentials));
    sign_in(&mut console, "admin", PASSWORD).expect("a session");
    let setup = directory(&mut console);
    let mut ldap = setup.get("ldapSetting").expect("a block").clone();
    ldap["mappingMode"] = json!("Group");
    console.done("external_auth_server_setting_set", On::record(&setup), &json!({"ldapSetting": ldap}));
    let rows = console.list("user_list", None, &Value::Null).expect("users").records;
    assert!(rows.iter().all(|row| row.text("authentication").as_deref() == Some("local")));
    assert_eq!(console.get("user_show", None, "m.okafor").expect_err("hidden").kind, FailureKind::NotFound);
    // One group here stands for a group of the directory in which m.okafor is; none does for r.silva's.
    sign_in(&mut console, "m.okafor", PASSWORD).expect("a session");
    assert_eq!(console.session().roles, ["Monitor"]);
    assert_eq!(sign_in(&mut console, "r.silva", PASSWORD), Err(FailureKind::BadCredentials));
}

#[test]
fn who_manages_one_vps_knows_of_no_other() {
    let mut console = open("tenant-lead");
    let rows = console.list("user_list", None, &Value::Null).expect("users").records;
    let ids: Vec<_> = rows.iter().filter_map(|row| row.text("userId")).collect();
    assert_eq!(ids, ["tenant-lead", "tenant-storage"]);
    assert_eq!(console.get("user_show", None, "admin").expect_err("hidden").kind, FailureKind::NotFound);
    // Without any role over users it is 403, whether the user exists or not.
    sign_in(&mut console, "watch-wall", PASSWORD).expect("a session");
    for id in ["admin", "nobody-at-all"] {
        assert_eq!(console.get("user_show", None, id).expect_err("not mine").kind, FailureKind::Forbidden);
    }
    console.get("user_show.self", None, "").expect("my account");
}

#[test]
fn what_comes_with_the_system_stays() {
    let mut console = open("admin");
    let admin = user(&mut console, "admin");
    assert_eq!(console.refused("user_delete", On::record(&admin), &Value::Null).kind, FailureKind::Conflict);
    let typed = json!({"userGroupIds": ["SystemAdministrators"]});
    let refused = console.refused("user_delete_user_group", On::record(&admin), &typed);
    assert_eq!(refused.fields[0].field, "userGroupIds", "{}", refused.message);
    let monitors = group(&mut console, "MonitorUsers");
    let refused = console.refused("user_group_set", On::record(&monitors), &json!({"roleNames": ["Audit"]}));
    assert_eq!(refused.kind, FailureKind::Conflict);
    assert_eq!(
        console.refused("user_group_delete", On::record(&monitors), &Value::Null).kind,
        FailureKind::Conflict
    );
    assert!(!names(&monitors, "memberUsers", "userId").is_empty());
}

#[test]
fn the_least_age_stays_below_the_greatest() {
    let mut console = open("admin");
    let rules = console.get("user_auth_setting_show", None, "").expect("the rules");
    let age = json!({"requiresInitialPasswordReset": true, "minAgeDays": 9, "maxAgeDays": 9});
    let refused =
        console.refused("user_auth_setting_set", On::record(&rules), &json!({"passwordAgeSetting": age}));
    assert_eq!(refused.fields[0].field, "passwordAgeSetting.minAgeDays", "{}", refused.message);
}

#[test]
fn an_import_is_a_job_that_is_followed() {
    let mut console = open("admin");
    console.control(&json!({"job_seconds": 5}));
    let (pem, _) = certificate("ldap.storage.example");
    let file = console.choose("root.pem", pem.as_bytes());
    let typed = json!({"targetServer": "primary1", "rootCertificate": file});
    let outcome = console.perform("external_auth_server_root_certificate_import", On::default(), &typed);
    let Outcome::Accepted(task) = outcome else { panic!("{outcome:?}") };
    console.control(&json!({"advance_seconds": 6}));
    assert!(matches!(console.follow_task(&task), Outcome::Done(_)));
    console.control(&json!({"job_seconds": 0}));
    let file = console.choose("root.pem", b"no certificate at all");
    let typed = json!({"targetServer": "primary1", "rootCertificate": file});
    let refused = console.refused("external_auth_server_root_certificate_import", On::default(), &typed);
    assert_eq!(refused.fields[0].field, "rootCertificate", "{}", refused.message);
}

#[test]
fn too_much_is_told_plainly() {
    let mut console = open("admin");
    let file = console.choose("root.pem", &vec![b'-'; 2_000_000]);
    let typed = json!({"targetServer": "primary1", "rootCertificate": file});
    let refused = console.refused("external_auth_server_root_certificate_import", On::default(), &typed);
    assert_eq!((refused.kind, refused.status), (FailureKind::Invalid, Some(413)));
    assert!(refused.message.starts_with("What was sent is larger"), "{}", refused.message);
}

#[test]
fn signing_out_ends_the_session_on_the_system() {
    let mut console = open("admin");
    let before = console.session().clone();
    console.sign_out();
    let mut request = Request {
        method: "GET".to_owned(),
        path: "/ConfigurationManager/simple/v1/objects/users/self".to_owned(),
        body: Body::None,
        ..Request::default()
    };
    if let boxdeck_dialect::Authority::Header { name, value } = &before.authority {
        request.set_header(name, value.reveal());
    }
    assert_eq!(console.send(&request).status, 401);
}
