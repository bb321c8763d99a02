//! How hard a plan is to set off: friction grows with the damage.

use boxdeck_catalog::{Damage, OperationKind};
use boxdeck_dialect::Plan;

/// What a person has to do before the plan goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Friction {
    /// Press the button.
    Press,
    /// Tick that the consequence is meant.
    Acknowledge,
    /// Type this.
    TypeName(String),
}

/// The friction of a plan. `otherwise` is typed where the record has no name.
pub fn friction(plan: &Plan, otherwise: &str) -> Friction {
    match plan.destroys {
        None | Some(Damage::Configuration) => Friction::Press,
        Some(Damage::Access) => Friction::Acknowledge,
        Some(Damage::Data) => {
            let key = plan.target.as_ref().map(|(_, key)| key.clone());
            let names = [plan.target_name.clone(), key, Some(otherwise.to_owned())];
            let name =
                names.into_iter().flatten().map(|name| name.trim().to_owned()).find(|name| !name.is_empty());
            name.map_or(Friction::Acknowledge, Friction::TypeName)
        }
    }
}

/// Whether what is done looks dangerous: it deletes, or takes more from somebody than a setting. Access that goes with a
/// setting comes back with it.
pub fn is_grave(kind: OperationKind, destroys: Option<Damage>) -> bool {
    let comes_back = matches!(kind, OperationKind::Create | OperationKind::Update | OperationKind::Upload);
    match destroys {
        _ if kind == OperationKind::Delete => true,
        None | Some(Damage::Configuration) => false,
        Some(Damage::Access) => !comes_back,
        Some(Damage::Data) => true,
    }
}

/// Whether the button of a form is word enough: the person has just filled in what happens, and nothing is lost by it.
pub const fn goes_from_form(kind: OperationKind, plan: &Plan) -> bool {
    match plan.destroys {
        None => !matches!(kind, OperationKind::Delete),
        Some(Damage::Configuration) => matches!(kind, OperationKind::Create | OperationKind::Update),
        Some(Damage::Access | Damage::Data) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plan(destroys: Option<Damage>, name: Option<&str>, key: Option<&str>) -> Plan {
        Plan {
            operation: String::new(),
            title: String::new(),
            target: key.map(|key| ("things".to_owned(), key.to_owned())),
            target_name: name.map(str::to_owned),
            steps: Vec::new(),
            destroys,
            guard: None,
            may_need_approval: false,
            warning: String::new(),
        }
    }

    #[test]
    fn data_ask_for_the_name() {
        let asked = |name, key| friction(&plan(Some(Damage::Data), name, key), "north");
        assert_eq!(asked(Some("erp-db-01"), Some("7")), Friction::TypeName("erp-db-01".to_owned()));
        assert_eq!(asked(None, Some("7")), Friction::TypeName("7".to_owned()));
        assert_eq!(asked(None, None), Friction::TypeName("north".to_owned()));
    }

    #[test]
    fn less_damage_asks_for_less() {
        assert_eq!(friction(&plan(Some(Damage::Access), Some("a"), None), "n"), Friction::Acknowledge);
        assert_eq!(friction(&plan(Some(Damage::Configuration), Some("a"), None), "n"), Friction::Press);
        assert_eq!(friction(&plan(None, None, None), "n"), Friction::Press);
    }

    #[test]
    fn settings_are_not_grave_and_deleting_is() {
        assert!(!is_grave(OperationKind::Update, None));
        assert!(!is_grave(OperationKind::Action, Some(Damage::Configuration)));
        assert!(is_grave(OperationKind::Action, Some(Damage::Access)));
        assert!(!is_grave(OperationKind::Update, Some(Damage::Access)));
        assert!(is_grave(OperationKind::Update, Some(Damage::Data)));
        assert!(is_grave(OperationKind::Delete, None));
    }

    #[test]
    fn forms_are_their_own_word_unless_something_is_lost() {
        assert!(goes_from_form(OperationKind::Create, &plan(None, None, None)));
        assert!(goes_from_form(OperationKind::Update, &plan(Some(Damage::Configuration), None, None)));
        assert!(!goes_from_form(OperationKind::Action, &plan(Some(Damage::Configuration), None, None)));
        assert!(!goes_from_form(OperationKind::Delete, &plan(None, None, None)));
        assert!(!goes_from_form(OperationKind::Update, &plan(Some(Damage::Data), None, None)));
    }
}
