use super::*;

fn names(code: &str, message: &str) -> Vec<String> {
    blame(code, message).into_iter().map(|fault| fault.field).collect()
}

#[test]
fn every_pattern_names_its_field() {
    let table: &[(&str, &str, &[&str])] = &[
        ("MISSING_FIELD", "A field has to be given: ('pool_id')", &["pool_id"]),
        (
            "MISSING_FIELD",
            "One of these has to be given ('snap_prefix' or 'snap_suffix')",
            &["snap_prefix", "snap_suffix"],
        ),
        ("UNSUPPORTED_FIELD", "Not taken here ('created_at or updated_at')", &["created_at", "updated_at"]),
        ("UNSUPPORTED_FIELD", "Not taken here ('routes.netmask')", &["routes.netmask"]),
        ("UNKNOWN_PARAMETER", "Nothing is called so ('colour')", &["colour"]),
        ("NOT_FILTERABLE_FIELD", "No filter for ('mode') here", &["mode"]),
        ("NOT_SORTABLE_FIELD", "No order for ('mode')", &["mode"]),
        ("UNSUPPORTED_FILTER_RELATION", "GT is not for ('mode')", &["mode"]),
        ("SET_MISSING_ATTRIBUTE", "There is no ('colour')", &["colour"]),
        ("MISSING_QUERY_PARAMETER", "The address lacks ('filesystem_id')", &["filesystem_id"]),
        ("MALFORMED_PARAMETER", "Cannot be read ('size')", &["size"]),
        ("MALFORMED_PARAMETER", "Cannot be read ('privileges[0]')", &["privileges"]),
        ("MALFORMED_PARAMETER", "Cannot be read ('TCCP')", &[]),
        ("MALFORMED_PARAMETER", "Cannot be read ('')", &[]),
        ("MALFORMED_PARAMETER", "Cannot be read ('[0]')", &[]),
        ("MALFORMED_PARAMETER", "Cannot be read ('10.0.0.1')", &[]),
        ("MALFORMED_PARAMETER", "Version (2) cannot be read ('size')", &["size"]),
        (
            "INVALID_PARAMETER_LENGTH",
            "The length of ('description') is 300, allowed is 0..256",
            &["description"],
        ),
        (
            "WRONG_PARAMETER",
            "Value (0) of parameter 'page_size' breaks the condition: 'int >= 1'",
            &["page_size"],
        ),
        (
            "WRONG_PARAMETER",
            "Value (***) of parameter 'password' breaks the condition: 'length'",
            &["password"],
        ),
        ("WRONG_PARAMETER", "Value ('x') breaks a condition", &[]),
        ("UNSUPPORTED_VALUE", "Value (null) does not suit field ('name')", &["name"]),
        ("UNSUPPORTED_VALUE", "Value (null) does not suit field 'name'", &["name"]),
        ("PARAMETER_CONFLICT", "Parameter 'uid' breaks the condition: 'written once'", &["uid"]),
        ("EXPORT_ILLEGAL_VALUE", "'17' does not suit 'max_write'", &["max_write"]),
        ("ILLEGAL_PATH_VALUE", "'/a/../b' does not suit 'inner_path'", &["inner_path"]),
        ("INVALID_NAME_LENGTH", "A name has 1 to 65 characters", &["name"]),
        ("INVALID_CHARACTERS_IN_NAME", "A star is not for names", &["name"]),
        ("POOL_NAME_CONFLICT", "There is a pool 'db' already", &["name"]),
        ("DATASET_SHRINKING_NOT_ALLOWED", "It cannot get smaller", &["size"]),
        ("ILLEGAL_LUN", "No such number", &["lun"]),
        ("POOL_NOT_EMPTY", "There are volumes in ('db')", &[]),
        ("MISSING_FIELD", "", &[]),
        ("WRONG_PARAMETER", "parameter '", &[]),
        ("MISSING_FIELD", "('", &[]),
    ];
    for (code, message, expected) in table {
        assert_eq!(names(code, message), *expected, "{code}: {message}");
    }
}

#[test]
fn a_fault_carries_the_whole_message() {
    let faults = blame("MISSING_FIELD", "Give ('a' or 'b')");
    assert!(faults.iter().all(|fault| fault.message == "Give ('a' or 'b')"));
}

#[test]
fn multi_byte_messages_are_safe() {
    assert_eq!(names("WRONG_PARAMETER", "Größe İ (ß) parameter 'größe'"), Vec::<String>::new());
    assert_eq!(names("WRONG_PARAMETER", "İİ of parameter 'size'"), ["size"]);
}
