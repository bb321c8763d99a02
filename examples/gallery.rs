//! Every component on one page, to look at and to test.

#[path = "../src"]
mod console {
    pub(crate) mod ui;
}

use std::{collections::BTreeSet, sync::Arc};

use console::ui::{self, ButtonKind, Cell, Column, ComboOption, Selection, SortTerm, Tone};
use leptos::prelude::*;

fn main() {
    std::panic::set_hook(Box::new(|panic| leptos::logging::error!("{panic}")));
    leptos::mount::mount_to_body(|| {
        view! {
            <ui::Announcer>
                <ui::AppShell
                    brand=|| view! { <ui::Icon name="system"/><strong>"box-a"</strong> }
                    tools=|| view! { <Tools/> }
                    navigation=|| view! { <Navigation/> }
                >
                    <ui::Breadcrumbs items=vec![("box-a".to_owned(), "#a".to_owned()), ("Volumes".to_owned(), "#b".to_owned()), ("archive-01".to_owned(), "#c".to_owned())]/>
                    <ui::PageHeader
                        title="Volumes"
                        subtitle="Block devices that hosts reach through mappings."
                        status=|| view! { <ui::StateDot tone=Tone::Good label="Healthy"/><span>"Read 12 s ago"</span> }
                        actions=|| view! { <Actions/> }
                    />
                    <Table/>
                    <Feedback/>
                    <Forms/>
                    <Values/>
                </ui::AppShell>
            </ui::Announcer>
        }
    });
}

#[component]
fn Tools() -> impl IntoView {
    let theme = RwSignal::new(String::new());
    let options = ["", "light", "dark", "contrast"]
        .map(|name| (name.to_owned(), if name.is_empty() { "System".to_owned() } else { name.to_owned() }));
    let apply = |name: String| {
        if let Some(root) = document().document_element() {
            drop(root.set_attribute("data-theme", &name));
        }
    };
    view! {
        <ui::SelectInput value=theme label="Theme" options=options.to_vec() on_change=apply/>
        <ui::IconButton icon="search" label="Find anything"/>
        <ui::Menu icon="user" label="m.keller">
            <ui::MenuItem icon="settings" label="Preferences"/>
            <ui::MenuItem icon="sign-out" label="Sign out"/>
        </ui::Menu>
    }
}

#[component]
fn Navigation() -> impl IntoView {
    view! {
        <ui::NavLink href="#o" label="Overview" icon="chart"/>
        <ui::NavSection title="Storage">
            <ui::NavLink href="#p" label="Pools" icon="pool" note="4"/>
            <ui::NavLink href="#v" label="Volumes" icon="volume" note="2,310" current=true/>
            <ui::NavLink href="#s" label="Snapshots" icon="snapshot"/>
            <ui::NavLink href="#f" label="Filesystems" icon="folder"/>
        </ui::NavSection>
        <ui::NavSection title="Hosts" collapsible=true>
            <ui::NavLink href="#h" label="Hosts" icon="host"/>
            <ui::NavLink href="#c" label="Host clusters"/>
        </ui::NavSection>
        <ui::NavSection title="System">
            <ui::NavLink href="#u" label="Users" icon="user"/>
            <ui::NavLink href="#e" label="Certificates with a rather long name" icon="certificate"/>
            <ui::NavLink href="#n" label="Network" icon="network"/>
        </ui::NavSection>
    }
}

#[component]
fn Actions() -> impl IntoView {
    let open = RwSignal::new(false);
    let name = RwSignal::new("archive-02".to_owned());
    view! {
        <ui::Button icon="refresh" kind=ButtonKind::Quiet>"Refresh"</ui::Button>
        <ui::Button reason="Your role, read-only, cannot delete volumes.">"Delete"</ui::Button>
        <ui::Menu label="More">
            <ui::MenuItem icon="edit" label="Rename"/>
            <ui::MenuItem icon="lock" label="Lock" reason="The volume is mapped to two hosts."/>
            <ui::MenuItem icon="trash" label="Delete…" danger=true/>
        </ui::Menu>
        <ui::Button kind=ButtonKind::Primary icon="plus" on_click=move |_| open.set(true)>"New volume"</ui::Button>
        <Show when=move || open.get()>
            <ui::Dialog
                title="New volume"
                close_label="Close"
                on_close=move |_| open.set(false)
                footer=move || view! {
                    <ui::Button on_click=move |_| open.set(false)>"Cancel"</ui::Button>
                    <ui::Button kind=ButtonKind::Primary>"Create"</ui::Button>
                }
            >
                <ui::FormField label="Name" required=true><ui::TextInput value=name/></ui::FormField>
                <p>"The volume is thin: it takes room as hosts write to it."</p>
            </ui::Dialog>
        </Show>
    }
}

