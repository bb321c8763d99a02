//! A small catalog for tests, with one of everything that a dialect has to cope with.

use boxdeck_catalog::{Catalog, Operation, Resource};
use serde_json::{Value, json};

use crate::{Authority, Context, ListTarget, Record, Response, Session};

/// The catalog, the session and short ways to their parts.
pub(crate) struct Fixture {
    pub(crate) catalog: Catalog,
    pub(crate) session: Session,
}

impl Fixture {
    pub(crate) fn new(dialect: &str) -> Self {
        let catalog = json!({
            "kind": {
                "id": "test", "title": "Test", "version": "1", "dialect": dialect,
                "areas": [{"id": "all", "title": "All"}],
                "roles": [
                    {"id": "ADMIN", "title": "Administrator"},
                    {"id": "POOL_ADMIN", "title": "Pool administrator"},
                    {"id": "READ_ONLY", "title": "Read only"}
                ],
                "operators": ["eq", "neq", "is", "isnot", "lt", "leq", "gt", "geq", "in", "notin", "between", "like"]
            },
            "resources": [volumes(), luns(), hosts(), name(), locks(), targets(), certificates()]
        });
        Self {
            catalog: serde_json::from_value(catalog).expect("a catalog"),
            session: Session {
                user: Some("kim".to_owned()),
                roles: vec!["ADMIN".to_owned()],
                authority: Authority::Cookie,
                ..Session::default()
            },
        }
    }

    pub(crate) fn context(&self) -> Context<'_> {
        Context { catalog: &self.catalog, session: &self.session }
    }

    pub(crate) fn resource(&self, id: &str) -> &Resource {
        self.catalog.resource(id).expect("a resource of the fixture")
    }

    pub(crate) fn operation(&self, id: &str) -> (&Resource, &Operation) {
        self.catalog
            .operations()
            .find(|(_, operation)| operation.id == id)
            .expect("an operation of the fixture")
    }

    /// The list operation of that identifier.
    pub(crate) fn target(&self, id: &str) -> ListTarget<'_> {
        let (resource, operation) = self.operation(id);
        ListTarget { resource, operation, parent: None }
    }
}

pub(crate) fn record(value: Value) -> Record {
    match value {
        Value::Object(object) => Record(object),
        other => panic!("{other} is no object"),
    }
}

pub(crate) fn json_response(status: u16, body: &Value) -> Response {
    Response {
        status,
        headers: vec![("content-type".to_owned(), "application/json".to_owned())],
        body: body.to_string().into_bytes().into(),
    }
}

fn volumes() -> Value {
    json!({
        "id": "volumes", "title": "Volumes", "singular": "volume", "area": "all", "name": "name",
        "columns": ["name", "size", "pool_id"],
        "fields": [
            {"name": "id", "label": "ID", "type": "integer", "filter": true, "sort": true},
            {"name": "name", "label": "Name", "filter": true, "sort": true, "create": "required", "update": "optional", "length": [1, 65]},
            {"name": "size", "label": "Size", "type": {"bytes": 1}, "filter": true, "sort": true, "create": "required", "update": "optional", "min": 1000000000u64, "multiple_of": 512},
            {"name": "pool_id", "label": "Pool", "type": {"reference": {"resource": "pools", "label": "pool_name", "parent": "tenant_id"}}, "filter": true, "create": "required"},
            {"name": "pool_name", "label": "Pool name"},
            {"name": "tenant_id", "label": "Tenant", "type": "integer"},
            {"name": "write_protected", "label": "Write protected", "type": "boolean", "filter": true, "update": "optional"},
            {"name": "cg_id", "label": "Group", "type": "integer", "nullable": true, "filter": true, "update": "optional"},
            {"name": "serial", "label": "Serial", "filter": ["eq", "like"]},
            {"name": "provtype", "label": "Provisioning", "type": {"enum": [{"value": "THIN", "label": "Thin"}, {"value": "THICK", "label": "Thick"}]}, "create": "optional", "default": "THIN"},
            {"name": "ssd", "label": "SSD cache", "type": "boolean", "create": "optional", "when": [{"field": "provtype", "is": ["THIN"]}]},
            {"name": "bios.state", "label": "BIOS"},
            {"name": "_seq", "label": "Sequence", "type": "integer"},
            {"name": "type", "label": "Type"},
            {"name": "remote_owner", "label": "Remote owner"}
        ],
        "operations": [
            {"id": "volume.list", "kind": "list", "method": "GET", "path": "/api/rest/volumes", "title": "List volumes", "result": "page"},
            {"id": "volume.get", "kind": "get", "method": "GET", "path": "/api/rest/volumes/{id}", "title": "Show volume", "result": "record"},
            {"id": "volume.create", "kind": "create", "method": "POST", "path": "/api/rest/volumes", "title": "Create volume", "body": "create", "result": "record"},
            {"id": "volume.update", "kind": "update", "method": "PUT", "path": "/api/rest/volumes/{id}", "title": "Edit volume", "body": "update", "update": "one-field", "result": "record"},
            {"id": "volume.update_partial", "kind": "update", "method": "PUT", "path": "/api/rest/volumes/{id}", "title": "Edit volume", "body": "update", "result": "record"},
            {"id": "volume.update_whole", "kind": "update", "method": "PUT", "path": "/api/rest/volumes/{id}", "title": "Edit volume", "body": "update", "update": "whole", "result": "record"},
            {"id": "volume.delete", "kind": "delete", "method": "DELETE", "path": "/api/rest/volumes/{id}", "title": "Delete volume", "roles": ["POOL_ADMIN", "ADMIN"], "approval": true, "destroys": "data", "warning": "All data is lost.", "result": "record"},
            {"id": "volume.restore", "kind": "action", "method": "POST", "path": "/api/rest/volumes/{id}/restore", "title": "Restore",
             "when": [{"field": "type", "is": ["SNAPSHOT"], "reason": "Only snapshots can be restored from."}, {"field": "_seq", "not": [0]}],
             "body": {"object": ["name", {"field": {"name": "source_id", "label": "Source", "type": "integer"}, "from": {"record": "id"}}, {"field": {"name": "kind", "label": "Kind"}, "from": {"value": "FULL"}}]},
             "parameters": [{"in": "query", "field": {"name": "owner", "label": "Owner"}, "from": {"record": "remote_owner"}}]},
            {"id": "volume.purge", "kind": "delete", "method": "DELETE", "path": "/api/rest/events", "title": "Purge", "on_record": false,
             "parameters": [{"in": "query", "field": {"name": "timestamp", "label": "Older than", "type": {"timestamp": "ms"}, "create": "required"}, "operator": "lt"},
                            {"in": "header", "field": {"name": "X-Remote", "label": "Remote", "secret": true}},
                            {"in": "query", "field": {"name": "force", "label": "Force", "type": "boolean"}}]}
        ]
    })
}

