//! Which member of a catalog's JSON is what in the model. Writing the model (`load::bundle`) knows the same names by serde's
//! attributes; the tests write every catalog and read it again.

use serde_json::Value;

use super::{Blank, Members, Misread, Read, Variant, deserializes, reads, reads_names};
use crate::chart::{Chart, Drawn, Measure, Period};
use crate::field::{
    Allowed, Choice, Field, FieldType, LastItem, Reference, Rules, SecondsUnit, Settable, Tone, TypeWhen,
};
use crate::kind::{Area, Catalog, Kind, Operator, Role};
use crate::operation::{
    Body, BodyField, Condition, Damage, NoContent, Operation, OperationKind, OwnField, Parameter, Place,
    Progress, ResultShape, Source, Unfold, UpdateStyle,
};
use crate::resource::{Group, Relation, Resource, Shape};
use crate::spelling::Spelling;
use crate::stamp::Stamp;

deserializes!(Catalog, Kind, Resource, Field, Reference);

impl Members {
    /// Key fields: `id` unless the catalog says otherwise.
    fn or_id(&mut self, key: &'static str) -> Vec<String> {
        self.or_default::<Option<Vec<String>>>(key).unwrap_or_else(|| vec!["id".to_owned()])
    }
}

impl Blank for Kind {
    fn blank() -> Self {
        Self {
            id: String::new(),
            title: String::new(),
            version: String::new(),
            dialect: String::new(),
            resources: Vec::new(),
            areas: Vec::new(),
            roles: Vec::new(),
            states: Vec::new(),
            operators: Vec::new(),
        }
    }
}

impl Blank for OperationKind {
    fn blank() -> Self {
        Self::Get
    }
}

impl Blank for Place {
    fn blank() -> Self {
        Self::Path
    }
}

impl Read for Allowed {
    fn read(value: Value) -> Result<Self, Misread> {
        match value {
            Value::Bool(flag) => Ok(Self::Flag(flag)),
            other => Vec::read(other).map(Self::Only),
        }
    }
}

impl Read for BodyField {
    fn read(value: Value) -> Result<Self, Misread> {
        match value {
            Value::String(name) => Ok(Self::Of(name)),
            other => Box::read(other).map(Self::Own),
        }
    }
}

reads!(Catalog {
    kind: need "kind",
    resources: need "resources",
});

reads!(Kind {
    id: need "id",
    title: need "title",
    version: need "version",
    dialect: need "dialect",
    resources: or_default "resources",
    areas: need "areas",
    roles: or_default "roles",
    states: or_default "states",
    operators: or_default "operators",
});

reads!(Area {
    id: need "id",
    title: need "title",
});

reads!(Role {
    id: need "id",
    title: need "title",
});

reads_names!(Operator {
    "eq" => Eq,
    "neq" => Neq,
    "is" => Is,
    "isnot" => IsNot,
    "lt" => Lt,
    "leq" => Leq,
    "gt" => Gt,
    "geq" => Geq,
    "in" => In,
    "notin" => NotIn,
    "between" => Between,
    "like" => Like,
});

reads!(Resource {
    id: need "id",
    title: need "title",
    singular: need "singular",
    area: need "area",
    shape: or_default "shape",
    help: or_default "help",
    parent: or_default "parent",
    entry: or_default "entry",
    key: or_id "key",
    name: or_default "name",
    fact: or_default "fact",
    fields: need "fields",
    groups: or_default "groups",
    columns: or_default "columns",
    sort: or_default "sort",
    page: or_default "page",
    chart: or_default "chart",
    relations: or_default "relations",
    operations: need "operations",
});

reads!(Chart {
    time: need "time",
    values: need "values",
    by: or_default "by",
    choices: or_default "choices",
    period: or_default "period",
});

reads!(Drawn {
    field: need "field",
    label: or_default "label",
    value_type: or_default "type",
    per: or_default "per",
    when: or_default "when",
    with: or_default "with",
});

reads!(Measure {
    field: need "field",
    label: or_default "label",
    value_type: or_default "type",
});

reads!(Period {
    from: need "from",
    until: need "until",
    hours: need "hours",
});

reads_names!(Shape {
    "collection" => Collection,
    "single" => Single,
    "operations" => Operations,
});

reads!(Group {
    id: need "id",
    title: need "title",
    folded: or_default "folded",
});

