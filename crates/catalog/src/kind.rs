//! A kind of system and its whole catalog.

use serde::Serialize;

use crate::operation::Operation;
use crate::resource::Resource;

/// The catalog of one kind, as the console loads it: `catalogs/<kind>.json`.
///
/// In the repository the same content is one readable file per resource, `catalogs/<kind>/<resource>.json`, beside
/// `catalogs/<kind>/kind.json`.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Catalog {
    /// What is true of the kind as a whole.
    pub kind: Kind,
    /// Every resource, in the order of the navigation.
    pub resources: Vec<Resource>,
}

/// What is true of a kind as a whole.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Kind {
    /// Identifier: lower-case letters, digits and dashes, equal to the folder's name (`infinibox`).
    pub id: String,
    /// Vendor's name of the product, as an admin says it (`Infinidat InfiniBox`).
    pub title: String,
    /// Release of the API that the catalog describes (`8.4.6`).
    pub version: String,
    /// Identifier of the dialect that speaks to systems of this kind.
    pub dialect: String,
    /// Identifiers of all resources in the order of the navigation. Only in `kind.json`: a bundle has the order itself.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub resources: Vec<String>,
    /// Areas of the navigation, in order.
    pub areas: Vec<Area>,
    /// Roles that a user of such a system can have. Empty where the kind has none.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub roles: Vec<Role>,
    /// States of the whole system that operations can depend on (`ACTIVE`, `STANDBY`). Empty where there are none.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub states: Vec<String>,
    /// Filter operators that the box applies, unless a field names its own. Empty: the box filters nothing by operator.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub operators: Vec<Operator>,
}

/// A heading of the navigation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Area {
    /// Identifier that resources name in their `area`.
    pub id: String,
    /// What the navigation shows.
    pub title: String,
}

/// A role of the kind's own access control.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Role {
    /// The value on the wire (`POOL_ADMIN`).
    pub id: String,
    /// What the console shows (`Pool administrator`).
    pub title: String,
}

/// How a filter term compares a field with its values. The names are those of the InfiniBox document, which has the
/// largest set; other dialects map the ones that they have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Operator {
    /// Equal to the value.
    Eq,
    /// Different from the value.
    Neq,
    /// Has no value (null).
    Is,
    /// Has a value (not null).
    IsNot,
    /// Less than the value.
    Lt,
    /// Less than or equal to the value.
    Leq,
    /// Greater than the value.
    Gt,
    /// Greater than or equal to the value.
    Geq,
    /// One of the values.
    In,
    /// None of the values.
    NotIn,
    /// Between two values, both included.
    Between,
    /// Contains the text, in any case.
    Like,
}

impl Operator {
    /// Every operator, in the order in which a menu offers them.
    pub const ALL: [Self; 12] = [
        Self::Eq,
        Self::Neq,
        Self::Like,
        Self::In,
        Self::NotIn,
        Self::Lt,
        Self::Leq,
        Self::Gt,
        Self::Geq,
        Self::Between,
        Self::Is,
        Self::IsNot,
    ];

    /// The operator's name in catalogs and in the console's URLs (`geq`).
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Eq => "eq",
            Self::Neq => "neq",
            Self::Is => "is",
            Self::IsNot => "isnot",
            Self::Lt => "lt",
            Self::Leq => "leq",
            Self::Gt => "gt",
            Self::Geq => "geq",
            Self::In => "in",
            Self::NotIn => "notin",
            Self::Between => "between",
            Self::Like => "like",
        }
    }

    /// The operator of that name, if there is one.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|operator| operator.name() == name)
    }
}

impl Catalog {
    /// The resource of that identifier.
    #[must_use]
    pub fn resource(&self, id: &str) -> Option<&Resource> {
        self.resources.iter().find(|resource| resource.id == id)
    }

    /// The areas in their order, each with the resources that the navigation leads to. Areas without any are left out.
    pub fn areas(&self) -> impl Iterator<Item = (&Area, Vec<&Resource>)> {
        let listed = |area: &Area| {
            let inside = |resource: &&Resource| resource.area == area.id && resource.is_entry();
            self.resources.iter().filter(inside).collect::<Vec<_>>()
        };
        self.kind.areas.iter().map(move |area| (area, listed(area))).filter(|(_, listed)| !listed.is_empty())
    }

    /// Every operation with the resource that it belongs to.
    pub fn operations(&self) -> impl Iterator<Item = (&Resource, &Operation)> {
        self.resources
            .iter()
            .flat_map(|resource| resource.operations.iter().map(move |operation| (resource, operation)))
    }

    /// What the console shows for a role: its title, or the wire value where the catalog does not know it.
    #[must_use]
    pub fn role_title<'a>(&'a self, id: &'a str) -> &'a str {
        self.kind.roles.iter().find(|role| role.id == id).map_or(id, |role| &role.title)
    }
}
