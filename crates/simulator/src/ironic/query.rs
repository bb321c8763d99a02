//! The parameters of lists and of single records.

use super::fault::Fault;
use super::service::is_uuid;
use crate::message::Request;

/// What a list was asked for.
pub(super) struct Query<'a> {
    /// The UUID of the last row of the page before.
    pub(super) marker: Option<&'a str>,
    /// How many rows at most.
    pub(super) limit: Option<usize>,
    pub(super) sort_key: &'a str,
    pub(super) descending: bool,
    /// Only these fields.
    pub(super) fields: Option<Vec<String>>,
    /// All fields.
    pub(super) detail: bool,
}

impl<'a> Query<'a> {
    /// Reads a list's parameters. `fields` are the names that may be asked for, `sortable` those that may be sorted
    /// by, `further` the list's own parameters.
    ///
    /// # Errors
    ///
    /// 400 for what isn't known or makes no sense.
    pub(super) fn read(
        request: &'a Request,
        fields: &[&str],
        sortable: &[&str],
        further: &[&str],
    ) -> Result<Self, Fault> {
        known(
            request,
            &[&["marker", "limit", "sort_key", "sort_dir", "fields", "detail"], further].concat(),
        )?;
        let marker = request.parameter("marker");
        if let Some(marker) = marker.filter(|marker| !is_uuid(marker)) {
            return Err(Fault::bad(format!("Expected UUID for marker: {marker}")));
        }
        let limit = match request.parameter("limit") {
            None => None,
            Some(text) => match text.parse::<i64>().map(usize::try_from) {
                Ok(Ok(limit @ 1..)) => Some(limit),
                Ok(_) => return Err(Fault::bad("Limit must be positive")),
                Err(_malformed) => {
                    return Err(Fault::bad(format!(
                        "Schema error for limit: '{text}' is not of type 'integer'"
                    )));
                }
            },
        };
        let sort_key = request.parameter("sort_key").unwrap_or("id");
        if !sortable.contains(&sort_key) {
            return Err(Fault::bad(format!(
                "The sort_key value \"{sort_key}\" is an invalid field for sorting"
            )));
        }
        let descending = match request.parameter("sort_dir").unwrap_or("asc") {
            "asc" => false,
            "desc" => true,
            other => {
                return Err(Fault::bad(format!(
                    "Invalid sort direction: {other}. Acceptable values are 'asc' or 'desc'"
                )));
            }
        };
        let detail = request.parameter("detail").map(|text| boolean("detail", text)).transpose()?;
        let fields = selection(request, fields)?;
        if detail == Some(true) && fields.is_some() {
            return Err(Fault::bad("Can't fetch a subset of fields with 'detail' set"));
        }
        Ok(Self { marker, limit, sort_key, descending, fields, detail: detail == Some(true) })
    }
}

/// Refuses every parameter but these.
///
/// # Errors
///
/// 400 that names the first one that isn't known.
pub(super) fn known(request: &Request, names: &[&str]) -> Result<(), Fault> {
    match request.query.iter().find(|(name, _)| !names.contains(&name.as_str())) {
        Some((name, _)) => Err(Fault::bad(format!("Unexpected arguments: {name}"))),
        None => Ok(()),
    }
}

/// The fields that were asked for by name, each once; `None` if nobody chose. Nothing at all is a choice too.
///
/// # Errors
///
/// 400 for a name that no field has.
pub(super) fn selection(request: &Request, fields: &[&str]) -> Result<Option<Vec<String>>, Fault> {
    let mut chosen: Option<Vec<String>> = None;
    for (_, list) in request.query.iter().filter(|(name, _)| name == "fields") {
        let chosen = chosen.get_or_insert_default();
        for name in list.split(',').map(|name| name.trim().to_ascii_lowercase()) {
            if name.is_empty() || chosen.contains(&name) {
                continue;
            }
            if name != "links" && !fields.contains(&name.as_str()) {
                return Err(Fault::bad(format!("Schema error: '{name}' is not one of {fields:?}")));
            }
            chosen.push(name);
        }
    }
    Ok(chosen)
}

/// A truth value in one of the service's many spellings.
///
/// # Errors
///
/// 400 for other words.
pub(super) fn boolean(name: &str, text: &str) -> Result<bool, Fault> {
    match text.to_ascii_lowercase().as_str() {
        "1" | "t" | "true" | "on" | "y" | "yes" => Ok(true),
        "0" | "f" | "false" | "off" | "n" | "no" => Ok(false),
        _ => Err(Fault::bad(format!("Invalid value for {name}: '{text}' is no boolean"))),
    }
}
