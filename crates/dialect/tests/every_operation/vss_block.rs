//! Hitachi VSS block: the twenty operations on users, groups, rules of sign-in, the directory and its certificates.

mod random;
mod traps;

use boxdeck_dialect::{Authority, FailureKind, Record};
use serde_json::{Value, json};

use crate::{Console, On};

const PASSWORD: &str = "boxdeck-demo";
/// Does not come with the system, and has every right over users.
const KEEPER: &str = "keykeeper";

fn open(user: &str) -> Console {
    Console::open("vss-block", &json!({"user": user, "password": PASSWORD}), &Value::Null)
}

fn sign_in(console: &mut Console, user: &str, password: &str) -> Result<(), FailureKind> {
    console.sign_in(&json!({"user": user, "password": password})).map_err(|failure| failure.kind)
}

fn user(console: &mut Console, id: &str) -> Record {
    console.get("user_show", None, id).expect("the user")
}

fn group(console: &mut Console, id: &str) -> Record {
    console.get("user_group_show", None, id).expect("the group")
}

fn directory(console: &mut Console) -> Record {
    console.get("external_auth_server_setting_show", None, "").expect("the directory")
}

/// The names of a record's list.
fn names(record: &Record, list: &str, member: &str) -> Vec<String> {
    let items = record.get(list).and_then(Value::as_array).expect("a list");
    items.iter().filter_map(|item| Some(item[member].as_str()?.to_owned())).collect()
}

/// A certificate in PEM and in DER.
fn certificate(name: &str) -> (String, Vec<u8>) {
    let key = rcgen::KeyPair::generate().expect("a key");
    let wanted = rcgen::CertificateParams::new(vec![name.to_owned()]).expect("a name");
    let certificate = wanted.self_signed(&key).expect("a certificate");
    (certificate.pem(), certificate.der().to_vec())
}

#[test]
fn vss_block() {
    let mut console = open("admin");
    assert!(matches!(console.session().authority, Authority::Header { .. }));
    assert!(console.session().roles.contains(&"Security".to_owned()));
    groups(&mut console);
    users(&mut console);
    passwords(&mut console);
    rules(&mut console);
    certificates(&mut console);
    the_directory(&mut console);
    console.finish();
}

/// Makes a group, finds and changes it; it goes once its member has left.
fn groups(console: &mut Console) {
    let made = json!({"userGroupId": "Weekend", "roleNames": ["Monitor"], "vpsId": "system"});
    console.done("user_group_create", On::default(), &made);
    let listed = console.list("user_group_list", None, &json!({"vpsId": "system"})).expect("groups").records;
    assert!(listed.iter().any(|row| row.text("userGroupId").as_deref() == Some("Weekend")));
    assert!(listed.iter().all(|row| row.text("vpsId").as_deref() == Some("(system)")));
    let weekend = group(console, "Weekend");
    console.done("user_group_set", On::record(&weekend), &json!({"roleNames": ["Monitor", "Audit"]}));
    let weekend = group(console, "Weekend");
    assert_eq!(weekend.get("roleNames"), Some(&json!(["Monitor", "Audit"])));
    assert_eq!(weekend.get("scope"), Some(&json!(["system"])));
    console.done("user_group_delete", On::record(&weekend), &Value::Null);
    let gone = console.get("user_group_show", None, "Weekend").expect_err("it is gone");
    assert_eq!(gone.kind, FailureKind::NotFound);
    let taken = json!({"userGroupId": "MonitorUsers", "roleNames": ["Monitor"]});
    let refused = console.refused("user_group_create", On::default(), &taken);
    assert_eq!((refused.kind, refused.fields[0].field.as_str()), (FailureKind::Conflict, "userGroupId"));
}

/// Makes a user, who joins and leaves a group, is switched off and on, edited, and deleted.
fn users(console: &mut Console) {
    let made =
        json!({"userId": "relief-desk", "password": "first-password", "userGroupIds": ["MonitorUsers"]});
    console.done("user_create", On::default(), &made);
    let rows = console.list("user_list", None, &Value::Null).expect("users").records;
    assert!(rows.iter().any(|row| row.text("userId").as_deref() == Some("relief-desk")));
    let relief = user(console, "relief-desk");
    assert_eq!(names(&relief, "userGroups", "userGroupId"), ["MonitorUsers"]);
    console.done("user_add_user_group", On::record(&relief), &json!({"userGroupIds": ["NightShift"]}));
    let members = names(&group(console, "NightShift"), "memberUsers", "userId");
    assert!(members.contains(&"relief-desk".to_owned()));
    console.done("user_delete_user_group", On::record(&relief), &json!({"userGroupIds": ["MonitorUsers"]}));
    let relief = user(console, "relief-desk");
    assert_eq!(names(&relief, "userGroups", "userGroupId"), ["NightShift"]);
    console.done("user_set.disable", On::record(&relief), &Value::Null);
    let relief = user(console, "relief-desk");
    assert_eq!(relief.get("isEnabled"), Some(&json!(false)));
    console.done("user_set.enable", On::record(&relief), &Value::Null);
    let relief = user(console, "relief-desk");
    assert_eq!(relief.get("isEnabled"), Some(&json!(true)));
    console.done(
        "user_set",
        On::record(&relief),
        &json!({"isEnabled": false, "password": "second-password"}),
    );
    let relief = user(console, "relief-desk");
    assert_eq!(relief.get("isEnabled"), Some(&json!(false)));
    console.done("user_delete", On::record(&relief), &Value::Null);
    assert_eq!(console.get("user_show", None, "relief-desk").expect_err("gone").kind, FailureKind::NotFound);
}

