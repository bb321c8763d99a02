//! The frame around a system's pages: bar, navigation from the catalog, breadcrumbs, and the page of the place.

mod navigation;
mod session_menu;
mod tools;
mod trail;

use leptos::prelude::*;
use leptos::tachys::reactive_graph::OwnedView;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use super::overlay::OverlayHost;
use super::pages;
use super::shortcut::Shortcuts;
use crate::collection::CollectionPage;
use crate::parts;
use crate::place::Verb;
use crate::place::browser::use_navigation;
use crate::place::title::{PageTitle, use_page_title};
use crate::registry;
use crate::system::{Extent, use_system};
use crate::ui;
use boxdeck_catalog::Shape;
use navigation::Navigation;
use tools::Tools;
use trail::Trail;

/// The frame and the page in it.
#[component]
pub fn Shell() -> impl IntoView {
    PageTitle::share();
    view! {
        <ui::AppShell
            brand=|| view! { <Brand/> }.into_any()
            tools=|| view! { <Tools/> }.into_any()
            navigation=|| view! { <Navigation/> }.into_any()
        >
            <Trail/>
            <Routed/>
        </ui::AppShell>
        <Shortcuts/>
        <OverlayHost/>
    }
}

/// The system's name, leading to its overview, and the way back to the list of systems.
#[component]
fn Brand() -> impl IntoView {
    let system = use_system();
    let home = crate::place::Place::system(&system.entry.name).href();
    view! {
        <a class="brand-link" href=crate::place::Place::systems().href() aria-label=words::door::all_systems()><ui::Icon name="system"/></a>
        <a class="brand-name" href=home>{system.entry.title().to_owned()}</a>
        <span class="brand-kind">{system.catalog().kind.title.clone()}</span>
    }
}

/// What decides which page shows; the query does not.
#[derive(Clone, PartialEq)]
struct Route {
    resource: Option<String>,
    parent: Option<(String, String)>,
    key: Option<String>,
    verb: Verb,
}

/// The page of the place.
#[component]
fn Routed() -> impl IntoView {
    let navigation = use_navigation();
    let system = use_system();
    let title = use_page_title();
    let route = Memo::new(move |_| {
        let place = navigation.place();
        Route { resource: place.resource, parent: place.parent, key: place.key, verb: place.verb }
    });
    Effect::new(move |shown: Option<Route>| {
        let route = route.get();
        if shown.is_some_and(|shown| shown != route) {
            request_animation_frame(focus_page);
        }
        route
    });
    move || {
        let route = route.get();
        title.clear();
        let Some(id) = &route.resource else {
            return parts::overview_page();
        };
        match system.known.extent(id) {
            Extent::Enough => {}
            Extent::Coming => {
                system.want_whole();
                return view! { <ui::PageLoading label=words::door::opening()/> }.into_any();
            }
            Extent::Failed(failure) => return view! { <pages::CatalogMissing failure/> }.into_any(),
        }
        let catalog = system.catalog();
        let Some(resource) = catalog.resource(id) else {
            return view! { <pages::UnknownPlace/> }.into_any();
        };
        with_own_context(|| match registry::page(resource, &route.verb, route.key.is_some()) {
            Some(page) => page(),
            // What belongs to a record can only be asked for with it.
            None if resource.parent.is_some() && route.parent.is_none() => parts::owner_page(),
            None => match (&route.verb, resource.shape, &route.key) {
                (Verb::New | Verb::Edit | Verb::Do(_), ..) => parts::form_page(),
                (Verb::Show, Shape::Collection, None) => view! { <CollectionPage/> }.into_any(),
                (Verb::Show, Shape::Collection, Some(_))
                | (Verb::Show, Shape::Single | Shape::Operations, _) => parts::record_page(),
            },
        })
    }
}

/// Makes a page whose contexts end with it. Those that it provides itself would stay for the next page otherwise, which
/// would find in them what is no longer there. What the page builds later finds them too.
fn with_own_context(page: impl FnOnce() -> AnyView) -> AnyView {
    let owner = Owner::new();
    let page = owner.with(page);
    OwnedView::new_with_owner(page, owner).into_any()
}

/// Moves the focus to a page that has just come, unless something in it has taken it: what was pressed is gone or elsewhere,
/// and without this the keyboard would start over at the top of the window.
fn focus_page() {
    let Ok(Some(main)) = document().query_selector("main") else { return };
    let is_inside =
        document().active_element().is_some_and(|active| active != main && main.contains(Some(&active)));
    if let (false, Some(main)) = (is_inside, main.dyn_ref::<HtmlElement>()) {
        // An element that has left the page meanwhile cannot take it; the next page will.
        main.focus().unwrap_or_default();
    }
}
