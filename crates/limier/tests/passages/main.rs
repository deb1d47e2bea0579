//! Sentences and passages: their golden files, and their properties on random texts.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod golden;
mod interface;
mod notation;
mod properties;
