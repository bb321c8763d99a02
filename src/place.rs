//! Where the console is: the part of its address after `#`.
//!
//! Place and query live in the fragment, so that a copied link opens again from any folder of static files without a
//! rewrite rule on the server. This module is the only one that reads or makes such addresses; `place::browser` follows
//! the browser's own history.
//!
//! ```text
//! #/                                   the systems, or the only one
//! #/~systems                           adding, checking and importing systems
//! #/~gallery                           every component in every state, `#/~gallery/buttons` for one section
//! #/north                              a system's overview
//! #/north/volumes?filter=…&sort=…      a list
//! #/north/volumes/1042                 a record
//! #/north/volumes/1042/luns            a sub-collection of a record
//! #/north/volumes/1042/luns/7          a record of a sub-collection
//! #/north/volumes/~new                 the form that creates one
//! #/north/volumes/1042/~edit           the form that changes one
//! #/north/volumes/1042/~do/ID          the form of an operation on a record, or `#/north/volumes/~do/ID` without one
//! ```

pub mod browser;
pub mod title;

use boxdeck_catalog::Resource;
use boxdeck_dialect::http::encode_segment;

/// Stands in the address where a system's name stands, for the page that manages the list of systems. No system has this
/// name: a `~` does not begin one.
pub const SYSTEMS: &str = "~systems";

/// Stands there for the gallery of components.
pub const GALLERY: &str = "~gallery";

/// A place in the console, with the query of its page as the text after `?`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Place {
    /// The system's name; `None` on the page of systems.
    pub system: Option<String>,
    /// The record that owns the sub-collection: resource and key.
    pub parent: Option<(String, String)>,
    /// The resource; `None` on the overview.
    pub resource: Option<String>,
    /// The record's key; `None` on a list or a single object.
    pub key: Option<String>,
    /// What is done there.
    pub verb: Verb,
    /// The page's query, without `?`.
    pub query: String,
}

/// What is done at a place.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Verb {
    /// Looking.
    #[default]
    Show,
    /// Creating a record.
    New,
    /// Changing a record.
    Edit,
    /// Performing the operation of that identifier.
    Do(String),
}

impl Place {
    /// The overview of a system.
    pub fn system(name: &str) -> Self {
        Self { system: Some(name.to_owned()), ..Self::default() }
    }

    /// The page that manages the list of systems.
    pub fn systems() -> Self {
        Self::system(SYSTEMS)
    }

    /// The gallery of components; its resources are its sections.
    pub fn gallery() -> Self {
        Self::system(GALLERY)
    }

    /// The resource whose list or single object is shown here, if the place is one of that.
    pub fn listed(&self) -> Option<&str> {
        self.resource.as_deref().filter(|_| self.key.is_none() && self.verb == Verb::Show)
    }

    /// The list of a resource, or its single object.
    #[must_use]
    pub fn resource(&self, resource: &str) -> Self {
        Self { system: self.system.clone(), resource: Some(resource.to_owned()), ..Self::default() }
    }

    /// The list of a resource, where it has an owner that of the records of this one; or its single object.
    pub fn list_of(system: &str, resource: &Resource, owner: Option<&str>) -> Self {
        let parent = resource.parent.clone().zip(owner.map(str::to_owned));
        Self { parent, ..Self::system(system).resource(&resource.id) }
    }

    /// A record of this place's resource, in the same parent.
    #[must_use]
    pub fn record(&self, key: &str) -> Self {
        Self { key: Some(key.to_owned()), verb: Verb::Show, query: String::new(), ..self.clone() }
    }

    /// The list that this record or form belongs to.
    #[must_use]
    pub fn list(&self) -> Self {
        Self { key: None, verb: Verb::Show, query: String::new(), ..self.clone() }
    }

    /// The record that owns this sub-collection.
    #[must_use]
    pub fn owner(&self) -> Option<Self> {
        let (resource, key) = self.parent.clone()?;
        Some(Self {
            system: self.system.clone(),
            resource: Some(resource),
            key: Some(key),
            ..Self::default()
        })
    }

    /// The same place doing something else.
    #[must_use]
    pub fn with_verb(&self, verb: Verb) -> Self {
        Self { verb, query: String::new(), ..self.clone() }
    }

    /// The same place with another query.
    #[must_use]
    pub fn with_query(&self, query: impl Into<String>) -> Self {
        Self { query: query.into(), ..self.clone() }
    }

