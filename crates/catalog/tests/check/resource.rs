//! Rules about resources, their groups, columns and relations.

use crate::rules;

rules! {
    entry_of_what_nobody_owns: "things.json",
        r#""area": "storage","# => r#""area": "storage", "entry": true,"#,
        ["things.json:5: only a sub-collection needs it; the others are in the navigation"];
    identifier_of_a_resource: "clock.json",
        r#""id": "clock""# => r#""id": "the_clock""#,
        [
            r#"clock.json:2: "the_clock" is not an identifier: lower-case letters, digits and dashes, beginning with a letter"#,
            "clock.json:2: the file of the resource the_clock must be named the_clock.json",
            "clock.json:2: the resource the_clock is missing in the list of resources of kind.json",
            "kind.json:6: there is no file that describes the resource clock",
        ];
    unknown_area: "things.json",
        r#""area": "storage""# => r#""area": "attic""#,
        ["things.json:5: there is no area attic"];
    resource_without_help: "things.json",
        r#""help": "What the box holds.","# => r#""help": "","#,
        ["things.json:1: the resource things has no help"];
    unknown_parent: "parts.json",
        r#""parent": "things""# => r#""parent": "boxes""#,
        [
            "parts.json:7: there is no resource boxes",
            "things.json:59: without where, parts must have the parent things",
        ];
    own_parent: "parts.json",
        r#""parent": "things""# => r#""parent": "parts""#,
        [
            "parts.json:7: the resource is its own parent",
            "parts.json:19: the resource parts has no field name",
            "things.json:59: without where, parts must have the parent things",
        ];
    unknown_key_field: "parts.json",
        r#""key": ["id", "side"]"# => r#""key": ["id", "edge"]"#,
        [
            "parts.json:8: the resource parts has no field edge",
            "parts.json:17: the placeholder {side} has no source",
        ];
    collection_without_a_key: "clock.json",
        r#""shape": "single","# => r#""shape": "collection","#,
        [
            "clock.json:1: a list shows 1 to 10 columns at first, not 0",
            "clock.json:8: a collection needs a key",
            "clock.json:10: a collection needs an operation of the kind list",
        ];
    collection_without_a_list: "parts.json",
        r#""kind": "list""# => r#""kind": "query""#,
        ["parts.json:11: a collection needs an operation of the kind list"];
    single_object_without_a_get: "clock.json",
        r#""kind": "get""# => r#""kind": "query""#,
        ["clock.json:10: a single object needs an operation of the kind get"];
    unknown_name_field: "things.json",
        r#""name": "name",
  "groups""# => r#""name": "title",
  "groups""#,
        ["things.json:7: the resource things has no field title"];
    group_twice: "things.json",
        r#"[{ "id": "limits", "title": "Limits" }]"# => r#"[{ "id": "limits", "title": "Limits" }, { "id": "limits", "title": "More" }]"#,
        ["things.json:8: the group limits occurs twice"];
    group_without_fields: "things.json",
        r#"[{ "id": "limits", "title": "Limits" }]"# => r#"[{ "id": "limits", "title": "Limits" }, { "id": "notes", "title": "Notes" }]"#,
        ["things.json:8: no field is in the group notes"];
    unknown_group: "things.json",
        r#""group": "limits""# => r#""group": "bounds""#,
        [
            "things.json:8: no field is in the group limits",
            "things.json:29: there is no group bounds",
        ];
    unknown_column: "things.json",
        r#"["name", "size", "mode"]"# => r#"["name", "size", "colour"]"#,
        ["things.json:9: the resource things has no field colour"];
    column_twice: "things.json",
        r#"["name", "size", "mode"]"# => r#"["name", "size", "mode", "name"]"#,
        ["things.json:9: the column name occurs twice"];
    secret_as_a_column: "things.json",
        r#"["name", "size", "mode"]"# => r#"["name", "size", "secret"]"#,
        ["things.json:9: the secret secret cannot be a column"];
    too_few_columns: "things.json",
        r#"["name", "size", "mode"]"# => r#"["name", "size"]"#,
        ["things.json:9: a list shows 3 to 10 columns at first, not 2"];
    too_many_columns: "things.json",
        r#""columns": ["name", "size", "mode"]"# => r#""columns": ["name", "size", "mode", "id", "part_id", "part_name", "c1", "c2", "c3", "c4", "c5"]"#,
        [
            "things.json:9: a list shows 3 to 10 columns at first, not 11",
            "things.json:9: the resource things has no field c1",
            "things.json:9: the resource things has no field c2",
            "things.json:9: the resource things has no field c3",
            "things.json:9: the resource things has no field c4",
            "things.json:9: the resource things has no field c5",
        ];
    unknown_sort: "things.json",
        r#""sort": "-name""# => r#""sort": "-age""#,
        ["things.json:10: the resource things has no field age"];
    sort_that_the_box_cannot_do: "things.json",
        r#""sort": "-name""# => r#""sort": "size""#,
        ["things.json:10: the box cannot sort by size"];
    relation_twice: "things.json",
        r#""id": "twins""# => r#""id": "parts""#,
        ["things.json:60: the relation parts occurs twice"];
    relation_to_nothing: "things.json",
        r#""title": "Twins", "resource": "things""# => r#""title": "Twins", "resource": "ghosts""#,
        ["things.json:60: there is no resource ghosts"];
    relation_without_where: "things.json",
        r#""where": { "name": "name" }, "# => "",
        ["things.json:60: without where, things must have the parent things"];
    relation_by_an_unknown_field_there: "things.json",
        r#""where": { "name": "name" }"# => r#""where": { "nick": "name" }"#,
        ["things.json:60: the resource things has no field nick"];
    relation_by_an_unknown_field_here: "things.json",
        r#""where": { "name": "name" }"# => r#""where": { "name": "nick" }"#,
        ["things.json:60: the resource things has no field nick"];
    relation_by_a_field_that_cannot_be_filtered: "things.json",
        r#""where": { "name": "name" }"# => r#""where": { "size": "size" }"#,
        ["things.json:60: the box cannot filter things by size"];
    unknown_column_of_a_relation: "things.json",
        r#""columns": ["name"]"# => r#""columns": ["nick"]"#,
        ["things.json:60: the resource things has no field nick"];
}
