//! Whether a licence expression can be met, as SPDX writes it: <https://spdx.github.io/spdx-spec/v2.3/SPDX-license-expressions/>.

/// Tells whether an expression is met by licences that are allowed; `/` is an old way to write `OR`.
pub(crate) fn is_met(expression: &str, is_allowed: &dyn Fn(&str) -> bool) -> bool {
    let spaced = expression.replace('/', " OR ").replace('(', " ( ").replace(')', " ) ");
    let words: Vec<&str> = spaced.split_whitespace().collect();
    let mut rest = &words[..];
    let is_met = either(&mut rest, is_allowed);
    assert!(rest.is_empty() && !words.is_empty(), "{expression:?} is no licence expression");
    is_met
}

fn either(rest: &mut &[&str], is_allowed: &dyn Fn(&str) -> bool) -> bool {
    let mut is_met = both(rest, is_allowed);
    while take(rest, "OR") {
        is_met |= both(rest, is_allowed);
    }
    is_met
}

fn both(rest: &mut &[&str], is_allowed: &dyn Fn(&str) -> bool) -> bool {
    let mut is_met = one(rest, is_allowed);
    while take(rest, "AND") {
        is_met &= one(rest, is_allowed);
    }
    is_met
}

fn one(rest: &mut &[&str], is_allowed: &dyn Fn(&str) -> bool) -> bool {
    if take(rest, "(") {
        let is_met = either(rest, is_allowed);
        assert!(take(rest, ")"), "a parenthesis is open");
        return is_met;
    }
    let Some((licence, tail)) = rest.split_first() else { return false };
    *rest = tail;
    // An exception only adds to what a licence grants.
    if take(rest, "WITH") {
        *rest = rest.get(1..).unwrap_or_default();
    }
    is_allowed(licence)
}

fn take(rest: &mut &[&str], word: &str) -> bool {
    let Some((_, tail)) = rest.split_first().filter(|(first, _)| **first == word) else { return false };
    *rest = tail;
    true
}

#[test]
fn expressions_are_read() {
    let met = |expression: &str| is_met(expression, &|licence| matches!(licence, "MIT" | "BSD-3-Clause"));
    assert!(met("MIT") && met("GPL-3.0 OR MIT") && met("Unlicense/MIT") && met("MIT AND BSD-3-Clause"));
    assert!(met("(Apache-2.0 OR MIT) AND BSD-3-Clause") && met("Apache-2.0 WITH LLVM-exception OR MIT"));
    assert!(
        !met("GPL-3.0") && !met("MIT AND GPL-3.0") && !met("(Apache-2.0 OR MIT) AND ISC") && !met("ISC OR MIT AND ISC")
    );
}
