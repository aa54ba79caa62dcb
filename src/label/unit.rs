//! The one label of programs that no context touches; it takes no room and no time.

use super::{Label, Labels};

/// Labels where every row always holds.
#[derive(Clone, Copy, Debug, Default)]
pub struct Always;

impl Labels for Always {
    type Label = ();
    const TRIVIAL: bool = true;

    fn always(&self) {}

    fn and(&mut self, (): (), (): ()) -> Option<()> {
        Some(())
    }

    fn or(&mut self, (): (), (): ()) {}

    fn without(&mut self, (): (), (): ()) -> Option<()> {
        None
    }

    fn onward(&mut self, (): ()) {}

    fn load(&self, label: Label) -> Option<()> {
        debug_assert!(label.is_always() || label.is_never());
        label.is_always().then_some(())
    }

    fn store(&self, (): ()) -> Label {
        Label::ALWAYS
    }

    fn exhausted(&self) -> bool {
        false
    }
}
