//! Lists of systems as text: reading them with the place of a fault, writing them, joining them, comparing them.

use boxdeck_dialect::{Failure, FailureKind};
use serde::{Deserialize, Serialize};
use words::systems as say;

use super::{Source, SystemEntry};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    systems: Vec<SystemEntry>,
}

#[derive(Serialize)]
struct Written<'a> {
    systems: &'a [SystemEntry],
}

/// What is wrong with a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ListFault {
    /// It is not written as such a list is; the parser says where.
    Form(String),
    /// One of its systems is impossible.
    Entry {
        /// Which, from 1.
        number: usize,
        /// Its name, as far as it has one.
        name: String,
        /// Why.
        fault: EntryFault,
    },
}

/// What is wrong with one system of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EntryFault {
    /// No name.
    NameEmpty,
    /// A name that addresses of the console need for themselves.
    NameTilde,
    /// An earlier one has the same name.
    NameTwice,
    /// No address.
    AddressEmpty,
    /// A password in the address.
    Secret,
    /// A kind that the console does not know.
    Kind(String),
}

impl ListFault {
    /// As a sentence.
    pub fn text(&self) -> String {
        match self {
            Self::Form(detail) => say::fault_json(detail),
            Self::Entry { number, name, fault } => say::fault_entry(number, name, fault.text()),
        }
    }
}

impl EntryFault {
    fn text(&self) -> String {
        match self {
            Self::NameEmpty => say::fault_name_empty().to_owned(),
            Self::NameTilde => say::fault_name_tilde().to_owned(),
            Self::NameTwice => say::fault_name_twice().to_owned(),
            Self::AddressEmpty => say::fault_address_empty().to_owned(),
            Self::Secret => say::fault_secret().to_owned(),
            Self::Kind(kind) => say::fault_kind(kind),
        }
    }
}

impl From<ListFault> for Failure {
    fn from(fault: ListFault) -> Self {
        Self::new(FailureKind::Malformed, say::list_fault(fault.text()))
    }
}

/// Reads a list.
///
/// # Errors
/// The first fault, with its place.
pub fn parse(body: &[u8]) -> Result<Vec<SystemEntry>, ListFault> {
    // Editors on Windows begin files with a mark that JSON does not know.
    let body = body.strip_prefix("\u{feff}".as_bytes()).unwrap_or(body);
    let file: File = serde_json::from_slice(body).map_err(|fault| ListFault::Form(fault.to_string()))?;
    for (index, entry) in file.systems.iter().enumerate() {
        let fault = if entry.name.is_empty() {
            EntryFault::NameEmpty
        } else if entry.name.starts_with('~') {
            EntryFault::NameTilde
        } else if file.systems.iter().take(index).any(|earlier| earlier.name == entry.name) {
            EntryFault::NameTwice
        } else if entry.address.trim().is_empty() {
            EntryFault::AddressEmpty
        } else if has_password(&entry.address) {
            EntryFault::Secret
        } else {
            continue;
        };
        return Err(ListFault::Entry { number: index + 1, name: entry.name.clone(), fault });
    }
    Ok(file.systems)
}

/// Finds the first system of a kind that is not among the known ones.
///
/// # Errors
/// That system.
pub fn check_kinds(systems: &[SystemEntry], known: &[String]) -> Result<(), ListFault> {
    match systems.iter().position(|entry| !known.contains(&entry.kind)) {
        Some(index) => Err(ListFault::Entry {
            number: index + 1,
            name: systems.get(index).map(|entry| entry.name.clone()).unwrap_or_default(),
            fault: EntryFault::Kind(systems.get(index).map(|entry| entry.kind.clone()).unwrap_or_default()),
        }),
        None => Ok(()),
    }
}

/// Writes a list as [`parse`] reads it, for people too.
pub fn write(systems: &[SystemEntry]) -> String {
    // Nothing in an entry is beyond JSON: names, addresses and what was JSON before.
    let mut text = serde_json::to_string_pretty(&Written { systems }).unwrap_or_default();
    text.push('\n');
    text
}

/// The site's systems and, behind them, the person's own that have no namesake among them.
pub fn join(site: Vec<SystemEntry>, own: &[SystemEntry]) -> Vec<SystemEntry> {
    let mut all = site;
    for entry in own {
        if all.iter().all(|other| other.name != entry.name) {
            all.push(SystemEntry { source: Source::Own, ..entry.clone() });
        }
    }
    all
}

/// What importing one system would do.
#[derive(Debug, Clone, PartialEq)]
pub enum Change {
    /// It is added.
    Added,
    /// The person's own of that name becomes this one.
    Changed(SystemEntry),
    /// It is here already.
    Same,
    /// The site gives one of that name, which stays.
    BySite,
}

/// What importing a list would do to each of its systems.
pub fn changes(here: &[SystemEntry], own: &[SystemEntry], imported: &[SystemEntry]) -> Vec<Change> {
    imported
        .iter()
        .map(|entry| {
            if here.iter().any(|other| other.name == entry.name && other.source != Source::Own) {
                return Change::BySite;
            }
            match own.iter().find(|other| other.name == entry.name) {
                None => Change::Added,
                Some(other) if other.is_same(entry) => Change::Same,
                Some(other) => Change::Changed(other.clone()),
            }
        })
        .collect()
}

