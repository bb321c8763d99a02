//! One of many, found by typing: the combobox of the WAI-ARIA Authoring Practices with a list.

use leptos::{ev, html, prelude::*};

use super::Wiring;
use crate::ui::{
    Icon, OptText, Spinner, Text, fixed,
    id::{reveal, unique_id},
    overlay::place_below,
};

/// Something to choose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ComboOption {
    /// What is stored.
    pub value: String,
    /// What shows.
    pub label: String,
    /// What tells two of the same name apart; may be empty.
    pub note: String,
}

/// The option that a text names: the one that is called so, or, where no other value may be typed, the only one that it is a part of.
fn named(options: &[ComboOption], text: &str, free: bool) -> Option<usize> {
    if text.is_empty() {
        return None;
    }
    let sought = text.to_lowercase();
    let only = |fits: &dyn Fn(&ComboOption) -> bool| {
        let mut fitting = options.iter().enumerate().filter(|(_, option)| fits(option));
        let (index, _) = fitting.next()?;
        fitting.next().is_none().then_some(index)
    };
    only(&|option| option.value == text)
        .or_else(|| only(&|option| option.label.to_lowercase() == sought))
        .or_else(|| only(&|option| option.label.to_lowercase().contains(&sought)).filter(|_| !free))
}

/// A text input with a list of what fits. The owner answers `on_query` by changing `options`; only the newest answer
/// counts, and that is for the owner to see to.
#[component]
pub fn ComboBox(
    /// The chosen value; empty for none.
    value: RwSignal<String>,
    /// Text of the chosen value, as far as it is known.
    #[prop(into)]
    shown: Text,
    /// What fits the text that was typed last.
    #[prop(into)]
    options: Signal<Vec<ComboOption>>,
    /// Options are on their way.
    #[prop(optional, into)]
    loading: Signal<bool>,
    /// Called with the text that a person has typed, and with an empty one when the list opens.
    #[prop(into)]
    on_query: Callback<String>,
    /// Called when a person has chosen.
    #[prop(optional, into)]
    on_choose: Option<Callback<ComboOption>>,
    /// Says that nothing fits.
    #[prop(into)]
    none_text: Text,
    /// Says that options are on their way.
    #[prop(into)]
    loading_text: Text,
    /// Its name, outside a form field.
    #[prop(optional, into)]
    label: OptText,
    /// An example in the empty input.
    #[prop(optional, into)]
    placeholder: OptText,
    /// A value that is not among the options may be typed.
    #[prop(optional)]
    free: bool,
    /// Can't be changed now.
    #[prop(optional, into)]
    disabled: Signal<bool>,
) -> impl IntoView {
    let wiring = Wiring::find(label);
    let own_label = wiring.own_label;
    let list_id = unique_id("options");
    let input = NodeRef::<html::Input>::new();
    let list = NodeRef::<html::Div>::new();
    let typed = RwSignal::new(None::<String>);
    let is_open = RwSignal::new(false);
    let active = RwSignal::new(None::<usize>);

    let option_id = {
        let list_id = list_id.clone();
        move |index: usize| format!("{list_id}-{index}")
    };
    let open = move || {
        if is_open.get_untracked() || disabled.get_untracked() {
            return;
        }
        let (Some(list), Some(input)) = (list.get_untracked(), input.get_untracked()) else { return };
        if list.show_popover().is_ok() {
            let width = input.get_bounding_client_rect().width();
            // A property that the style sheet knows can't be refused.
            drop((*list).style().set_property("width", &format!("{}px", fixed(width, 0))));
            place_below(&list, &input);
            is_open.set(true);
        }
    };
    let close = move || {
        active.set(None);
        if is_open.get_untracked()
            && let Some(list) = list.get_untracked()
        {
            is_open.set(false);
            // It can only fail when the browser has just closed it.
            drop(list.hide_popover());
        }
    };
    let choose = move |index: usize| {
        let Some(option) = options.with_untracked(|options| options.get(index).cloned()) else { return };
        value.set(option.value.clone());
        typed.set(None);
        close();
        if let Some(on_choose) = on_choose {
            on_choose.run(option);
        }
    };
    // Text that was typed but not chosen names an option, or is the value, or goes; an emptied input means "none".
    // A dialog that closes takes the focus away after its inputs are gone.
    let settle = move || {
        let Some(typing) = typed.try_get_untracked() else { return };
        if let Some(text) = typing {
            let text = text.trim();
            if let Some(index) = options.with_untracked(|options| named(options, text, free)) {
                return choose(index);
            }
            if free || text.is_empty() {
                value.set(text.to_owned());
            }
            typed.set(None);
        }
        close();
    };
    let show_all = move || {
        if !is_open.get_untracked() {
            on_query.run(String::new());
            open();
        }
    };
    let keydown = move |event: ev::KeyboardEvent| {
        let count = options.with_untracked(Vec::len);
        match event.key().as_str() {
            "ArrowDown" if !is_open.get_untracked() => show_all(),
            "ArrowDown" if count > 0 => active.update(|at| *at = Some(at.map_or(0, |at| (at + 1) % count))),
            "ArrowUp" if count > 0 && is_open.get_untracked() => {
                active.update(|at| *at = Some(at.and_then(|at| at.checked_sub(1)).unwrap_or(count - 1)));
            }
            "Enter" if is_open.get_untracked() => match active.get_untracked() {
                Some(index) => choose(index),
                None => settle(),
            },
            "Escape" if is_open.get_untracked() => {
                typed.set(None);
                close();
            }
            _ => return,
        }
        event.prevent_default();
        event.stop_propagation();
    };
    // The list is in the top layer, so that the page doesn't scroll it into view.
    Effect::new({
        let option_id = option_id.clone();
        move |_| {
            if let Some(index) = active.get()
                && let Some(list) = list.get_untracked()
            {
                reveal(&list, &option_id(index));
            }
        }
    });
    let active_id = {
        let option_id = option_id.clone();
        move || active.get().map(&option_id)
    };
    let entries = move || {
        let option_id = option_id.clone();
        options
            .get()
            .into_iter()
            .enumerate()
            .map(|(index, option)| {
                let of = option.value.clone();
                view! {
                    <div
                        class="combo-option"
                        role="option"
                        id=option_id(index)
                        aria-selected=move || value.with(|value| *value == of).to_string()
                        data-active=move || (active.get() == Some(index)).to_string()
                        on:mousedown=move |event| event.prevent_default()
                        on:click=move |_| choose(index)
                    >
                        <span class="truncate">{option.label}</span>
                        <span class="combo-note">{option.note}</span>
                    </div>
                }
            })
            .collect_view()
    };
    view! {
        <span class="combo">
            <input
                {..wiring.attributes()}
                class="input"
                type="text"
                role="combobox"
                autocomplete="off"
                spellcheck="false"
                node_ref=input
                placeholder=move || placeholder.get()
                disabled=move || disabled.get()
                aria-autocomplete="list"
                aria-expanded=move || is_open.get().to_string()
                aria-controls=list_id.clone()
                aria-activedescendant=active_id
                prop:value=move || typed.get().unwrap_or_else(|| shown.get())
                on:click=move |_| show_all()
                on:input=move |event| {
                    let text = event_target_value(&event);
                    typed.set(Some(text.clone()));
                    active.set(None);
                    on_query.run(text);
                    open();
                }
                on:blur=move |_| settle()
                on:keydown=keydown
            />
            <span class="combo-mark">
                {move || if loading.get() {
                    view! { <Spinner/> }.into_any()
                } else {
                    view! { <Icon name="chevron-down"/> }.into_any()
                }}
            </span>
            <div class="combo-list" popover="manual" node_ref=list>
                <div role="listbox" id=list_id aria-label=move || own_label.get()>{entries}</div>
                <div class="combo-status" role="status" hidden=move || options.with(|options| !options.is_empty())>
                    {move || if loading.get() { loading_text.get() } else { none_text.get() }}
                </div>
            </div>
        </span>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_typed_names_what_is_called_so() {
        let option = |value: &str, label: &str| ComboOption {
            value: value.into(),
            label: label.into(),
            note: String::new(),
        };
        let options =
            [option("1", "Pool"), option("2", "Pool east"), option("Pool", "7"), option("3", "Attic")];
        let of = |text: &str, free: bool| named(&options, text, free);
        assert_eq!((of("Pool", false), of("pool", false), of("3", false)), (Some(2), Some(0), Some(3)));
        assert_eq!((of("pool e", false), of("pool e", true)), (Some(1), None));
        assert_eq!((of("po", false), of("cellar", false), of("", false)), (None, None, None));
    }
}
