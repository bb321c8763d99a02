//! Words for an entry of the journal.

use boxdeck_catalog::Resource;
use boxdeck_dialect::answer::value_text;

use crate::format::words::{inside, starting};
use crate::operation::journal::{Entry, Standing};
use crate::place::Place;
use crate::system::System;
use crate::ui::Tone;

/// Every standing, those that need a person's eye first.
pub(super) const STANDINGS: [Standing; 7] = [
    Standing::Unknown,
    Standing::Running,
    Standing::ApprovalRequired,
    Standing::Refused,
    Standing::NotDone,
    Standing::Accepted,
    Standing::Done,
];

/// Identifier of a standing in a choice and in exports, in every language.
pub(super) const fn id(standing: Standing) -> &'static str {
    match standing {
        Standing::Running => "running",
        Standing::Done => "done",
        Standing::Accepted => "accepted",
        Standing::ApprovalRequired => "approval required",
        Standing::Refused => "refused",
        Standing::NotDone => "not done",
        Standing::Unknown => "unknown",
    }
}

/// What a person reads.
pub(super) fn label(standing: Standing) -> &'static str {
    match standing {
        Standing::Running => words::activity::running(),
        Standing::Done => words::activity::done(),
        Standing::Accepted => words::activity::accepted(),
        Standing::ApprovalRequired => words::activity::approval_required(),
        Standing::Refused => words::activity::refused(),
        Standing::NotDone => words::activity::not_done(),
        Standing::Unknown => words::activity::unknown(),
    }
}

/// What it means.
pub(super) const fn tone(standing: Standing) -> Tone {
    match standing {
        Standing::Running | Standing::Accepted => Tone::Info,
        Standing::Done => Tone::Good,
        Standing::ApprovalRequired | Standing::Unknown => Tone::Warn,
        Standing::Refused => Tone::Bad,
        Standing::NotDone => Tone::Neutral,
    }
}

/// What the operation concerned, as a person knows it: the record's name, for what was created the name that it was to get, else
/// the key. Empty where there is none.
pub(super) fn target(entry: &Entry, resource: Option<&Resource>) -> String {
    let plan = &entry.plan;
    let given = || {
        let name = resource?.name_field();
        let mut changes = plan.steps.iter().flat_map(|step| &step.changes);
        value_text(&changes.find(|change| change.field == name && !change.secret)?.new)
    };
    let key = || plan.target.as_ref().map(|(_, key)| key.clone());
    plan.target_name.clone().or_else(key).or_else(given).unwrap_or_default()
}

/// What was done and to what: `Delete volume · erp-db-01`.
pub(super) fn headline(entry: &Entry, resource: Option<&Resource>) -> String {
    let title = &entry.plan.title;
    // A bare verb does not say what it was done to.
    let title = match resource.filter(|_| !title.contains(char::is_whitespace)) {
        Some(resource) => starting(&format!("{} {}", inside(title), resource.singular)),
        None => title.clone(),
    };
    match target(entry, resource) {
        name if name.is_empty() => title,
        name => format!("{title} · {name}"),
    }
}

/// Where to look at it: the record that it concerned, or the list that it belongs to.
pub(super) fn place(entry: &Entry, system: &System) -> Place {
    let resource = system.resource(&entry.resource);
    let parent = resource.and_then(|resource| resource.parent.clone()).zip(entry.parent.clone());
    let list = Place { parent, ..Place::system(&entry.system).resource(&entry.resource) };
    match entry.plan.target.as_ref().map(|(_, key)| key.as_str()).filter(|key| !key.is_empty()) {
        Some(key) if has_page(entry, system) => list.record(key),
        _ => list,
    }
}

/// Whether the record that it concerned has a page.
fn has_page(entry: &Entry, system: &System) -> bool {
    let get = boxdeck_catalog::OperationKind::Get;
    entry.plan.target.is_some()
        && system.catalog().resource(&entry.resource).is_some_and(|resource| resource.first(get).is_some())
}
