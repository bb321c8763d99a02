//! The form of a system that a person adds or changes.

use std::collections::BTreeMap;

use boxdeck_catalog::Field;
use boxdeck_dialect::dialect;
use leptos::{html, prelude::*};
use serde_json::{Map, Value};
use words::systems as say;

use super::page::{Desk, Open, not_changed};
use super::probe;
use super::row::{Check, CheckResult};
use super::verdict::Target;
use super::{Source, SystemEntry, kept};
use crate::ui::{self, ButtonKind};

/// Most characters of a name: it stands in every address.
const LONGEST_NAME: usize = 64;

/// What is wrong with what was typed, by input.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
struct Faults {
    name: Option<String>,
    kind: Option<String>,
    address: Option<String>,
}

impl Faults {
    const fn any(&self) -> bool {
        self.name.is_some() || self.kind.is_some() || self.address.is_some()
    }
}

/// Holds what was typed against the rules. `taken` are the names of the other systems.
fn faults(entry: &SystemEntry, target: &Target, taken: &[String]) -> Faults {
    let name = if entry.name.is_empty() {
        Some(say::name_missing().to_owned())
    } else if entry.name.starts_with('~') {
        Some(say::name_tilde().to_owned())
    } else if entry.name.chars().count() > LONGEST_NAME {
        Some(say::name_long(LONGEST_NAME))
    } else if taken.contains(&entry.name) {
        Some(say::name_taken(&entry.name))
    } else {
        None
    };
    let address = match target {
        _ if entry.address.is_empty() => Some(say::address_missing().to_owned()),
        Target::Invalid => Some(say::invalid_next().to_owned()),
        Target::Scheme(_) => Some(say::not_http_next().to_owned()),
        Target::Credentials => Some(say::credentials_next().to_owned()),
        Target::Http { .. } => None,
    };
    Faults { name, kind: entry.kind.is_empty().then(|| say::kind_missing().to_owned()), address }
}

/// The form as a dialog: of a new system, or of one that is changed.
#[component]
pub(super) fn EntryDialog(entry: Option<SystemEntry>) -> impl IntoView {
    let desk: Desk = expect_context();
    let before = entry.clone();
    let start = entry.unwrap_or_default();
    let (name, label) = (RwSignal::new(start.name.clone()), RwSignal::new(start.label.clone()));
    let (kind, address) = (RwSignal::new(start.kind.clone()), RwSignal::new(start.address.clone()));
    let options = StoredValue::new(start.options.clone());
    let typed: StoredValue<BTreeMap<String, RwSignal<String>>> = StoredValue::new(BTreeMap::new());
    // Whether the person has tried to keep it, or only to check its address.
    let (tried, looked) = (RwSignal::new(false), RwSignal::new(false));
    let check = Check::new();
    let fields = Memo::new(move |_| option_fields(desk, &kind.get()));
    let made = move || SystemEntry {
        name: name.get().trim().to_owned(),
        label: label.get().trim().to_owned(),
        kind: kind.get(),
        address: address.get().trim().to_owned(),
        options: gathered(options, typed, &fields.get()),
        source: Source::Own,
    };
    let old_name = before.as_ref().map(|entry| entry.name.clone());
    let taken = {
        let old_name = old_name.clone();
        // Read once, not at every key: while the dialog is open nobody else changes what is kept.
        let own = kept::read().unwrap_or_default();
        let own: Vec<String> =
            own.into_iter().map(|entry| entry.name).filter(|name| Some(name) != old_name.as_ref()).collect();
        Memo::new(move |_| -> Vec<String> { own.iter().cloned().chain(desk.given()).collect() })
    };
    let found = Memo::new(move |_| {
        let entry = made();
        taken.with(|taken| faults(&entry, &probe::target(&entry.address), taken))
    });
    let shown = Memo::new(move |_| match (tried.get(), looked.get()) {
        (true, _) => found.get(),
        (false, true) => Faults { name: None, ..found.get() },
        (false, false) => Faults::default(),
    });
    let close = move || desk.open.set(Open::Nothing);
    let fault = RwSignal::new(None::<String>);
    let submit = Callback::new(move |()| {
        tried.set(true);
        if found.with_untracked(Faults::any) {
            return;
        }
        let entry = untrack(made);
        let done =
            desk.change(|own| match own.iter_mut().find(|other| Some(&other.name) == old_name.as_ref()) {
                Some(place) => *place = entry,
                None => own.push(entry),
            });
        fault.set(done.err());
    });
    let look = move |_| {
        looked.set(true);
        let faults = found.get_untracked();
        if faults.kind.is_none() && faults.address.is_none() {
            check.start(untrack(made), desk);
        }
    };
    // What was found holds for what was asked, not for what is typed since.
    let asked = Memo::new(move |_| {
        let SystemEntry { kind, address, options, .. } = made();
        (kind, address, options)
    });
    Effect::new(move |first: Option<()>| {
        // Read, not only tracked: a memo that nobody reads looks at nothing.
        asked.with(|_asked| ());
        if first.is_some() {
            check.forget();
        }
    });
    // Below a long form the answer would be out of sight.
    let result = NodeRef::<html::Div>::new();
    Effect::new(move |_| {
        if let (Some(_), Some(result)) = (check.found.get(), result.get()) {
            request_animation_frame(move || result.scroll_into_view());
        }
    });
    let title =
        before.as_ref().map_or_else(|| say::add_title().to_owned(), |entry| say::edit_title(entry.title()));
    let is_new = before.is_none();
    let kinds = Signal::derive(move || {
        desk.kinds.get().into_iter().map(|kind| (kind.id, kind.title)).collect::<Vec<_>>()
    });
    let option_inputs = move || {
        fields
            .get()
            .into_iter()
            .map(|field| {
                let value = text_of(options, typed, &field);
                view! { <ui::FormField label=field.label.clone() help=Some(field.help.clone())><ui::TextInput value mono=true/></ui::FormField> }.into_any()
            })
            .collect_view()
    };
    view! {
        <ui::Dialog
            title=title
            close_label=words::common::close()
            on_close=move |_| close()
            footer=move || view! {
                <ui::Button on_click=move |_| close()>{words::common::cancel()}</ui::Button>
                <ui::Button busy=check.running on_click=look>{say::check()}</ui::Button>
                <ui::Button kind=ButtonKind::Primary on_click=move |_| submit.run(())>{if is_new { say::add_short() } else { say::save() }}</ui::Button>
            }.into_any()
        >
            <form class="operation-form" novalidate=true on:submit=move |event| { event.prevent_default(); submit.run(()); }>
                <ui::FormField label=say::name() help=Some(say::name_help().to_owned()) required=true error=Signal::derive(move || shown.get().name)>
                    <ui::TextInput value=name autofocus=is_new/>
                </ui::FormField>
                <ui::FormField label=say::label() help=Some(say::label_help().to_owned())>
                    <ui::TextInput value=label/>
                </ui::FormField>
                <ui::FormField label=say::kind() required=true error=Signal::derive(move || shown.get().kind)>
                    <ui::SelectInput value=kind options=kinds placeholder=Some(say::kind_choose().to_owned())/>
                </ui::FormField>
                <ui::FormField label=say::address() help=Some(say::address_help().to_owned()) required=true error=Signal::derive(move || shown.get().address)>
                    <ui::TextInput value=address mono=true/>
                </ui::FormField>
                {option_inputs}
                // Enter in an input sends the form; the visible button is in the dialog's foot.
                <button type="submit" hidden=true tabindex="-1"></button>
            </form>
            {not_changed(fault)}
            <div node_ref=result><CheckResult check/></div>
        </ui::Dialog>
    }
    .into_any()
}

