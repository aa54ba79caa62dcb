//! `why` and `why not`: the arguments in full where the sentence holds, at most ten lines for each way in which it does not.

use super::outline::{Line, alone, brief, outline, shallow};
use crate::reading::Status;
use crate::reading::proof::{By, How};
use crate::say;
use crate::say::account::{Account, Argument, Elsewhere, Failing, Step, Try};
use std::io::{self, Write};

/// Lines that say why not, unless all is asked for.
const MOST_LINES: usize = 10;

/// Lines of one proof, unless all is asked for: more than anybody reads, so that nothing is cut that somebody might.
const MOST_OF_A_PROOF: usize = 500;

/// Writes an account, indented by one step. `used` lines of the ten have been written already.
///
/// # Errors
/// When the output cannot be written.
pub fn explained(out: &mut dyn Write, account: &Account, used: usize) -> io::Result<()> {
    for argument in &account.proofs {
        let lines = if account.asked.brief {
            brief(argument, 1)
        } else {
            outline(argument, 1, account.asked.all)
        };
        let most = if account.asked.all {
            usize::MAX
        } else {
            MOST_OF_A_PROOF
        };
        cut_to(lines, most, " with --all")
            .iter()
            .try_for_each(|line| line.write(out))?;
    }
    let most = |used: usize| match account.asked.all {
        true => usize::MAX,
        false => MOST_LINES.saturating_sub(used),
    };
    let mut parts = vec![(failure(account, most(used)), most(used))];
    let others = account.elsewhere.iter();
    parts.extend(others.map(|other| (elsewhere(other, most(0)), most(0))));
    for (lines, most) in parts {
        cut_to(lines, most, " with --all")
            .iter()
            .try_for_each(|line| line.write(out))?;
    }
    if account.cut && account.asked.all {
        Line::new(1, false, "… and more").write(out)?;
    }
    Ok(())
}

/// Why an expectation was not met, in at most ten lines.
pub fn reason(account: &Account) -> Vec<String> {
    let mut lines = Vec::new();
    for argument in account.proofs.iter().take(2) {
        lines.extend(outline(argument, 1, false));
    }
    lines.extend(failure(account, MOST_LINES));
    let text = |line: Line| {
        let mut text = Vec::new();
        // Memory takes all.
        let _ = line.write(&mut text);
        String::from_utf8_lossy(&anstream::adapter::strip_bytes(&text).into_vec())
            .trim_end()
            .chars()
            .skip(2)
            .collect()
    };
    cut_to(lines, MOST_LINES, "")
        .into_iter()
        .map(text)
        .collect()
}

/// The proofs of a sentence and of its opposite, in at most ten lines.
pub fn both_sides(proofs: &[Argument]) -> Vec<Line> {
    let whole: Vec<Vec<Line>> = proofs
        .iter()
        .map(|proof| outline(proof, 1, false))
        .collect();
    if whole.iter().map(Vec::len).sum::<usize>() <= MOST_LINES {
        return whole.concat();
    }
    let shallow = proofs.iter().map(|proof| shallow(proof, 1, false));
    cut_to(shallow.flatten().collect(), MOST_LINES, " with `hence run`")
}

/// The first lines, the last of them saying how many there are besides.
fn cut_to(mut lines: Vec<Line>, most: usize, how: &str) -> Vec<Line> {
    if lines.len() > most {
        let more = lines.len() - most.saturating_sub(1);
        lines.truncate(most.saturating_sub(1));
        lines.push(Line::new(1, false, format!("… {more} more lines{how}")));
    }
    lines
}

/// Why it does not hold, nearest first.
fn failure(account: &Account, most: usize) -> Vec<Line> {
    let mut lines = failing(account, most);
    if lines.is_empty()
        && let Some((when, _)) = &account.elsewhen
    {
        lines.push(Line::new(1, false, format!("it holds {when}")));
    }
    if lines.is_empty() && account.proofs.is_empty() {
        let status = if account.status == Status::Unknown {
            "nothing states it, and no rule concludes it"
        } else {
            "no argument is known"
        };
        lines.push(Line::new(1, false, status));
    }
    lines.extend(nearest(account));
    lines
}

fn nearest(account: &Account) -> Option<Line> {
    let near = account.nearby.as_ref();
    near.filter(|_| account.attempts.is_empty() || account.asked.all)
        .map(|near| Line::new(1, true, format!("nearest: `{near}`")))
}

/// The same, as far as there is more to say than how it stands.
fn failing(account: &Account, most: usize) -> Vec<Line> {
    let differs = account.status == Status::Depends && !account.proofs.is_empty();
    let mut lines = here(account, most.saturating_sub(usize::from(differs)));
    if differs && !lines.is_empty() {
        let title = match &account.failing {
            Some(Failing { status, said, .. }) => format!("{said}: {}", say::answer(*status)),
            None => "elsewhere:".to_owned(),
        };
        lines.insert(0, Line::new(1, false, title));
    }
    lines
}

