//! The questions of which explanations are compared, as text and as JSON.

pub const CASES: [(&str, &[&str]); 3] = [
    (
        "examples/azerbaijan-2010.hence",
        &[
            "why Azerbaijan is not finlandized?",
            "why not Azerbaijan is finlandized?",
            "why Turkey ties normalising with Armenia to Karabakh?",
            "why not Azerbaijan reacts harshly to Gyumri Protocol?",
            "why Russia sells S-300 to Azerbaijan for 300 million USD?",
            "why Iran is warned by Azerbaijan in sale?",
            "why not Azerbaijan can press Armenia by \"bypass\"?",
            "why Azerbaijan can press Armenia by \"bypass\" in buyout?",
            "why Russia stays friendly with Azerbaijan?",
            "why not Azerbaijan is at risk of finlandization by Russia if Karabakh is settled?",
            "what would it take for Azerbaijan reacts harshly to Gyumri Protocol?",
            "what would it take for Baku Treaty offsets Gyumri Protocol?",
        ],
    ),
    (
        "examples/breach-notification.hence",
        &[
            "why Telco is late with Cable Tap?",
            "why Telco is a repeat offender?",
            "why not Bakery must notify Mail Slip?",
            "why not Shop must notify Mail Slip?",
            "what would it take for Clinic must notify Sealed Tape?",
            "what would it take for Telco is late with Cable Tap?",
        ],
    ),
    (
        "examples/outage.hence",
        &[
            "why Store takes 8 others down?",
            "why Shopfront is down as of 2025-03-09 if East is dark?",
            "why not Ledger is down as of 2025-03-09 if East is dark?",
            "what would it take for Ledger is down as of 2025-03-09?",
        ],
    ),
];

/// What is seldom met in what is shipped: loops, exceptions that hold, rival values, other times, what is argued for on both sides.
pub const SELDOM: &str = "\
source log \"A log\".
as of 2012.
relation ?owner owns ?thing, one ?owner.
each of Ann, Bob and Cyd is a keeper. Ann is ill. Bob is ill [reported by Cyd, denied by Post]. Cyd is abroad [until 2010-05-03].
Ann owns Mill. Bob asks for Mill. each of Ann and Bob likes Mill. Dan is busy [presumably].
rule watch \"keepers keep watch\": ?x is a keeper unless ?x is ill suggests ?x keeps watch [source log p. 1].
rule travel: ?x is a keeper and ?x is abroad and ?x is free suggests ?x travels [source log p. 2].
rule free: ?x is a keeper and not ?x owns ?x and ?x is rich implies ?x is free.
?n is the number of ?x where ?x likes ?y and ?n > 2 and Bob asks for ?y implies ?y is dear.
Mill needs 2. ?m needs ?n and ?n is the number of ?x where ?x is ill implies ?m is grim.
rule first: ?x is a keeper unless ?x is odd implies ?x is even. rule second: ?x is a keeper unless ?x is even implies ?x is odd.
rule third: Ann is odd implies Ann counts.
rule yes: ?x is busy suggests ?x comes. rule no: ?x is a keeper and Dan is busy suggests not Dan comes. rule maybe: ?x is ill casts doubt on ?x is a witness.
?x is a keeper suggests ?x is a witness. rule call: ?x comes and ?x is a keeper suggests ?x calls Dan.
rule late: ?x is a keeper suggests ?x is late [until 2010]. rule early: Ann is a keeper implies not Ann is late.
rule soon: ?x is a keeper suggests ?x is late. rule best: ?x is ill implies not ?x is late.
driver wind: north: Wind is north. south: Wind is south. rule north: Wind is north implies Mill turns. rule south: Wind is south and Ann owns Mill implies Mill turns.
";

pub const SELDOM_ASKED: [&str; 20] = [
    "why not Ann keeps watch?",
    "why not Bob keeps watch?",
    "why not Cyd travels?",
    "why not Ann is free?",
    "why not Mill is dear?",
    "why not Mill is grim?",
    "why not Ann is even?",
    "why not Ann counts?",
    "why not Dan comes?",
    "why not Dan calls Dan?",
    "why not Dan is busy?",
    "why not Ann is a witness?",
    "why not Ann is late?",
    "why not Bob is late?",
    "why not Bob owns Mill?",
    "why not Ann is late and Ann keeps watch?",
    "why Mill turns?",
    "why not Wind is north?",
    "why not Mill likes Ann?",
    "why Cyd keeps watch?",
];
