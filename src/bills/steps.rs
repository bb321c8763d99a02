//! Prices by steps, as a bill holds them: `1,0.14:5,0.12:0,0.10` is 0.14 for the first one, 0.12 for each of the next five, and
//! 0.10 for all that is left.

/// One step of a price.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Step {
    /// For how many units it holds; `None` for all that are left.
    pub size: Option<f64>,
    /// The price of each unit.
    pub price: f64,
}

/// What a step comes to.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Charged {
    /// The step.
    pub step: Step,
    /// How many units were charged by it.
    pub units: f64,
    /// What they cost.
    pub amount: f64,
}

/// Reads the steps; `None` for what is written in another way.
pub fn read(text: &str) -> Option<Vec<Step>> {
    let steps: Option<Vec<Step>> = text
        .split(':')
        .map(|step| {
            let (size, price) = step.split_once(',')?;
            let size: f64 = size.trim().parse().ok().filter(|size: &f64| size.is_finite() && *size >= 0.0)?;
            let price = price.trim().parse().ok().filter(|price: &f64| price.is_finite())?;
            Some(Step { size: (size > 0.0).then_some(size), price })
        })
        .collect();
    // Only the last step can take all that is left.
    let rest = |steps: &[Step]| steps.iter().position(|step| step.size.is_none());
    steps.filter(|steps| rest(steps).is_none_or(|place| place + 1 == steps.len()))
}

/// What a quantity comes to, step by step. Steps that it does not reach are left out.
pub fn charge(steps: &[Step], quantity: f64) -> Vec<Charged> {
    let mut left = quantity;
    let mut charged = Vec::new();
    for step in steps {
        if left <= 0.0 && !charged.is_empty() {
            break;
        }
        let units = step.size.map_or(left, |size| left.min(size));
        charged.push(Charged { step: *step, units, amount: units * step.price });
        left -= units;
    }
    charged
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_are_read() {
        let steps = read("1,0.14:5,0.12:0,0.10").expect("steps");
        assert_eq!(
            steps,
            [
                Step { size: Some(1.0), price: 0.14 },
                Step { size: Some(5.0), price: 0.12 },
                Step { size: None, price: 0.10 },
            ]
        );
        assert_eq!(read("0,0"), Some(vec![Step { size: None, price: 0.0 }]));
        for text in ["", "1", "1,x", "-1,2", "0,1:5,2", "1,NaN", "inf,1"] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn a_quantity_is_charged_step_by_step() {
        let steps = read("1,0.14:5,0.12:0,0.10").expect("steps");
        let units = |quantity| charge(&steps, quantity).iter().map(|one| one.units).collect::<Vec<_>>();
        assert_eq!(units(108.0), [1.0, 5.0, 102.0]);
        assert_eq!(units(0.5), [0.5]);
        assert_eq!(units(1.0), [1.0]);
        assert_eq!(units(0.0), [0.0]);
        let total: f64 = charge(&steps, 108.0).iter().map(|one| one.amount).sum();
        assert!((total - 10.94).abs() < 1e-9);
    }
}