/// A password from somebody else has to be replaced: by whoever manages users, who knows it, or before signing in.
fn passwords(console: &mut Console) {
    assert_eq!(sign_in(console, "newcomer", PASSWORD), Err(FailureKind::BadCredentials));
    console
        .sign_in(&json!({"user": "newcomer", "password": PASSWORD, "new_password": "a-word-of-my-own"}))
        .expect("a session with a new password");
    let account = console.get("user_show.self", None, "").expect("my account");
    assert_eq!(account.text("userId").as_deref(), Some("newcomer"));
    let typed = json!({"currentPassword": "a-word-of-my-own", "newPassword": "another-of-my-own"});
    console.done("user_password_set.own", On::record(&account), &typed);
    sign_in(console, "newcomer", "another-of-my-own").expect("a session with the newest password");
    sign_in(console, "admin", PASSWORD).expect("a session");
    let newcomer = user(console, "newcomer");
    let typed = json!({"currentPassword": "another-of-my-own", "newPassword": PASSWORD});
    console.done("user_password_set", On::record(&newcomer), &typed);
    sign_in(console, "newcomer", PASSWORD).expect("a session");
    sign_in(console, "admin", PASSWORD).expect("a session");
}

/// Stricter rules count for the next password.
fn rules(console: &mut Console) {
    let rules = console.get("user_auth_setting_show", None, "").expect("the rules");
    let mut passwords = rules.get("passwordComplexitySetting").expect("a block").clone();
    passwords["minNumberOfNumerals"] = json!(2);
    console.done(
        "user_auth_setting_set",
        On::record(&rules),
        &json!({"passwordComplexitySetting": passwords}),
    );
    let changed = console.get("user_auth_setting_show", None, "").expect("the rules");
    assert_eq!(changed.get("passwordComplexitySetting"), Some(&passwords));
    assert_eq!(changed.get("lockoutSetting"), rules.get("lockoutSetting"));
    let weak = json!({"userId": "too-plain", "password": "no-digits-here", "userGroupIds": ["MonitorUsers"]});
    let refused = console.refused("user_create", On::default(), &weak);
    assert_eq!(refused.fields[0].field, "password", "{}", refused.message);
}

/// A certificate goes up in either form and comes back as DER.
fn certificates(console: &mut Console) {
    let (pem, der) = certificate("ldap-1.storage.example");
    let file = console.choose("root.pem", pem.as_bytes());
    let import = "external_auth_server_root_certificate_import";
    let download = "external_auth_server_root_certificate_download";
    console.done(import, On::default(), &json!({"targetServer": "primary1", "rootCertificate": file}));
    let answer = console.done(download, On::default(), &json!({"targetServer": "primary1"}));
    assert_eq!(answer.content.as_deref(), Some(der.as_slice()));
    let name = answer.file_name.expect("a name");
    assert_eq!(name, "download-external-auth-server-root-certificate.crt");
    let none = console.refused(download, On::default(), &json!({"targetServer": "secondary1"}));
    assert_eq!((none.kind, none.code.as_deref()), (FailureKind::NotFound, Some("KARS15553-E")));
    let (_, der) = certificate("ldap-2.storage.example");
    let file = console.choose("root.der", &der);
    console.done(import, On::default(), &json!({"targetServer": "secondary1", "rootCertificate": file}));
    let answer = console.done(download, On::default(), &json!({"targetServer": "secondary1"}));
    assert_eq!(answer.content, Some(der));
}

/// A test uses what is saved, and tells of each server.
fn the_directory(console: &mut Console) {
    let verify = "external_auth_server_setting_verify_connectivity";
    let setup = directory(console);
    let mut ldap = setup.get("ldapSetting").expect("a block").clone();
    ldap["secondaryLdapServerUrl"] = json!("ldap://nowhere.storage.example:389");
    ldap["isStartTlsEnabled"] = json!(true);
    console.done("external_auth_server_setting_set", On::record(&setup), &json!({"ldapSetting": ldap}));
    assert_eq!(directory(console).get("ldapSetting"), Some(&ldap));
    let found = console.done(verify, On::default(), &Value::Null).result;
    assert_eq!(found["ldap"]["result"]["primaryServer"]["numberOfExternalUsers"], 3);
    assert_eq!(found["ldap"]["result"]["secondaryServer"], Value::Null);
    assert!(found["ldap"]["error"]["secondaryServer"]["message"].is_string());
}