fn luns() -> Value {
    json!({
        "id": "luns", "title": "LUNs", "singular": "LUN", "area": "all", "parent": "hosts", "key": ["lun", "volume_id"],
        "fields": [
            {"name": "lun", "label": "LUN", "type": "integer", "create": "required"},
            {"name": "volume_id", "label": "Volume", "type": "integer", "create": "required"}
        ],
        "operations": [
            {"id": "lun.list", "kind": "list", "method": "GET", "path": "/api/rest/hosts/{parent}/luns", "title": "List LUNs", "result": "array"},
            {"id": "lun.create", "kind": "create", "method": "POST", "path": "/api/rest/hosts/{host_id}/luns", "title": "Map", "body": {"object": ["lun", {"field": {"name": "host_id", "label": "Host", "type": "integer"}, "from": {"parent": "id"}}]},
             "parameters": [{"in": "path", "field": {"name": "host_id", "label": "Host"}, "from": {"parent": "id"}}]},
            {"id": "lun.delete", "kind": "delete", "method": "DELETE", "path": "/api/rest/hosts/{parent}/luns/{lun}/of/{volume_id}", "title": "Unmap"}
        ]
    })
}

fn hosts() -> Value {
    json!({
        "id": "hosts", "title": "Hosts", "singular": "host", "area": "all", "name": "name",
        "fields": [
            {"name": "id", "label": "ID", "type": "integer"},
            {"name": "name", "label": "Name", "update": "required"},
            {"name": "optimized", "label": "Optimized", "type": "boolean", "update": "optional"},
            {"name": "chap_user", "label": "CHAP user", "update": "optional", "together": "chap"},
            {"name": "chap_secret", "label": "CHAP secret", "secret": true, "update": "optional", "together": "chap"},
            {"name": "port_key", "label": "Port key", "type": "integer", "update": "optional"},
            {"name": "login", "label": "Login", "type": {"object": [
                {"name": "user", "label": "User"},
                {"name": "password", "label": "Password", "secret": true, "mask": "***"}
            ]}, "update": "optional"}
        ],
        "operations": [
            {"id": "host.list", "kind": "list", "method": "GET", "path": "/api/rest/hosts", "title": "List hosts", "result": "page"},
            {"id": "host.update", "kind": "update", "method": "PUT", "path": "/api/rest/hosts/{id}", "title": "Edit host", "body": "update", "update": "one-field"},
            {"id": "host.update_partial", "kind": "update", "method": "PUT", "path": "/api/rest/hosts/{id}", "title": "Edit host", "body": "update"},
            {"id": "host.order", "kind": "action", "method": "POST", "path": "/api/rest/hosts/order", "title": "Order", "on_record": false, "body": {"array": {"name": "ids", "label": "Hosts", "type": "integer", "create": "required"}}},
            {"id": "host.tag", "kind": "action", "method": "PUT", "path": "/api/rest/metadata/{id}", "title": "Tag", "body": {"map": {"name": "tags", "label": "Tags", "create": "required"}}},
            {"id": "host.form", "kind": "action", "method": "POST", "path": "/api/rest/hosts/form", "title": "Form", "on_record": false, "body": {"form": [{"name": "a", "label": "A"}, {"name": "pin", "label": "PIN", "secret": true}, {"name": "flag", "label": "Flag", "type": "boolean"}]}},
            {"id": "host.upload", "kind": "upload", "method": "POST", "path": "/api/rest/certificates", "title": "Upload", "body": {"multipart": [{"name": "upload_file", "label": "File", "type": {"file": ".pem"}, "create": "required"}, {"name": "note", "label": "Note"}, {"name": "pin", "label": "PIN", "secret": true}]}},
            {"id": "host.csr", "kind": "download", "method": "POST", "path": "/api/rest/csr", "title": "Request", "result": "text", "file_name": "request.csr"}
        ]
    })
}

