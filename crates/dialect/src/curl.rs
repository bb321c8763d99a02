//! What a plan sends, as commands for a POSIX shell with curl.
//!
//! A command holds no secret: the session's proof, secret fields and parameters stand in it as variables of the environment,
//! quoted so that the command does with their values what the console does with the secrets. It ends before anything is sent
//! where one of them is not set. Files are named as a person chose them and looked for in the folder of the shell.

mod word;

use crate::Dialect;
use crate::http::{Body, PartContent, Request, encode_pairs, encode_segment};
use crate::plan::{PlanStep, SecretPlace};
use crate::session::{Authority, Session};
use word::Word;

/// What starts the name of every variable.
const PREFIX: &str = "BOXDECK_";

/// A command, ready to be pasted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Command {
    /// The text.
    pub text: String,
    /// Names of the variables that have to be set before it runs, each once.
    pub variables: Vec<String>,
}

/// The command that sends these steps one after the other, until one is refused. `address` is the whole address of the
/// system, with its origin. The requests are those of a plan: without credentials; an approved one has its approval in it.
#[must_use]
pub fn command(dialect: &dyn Dialect, session: &Session, address: &str, steps: &[PlanStep]) -> Command {
    let mut variables = Vec::new();
    let mut escapes = false;
    let mut commands = Vec::with_capacity(steps.len());
    for step in steps {
        let mut call = Call { step, variables: &mut variables, arguments: Vec::new() };
        call.head(address);
        call.credentials(dialect, session);
        call.headers();
        call.body();
        escapes |= call.arguments.iter().any(|(_, word)| word.escapes());
        let arguments = call.arguments.iter().map(|(option, word)| match *option {
            "" => word.quoted(),
            option => format!("{option} {}", word.quoted()).trim_end().to_owned(),
        });
        commands.push(arguments.collect::<Vec<_>>().join(" \\\n  "));
    }
    let mut text = String::new();
    if escapes {
        text.push_str(word::JSON_TEXT);
        text.push('\n');
    }
    if !variables.is_empty() {
        let checks: Vec<String> = variables.iter().map(|name| format!("\"${{{name}:?}}\"")).collect();
        text.push_str(&format!(": {} &&\n", checks.join(" ")));
    }
    text.push_str(&commands.join(" &&\n"));
    Command { text, variables }
}

/// One call of curl on its way.
struct Call<'a> {
    step: &'a PlanStep,
    variables: &'a mut Vec<String>,
    /// Option and value; an empty option stands for a bare word.
    arguments: Vec<(&'static str, Word)>,
}

