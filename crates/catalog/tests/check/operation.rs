//! Rules about operations.

use crate::rules;

rules! {
    operation_twice: "parts.json",
        r#""id": "parts.list""# => r#""id": "things.list""#,
        ["parts.json:12: the operation things.list occurs twice"];
    identifier_of_an_operation: "parts.json",
        r#""id": "parts.list""# => r#""id": "parts list""#,
        [r#"parts.json:12: "parts list" is not an identifier of an operation"#];
    title_with_a_full_stop: "parts.json",
        r#""title": "List parts""# => r#""title": "List parts.""#,
        [r#"parts.json:12: "List parts." ends with a colon or full stop"#];
    change_without_help: "things.json",
        r#"      "help": "Changes a thing.",
"# => "",
        ["things.json:78: the operation things.update changes the box, so it needs help"];
    unknown_role: "things.json",
        r#""roles": ["ADMIN"]"# => r#""roles": ["BOSS"]"#,
        ["things.json:72: there is no role BOSS"];
    unknown_state: "things.json",
        r#""states": ["ACTIVE"]"# => r#""states": ["ASLEEP"]"#,
        ["things.json:73: there is no state ASLEEP"];
    touches_nothing: "things.json",
        r#""touches": ["parts"]"# => r#""touches": ["ghosts"]"#,
        ["things.json:76: there is no resource ghosts"];
    progress_told_by_no_query: "things.json",
        r#""body": "update","# => r#""progress": { "by": "things.save", "over": "none" }, "body": "update","#,
        ["things.json:85: things.save is no query here that asks for nothing and is answered with a text"];
    touches_itself: "things.json",
        r#""touches": ["parts"]"# => r#""touches": ["things"]"#,
        ["things.json:76: the resource's own records are read again anyway"];
    path_without_a_slash: "parts.json",
        r#""path": "/things/{parent}/parts","# => r#""path": "things/{parent}/parts","#,
        ["parts.json:12: the path does not begin with a slash"];
    path_with_a_query: "parts.json",
        r#""path": "/things/{parent}/parts","# => r#""path": "/things/{parent}/parts?all","#,
        ["parts.json:12: the path holds more than a path; describe a query as parameters"];
    path_with_a_single_brace: "parts.json",
        r#""path": "/things/{parent}/parts","# => r#""path": "/things/{parent/parts","#,
        ["parts.json:12: a brace of the path has no partner"];
    placeholder_without_a_source: "things.json",
        r#""path": "/things",
      "title": "Create thing""# => r#""path": "/things/{id}",
      "title": "Create thing""#,
        ["things.json:69: the placeholder {id} has no source"];
    placeholder_of_no_key_field: "parts.json",
        r#""path": "/things/{parent}/parts/{id}/{side}""# => r#""path": "/things/{parent}/parts/{id}/{edge}""#,
        ["parts.json:17: the placeholder {edge} has no source"];
    parent_of_no_parent: "things.json",
        r#""path": "/things", "title": "List things""# => r#""path": "/{parent}/things", "title": "List things""#,
        ["things.json:63: {parent} has no source: the resource things has no parent"];
    path_parameter_without_a_placeholder: "things.json",
        r#""path": "/things/{id}/to/{place}""# => r#""path": "/things/{id}/to/there""#,
        ["things.json:108: the path has no placeholder {place}"];
    path_parameter_that_may_be_missing: "things.json",
        r#""help": "Where to.", "create": "required""# => r#""help": "Where to.""#,
        ["things.json:108: a parameter of the path must be required"];
    parameter_without_help: "things.json",
        r#""help": "Where to.", "# => "",
        ["things.json:108: a form shows the field place, so it needs help"];
    parameter_from_an_unknown_field: "things.json",
        r#""from": { "record": "name" }"# => r#""from": { "record": "nick" }"#,
        ["things.json:109: the resource things has no field nick"];
    parameter_from_an_unknown_field_of_the_parent: "parts.json",
        r#""from": { "parent": "name" }"# => r#""from": { "parent": "nick" }"#,
        ["parts.json:19: the resource things has no field nick"];
    parameter_from_no_parent: "things.json",
        r#""from": { "record": "name" }"# => r#""from": { "parent": "name" }"#,
        ["things.json:109: the resource things has no parent"];
    parameter_from_no_record: "things.json",
        r#""title": "Move thing","# => r#""title": "Move thing", "on_record": false,"#,
        [
            "things.json:104: the placeholder {id} has no source",
            "things.json:109: the operation concerns no record",
        ];
    term_outside_the_query: "things.json",
        r#""in": "query""# => r#""in": "header""#,
        ["things.json:109: only a parameter of the query is sent as a filter term"];
    unknown_method: "things.json",
        r#""method": "PUT""# => r#""method": "SET""#,
        [r#"things.json:81: "SET" is not a method"#];
    get_with_a_body: "things.json",
        r#""method": "PUT""# => r#""method": "GET""#,
        ["things.json:85: GET cannot send a body"];
    patch_without_patch: "things.json",
        r#""update": "one-field""# => r#""update": "json-patch""#,
        ["things.json:81: a JSON Patch is sent with PATCH"];
    style_of_no_update: "things.json",
        r#""body": "create","# => r#""body": "create", "update": "whole","#,
        [
            "things.json:74: a style of update needs the body update",
            "things.json:74: only an operation of the kind update has a style of update",
        ];
    style_without_the_body_update: "things.json",
        r#""body": "update","# => r#""body": { "object": ["name", "mode", "secret"] },"#,
        ["things.json:86: a style of update needs the body update"];
    create_that_sets_nothing: "parts.json",
        r#""kind": "get""# => r#""kind": "get", "body": "create""#,
        [
            "parts.json:15: GET cannot send a body",
            "parts.json:15: no field of the resource can be set on create",
        ];
    update_that_changes_nothing: "parts.json",
        r#""kind": "get""# => r#""kind": "get", "body": "update""#,
        [
            "parts.json:15: GET cannot send a body",
            "parts.json:15: no field of the resource can be changed",
            "parts.json:15: only an operation of the kind update sends the body update",
        ];
    unknown_field_of_a_body: "things.json",
        r#"["mode", { "field""# => r#"["colour", { "field""#,
        ["things.json:111: the resource things has no field colour"];
    field_of_a_body_twice: "things.json",
        r#"["mode", { "field""# => r#"["mode", "mode", { "field""#,
        ["things.json:111: the field mode occurs twice"];
    input_with_a_filter: "things.json",
        r#""type": "boolean", "help": "Hurry up.""# => r#""type": "boolean", "filter": true, "help": "Hurry up.""#,
        ["things.json:111: an input has no filter"];
    upload_without_a_file: "things.json",
        r#""type": { "file": ".bin" }, "# => "",
        ["things.json:121: no part is a file"];
    upload_of_nothing: "things.json",
        r#"      "body": { "multipart": [{ "name": "file", "label": "File", "type": { "file": ".bin" }, "help": "What goes in." }] },
"# => "",
        ["things.json:114: an upload sends nothing"];
    list_without_a_page: "parts.json",
        r#""result": "array""# => r#""result": "record""#,
        ["parts.json:12: a list needs the result page, array or pageof"];
    paging_of_one_record: "parts.json", r#""kind": "get","# => r#""kind": "get", "paging": "cursor","#,
        ["parts.json:15: only a list is paged"];
    get_without_a_record: "things.json",
        r#""title": "Show thing", "result": "record""# => r#""title": "Show thing", "result": "page""#,
        ["things.json:64: a get needs the result of one record"];
    result_of_an_unknown_resource: "things.json",
        r#"{ "recordof": "parts" }"# => r#"{ "recordof": "ghosts" }"#,
        ["things.json:112: there is no resource ghosts"];
    download_of_a_record: "things.json",
        r#""result": "file",
      "file_name": "content.bin""# => r#""result": "record""#,
        ["things.json:124: a download needs the result text or file"];
    file_name_of_a_record: "things.json",
        r#""result": "file","# => r#""result": "record","#,
        [
            "things.json:124: a download needs the result text or file",
            "things.json:131: only a text or file has a file name",
        ];
    removal_that_destroys_nothing: "things.json",
        r#"      "destroys": "data",
"# => "",
        ["things.json:89: things.delete removes something, so it needs destroys"];
    reading_that_destroys: "parts.json",
        r#""kind": "get","# => r#""kind": "get", "destroys": "configuration","#,
        ["parts.json:15: what only reads destroys nothing"];
    loss_without_a_warning: "things.json",
        r#"      "warning": "What it holds is lost.",
"# => "",
        ["things.json:96: what is lost needs a warning"];
}
