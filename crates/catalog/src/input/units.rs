//! Units with the names that are shown, for reading, editing and showing alike.

/// A unit: its name, and how many of the least unit of its table are in one.
pub type Unit = (&'static str, i128);

/// Units of data in bytes: powers of 1000, then powers of 1024.
pub const DATA: &[Unit] = &[
    ("B", 1),
    ("kB", 1_000),
    ("MB", 1_000_000),
    ("GB", 1_000_000_000),
    ("TB", 1_000_000_000_000),
    ("PB", 1_000_000_000_000_000),
    ("EB", 1_000_000_000_000_000_000),
    ("KiB", 1 << 10),
    ("MiB", 1 << 20),
    ("GiB", 1 << 30),
    ("TiB", 1 << 40),
    ("PiB", 1 << 50),
    ("EiB", 1 << 60),
];

/// The powers of 1024 among [`DATA`], from the least.
pub const BINARY_DATA: &[Unit] = DATA.split_at(7).1;

/// Units of bit rates in bits per second, from the least.
pub const BIT_RATES: &[Unit] = &[
    ("bit/s", 1),
    ("kbit/s", 1_000),
    ("Mbit/s", 1_000_000),
    ("Gbit/s", 1_000_000_000),
    ("Tbit/s", 1_000_000_000_000),
];

/// Units of time in microseconds, from the least.
pub const TIMES: &[Unit] = &[
    ("µs", 1),
    ("ms", 1_000),
    ("s", 1_000_000),
    ("min", 60_000_000),
    ("h", 3_600_000_000),
    ("d", 86_400_000_000),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn binary_units_are_powers_of_1024() {
        assert_eq!(BINARY_DATA.first(), Some(&("KiB", 1024)));
        for (index, (name, size)) in BINARY_DATA.iter().enumerate() {
            let power = u32::try_from(index).expect("few units") + 1;
            assert_eq!((*size, name.ends_with("iB")), (1024_i128.pow(power), true));
        }
    }
}