#[component]
fn Table() -> impl IntoView {
    let keys = RwSignal::new(Arc::new((0..1000).map(|row| format!("vol-{row:04}")).collect::<Vec<_>>()));
    let columns = RwSignal::new(vec![
        Column::new("name", "Name", 14.0).grow().fixed(),
        Column::new("state", "State", 9.0),
        Column::new("size", "Size", 8.0).end(),
        Column::new("used", "Used", 11.0),
        Column::new("pool", "Pool", 10.0),
        Column::new("created", "Created", 10.0).unsorted(),
    ]);
    let sort = RwSignal::new(vec![
        SortTerm { column: "size".into(), descending: true },
        SortTerm { column: "name".into(), descending: false },
    ]);
    let selected = RwSignal::new(BTreeSet::from(["vol-0001".to_owned()]));
    let selection = Selection {
        keys: selected,
        row_label: "Select".into(),
        all_label: "Select all loaded volumes".into(),
    };
    let cells = move |row: usize| {
        let (tone, label) = match row % 5 {
            0 => (Tone::Warn, "Degraded"),
            1 => (Tone::Bad, "Offline"),
            2 => (Tone::Info, "Rebuilding"),
            3 => (Tone::Neutral, "Unused"),
            _ => (Tone::Good, "Online"),
        };
        let share = (row % 11) as f64 / 10.0;
        let percent = format!("{:.0} %", share * 100.0);
        let values = [
            ("name", Cell::link(format!("archive-{row:04}"), format!("#volumes/{row}"))),
            ("state", Cell::State(label.to_owned(), tone)),
            ("size", Cell::text(format!("{}.00 TB", row % 40 + 1))),
            (
                "used",
                Cell::Share {
                    text: percent.clone(),
                    hint: None,
                    share,
                    words: percent,
                    label: "Used".to_owned(),
                },
            ),
            ("pool", Cell::link("pool-east", "#pool")),
            ("created", Cell::text("3 d ago")),
        ];
        columns.with_untracked(|columns: &Vec<Column>| {
            let value = |column: &Column| values.iter().find(|(id, _)| **id == *column.id);
            columns.iter().filter_map(value).map(|(_, cell)| cell.clone()).collect::<Vec<_>>()
        })
    };
    let arrange = move |order: Vec<Arc<str>>| {
        columns.update(|columns| {
            columns.retain(|column| order.contains(&column.id));
            columns.sort_by_key(|column| order.iter().position(|id| *id == column.id));
        });
    };
    let resize = move |(id, width): (Arc<str>, f64)| {
        columns.update(|columns| {
            for column in columns.iter_mut().filter(|column| column.id == id) {
                (column.width, column.grow) = (width, false);
            }
        });
    };
    view! {
        <div class="gallery-table">
            <ui::DataTable
                label="Volumes"
                columns
                keys
                cells
                selection=Some(selection)
                row_count=Some(2310)
                sort
                sort_limit=3
                sort_hint="Sort. With Shift, sort by several columns."
                on_sort=move |terms| sort.set(terms)
                on_resize=resize
                on_arrange=arrange
            />
        </div>
    }
}

#[component]
fn Feedback() -> impl IntoView {
    let voice = ui::use_voice();
    view! {
        <h2>"Feedback"</h2>
        <ui::Notice tone=Tone::Info title="Approval needed" quiet=true>"The box asks a second administrator to agree."</ui::Notice>
        <ui::Notice tone=Tone::Good quiet=true>"The volume archive-02 has been created."</ui::Notice>
        <ui::Notice tone=Tone::Warn title="The data is 4 minutes old" quiet=true actions=|| view! { <ui::Button small=true>"Try again"</ui::Button> }>
            "The box does not answer. What shows was read at 11:32."
        </ui::Notice>
        <ui::Notice tone=Tone::Bad title="The box refused the change" quiet=true>"POOL_FULL: no room is left in pool-east."</ui::Notice>
        <div class="cluster">
            <ui::StateDot label="Off"/><ui::StateDot tone=Tone::Info label="Busy"/><ui::StateDot tone=Tone::Good label="Good"/>
            <ui::StateDot tone=Tone::Warn label="Warn"/><ui::StateDot tone=Tone::Bad label="Bad"/>
        </div>
        <div class="cluster">
            <ui::Button>"Normal"</ui::Button><ui::Button kind=ButtonKind::Primary>"Primary"</ui::Button>
            <ui::Button kind=ButtonKind::Danger>"Danger"</ui::Button><ui::Button kind=ButtonKind::Quiet>"Quiet"</ui::Button>
            <ui::Button busy=true>"Busy"</ui::Button><ui::Button disabled=true>"Disabled"</ui::Button>
            <ui::Button kind=ButtonKind::Primary busy=true>"Creating…"</ui::Button>
            <ui::LinkButton href="#x" icon="external">"Link"</ui::LinkButton>
            <ui::Button small=true>"Small"</ui::Button>
            <ui::Button on_click=move |_| if let Some(voice) = voice { voice.toast(Tone::Good, "The volume archive-02 has been created.", "Close") }>"Toast"</ui::Button>
        </div>
        <ui::ProgressBar label="Uploading root.pem" value=Some(0.42) note="42 %"/>
        <ui::ProgressBar label="Waiting for the task" value=None/>
        <ui::Skeleton/>
        <ui::EmptyState icon="volume" title="No volumes yet" text="A volume is a block device that hosts reach through mappings."
            actions=|| view! { <ui::Button kind=ButtonKind::Primary icon="plus">"New volume"</ui::Button> }/>
    }
}