impl Call<'_> {
    fn add(&mut self, option: &'static str, word: Word) {
        self.arguments.push((option, word));
    }

    /// Method and address; secret parameters are encoded by curl.
    fn head(&mut self, address: &str) {
        let request = &self.step.request;
        let (secret, open): (Vec<_>, Vec<_>) =
            request.query.iter().cloned().partition(|(name, _)| self.is_secret_query(name));
        let base = request.origin.as_deref().unwrap_or(address);
        let target = Request { path: request.path.clone(), query: open, ..Request::default() }.target();
        let url = format!("{}{target}", base.trim_end_matches('/'));
        // Braces and brackets make curl send several requests, except around an address of IPv6.
        let globs = url.split_once("://").is_some_and(|(_, rest)| {
            let path = rest.split_once('/').map_or("", |(_, path)| path);
            path.contains(['{', '}', '[', ']'])
        });
        let start = if globs { "curl --fail-with-body --globoff" } else { "curl --fail-with-body" };
        let method = request.method.clone();
        self.add(start, Word::default());
        self.add("--request", Word::text(method));
        self.add("", Word::text(url));
        for (name, _) in secret {
            let variable = self.variable(&name);
            self.add(
                "--url-query",
                Word::text(format!("{}=", encode_segment(&name))).and_variable(&variable),
            );
        }
    }

    fn is_secret_query(&self, name: &str) -> bool {
        self.step.secrets.contains(&SecretPlace::Query(name.to_owned()))
    }

    /// What proves the session: a password where the box takes one with each request, else what the session has.
    fn credentials(&mut self, dialect: &dyn Dialect, session: &Session) {
        match &session.authority {
            Authority::None => {}
            Authority::Cookie if dialect.takes_basic() => self.basic(session),
            Authority::Cookie => {
                let cookie = self.own_variable("COOKIE");
                self.add("--cookie", Word::default().and_variable(&cookie));
            }
            Authority::Header { name, value } => {
                let is_authorization = name.eq_ignore_ascii_case("Authorization");
                match value.reveal().split_once(' ').filter(|_| is_authorization) {
                    Some((scheme, _)) if scheme.eq_ignore_ascii_case("Basic") => self.basic(session),
                    scheme => {
                        let scheme = scheme.map_or_else(String::new, |(scheme, _)| format!("{scheme} "));
                        let token = self.own_variable("TOKEN");
                        self.add("--header", Word::text(format!("{name}: {scheme}")).and_variable(&token));
                    }
                }
            }
        }
    }

    fn basic(&mut self, session: &Session) {
        let user = match &session.user {
            Some(user) => Word::text(user.as_str()),
            None => Word::default().and_variable(&self.own_variable("USER")),
        };
        let password = self.own_variable("PASSWORD");
        self.add("--user", user.and(":").and_variable(&password));
    }

    fn headers(&mut self) {
        let request = &self.step.request;
        let has_type = request.headers.iter().any(|(name, _)| name.eq_ignore_ascii_case("Content-Type"));
        if request.body.is_json() && !has_type {
            self.add("--header", Word::text("Content-Type: application/json"));
        }
        for (name, value) in &request.headers {
            if self.step.secrets.contains(&SecretPlace::Header(name.clone())) {
                let variable = self.variable(name);
                self.add("--header", Word::text(format!("{name}: ")).and_variable(&variable));
            } else if value.is_empty() {
                // With a colon curl would leave the header out.
                self.add("--header", Word::text(format!("{name};")));
            } else {
                self.add("--header", Word::text(format!("{name}: {value}")));
            }
        }
    }

    fn body(&mut self) {
        match &self.step.request.body {
            Body::None => {
                // A browser says that such a request has a body of no bytes; curl says so only when it has data.
                if matches!(self.step.request.method.as_str(), "POST" | "PUT" | "PATCH") {
                    self.add("--header", Word::text("Content-Type:"));
                    self.add("--data-raw", Word::text(""));
                }
            }
            Body::Json(value) => {
                let mut names = Vec::new();
                for place in &self.step.secrets {
                    // What is null tells nothing, and stands in the command as it is.
                    if let SecretPlace::Json(pointer) = place
                        && value.pointer(pointer).is_some_and(|value| !value.is_null())
                    {
                        names.push((pointer.clone(), self.variable(pointer)));
                    }
                }
                let named =
                    |pointer: &str| names.iter().find(|(of, _)| of == pointer).map(|(_, name)| name.clone());
                self.add("--data-raw", Word::json(value, &named));
            }
            Body::Form(fields) => {
                for (name, value) in fields {
                    if self.is_secret_part(name) {
                        let variable = self.variable(name);
                        let word = Word::text(format!("{}=", encode_segment(name))).and_variable(&variable);
                        self.add("--data-urlencode", word);
                    } else {
                        let pair = [(name.clone(), value.clone())];
                        self.add("--data-raw", Word::text(encode_pairs(&pair)));
                    }
                }
            }
            Body::Multipart(parts) => {
                // Before more than a little curl would ask whether to go on, as browsers never do; a box may answer 417.
                self.add("--header", Word::text("Expect:"));
                for part in parts {
                    let name = &part.name;
                    match &part.content {
                        PartContent::Text(_) if self.is_secret_part(name) => {
                            let variable = self.variable(name);
                            self.add("--form-string", Word::text(format!("{name}=")).and_variable(&variable));
                        }
                        PartContent::Text(text) => {
                            self.add("--form-string", Word::text(format!("{name}={text}")));
                        }
                        PartContent::File { name: file, .. } => {
                            let file = file.replace('\\', "\\\\").replace('"', "\\\"");
                            self.add("--form", Word::text(format!("{name}=@\"{file}\"")));
                        }
                    }
                }
            }
        }
    }

    fn is_secret_part(&self, name: &str) -> bool {
        self.step.secrets.contains(&SecretPlace::Part(name.to_owned()))
    }

    /// The variable of the session's own proof.
    fn own_variable(&mut self, name: &str) -> String {
        let name = format!("{PREFIX}{name}");
        if !self.variables.contains(&name) {
            self.variables.push(name.clone());
        }
        name
    }

    /// The variable of a secret of the plan, by the name or pointer of its place. The same place in several steps holds the
    /// same secret.
    fn variable(&mut self, place: &str) -> String {
        let upper = |c: char| if c.is_ascii_alphanumeric() { c.to_ascii_uppercase() } else { '_' };
        let place: String = place.trim_start_matches('/').chars().map(upper).collect();
        self.own_variable(&format!("SECRET_{place}"))
    }
}

#[cfg(test)]
mod tests;
