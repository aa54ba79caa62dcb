//! Core → model: semi-naive evaluation, stratum by stratum. Numbers and labels only; no text, no input, no printing.
//!
//! A stratum's rules become [clauses](goal), each clause a [plan](plan) for every literal that can bring news, and
//! [rounds](rounds) of [joins](join) fill the [relations](relation) until nothing new comes.

mod aggregate;
mod alternating;
mod arithmetic;
mod best;
mod bounds;
mod calls;
mod coming;
mod goal;
mod index;
mod items;
mod join;
#[cfg(test)]
mod judged;
pub mod limits;
#[cfg(test)]
mod naive;
mod plan;
mod relation;
mod rounds;
mod run;
mod spread;
mod store;
mod strata;

pub use limits::{Limits, Stopped};
pub use run::run;