fn here(account: &Account, most: usize) -> Vec<Line> {
    let mut lines = Vec::new();
    let [pro, con] = &account.sides;
    let refuted = !account.opposite.is_empty();
    if refuted {
        opposite(&mut lines, account, most);
    } else {
        contested(&mut lines, account, most);
    }
    if let Some(hangs) = &account.hangs {
        lines.extend(
            hangs
                .lines()
                .into_iter()
                .map(|line| Line::new(1, false, line)),
        );
    }
    let argued = refuted || !pro.is_empty() || !con.is_empty();
    if account.asked.all {
        if !account.attempts.is_empty() && (!lines.is_empty() || !account.proofs.is_empty()) {
            lines.push(Line::new(1, false, "how far its rules come:"));
        }
        for attempt in &account.attempts {
            in_full(&mut lines, attempt, !refuted, argued);
        }
    } else if refuted || (!argued && account.hangs.is_none()) {
        lines.extend(
            account
                .attempts
                .iter()
                .map(|attempt| Line::new(1, true, attempt.line(!refuted)).cite(&attempt.cited())),
        );
    }
    lines
}

/// How it stands in other worlds, or at other times.
fn elsewhere(other: &Elsewhere, most: usize) -> Vec<Line> {
    let status = say::answer(other.account.status);
    let mut lines = vec![Line::new(1, false, format!("{}: {status}", other.said))];
    lines.extend(failing(&other.account, most.saturating_sub(1)));
    lines.extend(nearest(&other.account));
    lines
}

/// One attempt with what it has, what stops it, and how far the rules for what it lacks come. What beats it is told elsewhere where
/// it is `argued`.
fn in_full(lines: &mut Vec<Line>, attempt: &Try, grounds: bool, argued: bool) {
    struct Task<'a> {
        attempt: &'a Try,
        indent: usize,
        title: String,
        top: bool,
    }
    let mut open = vec![Task {
        attempt,
        indent: 1,
        title: String::new(),
        top: true,
    }];
    while let Some(task) = open.pop() {
        let Task {
            attempt, indent, ..
        } = task;
        let said = attempt.line_alone(grounds && task.top);
        lines.push(Line::new(indent, true, task.title + &said).cite(&attempt.cited()));
        let met = attempt.met.iter();
        lines.extend(met.map(|step| alone(step, indent + 1, "met: ")));
        for (argument, how) in &attempt.defeated_by {
            let told = *how != How::Excepted && task.top && argued;
            let is_bare = |step: &Step| step.by == By::Absence;
            if told || argument.steps.first().is_some_and(is_bare) {
                continue;
            }
            let mut own = outline(argument, indent + 1, true);
            if let Some(first) = own.first_mut() {
                first.bullet = true;
                first.parts[0].1.insert_str(0, "against it: ");
            }
            lines.extend(own);
        }
        let followed = attempt.missing.iter().filter_map(|lack| {
            Some(Task {
                attempt: lack.through.as_deref()?,
                indent: indent + 1,
                title: format!("for `{}`: ", lack.sentence),
                top: false,
            })
        });
        let followed: Vec<Task<'_>> = followed.collect();
        open.extend(followed.into_iter().rev());
    }
}

/// The arguments of both sides and what would settle it. Premises are left out where the lines do not allow for them.
fn contested(lines: &mut Vec<Line>, account: &Account, most: usize) {
    let [pro, con] = &account.sides;
    let all = account.asked.all;
    let told = |arguments: &[Argument], sentence: usize| -> Vec<Vec<Line>> {
        let sentence = account.contested.as_ref().map(|both| &both[sentence]);
        let plain = is_plain(arguments, sentence);
        let block = |argument: &Argument| match all {
            true => outline(argument, 1, true),
            false => compact(argument, plain),
        };
        arguments.iter().map(block).collect()
    };
    let mut sides = [told(pro, 0), told(con, 1)];
    let settling = match account.settling.len() {
        0 => 0,
        count => count + 1,
    };
    let titles = sides.iter().filter(|side| !side.is_empty()).count();
    let needed: usize = sides.iter().map(Vec::len).sum::<usize>() + titles + settling;
    let mut room = most.saturating_sub(needed);
    let mut left_out = [0; 2];
    let arguments = pro.iter().chain(con);
    let mut blocks: Vec<&mut Vec<Line>> = sides.iter_mut().flatten().collect();
    let shares = shared(
        &blocks.iter().map(|block| block.len()).collect::<Vec<_>>(),
        &mut room,
    );
    let places = blocks.iter_mut().zip(arguments).zip(shares).enumerate();
    for (place, ((block, argument), share)) in places {
        if block.len() > share {
            left_out[usize::from(place >= pro.len())] += block.len() - share;
            **block = gist(argument, std::mem::take(*block));
            block.truncate(share);
        }
    }
    for ((title, side), left_out) in ["for it", "against it"]
        .into_iter()
        .zip(sides)
        .zip(left_out)
    {
        if side.is_empty() {
            continue;
        }
        // On a line of its own the word would cost one that says something.
        let more = match left_out {
            0 => String::new(),
            1 => ", 1 more line with --all".into(),
            number => format!(", {number} more lines with --all"),
        };
        lines.push(Line::new(1, false, format!("{title}{more}:")));
        for mut block in side {
            block[0].bullet = true;
            lines.extend(block);
        }
    }
    if settling > 0 {
        lines.push(Line::new(1, false, "what would settle it:"));
        let told = account.settling.iter();
        lines.extend(told.map(|settling| Line::new(1, true, settling)));
    }
}

