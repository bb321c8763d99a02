//! The fields of a list in the order in which a filter offers them: columns first, each part by its label.

use crate::collection::filter::Filterable;
use crate::ui::ComboOption;

/// The fields, those that are columns first, each part in the order of the alphabet.
pub fn ordered(filterables: &[Filterable], columns: &[String]) -> Vec<Filterable> {
    let mut all = filterables.to_vec();
    all.sort_by_cached_key(|known| (!columns.contains(&known.field.name), known.field.label.to_lowercase()));
    all
}

/// Those that a text is about, for a choice. What begins with the text comes before what holds it.
pub fn choices(filterables: &[Filterable], columns: &[String], sought: &str) -> Vec<ComboOption> {
    let sought = sought.trim().to_lowercase();
    let rank = |known: &Filterable| {
        let (label, name) = (known.field.label.to_lowercase(), known.field.name.to_lowercase());
        if label.starts_with(&sought) {
            Some(0)
        } else if label.contains(&sought) || name.contains(&sought) {
            Some(1)
        } else {
            None
        }
    };
    let mut found: Vec<(u8, &Filterable)> =
        filterables.iter().filter_map(|known| Some((rank(known)?, known))).collect();
    found.sort_by_key(|(rank, _)| *rank);
    found.into_iter().map(|(_, known)| option(known, columns)).collect()
}

fn option(known: &Filterable, columns: &[String]) -> ComboOption {
    let notes = [
        columns.contains(&known.field.name).then(words::filter::column_note),
        known.by_box.is_empty().then(words::filter::by_browser),
    ];
    let notes: Vec<&str> = notes.into_iter().flatten().collect();
    ComboOption { value: known.field.name.clone(), label: known.field.label.clone(), note: notes.join(", ") }
}

#[cfg(test)]
mod tests {
    use boxdeck_catalog::{Field, Operator};

    use super::*;

    fn fields() -> Vec<Filterable> {
        let field = |name: &str, label: &str| Filterable {
            field: Field { name: name.to_owned(), label: label.to_owned(), ..Field::default() },
            operators: vec![Operator::Eq],
            identifies: false,
            by_box: Vec::new(),
        };
        vec![field("wwn", "WWN"), field("size", "Size"), field("id", "Identifier"), field("name", "name")]
    }

    #[test]
    fn columns_come_first_and_then_the_alphabet() {
        let columns = ["size".to_owned(), "name".to_owned()];
        let sorted = ordered(&fields(), &columns);
        let labels: Vec<&str> = sorted.iter().map(|known| known.field.label.as_str()).collect();
        assert_eq!(labels, ["name", "Size", "Identifier", "WWN"]);
        let found = choices(&sorted, &columns, "i");
        let labels: Vec<&str> = found.iter().map(|choice| choice.label.as_str()).collect();
        assert_eq!(labels, ["Identifier", "Size"]);
        assert_eq!(choices(&sorted, &columns, "")[0].note, "column, browser");
    }
}
