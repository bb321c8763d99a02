//! Verdicts as words: what was seen, what it can mean, what to do.

use words::systems as say;

use super::verdict::{PATIENCE, Verdict};

/// A verdict as a person reads it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Advice {
    /// What was seen, in one line.
    pub title: String,
    /// More of it.
    pub text: String,
    /// What can be behind it, where the browser does not say.
    pub causes: Vec<&'static str>,
    /// The next step.
    pub next: String,
    /// Whether it helps to open the address itself.
    pub open: bool,
}

/// Words for a verdict. `kind` is the title of the wanted kind, `title_of` gives that of any, `own` is the console's origin.
pub(super) fn advice(verdict: &Verdict, kind: &str, title_of: &dyn Fn(&str) -> String, own: &str) -> Advice {
    let plain = |title: String, next: &str| Advice { title, next: next.to_owned(), ..Advice::default() };
    match verdict {
        Verdict::Good => plain(say::good(kind), ""),
        Verdict::CannotTell => plain(say::cannot_tell(kind), ""),
        Verdict::OtherKind(found) => {
            let found = title_of(found);
            Advice {
                text: say::other_kind_text(&found, kind),
                ..plain(say::other_kind().to_owned(), &say::other_kind_next(&found))
            }
        }
        Verdict::UnknownKind(kind) => plain(say::unknown_kind(kind), ""),
        Verdict::Invalid => plain(say::invalid().to_owned(), say::invalid_next()),
        Verdict::NotHttp(scheme) => plain(say::not_http(scheme), say::not_http_next()),
        Verdict::Credentials => plain(say::credentials().to_owned(), say::credentials_next()),
        Verdict::Mixed => {
            Advice { text: say::mixed_text().to_owned(), ..plain(say::mixed().to_owned(), say::mixed_next()) }
        }
        Verdict::Forbidden(origin) => Advice {
            text: say::forbidden_text().to_owned(),
            ..plain(say::forbidden(origin), &say::forbidden_next(origin))
        },
        Verdict::NoCors(origin) => {
            Advice { text: say::no_cors_text(own), ..plain(say::no_cors(origin), say::no_cors_next()) }
        }
        Verdict::Unreachable { origin, secure: true } => Advice {
            causes: vec![say::cause_name(), say::cause_certificate(), say::cause_network()],
            open: true,
            ..plain(say::unreachable(origin), say::unreachable_next())
        },
        Verdict::Unreachable { origin, secure: false } => Advice {
            causes: vec![say::cause_name(), say::cause_network()],
            open: true,
            ..plain(say::unreachable(origin), say::unreachable_plain_next())
        },
        Verdict::Here => plain(say::here().to_owned(), say::here_next()),
        Verdict::Silent => Advice {
            causes: vec![say::cause_network()],
            ..plain(say::silent(PATIENCE.into()), say::silent_next())
        },
        Verdict::Redirected(to) => plain(say::redirected(to), say::redirected_next()),
        Verdict::WebPage => plain(say::web_page().to_owned(), say::path_next()),
        Verdict::NotFound(status) => plain(say::not_found(status), say::path_next()),
        Verdict::NoBox(status) => plain(say::no_box(status), say::no_box_next()),
        Verdict::Fault(status) => plain(say::fault_of_server(status), say::fault_of_server_next()),
        Verdict::Gate(status) => plain(say::gate(status), say::gate_next()),
        Verdict::Stranger(status) => plain(say::stranger(kind, status), say::stranger_next()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_a_browser_hides_has_several_causes() {
        let advice = |verdict| advice(&verdict, "Example", &str::to_owned, "https://console.example");
        let hidden = advice(Verdict::Unreachable { origin: "https://box.example".to_owned(), secure: true });
        assert!(hidden.causes.len() == 3 && hidden.open && hidden.title.contains("box.example"));
        let plain = advice(Verdict::Unreachable { origin: "http://box.example".to_owned(), secure: false });
        assert!(!plain.causes.contains(&say::cause_certificate()));
        for verdict in [Verdict::NotFound(404), Verdict::NoBox(502), Verdict::WebPage, Verdict::Mixed] {
            let advice = advice(verdict);
            assert!(advice.causes.is_empty() && !advice.next.is_empty() && !advice.title.is_empty());
        }
        assert!(advice(Verdict::NoCors("https://box.example".to_owned())).text.contains("console.example"));
        assert!(advice(Verdict::OtherKind("ironic".to_owned())).text.contains("ironic"));
    }
}
