//! The program `limier-bench`.

fn main() {}
