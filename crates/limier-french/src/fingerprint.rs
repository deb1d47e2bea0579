//! What identifies the behaviour of an analyzer.

use std::fmt;

use crate::hash::hash_bytes;

/// The version of the rules: raised by hand with each change of what a text is read as.
pub(crate) const RULES_VERSION: u64 = 7;

/// That of the default options, so that no program computes it when it starts; a test does.
pub(crate) const DEFAULT: Fingerprint = Fingerprint(0xebf4_bfaf_061e_92ff);

/// A hash of everything that a term depends on: the rules, the tables, the options, and what is made of a fixed text.
///
/// An index remembers the fingerprint of the analyzer that filled it; under another one its terms may not be found.
/// Displayed as 16 hexadecimal digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Fingerprint(u64);

impl Fingerprint {
    /// Returns the fingerprint as a number.
    pub fn as_u64(self) -> u64 {
        self.0
    }

    /// Makes a fingerprint from parts, whose order counts.
    pub(crate) fn of_parts<'p>(parts: impl IntoIterator<Item = &'p [u8]>) -> Self {
        let folded = parts.into_iter().fold(RULES_VERSION, |state, part| {
            let mut pair = [0; 16];
            let (left, right) = pair.split_at_mut(8);
            left.copy_from_slice(&state.to_le_bytes());
            right.copy_from_slice(&hash_bytes(part).to_le_bytes());
            hash_bytes(&pair)
        });
        Fingerprint(folded)
    }
}

/// As it is displayed: a number of 64 bits is more than most readers of JSON take.
#[cfg(feature = "serde")]
impl serde::Serialize for Fingerprint {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}

/// A text that goes through every rule.
pub(crate) const PROBE: &str = "L’œuvre d'OpenAI, aujourd'hui : 11 000 porte-monnaie, S.N.C.F., C++ et R&D. \
    Quelqu'un dit-il « non » aux salarié·e·s du XIXe siècle ? Les travaux nationaux, n° 5, à 18 h 30, 58 %, \
    lexploitation, exploi-\ntation, presqu'île, celui-ci, 1er, treizième, jean@exemple.fr, citoyen.ne.s, 12/03/2024.";
