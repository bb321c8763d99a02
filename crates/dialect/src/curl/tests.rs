use serde_json::json;

use super::*;
use crate::http::Part;
use crate::session::Secret;
use crate::{InfiniBox, Ironic};

fn step(request: Request, secrets: Vec<SecretPlace>) -> PlanStep {
    PlanStep { request, changes: Vec::new(), secrets }
}

fn request(method: &str, body: Body) -> Request {
    Request { method: method.to_owned(), path: "/api/rest/users/7".to_owned(), body, ..Request::default() }
}

fn cookie() -> Session {
    Session { user: Some("o'neil".to_owned()), authority: Authority::Cookie, ..Session::default() }
}

fn pair(name: &str, value: &str) -> (String, String) {
    (name.to_owned(), value.to_owned())
}

#[test]
fn a_command_names_everything_that_is_sent() {
    let mut asked = request("DELETE", Body::None);
    asked.query.push(pair("approved", "yes"));
    let command = command(&InfiniBox, &cookie(), "https://box.example/north/", &[step(asked, Vec::new())]);
    assert_eq!(
        command.text,
        r#": "${BOXDECK_PASSWORD:?}" &&
curl --fail-with-body \
  --request DELETE \
  'https://box.example/north/api/rest/users/7?approved=yes' \
  --user 'o'\''neil:'"$BOXDECK_PASSWORD""#
    );
    assert_eq!(command.variables, ["BOXDECK_PASSWORD"]);
}

#[test]
fn secrets_stand_as_variables_wherever_they_are() {
    let body = json!({"password": "hunter2", "chap": {"secrets": ["hunter2"]}, "gone": null});
    let mut asked = request("PUT", Body::Json(body));
    asked.query.extend([pair("a b", "c"), pair("key", "hunter2")]);
    asked.headers.extend([pair("X-Key", "hunter2"), pair("X-Empty", "")]);
    let secrets = vec![
        SecretPlace::Json("/password".to_owned()),
        SecretPlace::Json("/chap/secrets/0".to_owned()),
        SecretPlace::Json("/gone".to_owned()),
        SecretPlace::Query("key".to_owned()),
        SecretPlace::Header("X-Key".to_owned()),
    ];
    let authority =
        Authority::Header { name: "X-Auth-Token".to_owned(), value: Secret::new("hunter2 hunter3") };
    let session = Session { authority, ..Session::default() };
    let Command { text, variables } = command(&Ironic, &session, "http://box", &[step(asked, secrets)]);
    assert!(!text.contains("hunter"), "{text}");
    assert_eq!(
        variables,
        [
            "BOXDECK_SECRET_KEY",
            "BOXDECK_TOKEN",
            "BOXDECK_SECRET_X_KEY",
            "BOXDECK_SECRET_PASSWORD",
            "BOXDECK_SECRET_CHAP_SECRETS_0"
        ]
    );
    for part in [
        "'http://box/api/rest/users/7?a%20b=c'",
        r#"--url-query key="$BOXDECK_SECRET_KEY""#,
        r#"--header 'X-Auth-Token: '"$BOXDECK_TOKEN""#,
        r#"--header 'X-Key: '"$BOXDECK_SECRET_X_KEY""#,
        "--header 'X-Empty;'",
        r#""gone":null"#,
    ] {
        assert!(text.contains(part), "{part} in\n{text}");
    }
    assert!(text.starts_with("json_text() {"));
}

#[test]
fn a_scheme_stays_and_its_credentials_go() {
    let authority =
        Authority::Header { name: "Authorization".to_owned(), value: Secret::new("Bearer hunter2") };
    let session = Session { authority, ..Session::default() };
    let Command { text, .. } =
        command(&Ironic, &session, "http://box", &[step(request("GET", Body::None), Vec::new())]);
    assert!(text.contains(r#"--header 'Authorization: Bearer '"$BOXDECK_TOKEN""#), "{text}");
    let Command { text, .. } =
        command(&Ironic, &cookie(), "http://box", &[step(request("GET", Body::None), Vec::new())]);
    assert!(text.contains(r#"--cookie "$BOXDECK_COOKIE""#), "{text}");
}

#[test]
fn forms_and_files_keep_their_shape() {
    let form = Body::Form(vec![pair("na me", "a&b"), pair("pin", "1234")]);
    let secret = vec![SecretPlace::Part("pin".to_owned())];
    let Command { text, .. } =
        command(&Ironic, &Session::default(), "http://box", &[step(request("POST", form), secret.clone())]);
    assert!(text.contains("--data-raw na%20me=a%26b"), "{text}");
    assert!(text.contains(r#"--data-urlencode pin="$BOXDECK_SECRET_PIN""#), "{text}");
    let file = PartContent::File { handle: 1, name: "my \"key\";1.pem".to_owned(), size: 3 };
    let parts = vec![
        Part { name: "file".to_owned(), content: file },
        Part { name: "note".to_owned(), content: PartContent::Text("@home".to_owned()) },
        Part { name: "pin".to_owned(), content: PartContent::Text("1234".to_owned()) },
    ];
    let Command { text, .. } = command(
        &Ironic,
        &Session::default(),
        "http://box",
        &[step(request("POST", Body::Multipart(parts)), secret)],
    );
    assert!(text.contains(r#"--form 'file=@"my \"key\";1.pem"'"#), "{text}");
    assert!(text.contains("--form-string note=@home"), "{text}");
    assert!(text.contains("--header Expect:"), "{text}");
    assert!(text.contains(r#"--form-string pin="$BOXDECK_SECRET_PIN""#), "{text}");
    assert!(!text.contains("1234"), "{text}");
}

#[test]
fn braces_in_an_address_are_no_pattern() {
    let mut asked = request("GET", Body::None);
    asked.path = "/v1/{x}".to_owned();
    let of = |address: &str, asked: &Request| {
        command(&Ironic, &Session::default(), address, &[step(asked.clone(), Vec::new())]).text
    };
    assert!(of("http://box", &asked).contains("--globoff"));
    assert!(!of("http://[::1]:8080/", &request("GET", Body::None)).contains("--globoff"));
}

#[test]
fn what_was_forgotten_still_makes_the_same_command() {
    let body = json!({"password": "hunter2", "pin": 1234, "gone": null, "name": "ada"});
    let secrets = ["/password", "/pin", "/gone"].map(|pointer| SecretPlace::Json(pointer.to_owned()));
    let step = step(request("PUT", Body::Json(body)), secrets.to_vec());
    let forgotten = step.forgotten();
    assert_eq!(
        forgotten.request.body,
        Body::Json(json!({"password": "", "pin": 0, "gone": null, "name": "ada"}))
    );
    let of = |step: PlanStep| command(&InfiniBox, &cookie(), "https://box", &[step]);
    assert_eq!(of(step), of(forgotten));
}
