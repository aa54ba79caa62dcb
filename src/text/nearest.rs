//! The closest known name to one that nobody knows: "did you mean".

/// The candidate fewest edits away from `wanted` (insert, delete, replace, swap of neighbours), if it is near enough to be
/// what was meant: at most a third of the longer one's letters; a capital is no edit. Ties go to the first in code-point order, so
/// that the answer never wavers.
///
/// `nearest("leverge", ["leverage", "coverage"])` is `leverage`.
pub fn nearest<'a>(wanted: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let wanted_folded = fold(wanted);
    candidates
        .into_iter()
        .filter(|candidate| *candidate != wanted)
        .filter_map(|candidate| {
            let folded = fold(candidate);
            let longer = wanted_folded.len().max(folded.len());
            // Of one or two letters nothing is left but for a capital.
            let limit = if longer < 3 { 0 } else { longer / 3 };
            let edits = distance(&wanted_folded, &folded, limit)?;
            Some((edits, candidate))
        })
        .min()
        .map(|(_, candidate)| candidate)
}

fn fold(text: &str) -> Vec<char> {
    text.chars()
        .take(200)
        .flat_map(char::to_lowercase)
        .collect()
}

/// Optimal string alignment distance, `None` past `limit`.
fn distance(a: &[char], b: &[char], limit: usize) -> Option<usize> {
    if a.len().abs_diff(b.len()) > limit {
        return None;
    }
    let mut before = vec![0; b.len() + 1];
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for (i, &x) in a.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, &y) in b.iter().enumerate() {
            let mut best = (last[j] + usize::from(x != y))
                .min(last[j + 1] + 1)
                .min(row[j] + 1);
            if i > 0 && j > 0 && x == b[j - 1] && a[i - 1] == y {
                best = best.min(before[j - 1] + 1);
            }
            row.push(best);
        }
        before = std::mem::replace(&mut last, row);
    }
    Some(last[b.len()]).filter(|&edits| edits <= limit)
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn a_swap_is_one_edit_and_ties_go_by_name() {
        assert_eq!(
            nearest("leveraeg", ["leverage", "average"]),
            Some("leverage")
        );
        assert_eq!(nearest("cat", ["bat", "car"]), Some("bat"));
        assert_eq!(nearest("covers", ["leads"]), None);
        assert_eq!(nearest("b", ["a", "B"]), Some("B"));
    }
}
