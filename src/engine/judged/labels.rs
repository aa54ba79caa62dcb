//! Labels for random programs: sets of up to eight contexts.

use crate::label::{Label, Labels};

/// Sets of up to eight contexts, one bit each.
#[derive(Clone, Debug)]
pub struct Bits {
    pub contexts: u32,
}

impl Bits {
    fn all(&self) -> u8 {
        ((1u32 << self.contexts) - 1) as u8
    }
}

impl Labels for Bits {
    type Label = u8;
    const TRIVIAL: bool = false;

    fn always(&self) -> u8 {
        self.all()
    }

    fn and(&mut self, a: u8, b: u8) -> Option<u8> {
        Some(a & b).filter(|&label| label != 0)
    }

    fn or(&mut self, a: u8, b: u8) -> u8 {
        a | b
    }

    fn without(&mut self, a: u8, b: u8) -> Option<u8> {
        Some(a & !b).filter(|&label| label != 0)
    }

    fn onward(&mut self, a: u8) -> u8 {
        a
    }

    fn load(&self, label: Label) -> Option<u8> {
        match label {
            Label::NEVER => None,
            Label::ALWAYS => Some(self.all()),
            Label(bits) => Some((bits - 2) as u8),
        }
    }

    fn store(&self, label: u8) -> Label {
        match label {
            0 => Label::NEVER,
            all if all == self.all() => Label::ALWAYS,
            bits => Label(u32::from(bits) + 2),
        }
    }

    fn exhausted(&self) -> bool {
        false
    }
}
