//! Rules about fields, the words about them, and conditions.

use crate::rules;

rules! {
    field_twice: "things.json",
        r#"{ "name": "part_name", "label""# => r#"{ "name": "part_id", "label""#,
        [
            "things.json:55: the resource things has no field part_name",
            "things.json:56: the field part_id occurs twice",
        ];
    field_without_a_name: "things.json",
        r#"{ "name": "id", "label""# => r#"{ "name": "", "label""#,
        [
            "things.json:1: the resource things has no field id",
            "things.json:12: the field has no name",
        ];
    label_that_is_empty: "things.json",
        r#""label": "Size""# => r#""label": """#,
        ["things.json:26: the label is empty"];
    label_with_a_colon: "things.json",
        r#""label": "Size""# => r#""label": "Size:""#,
        [r#"things.json:26: "Size:" ends with a colon or full stop"#];
    label_in_title_case: "things.json",
        r#""label": "Part name""# => r#""label": "Part Name""#,
        [r#"things.json:56: "Part Name" is not in sentence case: Name"#];
    label_that_begins_small: "things.json",
        r#""label": "Part name""# => r#""label": "part name""#,
        [r#"things.json:56: "part name" begins with a small letter"#];
    singular_with_a_capital: "things.json",
        r#""singular": "thing""# => r#""singular": "Thing""#,
        [r#"things.json:4: "Thing" is not in lower case: Thing"#];
    help_without_a_full_stop: "things.json",
        r#""help": "How much it holds.""# => r#""help": "How much it holds""#,
        ["things.json:28: the text does not end with a full stop"];
    help_that_shouts: "things.json",
        r#""help": "How much it holds.""# => r#""help": "Mind the size!.""#,
        ["things.json:28: the text shouts: leave the exclamation mark out"];
    help_that_begins_small: "things.json",
        r#""help": "How much it holds.""# => r#""help": "how much it holds.""#,
        ["things.json:28: the text begins with a small letter"];
    help_with_spare_spaces: "things.json",
        r#""help": "How much it holds.""# => r#""help": "How much  it holds.""#,
        ["things.json:28: the text has spare spaces"];
    label_with_space_around_it: "things.json",
        r#""label": "Size""# => r#""label": "Size ""#,
        [r#"things.json:26: "Size " has space around it"#];
    form_field_without_help: "things.json",
        r#"      "help": "How much it holds.",
"# => "",
        ["things.json:24: a form shows the field size, so it needs help"];
    vocabulary_of_an_amount: "things.json",
        r#""min": 1,"# => r#""min": 1, "vocabulary": "sizes","#,
        ["things.json:31: vocabulary needs a text"];
    type_without_a_condition: "things.json",
        r#""min": 1,"# => r#""min": 1, "types": [{ "type": "percent", "when": [] }],"#,
        ["things.json:31: a type without a condition is the field's own"];
    type_by_a_field_that_is_not_there: "things.json",
        r#""min": 1,"# => r#""min": 1, "types": [{ "type": "percent", "when": [{ "field": "mass", "is": [1] }] }],"#,
        ["things.json:31: there is no field mass to look at"];
    type_inside_an_object_by_a_field_around_it: "things.json",
        r#""label": "Part name" }"# => r#""label": "Part name", "type": { "object": [{ "name": "a", "label": "A", "types": [{ "type": "percent", "when": [{ "field": "size", "is": [1] }] }] }] } }"#,
        ["things.json:56: there is no field size to look at"];
    tone_of_a_text: "things.json",
        r#""label": "Part name" }"# => r#""label": "Part name", "tone": "warn" }"#,
        ["things.json:56: tone needs a number or a boolean; a choice has one for each value"];
    letter_that_is_written: "things.json",
        r#""min": 1,"# => r#""min": 1, "wire": "letter","#,
        ["things.json:31: the wire cannot spell this type so"];
    further_members_of_a_type: "things.json",
        r#""label": "Part name" }"# => r#""label": "Part name", "type": { "object": [{ "name": "*", "label": "Further" }] } }"#,
        ["things.json:56: the members that * stands for are json"];
    last_of_no_list: "things.json",
        r#""min": 1,"# => r#""min": 1, "last": { "field": "a", "is": 0 },"#,
        ["things.json:31: last needs a list of objects"];
    min_above_max: "things.json", r#""min": 1,"# => r#""min": 10,"#, ["things.json:31: min is greater than max"];
    bound_of_another_type: "things.json",
        r#""min": 1,"# => r#""min": "one","#,
        ["things.json:31: min is not a value of the field's type"];
    bound_of_a_text: "things.json",
        r#""length": [1, 65],"# => r#""length": [1, 65], "min": 1,"#,
        [
            "things.json:21: min is not a value of the field's type",
            "things.json:21: min needs a number",
        ];
    length_turned_round: "things.json",
        r#""length": [1, 65]"# => r#""length": [65, 1]"#,
        ["things.json:21: the least length exceeds the greatest"];
    length_of_a_number: "things.json",
        r#""multiple_of": 1"# => r#""length": [1, 2]"#,
        ["things.json:33: length needs a text or a list"];
    pattern_of_a_number: "things.json",
        r#""multiple_of": 1"# => r#""pattern": "[0-9]+""#,
        ["things.json:33: pattern needs a text"];
    multiple_of_nothing: "things.json",
        r#""multiple_of": 1"# => r#""multiple_of": 0"#,
        ["things.json:33: nothing is a multiple of 0"];
    unit_of_no_bytes: "things.json",
        r#"{ "bytes": 1 }"# => r#"{ "bytes": 0 }"#,
        ["things.json:27: the unit is 0 bytes"];
    default_outside_the_choices: "things.json",
        r#""default": "A""# => r#""default": "C""#,
        ["things.json:43: default is not one of the choices"];
    default_of_another_type: "things.json",
        r#""multiple_of": 1"# => r#""default": "big""#,
        ["things.json:33: default is not a value of the field's type"];
    choice_twice: "things.json",
        r#"{ "value": "B", "label": "Both" }"# => r#"{ "value": "A", "label": "Both" }"#,
        [
            "things.json:38: the choice A occurs twice",
            r#"things.json:53: "B" is not a value of the field mode"#,
            r#"things.json:98: "B" is not a value of the field mode"#,
        ];
    choice_without_a_label: "things.json",
        r#""label": "Alone""# => r#""label": """#,
        ["things.json:38: the label is empty"];
    enum_without_choices: "things.json",
        r#"[{ "value": "A", "label": "Alone" }, { "value": "B", "label": "Both" }]"# => "[]",
        [
            "things.json:38: the enum has no choices",
            "things.json:43: default is not one of the choices",
            r#"things.json:53: "B" is not a value of the field mode"#,
            r#"things.json:98: "B" is not a value of the field mode"#,
        ];
    object_without_fields: "things.json",
        r#"{ "name": "part_name", "label": "Part name" }"# => r#"{ "name": "part_name", "label": "Part name", "type": { "object": [] } }"#,
        ["things.json:56: the object has no fields; use json"];
    reference_to_nothing: "things.json",
        r#"{ "reference": { "resource": "parts", "by": "id""# => r#"{ "reference": { "resource": "ghosts", "by": "id""#,
        ["things.json:55: there is no resource ghosts"];
    reference_by_an_unknown_field: "things.json",
        r#""by": "id""# => r#""by": "nick""#,
        ["things.json:55: the resource parts has no field nick"];
    reference_with_an_unknown_label: "things.json",
        r#""label": "part_name" } } }"# => r#""label": "nick" } } }"#,
        ["things.json:55: the resource things has no field nick"];
    secret_that_is_filtered: "things.json",
        r#""secret": true,"# => r#""secret": true, "filter": true,"#,
        ["things.json:49: a secret has no filter"];
    secret_that_is_sorted: "things.json",
        r#""secret": true,"# => r#""secret": true, "sort": true,"#,
        ["things.json:49: a secret has no sort"];
    operator_that_makes_no_sense: "things.json",
        r#""multiple_of": 1"# => r#""filter": ["like"]"#,
        ["things.json:33: the operator like makes no sense for this type"];
    filter_of_a_kind_without_operators: "kind.json",
        r#""operators": ["eq", "like"]"# => r#""operators": []"#,
        ["things.json:12: the kind has no operators, so the field must name its own"];
    filter_name_without_a_filter: "things.json",
        r#""multiple_of": 1"# => r#""filter_as": "bytes""#,
        ["things.json:33: the box cannot filter by the field, so filter_as says nothing"];
    filter_of_anything: "things.json",
        r#"{ "name": "part_name", "label": "Part name" }"# => r#"{ "name": "part_name", "label": "Part name", "type": "json", "filter": true }"#,
        ["things.json:56: values of this type cannot be compared"];
    nested_value_that_is_set: "things.json",
        r#""multiple_of": 1"# => r#""at": ["usage", "size"]"#,
        ["things.json:33: a value inside another one cannot be set by itself"];
    computed_value_that_is_set: "things.json", r#""multiple_of": 1"# => r#""computed": true"#,
        ["things.json:33: the box works the value out, so it cannot be set"];
    file_in_a_record: "things.json",
        r#"{ "name": "part_name", "label": "Part name" }"# => r#"{ "name": "part_name", "label": "Part name", "type": { "file": ".bin" } }"#,
        ["things.json:56: a record cannot hold a file; describe it as an input of an operation"];
    field_that_no_create_sends: "things.json",
        r#""body": "create","# => r#""body": { "object": ["name"] },"#,
        [
            "things.json:30: no operation of the kind create sends the field size",
            "things.json:50: no operation of the kind create sends the field secret",
        ];
    share_of_nothing: "things.json",
        r#""type": { "bytes": 1 },
      "help"# => r#""type": { "bytes": 1 }, "of": "room",
      "help"#,
        ["things.json:27: the resource things has no field room"];
    share_of_itself: "things.json",
        r#""type": { "bytes": 1 },
      "help"# => r#""type": { "bytes": 1 }, "of": "size",
      "help"#,
        ["things.json:27: size is no share of itself"];
    share_of_no_amount: "things.json",
        r#""type": { "bytes": 1 },
      "help"# => r#""type": { "bytes": 1 }, "of": "name",
      "help"#,
        ["things.json:27: size is no share of name: both must be amounts of data in one unit"];
    alone_together: "things.json",
        r#""together": "mode",
      "default": "A""# => r#""default": "A""#,
        ["things.json:51: no other field goes together with secret"];
    together_without_change: "things.json",
        r#"      "update": "optional",
      "together": "mode",
      "default": "A""# => r#"      "together": "mode",
      "default": "A""#,
        ["things.json:41: the field mode cannot be changed"];
    condition_on_nothing: "things.json",
        r#"{ "field": "mode", "is": ["B"] }"# => r#"{ "field": "colour", "is": ["B"] }"#,
        ["things.json:53: there is no field colour to look at"];
    condition_without_values: "things.json",
        r#"{ "field": "mode", "is": ["B"] }"# => r#"{ "field": "mode" }"#,
        ["things.json:53: the condition needs values in is or in not"];
    condition_with_an_unknown_value: "things.json",
        r#"{ "field": "mode", "is": ["B"] }"# => r#"{ "field": "mode", "is": ["D"] }"#,
        [r#"things.json:53: "D" is not a value of the field mode"#];
    condition_without_a_reason: "things.json",
        r#", "reason": "It is in use.""# => "",
        ["things.json:98: the condition gives no reason to a person"];
}