/// What the dialect of a kind wants to know besides the address.
fn option_fields(desk: Desk, kind: &str) -> Vec<Field> {
    let id = desk
        .kinds
        .with(|kinds| kinds.iter().find(|known| known.id == kind).map(|known| known.dialect.clone()));
    id.and_then(|id| dialect(&id)).map(|speaker| speaker.option_fields()).unwrap_or_default()
}

/// The text of an option, as it was and as it is typed.
fn text_of(
    options: StoredValue<Map<String, Value>>,
    typed: StoredValue<BTreeMap<String, RwSignal<String>>>,
    field: &Field,
) -> RwSignal<String> {
    let known = options.with_value(|options| {
        options.get(&field.name).and_then(Value::as_str).unwrap_or_default().to_owned()
    });
    typed
        .try_update_value(|typed| {
            *typed.entry(field.name.clone()).or_insert_with(|| RwSignal::new(known.clone()))
        })
        .unwrap_or_else(|| RwSignal::new(known))
}

/// The options as they were, with those that the form has.
fn gathered(
    options: StoredValue<Map<String, Value>>,
    typed: StoredValue<BTreeMap<String, RwSignal<String>>>,
    fields: &[Field],
) -> Map<String, Value> {
    let mut all = options.get_value();
    for field in fields {
        let text = text_of(options, typed, field).get().trim().to_owned();
        if text.is_empty() {
            all.remove(&field.name);
        } else {
            all.insert(field.name.clone(), Value::String(text));
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(name: &str, kind: &str, address: &str) -> SystemEntry {
        SystemEntry {
            name: name.to_owned(),
            kind: kind.to_owned(),
            address: address.to_owned(),
            ..SystemEntry::default()
        }
    }

    #[test]
    fn what_cannot_be_is_told_at_its_input() {
        let http =
            Target::Http { origin: "https://a.example".to_owned(), secure: true, here: true, local: false };
        let taken = ["north".to_owned()];
        assert_eq!(faults(&entry("south", "ironic", "a/"), &http, &taken), Faults::default());
        let empty = faults(&entry("", "", ""), &http, &taken);
        assert!(empty.name.is_some() && empty.kind.is_some() && empty.address.is_some() && empty.any());
        for name in ["north", "~north", &"n".repeat(65)] {
            assert!(faults(&entry(name, "ironic", "a/"), &http, &taken).name.is_some(), "{name}");
        }
        for target in [Target::Invalid, Target::Credentials, Target::Scheme("ftp".to_owned())] {
            assert!(faults(&entry("south", "ironic", "a/"), &target, &taken).address.is_some());
        }
    }
}
