//! `hence`: what follows from facts, rules and scenarios written in near-English.
//!
//! The binary `hence` is the usual way in. This library is the same engine for programs that ask in hence's language and read the answers as
//! data: a case is read by [`files`], checked and compiled by [`session::prepare`], run by [`session::Prepared::solve`], and asked
//! through [`reading::Reader`]. Nothing of it panics on bad input; what is wrong comes back as [`session::Unsolved`], which draws
//! itself as the command line would.
//!
//! ```
//! use hence::files::{self, Input};
//! use hence::reading::{AnswerBody, Status};
//! use hence::session::{Evaluation, prepare};
//!
//! let text = "\
//! CSTO covers Armenia.
//! Russia leads CSTO.
//! Armenia avoids antagonising Russia.
//! ?great leads ?bloc and ?bloc covers ?state implies ?great can lean on ?state.
//! ?great can lean on ?state and ?state avoids antagonising ?great suggests ?state is finlandized.
//! ";
//! let case = files::read_alone(&[Input::Text { name: "alliance".into(), text: text.into() }]);
//! let evaluation = Evaluation::default();
//! let prepared = prepare(case, &evaluation, &["Armenia is finlandized?".into()])?;
//! let mut reader = prepared.solve(&evaluation)?;
//! let answers = prepared.answer(&mut reader, &prepared.program.questions)?;
//! assert!(matches!(answers[0].body, AnswerBody::YesNo { status: Status::Presumed, .. }));
//! # Ok::<(), hence::session::Unsolved>(())
//! ```
//!
//! The rooms, in the order in which data flows through them: [`text`] → [`syntax`] → [`check`] → [`program`] → [`core`] → [`engine`] →
//! [`model`] → [`reading`] → [`say`] → [`print`]. `docs/architecture.md` tells what each does and what it knows of the others.

pub mod check;
pub mod cli;
pub mod complaint;
pub mod core;
pub mod engine;
pub mod files;
pub mod format;
pub mod label;
pub mod model;
pub mod print;
pub mod program;
pub mod reading;
pub mod repl;
pub mod say;
pub mod session;
pub mod snapshot;
pub mod syntax;
pub mod testing;
pub mod text;
pub mod value;
