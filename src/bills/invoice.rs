//! The bill on the screen, and on paper.

use std::sync::Arc;

use boxdeck_catalog::Resource;
use boxdeck_dialect::Record;
use leptos::prelude::*;
use words::bill as say;

use super::bill::{Bill, Item, Part, RegionBill};
use super::doubts::doubts;
use super::wording;
use crate::format::{date, money::money};
use crate::ui::{Button, Description, DescriptionList, Notice, Tone};
use crate::value::FieldValue;

/// Fields that say whose bill it is, in the order of the heading.
const HEADING: [&str; 5] = ["billID", "groupId", "userId", "canonicalUserId", "notes"];
/// A bill ends where the next one begins.
const END: f64 = 1.0;

/// A bill as an invoice. Nothing where the record is no bill.
#[component]
pub fn Invoice(
    /// What the catalog says of bills.
    resource: Arc<Resource>,
    /// The bill as the system sent it.
    record: Arc<Record>,
) -> impl IntoView {
    let Some(bill) = Bill::read(&record) else {
        return view! { <p class="muted">{say::none()}</p> }.into_any();
    };
    let doubts: Vec<_> =
        doubts(&bill).iter().map(|doubt| view! { <li>{wording::doubt(doubt)}</li> }).collect();
    let regions: Vec<_> = bill.regions.iter().map(region).collect();
    let (total, free) = (money(bill.total, &bill.currency), money(bill.free_total, &bill.currency));
    let has_free = bill.regions.iter().any(|region| !region.free.items.is_empty());
    view! {
        <article class="invoice" aria-label=say::title()>
            {heading(&resource, &record, &bill)}
            {(!doubts.is_empty()).then(|| view! {
                <Notice tone=Tone::Warn title=say::differs().to_owned()><ul class="doubt-list">{doubts}</ul></Notice>
            })}
            {regions}
            <dl class="invoice-total">
                <div><dt>{say::total()}</dt><dd>{total}</dd></div>
                {has_free.then(|| view! { <div class="muted"><dt>{say::free_total()}</dt><dd>{free}</dd></div> })}
            </dl>
            <p class="invoice-tools"><Button on_click=move |_| print()>{say::print()}</Button></p>
        </article>
    }
    .into_any()
}

fn print() {
    // A browser that cannot print has said so itself.
    window().print().unwrap_or_default();
}

fn heading(resource: &Resource, record: &Arc<Record>, bill: &Bill) -> AnyView {
    let is_told = |name: &&str| record.text(name).is_some_and(|text| !text.is_empty());
    let fields = HEADING.into_iter().filter(is_told).filter_map(|name| resource.field(name));
    let lines: Vec<_> = fields
        .map(|field| {
            let (field, record) = (field.clone(), record.clone());
            view! { <Description label=field.label.clone()><FieldValue field record/></Description> }
        })
        .collect();
    let period = bill.period.map(|(from, until)| {
        // Months of bills are those of Greenwich.
        let day = date::writer(&[("dateStyle", "long"), ("timeZone", "UTC")]);
        say::period(day(from), day(until - END))
    });
    let currency = (!bill.currency.is_empty()).then(|| bill.currency.clone());
    view! {
        <DescriptionList>
            {lines}
            {period.map(|period| view! { <Description label=say::billed_for()>{period}</Description> })}
            {currency.map(|currency| view! { <Description label=say::currency()>{currency}</Description> })}
        </DescriptionList>
    }
    .into_any()
}

fn region(region: &RegionBill) -> AnyView {
    let RegionBill { region, currency, paid, free } = region;
    let title = if region.is_empty() { say::items().to_owned() } else { say::region(region) };
    let free = (!free.items.is_empty()).then(|| {
        view! {
            <h4>{say::from_free()}</h4>
            <p class="muted">{say::from_free_text()}</p>
            {lines(free, currency, &format!("{title}, {}", say::from_free()))}
        }
    });
    view! {
        <section class="invoice-region">
            <h3>{title.clone()}</h3>
            {if paid.items.is_empty() {
                view! { <p class="muted">{say::nothing_charged()}</p> }.into_any()
            } else {
                lines(paid, currency, &title)
            }}
            {free}
        </section>
    }
    .into_any()
}

fn lines(part: &Part, currency: &str, label: &str) -> AnyView {
    let rows: Vec<_> = part.items.iter().map(|item| line(item, currency)).collect();
    view! {
        <div class="invoice-table" role="group" tabindex="0" aria-label=label.to_owned()>
            <table>
                <thead>
                    <tr>
                        <th scope="col">{say::item()}</th>
                        <th scope="col" class="num">{say::quantity()}</th>
                        <th scope="col" class="num">{say::price()}</th>
                        <th scope="col" class="num">{say::amount()}</th>
                    </tr>
                </thead>
                {rows}
                <tfoot>
                    <tr>
                        <th scope="row" colspan="3">{say::sum()}</th>
                        <td class="num">{money(part.total, currency)}</td>
                    </tr>
                </tfoot>
            </table>
        </div>
    }
    .into_any()
}

/// An item; below it the steps of its price, where it has more than one.
fn line(item: &Item, currency: &str) -> AnyView {
    let charged = item.charged();
    let by_steps = item.steps.as_ref().is_some_and(|steps| steps.len() > 1);
    let price = match (charged.as_slice(), by_steps) {
        ([only], false) => wording::rate(&item.kind, only.step, currency),
        (_, true) => String::new(),
        // What cannot be read is shown as it is.
        _ => item.rules.clone(),
    };
    let steps: Vec<_> = charged
        .iter()
        .enumerate()
        .filter(|_| by_steps)
        .map(|(index, one)| {
            view! {
                <tr class="invoice-step">
                    <th scope="row">{wording::step(&item.kind, index, one.step)}</th>
                    <td class="num">{wording::quantity(&item.kind, one.units)}</td>
                    <td class="num">{wording::rate(&item.kind, one.step, currency)}</td>
                    <td class="num">{money(one.amount, currency)}</td>
                </tr>
            }
        })
        .collect();
    view! {
        <tbody>
            <tr>
                <th scope="row">{wording::name(&item.kind)}</th>
                <td class="num">{wording::quantity(&item.kind, item.units)}</td>
                <td class="num">{price}</td>
                <td class="num">{money(item.subtotal, currency)}</td>
            </tr>
            {steps}
        </tbody>
    }
    .into_any()
}