#[component]
fn Forms() -> impl IntoView {
    let text = |text: &str| RwSignal::new(text.to_owned());
    let chosen = text("3");
    let options: Vec<_> = ["pool-east", "pool-west", "pool-archive"]
        .iter()
        .enumerate()
        .map(|(id, name)| ComboOption {
            value: id.to_string(),
            label: (*name).to_owned(),
            note: format!("id {id}"),
        })
        .collect();
    let units: Vec<_> = ["GB", "TB", "TiB"].map(|unit| (unit.to_owned(), unit.to_owned())).to_vec();
    let combo = text("1");
    let all = options.clone();
    let shown = move || {
        all.iter()
            .find(|option| option.value == combo.get())
            .map(|option| option.label.clone())
            .unwrap_or_default()
    };
    let errors = RwSignal::new(Vec::new());
    let check = move |_| {
        errors.set(vec![
            ("f-name".to_owned(), "Name: it is taken.".to_owned()),
            (String::new(), "The pool is full.".to_owned()),
        ]);
    };
    view! {
        <h2>"Forms"</h2>
        <ui::ErrorSummary title="Two fields need a change" errors/>
        <ui::Fieldset title="Volume" help="What the hosts will see.">
            <ui::FormField id="f-name" label="Name" required=true error="A volume with this name exists." help="Up to 65 characters."><ui::TextInput value=text("archive-01")/></ui::FormField>
            <ui::FormField label="Size" changed="changed from 1 TB"><ui::UnitInput value=text("2") unit=text("TB") units unit_label="Unit"/></ui::FormField>
            <ui::FormField label="Blocks"><ui::NumberInput value=text("18446744073709551615") unit="blocks"/></ui::FormField>
            <ui::FormField label="Pool" help="Type to search."><ui::ComboBox value=combo shown options on_query=|_| () none_text="No pool fits." loading_text="Searching…"/></ui::FormField>
            <ui::FormField label="Provisioning"><ui::SelectInput value=chosen options=vec![("3".to_owned(), "Thin".to_owned()), ("4".to_owned(), "Thick".to_owned())]/></ui::FormField>
            <ui::Checkbox value=RwSignal::new(true) label="Compress" help="Saves room, costs a little speed."/>
            <ui::Checkbox value=RwSignal::new(false) label="Deduplicate" reason="This box has no licence for it."/>
            <ui::Switch value=RwSignal::new(true) label="Write protected"/>
            <ui::FormField label="Password"><ui::PasswordInput value=text("secret")/></ui::FormField>
            <ui::FormField label="Locked until"><ui::DateTimeInput value=text("2027-01-01T00:00")/></ui::FormField>
            <ui::FormField label="Certificate"><ui::FileInput on_file=|_| () drop_text="Or drop a file here." accept=".pem,.der"/></ui::FormField>
            <ui::FormField label="Note"><ui::TextArea value=text("") placeholder="For your colleagues"/></ui::FormField>
        </ui::Fieldset>
        <div class="cluster"><ui::Button kind=ButtonKind::Primary on_click=check>"Create"</ui::Button><ui::Button>"Cancel"</ui::Button></div>
    }
}

#[component]
fn Values() -> impl IntoView {
    let tab = RwSignal::new("details".to_owned());
    view! {
        <h2>"Values"</h2>
        <ui::Tabs
            items=vec![("details".to_owned(), "Details".to_owned()), ("maps".to_owned(), "Mappings".to_owned()), ("raw".to_owned(), "JSON".to_owned())]
            current=tab on_select=move |to| tab.set(to)
        >
            <ui::DescriptionList title="Capacity">
                <ui::Description label="Size">"2.00 TB"</ui::Description>
                <ui::Description label="Used" help="What hosts have written, before compression."><ui::CapacityBar label="Used" share=0.83 text="83 % of 2.00 TB"/></ui::Description>
                <ui::Description label="State"><ui::StateDot tone=Tone::Good label="Online"/></ui::Description>
                <ui::Description label="Serial">"742b0f000004a1e0000000000001b2c"<ui::CopyButton text="742b"/></ui::Description>
                <ui::Description label="Pool"><a href="#p">"pool-east"</a></ui::Description>
            </ui::DescriptionList>
            <ui::CodeBlock label="The record as JSON" text="{\n  \"id\": 18446744073709551615,\n  \"name\": \"archive-01\"\n}"/>
        </ui::Tabs>
        <ui::Disclosure summary="The request">"GET /api/rest/volumes"</ui::Disclosure>
    }
}