/// Whether the title of a side says what all its arguments are for: the sentence, or its opposite.
fn is_plain(arguments: &[Argument], sentence: Option<&String>) -> bool {
    let claim = |argument: &Argument| argument.steps.first().map(|step| step.sentence.clone());
    sentence.is_some()
        && arguments
            .iter()
            .all(|argument| claim(argument).as_ref() == sentence)
}

/// An argument without its sentence, where that is plain: its rule first.
fn compact(argument: &Argument, plain: bool) -> Vec<Line> {
    let mut lines = shallow(argument, 1, true);
    let has_rule = argument
        .steps
        .first()
        .is_some_and(|step| step.text.is_some());
    if plain && has_rule && lines.len() > 1 {
        lines.remove(0);
        lines[0].indent = 1;
    }
    lines
}

/// How many lines each of several blocks gets, when each has one and so many more are left to be shared by turns.
fn shared(blocks: &[usize], room: &mut usize) -> Vec<usize> {
    let mut shares = vec![1; blocks.len()];
    while *room > 0
        && shares
            .iter()
            .zip(blocks)
            .any(|(share, wanted)| share < wanted)
    {
        for (share, wanted) in shares.iter_mut().zip(blocks) {
            if *share < *wanted && *room > 0 {
                *share += 1;
                *room -= 1;
            }
        }
    }
    shares
}

/// The lines of an argument, those first that it can be recognised by: its rule, the premises that are not settled, what is no arithmetic.
fn gist(argument: &Argument, mut lines: Vec<Line>) -> Vec<Line> {
    let Some(root) = argument.steps.first() else {
        return lines;
    };
    let weight = |line: &Line| {
        let said = line.parts.first().map(|(_, text)| text);
        let premises = root.premises.iter();
        let mut premises = premises.map(|&premise| &argument.steps[premise]);
        let told = premises.find(|step| said == Some(&step.line()));
        told.map_or(0, |step| match (step.status, &step.by) {
            (_, By::Arithmetic) => 3,
            (Status::Certain | Status::Presumed, _) => 2,
            _ => 1,
        })
    };
    lines.sort_by_key(weight);
    lines
}

/// The proof of the opposite and the other arguments for it: all their rules first, then as many of their premises as the lines
/// allow.
fn opposite(lines: &mut Vec<Line>, account: &Account, most: usize) {
    if account.asked.all {
        lines.extend(
            account
                .opposite
                .iter()
                .flat_map(|argument| outline(argument, 1, true)),
        );
        side(lines, "and:", &account.sides[1], true);
        return;
    }
    if matches!(account.status, Status::Certain | Status::Presumed) {
        lines.push(Line::new(1, false, "but its opposite is certain too:"));
    }
    let mut blocks: Vec<Vec<Line>> = account
        .opposite
        .iter()
        .map(|argument| shallow(argument, 1, false))
        .collect();
    for other in &account.sides[1] {
        let mut block = shallow(other, 1, true);
        if block.len() > 1 {
            block.remove(0);
        }
        blocks.push(block);
    }
    // The head and the rule of the first, the rule of each other one.
    let needed = |place: usize, block: &Vec<Line>| {
        block
            .len()
            .min(if place < account.opposite.len() { 2 } else { 1 })
    };
    let used: usize = blocks
        .iter()
        .enumerate()
        .map(|(place, block)| needed(place, block))
        .sum();
    let mut room = most.saturating_sub(used + account.attempts.len());
    for (place, mut block) in blocks.into_iter().enumerate() {
        let needed = needed(place, &block);
        if block.len() - needed > room {
            block.truncate(needed);
        }
        room -= block.len() - needed;
        lines.extend(block);
    }
}

fn side(lines: &mut Vec<Line>, title: &str, arguments: &[Argument], all: bool) {
    if arguments.is_empty() {
        return;
    }
    lines.push(Line::new(1, false, title));
    for argument in arguments {
        let mut own = if all {
            outline(argument, 1, true)
        } else {
            shallow(argument, 1, true)
        };
        if let Some(first) = own.first_mut() {
            first.bullet = true;
        }
        lines.extend(own);
    }
}
