//! Full-text search of French text.
