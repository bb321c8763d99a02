//! What a connection check has found out: a table from what the browser shows to what it can mean.
//!
//! A browser tells a page very little about a request that failed, so some verdicts name several causes. None claims more
//! than was seen.

/// Seconds after which a check no longer waits.
pub const PATIENCE: u32 = 10;

/// What an address is, before anything is sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// No address at all.
    Invalid,
    /// Of a scheme that is neither `http` nor `https`.
    Scheme(String),
    /// With a user name or password in it.
    Credentials,
    /// One that can be asked.
    Http {
        /// Scheme, host and port.
        origin: String,
        /// Whether it is HTTPS.
        secure: bool,
        /// Whether it is the console's own origin.
        here: bool,
        /// Whether it is this machine, to which browsers let any page talk without TLS.
        local: bool,
    },
}

/// What came of the probe.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Seen {
    /// An answer that the page could read.
    Answer(Answer),
    /// No readable answer.
    Nothing {
        /// The page's policy reported that it blocks the origin.
        forbidden: bool,
        /// Time ran out.
        silent: bool,
        /// Whether a request whose answer the page may not read went through.
        opaque: bool,
    },
}

/// A readable answer.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Answer {
    /// HTTP status.
    pub status: u16,
    /// Whether it is a web page.
    pub html: bool,
    /// Where it came from in the end, if it was led on.
    pub redirected: Option<String>,
    /// The kind of system that it comes from, as far as it is a known one.
    pub recognised: Option<String>,
    /// Whether the wanted kind could be recognised at all.
    pub can_tell: bool,
}

/// What it means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// A system of the wanted kind.
    Good,
    /// A system of this other kind.
    OtherKind(String),
    /// No address.
    Invalid,
    /// Neither HTTP nor HTTPS.
    NotHttp(String),
    /// User name or password in the address.
    Credentials,
    /// HTTP from a page that came over HTTPS.
    Mixed,
    /// The console's policy does not allow the origin.
    Forbidden(String),
    /// The origin answers but does not let the page read.
    NoCors(String),
    /// No answer from another origin: wrong host or port, or, over HTTPS, a certificate that is not trusted.
    Unreachable {
        /// Scheme, host and port.
        origin: String,
        /// Whether it could be the certificate.
        secure: bool,
    },
    /// The console's own server did not answer.
    Here,
    /// Nothing came in time.
    Silent,
    /// The address leads on to another.
    Redirected(String),
    /// A web page.
    WebPage,
    /// Nothing at this path.
    NotFound(u16),
    /// A proxy without the system behind it.
    NoBox(u16),
    /// A fault of the server.
    Fault(u16),
    /// A sign-in that is not the system's.
    Gate(u16),
    /// Something else.
    Stranger(u16),
    /// A kind that the console has no catalog for.
    UnknownKind(String),
    /// It answers; its kind shows only when somebody signs in.
    CannotTell,
}

/// What is clear before anything is sent.
pub fn before(page_is_secure: bool, target: &Target) -> Option<Verdict> {
    match target {
        Target::Invalid => Some(Verdict::Invalid),
        Target::Scheme(scheme) => Some(Verdict::NotHttp(scheme.clone())),
        Target::Credentials => Some(Verdict::Credentials),
        Target::Http { secure: false, local: false, .. } if page_is_secure => Some(Verdict::Mixed),
        Target::Http { .. } => None,
    }
}

/// What the probe of a system that should be of `kind` means.
pub fn judge(kind: &str, target: &Target, seen: &Seen) -> Verdict {
    let Target::Http { origin, secure, here, .. } = target else { return Verdict::Invalid };
    match seen {
        Seen::Nothing { forbidden: true, .. } => Verdict::Forbidden(origin.clone()),
        Seen::Nothing { silent: true, .. } => Verdict::Silent,
        Seen::Nothing { .. } if *here => Verdict::Here,
        Seen::Nothing { opaque: true, .. } => Verdict::NoCors(origin.clone()),
        Seen::Nothing { .. } => Verdict::Unreachable { origin: origin.clone(), secure: *secure },
        Seen::Answer(answer) => answered(kind, answer),
    }
}

