//! Plans as commands that can be pasted into a shell.

use boxdeck_dialect::curl::{self, Command};
use boxdeck_dialect::{Dialect, Plan, PlanStep};
use leptos::prelude::*;
use leptos::task::spawn_local;
use web_sys::Url;

use crate::system::System;
use crate::ui::{self, Button, Tone};

/// The steps of a plan as they are sent, those with approval with it in them.
pub fn steps(dialect: &dyn Dialect, plan: &Plan, is_approved: impl Fn(usize) -> bool) -> Vec<PlanStep> {
    let mut steps = plan.steps.clone();
    for (index, step) in steps.iter_mut().enumerate() {
        if let Some(request) =
            Some(&step.request).filter(|_| is_approved(index)).and_then(|it| dialect.approve(it))
        {
            step.request = request;
        }
    }
    steps
}

/// The command that sends these steps to a system.
pub fn command(system: &System, steps: &[PlanStep]) -> Command {
    let mut steps = steps.to_vec();
    for step in &mut steps {
        step.request.origin = step.request.origin.take().map(|origin| absolute(&origin));
    }
    curl::command(system.dialect, &system.session(), &absolute(&system.entry.address), &steps)
}

/// An address as the browser understands it on this page; as it is where the browser cannot tell.
fn absolute(address: &str) -> String {
    let base = document().base_uri().ok().flatten().unwrap_or_default();
    Url::new_with_base(address, &base).map_or_else(|_| address.to_owned(), |url| url.href())
}

/// A button that copies a command, and says what has to be set before it runs. Where the browser does not let the page copy, the
/// command shows, to be copied by hand.
#[component]
pub fn CopyCommand(
    /// Makes the command, when it is wanted.
    make: Callback<(), Command>,
    /// 24 pixels high instead of the size of a control.
    #[prop(optional)]
    small: bool,
) -> impl IntoView {
    let copied = RwSignal::new(None::<(bool, Command)>);
    let copy = move |_| {
        let command = make.run(());
        spawn_local(async move {
            let has_copied = ui::copy_text(&command.text).await;
            // The button may have left the page meanwhile.
            drop(copied.try_set(Some((has_copied, command))));
        });
    };
    view! {
        <div class="copy-command">
            <Button small=small icon="copy" on_click=copy>{words::activity::copy_as_curl()}</Button>
            <div role="status">
                {move || copied.get().map(|(has_copied, command)| {
                    let names = command.variables.join(", ");
                    let told = match (has_copied, command.variables.is_empty()) {
                        (true, true) => words::activity::command_copied().to_owned(),
                        (true, false) => words::activity::command_copied_set_first(names),
                        (false, true) => words::activity::command_not_copied().to_owned(),
                        (false, false) => words::activity::command_not_copied_set_first(names),
                    };
                    view! {
                        <ui::Notice tone=if has_copied { Tone::Good } else { Tone::Warn } quiet=true>{told}</ui::Notice>
                        {(!has_copied).then(|| view! { <ui::CodeBlock label=words::activity::copy_as_curl() text=command.text wrap=true/> })}
                    }
                })}
            </div>
        </div>
    }
}
