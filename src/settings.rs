//! What a person prefers: theme, density, language, shortcuts. Kept by the browser.

use leptos::prelude::*;

use crate::app::shortcut::SingleKeys;
use crate::app::theme::{Look, themes};
use crate::language::{Language, Spoken};
use crate::ui;

/// The preferences, each in force as soon as it is chosen.
#[component]
pub fn SettingsPanel(
    /// Closes it.
    on_close: Callback<()>,
) -> impl IntoView {
    let look: Look = expect_context();
    let single: SingleKeys = expect_context();
    let themes = themes().map(|(value, label)| (value.to_owned(), label.to_owned())).to_vec();
    let densities = vec![
        (String::new(), words::settings::density_comfortable().to_owned()),
        ("compact".to_owned(), words::settings::density_compact().to_owned()),
    ];
    let spoken: Spoken = expect_context();
    let mut languages = vec![(String::new(), words::settings::language_follows_browser().to_owned())];
    languages.extend(Language::ALL.map(|language| (language.tag().to_owned(), language.name().to_owned())));
    let tag =
        RwSignal::new(untrack(|| spoken.choice()).map_or_else(String::new, |choice| choice.tag().to_owned()));
    view! {
        <ui::Dialog
            title=words::settings::title()
            close_label=words::common::close()
            size=ui::DialogSize::Small
            on_close=move |_| on_close.run(())
        >
            <ui::FormField label=words::settings::theme()>
                <ui::SelectInput value=look.theme options=themes/>
            </ui::FormField>
            <ui::FormField label=words::settings::density()>
                <ui::SelectInput value=look.density options=densities/>
            </ui::FormField>
            <ui::FormField label=words::settings::language()>
                <ui::SelectInput
                    value=tag
                    options=languages
                    on_change=move |tag: String| spoken.choose(Language::of_tag(&tag))
                />
            </ui::FormField>
            {move || spoken.failure().map(|failure| view! { <ui::Notice tone=ui::Tone::Bad>{failure}</ui::Notice> })}
            <ui::Switch
                value=single.0
                label=words::settings::single_keys()
                help=Some(words::settings::single_keys_help().to_owned())
            />
            <p class="muted">{words::settings::kept_here()}</p>
        </ui::Dialog>
    }
}
