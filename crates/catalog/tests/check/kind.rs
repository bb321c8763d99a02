//! Rules about the form of the files and `kind.json`.

use crate::rules;

rules! {
    json_that_cannot_be_read: "things.json",
        r#""area": "storage","# => r#""area": 5,"#,
        ["things.json:5: expected a text, found a number"];
    unknown_key: "things.json",
        r#""singular": "thing","# => r#""singular": "thing", "colour": "red","#,
        [
            "things.json:4: unknown field `colour`, expected one of `id`, `title`, `singular`, `area`, `shape`, `help`, `parent`, `entry`, `key`, `name`, `fact`, `fields`, `groups`, `columns`, `sort`, `page`, `chart`, `relations`, `operations`",
        ];
    identifier_of_the_kind: "kind.json",
        r#""id": "demo""# => r#""id": "Demo Box""#,
        [
            r#"kind.json:2: "Demo Box" is not an identifier: lower-case letters, digits and dashes, beginning with a letter"#,
        ];
    empty_title_of_the_kind: "kind.json",
        r#""title": "Demo box""# => r#""title": """#,
        ["kind.json:3: title is empty"];
    area_twice: "kind.json",
        r#"[{ "id": "storage", "title": "Storage" }]"# => r#"[{ "id": "storage", "title": "Storage" }, { "id": "storage", "title": "More" }]"#,
        ["kind.json:7: the area storage occurs twice"];
    role_twice: "kind.json",
        r#"[{ "id": "ADMIN", "title": "Administrator" }]"# => r#"[{ "id": "ADMIN", "title": "Administrator" }, { "id": "ADMIN", "title": "Boss" }]"#,
        ["kind.json:8: the role ADMIN occurs twice"];
    state_twice: "kind.json",
        r#"["ACTIVE"]"# => r#"["ACTIVE", "ACTIVE"]"#,
        ["kind.json:9: the state ACTIVE occurs twice"];
    operator_twice: "kind.json",
        r#"["eq", "like"]"# => r#"["eq", "like", "eq"]"#,
        ["kind.json:10: the operator eq occurs twice"];
    resource_without_a_file: "kind.json",
        r#"["things", "parts", "clock"]"# => r#"["things", "parts", "clock", "ghosts"]"#,
        ["kind.json:6: there is no file that describes the resource ghosts"];
    resource_listed_twice: "kind.json",
        r#"["things", "parts", "clock"]"# => r#"["things", "parts", "clock", "parts"]"#,
        ["kind.json:6: the resource parts occurs twice"];
    resource_that_is_not_listed: "kind.json",
        r#"["things", "parts", "clock"]"# => r#"["things", "parts"]"#,
        ["clock.json:2: the resource clock is missing in the list of resources of kind.json"];
    file_of_another_name: "clock.json",
        r#""id": "clock""# => r#""id": "things""#,
        [
            "clock.json:2: the file of the resource things must be named things.json",
            "kind.json:6: there is no file that describes the resource clock",
            "parts.json:19: the resource things has no field name",
            "things.json:2: the resource things occurs twice",
            "things.json:60: the resource things has no field name",
            "things.json:60: the resource things has no field name",
        ];
}
