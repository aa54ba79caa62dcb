//! Answers, outcomes and complaints → bytes. Comes in: data of the readings; goes out: text for a terminal, JSON, JUnit, TAP. Nothing is computed here
//! but where it stands on the line.

pub mod human;
pub mod json;
pub mod junit;
pub mod tap;
