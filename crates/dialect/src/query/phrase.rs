//! Comparisons as they are written in the filter language.

use boxdeck_catalog::Operator;

/// A comparison as a person writes it: an operator, or an age, which is a comparison with a moving point in time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Comparison {
    /// As the operator says.
    Plain(Operator),
    /// Longer ago than so much.
    OlderThan,
    /// Less long ago than so much.
    NewerThan,
}

impl Comparison {
    /// The operator that it comes down to.
    #[must_use]
    pub const fn operator(self) -> Operator {
        match self {
            Self::Plain(operator) => operator,
            Self::OlderThan => Operator::Lt,
            Self::NewerThan => Operator::Gt,
        }
    }

    /// A name for menus: the operator's, or `older` and `newer`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Plain(operator) => operator.name(),
            Self::OlderThan => "older",
            Self::NewerThan => "newer",
        }
    }

    /// The comparison of that name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        match name {
            "older" => Some(Self::OlderThan),
            "newer" => Some(Self::NewerThan),
            name => Operator::from_name(name).map(Self::Plain),
        }
    }

    /// How it is written in the filter language.
    #[must_use]
    pub const fn phrase(self) -> &'static str {
        match self {
            Self::Plain(operator) => match operator {
                Operator::Eq => "=",
                Operator::Neq => "!=",
                Operator::Like => "~",
                Operator::In => "in",
                Operator::NotIn => "not in",
                Operator::Lt => "<",
                Operator::Leq => "<=",
                Operator::Gt => ">",
                Operator::Geq => ">=",
                Operator::Between => "between",
                Operator::Is => "is empty",
                Operator::IsNot => "is not empty",
            },
            Self::OlderThan => "older than",
            Self::NewerThan => "newer than",
        }
    }
}

/// What else is understood. Longer phrases stand before those that they begin with.
pub(super) const PHRASES: [(&[&str], Comparison); 29] = {
    use Comparison::{NewerThan, OlderThan, Plain};
    use Operator as O;
    [
        (&["=="], Plain(O::Eq)),
        (&["="], Plain(O::Eq)),
        (&["!="], Plain(O::Neq)),
        (&["<>"], Plain(O::Neq)),
        (&["<="], Plain(O::Leq)),
        (&["<"], Plain(O::Lt)),
        (&[">="], Plain(O::Geq)),
        (&[">"], Plain(O::Gt)),
        (&["~"], Plain(O::Like)),
        (&["contains"], Plain(O::Like)),
        (&["like"], Plain(O::Like)),
        (&["not", "in"], Plain(O::NotIn)),
        (&["in"], Plain(O::In)),
        (&["between"], Plain(O::Between)),
        (&["is", "not", "empty"], Plain(O::IsNot)),
        (&["is", "not", "null"], Plain(O::IsNot)),
        (&["is", "empty"], Plain(O::Is)),
        (&["is", "null"], Plain(O::Is)),
        (&["is", "not", "in"], Plain(O::NotIn)),
        (&["is", "in"], Plain(O::In)),
        (&["is", "between"], Plain(O::Between)),
        (&["is", "older", "than"], OlderThan),
        (&["is", "newer", "than"], NewerThan),
        (&["is", "not"], Plain(O::Neq)),
        (&["is"], Plain(O::Eq)),
        (&["older", "than"], OlderThan),
        (&["newer", "than"], NewerThan),
        (&["before"], Plain(O::Lt)),
        (&["after"], Plain(O::Gt)),
    ]
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_comparison_is_understood_as_it_is_written() {
        let ages = [Comparison::OlderThan, Comparison::NewerThan];
        for comparison in Operator::ALL.into_iter().map(Comparison::Plain).chain(ages) {
            let words: Vec<&str> = comparison.phrase().split(' ').collect();
            assert!(PHRASES.iter().any(|(phrase, known)| *phrase == words && *known == comparison));
            assert_eq!(Comparison::from_name(comparison.name()), Some(comparison));
        }
    }
}
