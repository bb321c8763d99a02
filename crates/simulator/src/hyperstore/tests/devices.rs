//! Second factors.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::json;

use crate::hyperstore::mfa::totp;
use crate::hyperstore::testing::{Bench, NOW};
use crate::message::Method;

const WHO: &str = "userId=night_shift&groupId=0";

fn at(serial: &str, action: &str) -> String {
    let serial: String = form_urlencoded::byte_serialize(serial.as_bytes()).collect();
    format!("/user/mfa/{action}?{WHO}&serialNumber={serial}")
}

#[test]
fn a_device_is_made_enabled_asked_and_removed() {
    let mut bench = Bench::new(20);
    let create = format!("/user/mfa/createDevice?{WHO}&virtualMFADeviceName=");
    let made: serde_json::Value = serde_json::from_str(&bench.act(&format!("{create}Phone"))).expect("JSON");
    let serial = made["serialNumber"].as_str().expect("a number").to_owned();
    assert!(serial.starts_with("arn:aws:iam::") && serial.ends_with(":mfa/Phone"));
    // Base64 of base32.
    let seed = STANDARD.decode(made["base32StringSeed"].as_str().expect("a seed")).expect("base64");
    assert_eq!(seed.len(), 32);
    let picture = STANDARD.decode(made["qrCodePNG"].as_str().expect("a picture")).expect("base64");
    assert!(picture.starts_with(b"\x89PNG"));
    bench.refused(Method::Post, &format!("{create}phone"), None, 409);
    bench.refused(Method::Post, &format!("{create}a%20b"), None, 400);
    bench.refused(Method::Post, &format!("{create}b&path=x"), None, 400);
    let list = format!("/user/mfa/list?{WHO}");
    assert_eq!(bench.get(&list), json!({"MFADevices": []}));

    let secret =
        bench.system.store.devices.iter().find(|device| device.serial == serial).expect("it").secret.clone();
    let code = |skew: i64| totp::code(&secret, totp::step(NOW) + skew);
    let two = |action: &str, one: &str, other: &str| {
        format!("{}&authenticationCode1={one}&authenticationCode2={other}", at(&serial, action))
    };
    let verify = |code: &str| format!("{}&authenticationCode={code}", at(&serial, "verify"));
    bench.refused(Method::Post, &verify(&code(0)), None, 403);
    bench.refused(Method::Post, &two("enableDevice", &code(0), &code(0)), None, 403);
    bench.act(&two("enableDevice", &code(-1), &code(0)));
    assert_eq!(bench.get(&list)["MFADevices"][0]["EnableDate"], "2026-03-01T00:00:00Z");
    bench.act(&verify(&code(0)));
    bench.refused(Method::Post, &verify(&code(9)), None, 403);
    // A clock that goes wrong is told to be so.
    bench.act(&two("resyncDevice", &code(8), &code(9)));
    bench.act(&verify(&code(9)));

    bench.refused(Method::Delete, &at(&serial, "deleteDevice"), None, 409);
    bench.act(&at(&serial, "deactivateDevice"));
    assert_eq!(bench.get(&list), json!({"MFADevices": []}));
    bench.delete(&at(&serial, "deleteDevice"));
    bench.refused(Method::Delete, &at(&serial, "deleteDevice"), None, 404);
}

#[test]
fn nobody_is_a_204_of_some_and_a_404_of_others() {
    let mut bench = Bench::new(20);
    let who = "userId=nobody&groupId=0";
    for (method, target) in [
        (Method::Post, format!("/user/mfa/createDevice?{who}&virtualMFADeviceName=x")),
        (Method::Post, format!("/user/mfa/deactivateDevice?{who}&serialNumber=x")),
        (Method::Delete, format!("/user/mfa/deleteDevice?{who}&serialNumber=x")),
    ] {
        bench.refused(method, &target, None, 204);
    }
    let codes = "authenticationCode1=1&authenticationCode2=2";
    for (method, target) in [
        (Method::Get, format!("/user/mfa/list?{who}")),
        (Method::Post, format!("/user/mfa/enableDevice?{who}&serialNumber=x&{codes}")),
        (Method::Post, format!("/user/mfa/resyncDevice?{who}&serialNumber=x&{codes}")),
        (Method::Post, format!("/user/mfa/verify?{who}&serialNumber=x&authenticationCode=1")),
        (Method::Post, format!("/user/mfa/verify?{WHO}&serialNumber=x&authenticationCode=1")),
    ] {
        bench.refused(method, &target, None, 404);
    }
}
