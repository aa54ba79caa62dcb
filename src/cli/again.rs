//! Running again whenever a file changes. The files are looked at, a few times a second: that works on every disk and needs nothing of
//! the system.

use super::interrupt;
use crate::files;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Component, PathBuf};
use std::sync::atomic::Ordering;
use std::time::{Duration, SystemTime};

/// How often the files are looked at.
const STEP: Duration = Duration::from_millis(150);

/// The files of a run as they stood.
pub struct Files {
    /// As named on the command line: files and folders.
    named: Vec<PathBuf>,
    /// When each was last written, and its length; `None` for one that is not there.
    stood: BTreeMap<PathBuf, Option<(SystemTime, u64)>>,
    since: SystemTime,
}

impl Files {
    /// Before a run that begins now.
    pub fn new(named: &[PathBuf]) -> Self {
        Self {
            named: named.to_vec(),
            stood: BTreeMap::new(),
            since: SystemTime::now(),
        }
    }

    /// After the run: what it read.
    pub fn were_read(&mut self, read: Vec<PathBuf>) {
        let known = read.into_iter().map(|file| (file, None));
        self.stood = known.collect();
        self.stood = self.look();
    }

    pub fn len(&self) -> usize {
        self.stood.len()
    }

    /// Waits until files have changed, and are no longer being written; which ones. `None` where somebody ended it.
    pub fn wait(&self) -> Option<Vec<PathBuf>> {
        let mut last = self.stood.clone();
        loop {
            let stand = self.look();
            let is_late = |(file, state): &(&PathBuf, &Option<(SystemTime, u64)>)| {
                let written = state.map(|(written, _)| written);
                self.stood.get(*file) != Some(*state) || written > Some(self.since)
            };
            let changed = stand.iter().filter(is_late).map(|(file, _)| file.clone());
            let changed: Vec<PathBuf> = changed.collect();
            if !changed.is_empty() && stand == last {
                return Some(changed);
            }
            last = stand;
            if interrupt::flag().load(Ordering::Relaxed) {
                return None;
            }
            std::thread::sleep(STEP);
        }
    }

    /// The files read, and those that are in the folders by now.
    fn look(&self) -> BTreeMap<PathBuf, Option<(SystemTime, u64)>> {
        let folders = self.named.iter().filter(|named| named.is_dir());
        let below = folders.flat_map(|folder| files::below(folder).unwrap_or_default());
        let state = |file: &PathBuf| {
            let known = fs::metadata(file).ok()?;
            Some((known.modified().ok()?, known.len()))
        };
        let all = self.stood.keys().cloned().chain(below);
        // `./a.hence` is `a.hence`.
        let plain = |file: PathBuf| -> PathBuf {
            let parts = file.components();
            parts.filter(|part| *part != Component::CurDir).collect()
        };
        all.map(plain)
            .map(|file| {
                let state = state(&file);
                (file, state)
            })
            .collect()
    }
}
