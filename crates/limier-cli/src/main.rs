//! The program `limier`.

fn main() {}