    /// The fragment, with its `#`: what a link's `href` holds.
    #[must_use]
    pub fn href(&self) -> String {
        let mut href = String::from("#");
        let mut push = |segment: &str| {
            href.push('/');
            href.push_str(segment);
        };
        if let Some(system) = &self.system {
            push(&encode_segment(system));
            if let Some((resource, key)) = &self.parent {
                push(&encode_segment(resource));
                push(&encode_key(key));
            }
            if let Some(resource) = &self.resource {
                push(&encode_segment(resource));
                if let Some(key) = &self.key {
                    push(&encode_key(key));
                }
                match &self.verb {
                    Verb::Show => {}
                    Verb::New => push("~new"),
                    Verb::Edit => push("~edit"),
                    Verb::Do(operation) => {
                        push("~do");
                        push(&encode_segment(operation));
                    }
                }
            }
        } else {
            push("");
        }
        if !self.query.is_empty() {
            href.push('?');
            href.push_str(&self.query);
        }
        href
    }

    /// Reads a fragment, with or without its `#`. What makes no sense is left out, so that every address leads somewhere.
    #[must_use]
    pub fn parse(fragment: &str) -> Self {
        let fragment = fragment.strip_prefix('#').unwrap_or(fragment);
        let (path, query) = fragment.split_once('?').unwrap_or((fragment, ""));
        let mut place = Self { query: query.to_owned(), ..Self::default() };
        let mut names: Vec<String> = Vec::new();
        let mut segments = path.split('/').filter(|segment| !segment.is_empty());
        while let Some(segment) = segments.next() {
            match segment {
                "~new" => place.verb = Verb::New,
                "~edit" => place.verb = Verb::Edit,
                "~do" => {
                    place.verb = segments.next().map_or(Verb::Show, |operation| Verb::Do(decode(operation)))
                }
                name => names.push(decode(name)),
            }
        }
        let mut names = names.into_iter();
        place.system = names.next();
        let rest: Vec<String> = names.collect();
        match rest.as_slice() {
            [] => {}
            [resource] => place.resource = Some(resource.clone()),
            [resource, key] => {
                place.resource = Some(resource.clone());
                place.key = Some(key.clone());
            }
            [owner, owner_key, resource, more @ ..] => {
                place.parent = Some((owner.clone(), owner_key.clone()));
                place.resource = Some(resource.clone());
                place.key = more.first().cloned();
            }
        }
        place
    }
}

/// Encodes a key for the address; a leading `~` must not be read as a verb.
fn encode_key(key: &str) -> String {
    let encoded = encode_segment(key);
    match encoded.strip_prefix('~') {
        Some(rest) => format!("%7E{rest}"),
        None => encoded,
    }
}

/// Undoes percent-encoding; a broken escape stays as it is.
fn decode(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut index = 0;
    while let Some(&byte) = bytes.get(index) {
        let escape = text.get(index + 1..index + 3).and_then(|digits| u8::from_str_radix(digits, 16).ok());
        match (byte, escape) {
            (b'%', Some(value)) => {
                decoded.push(value);
                index += 3;
            }
            _ => {
                decoded.push(byte);
                index += 1;
            }
        }
    }
    String::from_utf8_lossy(&decoded).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn round_trip(place: &Place) {
        assert_eq!(&Place::parse(&place.href()), place, "{}", place.href());
    }

    fn child_of(owner: &Place, resource: &str) -> Place {
        let parent = owner.resource.clone().zip(owner.key.clone());
        Place {
            system: owner.system.clone(),
            parent,
            resource: Some(resource.to_owned()),
            ..Place::default()
        }
    }

    #[test]
    fn every_place_has_an_address_that_leads_back() {
        round_trip(&Place::default());
        round_trip(&Place::systems());
        round_trip(&Place::gallery().resource("buttons"));
        let system = Place::system("north site/1");
        round_trip(&system);
        let list = system.resource("volumes").with_query("filter=name:like:a%2Fb&sort=-size");
        round_trip(&list);
        let record = list.record("~odd/key%7E?#");
        round_trip(&record);
        round_trip(&record.with_verb(Verb::Edit));
        round_trip(&record.with_verb(Verb::Do("volume.restore_a_volume".to_owned())));
        let child = child_of(&record, "luns");
        round_trip(&child);
        round_trip(&child.record("größe"));
        round_trip(&list.list().with_verb(Verb::New));
        assert_eq!(child.owner(), Some(record));
    }

    #[test]
    fn addresses_read_as_documented() {
        assert_eq!(Place::default().href(), "#/");
        assert_eq!(Place::systems().href(), "#/~systems");
        assert_eq!(
            child_of(&Place::system("north").resource("volumes").record("1042"), "luns").href(),
            "#/north/volumes/1042/luns"
        );
        let place = Place::parse("#/north/volumes/1042/~edit");
        assert_eq!((place.key.as_deref(), place.verb), (Some("1042"), Verb::Edit));
    }

    #[test]
    fn broken_addresses_lead_somewhere() {
        assert_eq!(Place::parse(""), Place::default());
        assert_eq!(Place::parse("#//north//"), Place::system("north"));
        assert_eq!(Place::parse("#/north/volumes/%zz").key.as_deref(), Some("%zz"));
        assert_eq!(Place::parse("#/north/volumes/~do").verb, Verb::Show);
    }
}
