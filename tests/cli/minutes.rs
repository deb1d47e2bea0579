//! The first ten minutes of somebody new, as `tests/first-ten-minutes.sh` walks through them.

use std::process::Command;

/// With `--nocapture` each step's time is shown; tmux, jq and Python are used where they are.
#[test]
fn the_first_ten_minutes_hold_no_surprise() {
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/first-ten-minutes.sh");
    let output = Command::new("bash").arg(script).env("LIMIER", env!("CARGO_BIN_EXE_limier")).output().unwrap();
    let (steps, said) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    println!("{steps}");
    assert!(output.status.success(), "{steps}{said}");
    assert!(steps.contains("uninstalled, and nothing left"), "{steps}{said}");
}