fn answered(kind: &str, answer: &Answer) -> Verdict {
    match (&answer.recognised, &answer.redirected) {
        (Some(found), _) if found != kind => return Verdict::OtherKind(found.clone()),
        (_, Some(to)) => return Verdict::Redirected(to.clone()),
        (Some(_), None) => return Verdict::Good,
        (None, None) => {}
    }
    match answer.status {
        status @ (502..=504) => Verdict::NoBox(status),
        status @ 500.. => Verdict::Fault(status),
        status @ (404 | 405 | 410) => Verdict::NotFound(status),
        // Systems that tell nothing of themselves before the sign-in answer just so.
        401 if !answer.can_tell => Verdict::CannotTell,
        status @ (401 | 403 | 407) => Verdict::Gate(status),
        _ if answer.html => Verdict::WebPage,
        _ if !answer.can_tell => Verdict::CannotTell,
        status => Verdict::Stranger(status),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn target(origin: &str, here: bool) -> Target {
        Target::Http { origin: origin.to_owned(), secure: origin.starts_with("https"), here, local: false }
    }

    fn nothing(forbidden: bool, silent: bool, opaque: bool) -> Seen {
        Seen::Nothing { forbidden, silent, opaque }
    }

    #[test]
    fn what_is_clear_is_told_without_a_request() {
        let plain = target("http://box.example", false);
        assert_eq!(before(true, &plain), Some(Verdict::Mixed));
        assert_eq!(before(false, &plain), None);
        assert_eq!(before(true, &target("https://box.example", false)), None);
        let local =
            Target::Http { origin: "http://127.0.0.1:8".to_owned(), secure: false, here: false, local: true };
        assert_eq!(before(true, &local), None);
        assert_eq!(before(false, &Target::Invalid), Some(Verdict::Invalid));
        assert_eq!(
            before(false, &Target::Scheme("ftp".to_owned())),
            Some(Verdict::NotHttp("ftp".to_owned()))
        );
        assert_eq!(before(false, &Target::Credentials), Some(Verdict::Credentials));
    }

    #[test]
    fn a_failure_means_no_more_than_was_seen() {
        let origin = "https://box.example";
        let far = target(origin, false);
        let judge = |target: &Target, seen| judge("infinibox", target, &seen);
        assert_eq!(judge(&far, nothing(true, false, false)), Verdict::Forbidden(origin.to_owned()));
        assert_eq!(judge(&far, nothing(false, true, false)), Verdict::Silent);
        assert_eq!(judge(&far, nothing(false, false, true)), Verdict::NoCors(origin.to_owned()));
        assert_eq!(
            judge(&far, nothing(false, false, false)),
            Verdict::Unreachable { origin: origin.to_owned(), secure: true }
        );
        assert_eq!(
            judge(&target("http://box.example", false), nothing(false, false, false)),
            Verdict::Unreachable { origin: "http://box.example".to_owned(), secure: false }
        );
        assert_eq!(judge(&target(origin, true), nothing(false, false, false)), Verdict::Here);
    }

    #[test]
    fn an_answer_tells_kind_path_and_proxy_apart() {
        let judge = |answer| judge("infinibox", &target("https://box.example", true), &Seen::Answer(answer));
        let status = |status| Answer { status, can_tell: true, ..Answer::default() };
        let recognised = |kind: &str, status: u16| Answer {
            status,
            recognised: Some(kind.to_owned()),
            can_tell: true,
            ..Answer::default()
        };
        assert_eq!(judge(recognised("infinibox", 401)), Verdict::Good);
        assert_eq!(judge(recognised("ironic", 200)), Verdict::OtherKind("ironic".to_owned()));
        let led = |answer: Answer| Answer { redirected: Some("https://other.example/".to_owned()), ..answer };
        assert_eq!(
            judge(led(recognised("infinibox", 401))),
            Verdict::Redirected("https://other.example/".to_owned())
        );
        assert_eq!(judge(led(status(404))), Verdict::Redirected("https://other.example/".to_owned()));
        assert_eq!(judge(status(404)), Verdict::NotFound(404));
        assert_eq!(judge(status(502)), Verdict::NoBox(502));
        assert_eq!(judge(status(500)), Verdict::Fault(500));
        assert_eq!(judge(status(401)), Verdict::Gate(401));
        assert_eq!(judge(Answer { can_tell: false, ..status(401) }), Verdict::CannotTell);
        assert_eq!(judge(Answer { can_tell: false, ..status(407) }), Verdict::Gate(407));
        assert_eq!(judge(status(200)), Verdict::Stranger(200));
        assert_eq!(judge(Answer { html: true, ..status(200) }), Verdict::WebPage);
        assert_eq!(judge(Answer { status: 200, ..Answer::default() }), Verdict::CannotTell);
    }
}
