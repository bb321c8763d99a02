//! What a form, or an operation without one, is about.

use std::sync::Arc;

use boxdeck_catalog::{Damage, Operation, Resource};
use boxdeck_dialect::{Context, FieldFault, Inputs, Plan, Record, build};

use crate::system::System;
use crate::value::link;

/// What it is about.
#[derive(Clone)]
pub struct Subject {
    /// The system.
    pub system: System,
    /// The resource.
    pub resource: Arc<Resource>,
    /// The operation.
    pub operation: Arc<Operation>,
    /// The record that it concerns, as it was read.
    pub record: Option<Arc<Record>>,
    /// Key of the owning record.
    pub parent: Option<String>,
    /// Key of the record.
    pub key: Option<String>,
    /// Names of records that were picked: field, key, name.
    pub names: Arc<Vec<(String, String, String)>>,
}

impl Subject {
    /// An operation that concerns no record of its resource, without an owner.
    pub fn new(system: System, resource: Arc<Resource>, operation: Arc<Operation>) -> Self {
        Self { system, resource, operation, record: None, parent: None, key: None, names: Arc::default() }
    }

    /// The plan of an operation that asks a person for nothing.
    ///
    /// # Errors
    /// What is missing, each fault with the name of its field.
    pub fn plan(&self) -> Result<Plan, Vec<FieldFault>> {
        self.plan_with(self.record.as_deref(), &Inputs::default())
    }

    /// The plan for what a person has given.
    ///
    /// # Errors
    /// What is wrong with it, each fault with the name of its field.
    pub(super) fn plan_with(
        &self,
        record: Option<&Record>,
        inputs: &Inputs,
    ) -> Result<Plan, Vec<FieldFault>> {
        let Self { system, resource, operation, parent, key, .. } = self;
        let session = system.session();
        let context = Context { catalog: &system.catalog(), session: &session };
        let (parent, key) = (parent.as_deref(), key.as_deref());
        let mut plan = build(system.dialect, context, resource, operation, record, parent, key, inputs)?;
        // A number or a point in time is no name: as a person knows it, also where only the plan is left.
        let called = record.and_then(|record| link::record_name(resource, record));
        if plan.destroys != Some(Damage::Data) && plan.target_name.is_some() {
            plan.target_name = called.or(plan.target_name);
        }
        Ok(plan)
    }
}