/// The person's own systems after an import. Nothing is taken away by it.
pub fn imported(own: &[SystemEntry], imported: &[SystemEntry], changes: &[Change]) -> Vec<SystemEntry> {
    let mut after = own.to_vec();
    for (entry, change) in imported.iter().zip(changes) {
        let entry = SystemEntry { source: Source::Own, ..entry.clone() };
        match change {
            Change::Added => after.push(entry),
            Change::Changed(_) => {
                if let Some(place) = after.iter_mut().find(|other| other.name == entry.name) {
                    *place = entry;
                }
            }
            Change::Same | Change::BySite => {}
        }
    }
    after
}

/// Whether an address holds a password, which is never kept.
pub fn has_password(address: &str) -> bool {
    address
        .split_once("//")
        .and_then(|(_, rest)| rest.split(['/', '?', '#']).next())
        .is_some_and(|authority| authority.contains('@'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(name: &str, address: &str) -> SystemEntry {
        SystemEntry {
            name: name.to_owned(),
            kind: "infinibox".to_owned(),
            address: address.to_owned(),
            source: Source::Own,
            ..SystemEntry::default()
        }
    }

    fn site(name: &str) -> SystemEntry {
        SystemEntry { source: Source::Site, ..entry(name, "boxes/site/") }
    }

    fn fault(text: &str) -> String {
        Failure::from(parse(text.as_bytes()).expect_err("a fault")).message
    }

    #[test]
    fn a_list_is_read_and_written_again() {
        let text = r#"{"systems":[{"name":"north","label":"North","kind":"ironic","address":"m/","options":{"keystone":"i/"}}]}"#;
        let read = parse(text.as_bytes()).expect("a valid list");
        assert_eq!((read[0].title(), read[0].source), ("North", Source::Site));
        assert_eq!(parse(write(&read).as_bytes()), Ok(read));
        let bare = write(&[entry("north", "boxes/north/")]);
        assert!(!bare.contains("label") && !bare.contains("options") && !bare.contains("source"), "{bare}");
        assert_eq!(parse(format!("\u{feff}{bare}").as_bytes()).expect("a mark").len(), 1);
    }

    #[test]
    fn faults_name_the_place() {
        assert!(fault("{\n\"systems\":[{\"name\":1}]}").contains("line 2"));
        assert!(fault(r#"{"systems":[{"name":"a","kind":"k"}]}"#).contains("missing field `address`"));
        assert!(fault(r#"{"systems":[],"more":1}"#).contains("unknown field `more`"));
        assert!(fault("").contains("line 1"));
        let with = |name: &str, address: &str| {
            let systems = [entry("a", "/"), entry(name, address)];
            parse(write(&systems).as_bytes()).expect_err("a fault")
        };
        let second = |name: &str, fault| ListFault::Entry { number: 2, name: name.to_owned(), fault };
        assert_eq!(with("a", "/"), second("a", EntryFault::NameTwice));
        assert_eq!(with("", "/"), second("", EntryFault::NameEmpty));
        assert_eq!(with("~b", "/"), second("~b", EntryFault::NameTilde));
        assert_eq!(with("b", " "), second("b", EntryFault::AddressEmpty));
        assert_eq!(with("b", "https://me:secret@box.example/"), second("b", EntryFault::Secret));
        assert_eq!(
            check_kinds(&[entry("a", "/")], &["ironic".to_owned()]),
            Err(ListFault::Entry {
                number: 1,
                name: "a".to_owned(),
                fault: EntryFault::Kind("infinibox".to_owned())
            })
        );
        assert_eq!(check_kinds(&[entry("a", "/")], &["infinibox".to_owned()]), Ok(()));
    }

    #[test]
    fn an_at_sign_in_a_path_is_no_password() {
        assert!(!has_password("boxes/a@b/"));
        assert!(!has_password("https://box.example/a@b"));
        assert!(has_password("//me@box.example/"));
    }

    #[test]
    fn the_site_wins_over_a_namesake() {
        let all = join(vec![site("a")], &[entry("a", "x/"), entry("b", "y/")]);
        let names: Vec<_> = all.iter().map(|entry| (entry.name.as_str(), entry.source)).collect();
        assert_eq!(names, [("a", Source::Site), ("b", Source::Own)]);
    }

    #[test]
    fn an_import_says_what_it_would_do_and_does_just_that() {
        let own = [entry("b", "old/"), entry("c", "same/"), entry("d", "stays/")];
        let here = join(vec![site("a")], &own);
        let file = [site("a"), entry("b", "new/"), entry("c", "same/"), entry("e", "more/")];
        let changes = changes(&here, &own, &file);
        assert_eq!(changes, [Change::BySite, Change::Changed(own[0].clone()), Change::Same, Change::Added]);
        let after = imported(&own, &file, &changes);
        let addresses: Vec<_> = after.iter().map(|entry| entry.address.as_str()).collect();
        assert_eq!(addresses, ["new/", "same/", "stays/", "more/"]);
        assert!(after.iter().all(|entry| entry.source == Source::Own));
    }
}