fn name() -> Value {
    json!({
        "id": "system-name", "title": "Name", "singular": "name", "area": "all", "shape": "single", "key": [],
        "fields": [{"name": "name", "label": "Name"}],
        "operations": [
            {"id": "name.get", "kind": "get", "method": "GET", "path": "/api/rest/system/name", "title": "Show name", "result": "value"},
            {"id": "name.update", "kind": "update", "method": "PUT", "path": "/api/rest/system/name", "title": "Rename", "body": {"value": {"name": "name", "label": "Name", "create": "required", "length": [1, 8]}}}
        ]
    })
}

fn locks() -> Value {
    json!({
        "id": "locks", "title": "Locks", "singular": "lock", "area": "all",
        "fields": [{"name": "id", "label": "ID"}, {"name": "path", "label": "Path", "filter": true}],
        "operations": [
            {"id": "lock.list", "kind": "list", "method": "GET", "path": "/api/rest/filesystems/{fs}/locks", "title": "List locks", "result": "page",
             "parameters": [
                {"in": "path", "field": {"name": "fs", "label": "File system"}},
                {"in": "query", "field": {"name": "depth", "label": "Depth", "type": "integer"}},
                {"in": "query", "field": {"name": "path", "label": "Path"}},
                {"in": "query", "field": {"name": "detail", "label": "Detail"}, "from": {"value": true}}
             ]}
        ]
    })
}

fn targets() -> Value {
    json!({
        "id": "targets", "title": "Targets", "singular": "target", "area": "all", "key": ["uuid"], "name": "volume_id",
        "columns": ["volume_id", "node_uuid"],
        "fields": [
            {"name": "uuid", "label": "UUID", "sort": true},
            {"name": "volume_id", "label": "Volume", "sort": true, "create": "required", "update": "optional", "length": [1, 36]},
            {"name": "node_uuid", "label": "Node", "type": {"reference": {"resource": "nodes"}}, "filter": ["eq"], "filter_as": "node", "create": "required", "update": "optional"},
            {"name": "boot_index", "label": "Boot index", "type": "integer", "sort": true, "create": "required", "update": "optional", "min": 0},
            {"name": "properties", "label": "Properties", "type": "json", "mask": "******", "create": "optional", "update": "optional"},
            {"name": "extra", "label": "Extra", "type": "json", "create": "optional", "update": "optional"}
        ],
        "operations": [
            {"id": "target.list", "kind": "list", "method": "GET", "path": "/v1/volume/targets", "title": "List targets", "result": "page",
             "parameters": [{"in": "query", "field": {"name": "detail", "label": "All", "type": "boolean"}, "from": {"value": true}}]},
            {"id": "target.list_plain", "kind": "list", "method": "GET", "path": "/v1/volume/targets", "title": "List targets", "result": "page"},
            {"id": "target.get", "kind": "get", "method": "GET", "path": "/v1/volume/targets/{uuid}", "title": "Show target", "result": "record"},
            {"id": "target.create", "kind": "create", "method": "POST", "path": "/v1/volume/targets", "title": "Create target", "body": "create", "result": "record"},
            {"id": "target.update", "kind": "update", "method": "PATCH", "path": "/v1/volume/targets/{uuid}", "title": "Edit target", "body": "update", "update": "json-patch", "result": "record"},
            {"id": "target.delete", "kind": "delete", "method": "DELETE", "path": "/v1/volume/targets/{uuid}", "title": "Delete target", "result": "nothing", "destroys": "access"}
        ]
    })
}

fn certificates() -> Value {
    json!({
        "id": "certificates", "title": "Certificates", "singular": "certificate", "area": "all", "columns": ["subject"],
        "fields": [
            {"name": "id", "label": "ID", "type": "integer"},
            {"name": "subject", "label": "Subject", "at": ["certificate", "issued_to", "CN"]}
        ],
        "operations": [
            {"id": "certificate.list", "kind": "list", "method": "GET", "path": "/api/rest/certificates", "title": "List", "result": "page"},
            {"id": "certificate.types", "kind": "list", "method": "GET", "path": "/api/rest/types", "title": "Types", "result": "page", "member": "codes"}
        ]
    })
}
