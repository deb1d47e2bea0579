#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| limier_fuzz::synonyms(data));