reads!(Relation {
    id: need "id",
    title: need "title",
    resource: need "resource",
    where_: or_default "where",
    with: or_default "with",
    columns: or_default "columns",
    when: or_default "when",
});

reads!(Field {
    name: need "name",
    at: or_default "at",
    label: need "label",
    of: or_default "of",
    field_type: or_default "type",
    types: or_default "types",
    help: or_default "help",
    group: or_default "group",
    nullable: or_default "nullable",
    none: or_default "none",
    secret: or_default "secret",
    mask: or_default "mask",
    filter: or_default "filter",
    filter_as: or_default "filter_as",
    sort: or_default "sort",
    create: or_default "create",
    update: or_default "update",
    together: or_default "together",
    computed: or_default "computed",
    wire: or_default "wire",
    default: or_default "default",
    length: or_default "length",
    min: or_default "min",
    max: or_default "max",
    multiple_of: or_default "multiple_of",
    tone: or_default "tone",
    grows: or_default "grows",
    pattern: or_default "pattern",
    rules: or_default "rules",
    vocabulary: or_default "vocabulary",
    last: or_default "last",
    example: or_default "example",
    when: or_default "when",
});

reads!(TypeWhen {
    field_type: need "type",
    when: need "when",
});

reads!(LastItem {
    field: need "field",
    is: need "is",
});

reads!(Rules {
    resource: need "resource",
    field: or_default "field",
});

impl Read for FieldType {
    fn read(value: Value) -> Result<Self, Misread> {
        let variant = Variant::of(value)?;
        match variant.name() {
            ("text", false) => Ok(Self::Text),
            ("multiline", false) => Ok(Self::Multiline),
            ("integer", false) => Ok(Self::Integer),
            ("number", false) => Ok(Self::Number),
            ("boolean", false) => Ok(Self::Boolean),
            ("bytes", true) => Ok(Self::Bytes(variant.content()?)),
            ("percent", false) => Ok(Self::Percent),
            ("fraction", false) => Ok(Self::Fraction),
            ("ratio", false) => Ok(Self::Ratio),
            ("bit-rate", false) => Ok(Self::BitRate),
            ("duration", true) => Ok(Self::Duration(variant.content()?)),
            ("timestamp", true) => Ok(Self::Timestamp(variant.content()?)),
            ("date-time", false) => Ok(Self::DateTime),
            ("gmt", true) => Ok(Self::Gmt(variant.content()?)),
            ("local-time", false) => Ok(Self::LocalTime),
            ("enum", true) => Ok(Self::Enum(variant.content()?)),
            ("reference", true) => Ok(Self::Reference(variant.content()?)),
            ("object", true) => Ok(Self::Object(variant.content()?)),
            ("list", true) => Ok(Self::List(variant.content()?)),
            ("map", true) => Ok(Self::Map(variant.content()?)),
            ("json", false) => Ok(Self::Json),
            ("file", true) => Ok(Self::File(variant.content()?)),
            ("pem", false) => Ok(Self::Pem),
            ("email", false) => Ok(Self::Email),
            ("address", false) => Ok(Self::Address),
            ("time-zone", false) => Ok(Self::TimeZone),
            _ => variant.unknown(),
        }
    }
}

reads_names!(Spelling {
    "own" => Own,
    "text" => Text,
    "number" => Number,
    "letter" => Letter,
});

reads_names!(Stamp {
    "yyyyMMddHHmm" => Minute,
    "yyyyMMddHH" => Hour,
    "yyyyMMdd" => Day,
    "yyyyMM" => Month,
});

reads_names!(SecondsUnit {
    "us" => Micro,
    "ms" => Milli,
    "s" => Second,
    "min" => Minute,
    "h" => Hour,
    "d" => Day,
});

reads!(Choice {
    value: need "value",
    label: need "label",
    tone: or_default "tone",
});

reads_names!(Tone {
    "plain" => Plain,
    "good" => Good,
    "busy" => Busy,
    "warn" => Warn,
    "bad" => Bad,
    "off" => Off,
});

reads!(Reference {
    resource: need "resource",
    by: or_default "by",
    label: or_default "label",
    parent: or_default "parent",
    where_: or_default "where",
});

reads_names!(Settable {
    "no" => No,
    "optional" => Optional,
    "required" => Required,
});

reads!(Operation {
    id: need "id",
    kind: need "kind",
    method: need "method",
    path: need "path",
    title: need "title",
    help: or_default "help",
    on_record: or_default "on_record",
    roles: or_default "roles",
    states: or_default "states",
    parameters: or_default "parameters",
    body: or_default "body",
    update: or_default "update",
    result: or_default "result",
    paging: or_default "paging",
    no_content: or_default "no_content",
    member: or_default "member",
    rows: or_default "rows",
    one_of: or_default "one_of",
    approval: or_default "approval",
    destroys: or_default "destroys",
    warning: or_default "warning",
    when: or_default "when",
    touches: or_default "touches",
    next: or_default "next",
    after: or_default "after",
    progress: or_default "progress",
    file_name: or_default "file_name",
    gathers: or_default "gathers",
    page: or_default "page",
    adjacent: or_default "adjacent",
});

reads!(Progress {
    by: need "by",
    over: need "over",
    stop: or_default "stop",
});

reads_names!(OperationKind {
    "list" => List,
    "get" => Get,
    "create" => Create,
    "update" => Update,
    "delete" => Delete,
    "action" => Action,
    "query" => Query,
    "upload" => Upload,
    "download" => Download,
});

reads!(Parameter {
    place: need "in",
    field: need "field",
    from: or_default "from",
    operator: or_default "operator",
    sent_as: or_default "sent_as",
});

reads!(Unfold {
    each: or_default "each",
    keys: or_default "keys",
    values: or_default "values",
});

reads_names!(Place {
    "path" => Path,
    "query" => Query,
    "header" => Header,
});

impl Read for Source {
    fn read(value: Value) -> Result<Self, Misread> {
        let variant = Variant::of(value)?;
        match variant.name() {
            ("input", false) => Ok(Self::Input),
            ("record", true) => Ok(Self::Record(variant.content()?)),
            ("parent", true) => Ok(Self::Parent(variant.content()?)),
            ("value", true) => Ok(Self::Value(variant.content()?)),
            ("text", true) => Ok(Self::Text(variant.content()?)),
            ("filled", true) => Ok(Self::Filled(variant.content()?)),
            _ => variant.unknown(),
        }
    }
}

impl Read for Body {
    fn read(value: Value) -> Result<Self, Misread> {
        let variant = Variant::of(value)?;
        match variant.name() {
            ("none", false) => Ok(Self::None),
            ("create", false) => Ok(Self::Create),
            ("update", false) => Ok(Self::Update),
            ("object", true) => Ok(Self::Object(variant.content()?)),
            ("value", true) => Ok(Self::Value(variant.content()?)),
            ("array", true) => Ok(Self::Array(variant.content()?)),
            ("map", true) => Ok(Self::Map(variant.content()?)),
            ("multipart", true) => Ok(Self::Multipart(variant.content()?)),
            ("form", true) => Ok(Self::Form(variant.content()?)),
            _ => variant.unknown(),
        }
    }
}

reads!(OwnField {
    field: need "field",
    from: or_default "from",
});

reads_names!(UpdateStyle {
    "partial" => Partial,
    "one-field" => OneField,
    "whole" => Whole,
    "json-patch" => JsonPatch,
});

impl Read for ResultShape {
    fn read(value: Value) -> Result<Self, Misread> {
        let variant = Variant::of(value)?;
        match variant.name() {
            ("record", false) => Ok(Self::Record),
            ("page", false) => Ok(Self::Page),
            ("array", false) => Ok(Self::Array),
            ("pageof", true) => Ok(Self::PageOf(variant.content()?)),
            ("recordof", true) => Ok(Self::RecordOf(variant.content()?)),
            ("value", false) => Ok(Self::Value),
            ("object", false) => Ok(Self::Object),
            ("text", false) => Ok(Self::Text),
            ("file", false) => Ok(Self::File),
            ("task", false) => Ok(Self::Task),
            ("nothing", false) => Ok(Self::Nothing),
            _ => variant.unknown(),
        }
    }
}

reads_names!(NoContent {
    "done" => Done,
    "absent" => Absent,
    "failed" => Failed,
});

reads_names!(Damage {
    "configuration" => Configuration,
    "access" => Access,
    "data" => Data,
});

reads!(Condition {
    field: need "field",
    is: or_default "is",
    not: or_default "not",
    reason: or_default "reason",
});
