//! Compounds whose sense is not that of their parts: `aujourd'hui`, `rendez-vous`, `peut-être`, `c'est-à-dire`.
//!
//! They are one word, whichever apostrophe or hyphen holds them, and whether or not one does: their term is written without
//! any. So `peut-être` is not found by `être`, nor `rendez-vous` by `rendre`. Some of them have a part that readers look for
//! (`île` in `presqu'île`): it is another reading.

use std::sync::LazyLock;

use crate::hash::FastMap;
use crate::token::{Rule, Stop};
use crate::words::joint::Joint;
use crate::words::reader::{Entry, Reader};

/// Those that carry sense. Written without accents, hyphens and apostrophes.
const WITH_SENSE: &str = "
    aujourdhui rendezvous quenditon quendiraton vasistas entretemps
    soidisant sefini toutacoup
    suivezmoi sautezmouton decrochezmoica laissezpasser laissezfaire cessezlefeu rezdechaussee rezdejardin
    jemenfoutisme jemenfoutiste saintnitouche messieursdames
    quatequatre quatrequatre
";

/// Those that carry none: adverbs, prepositions, pronouns.
const WITHOUT_SENSE: &str = "
    peutetre cestadire visavis labas lahaut ladedans ladessus ladessous ladehors
    cidessus cidessous cicontre ciapres ciavant cijoint cijointe cijoints cijointes ciinclus
    audela audessus audessous audedans audehors audevant pardela pardessus pardessous pardevant parderriere pardevers
    endeca endehors endessous endessus enbas jusquela dicila icibas dela
    quelquun quelquune quelquesuns quelquesunes
    pourautant nestcepas
";

/// Those that ask.
const QUESTIONS: &str = "questce estce nestce";

/// Endings of `prud'hom…`, all of them of one family.
const PRUDHOM: &str = "prudhom";

/// Longest run of words in the lists.
const MAX_WORDS: usize = 5;

/// Reads a fixed compound, the longest that begins at `from`.
pub(crate) fn read(reader: &mut Reader<'_>, from: usize) -> Option<usize> {
    // `entr'acte`, `s'entr'aider`: today in one word.
    if reader.joint_to_next(from) == Some(Joint::Apostrophe) && reader.key(from) == "entr" {
        let (start, end) = reader.range(from, from + 1);
        reader.plain_entry(Entry::new(start, end, &reader.joined(from, from + 1), Rule::Apostrophe));
        return Some(from + 2);
    }
    let joins = |joint| matches!(joint, Joint::Apostrophe | Joint::Hyphen);
    let limit = reader.run_end(from, joins).min(from + MAX_WORDS - 1);
    for last in (from..=limit).rev() {
        let found = match last == from {
            true => find(reader.key(from)),
            false => find(&(from..=last).map(|rank| reader.key(rank)).collect::<String>()),
        };
        if let Some(found) = found {
            write(reader, from, last, found);
            return Some(last + 1);
        }
    }
    None
}

fn write(reader: &mut Reader<'_>, from: usize, last: usize, found: Found) {
    let joined = reader.joined(from, last);
    let (start, end) = reader.range(from, last);
    let position = reader.position;
    let rule = if last == from { reader.rule } else { rule_of(reader, from, last) };
    let entry = Entry::new(start, end, &joined, rule);
    reader.plain_entry(if found.stop == Stop::None { entry } else { entry.stop(found.stop) });
    let Some(also) = found.also.filter(|also| *also != joined) else { return };
    // `île` has a place of its own in `presqu'île`.
    let part_start = if last > from && joined.ends_with(also) { reader.range(last, last).0 } else { start };
    reader.alternate(position, Entry::new(part_start, end, also, rule));
}

#[derive(Clone, Copy)]
struct Found {
    stop: Stop,
    /// Another reading of the whole.
    also: Option<&'static str>,
}

/// The lists as one table.
static TABLE: LazyLock<FastMap<&'static str, Found>> = LazyLock::new(|| {
    let lists = [(WITH_SENSE, Stop::None), (WITHOUT_SENSE, Stop::Function), (QUESTIONS, Stop::Question)];
    let listed = lists.into_iter().flat_map(|(list, stop)| list.split_whitespace().map(move |key| (key, stop)));
    let mut table: FastMap<_, _> = listed.map(|(key, stop)| (key, Found { stop, also: None })).collect();
    for (key, also) in [("presquile", "île"), ("presquiles", "îles")] {
        table.insert(key, Found { stop: Stop::None, also: Some(also) });
    }
    table
});

/// Looks up a compound whose parts are joined, without accents.
fn find(key: &str) -> Option<Found> {
    if let Some(ending) = key.strip_prefix(PRUDHOM) {
        let family = ["me", "mes", "al", "ale", "ales", "aux", "mal", "male", "males", "maux", "ie", "mie"];
        return family.contains(&ending).then_some(Found { stop: Stop::None, also: Some("prudhomme") });
    }
    TABLE.get(key).copied()
}

/// The sign that joins the compound names the rule.
fn rule_of(reader: &Reader<'_>, from: usize, last: usize) -> Rule {
    let hyphen = (from..last).any(|rank| reader.joint(rank) == Some(Joint::Hyphen));
    if hyphen { Rule::Fixed } else { Rule::Apostrophe }
}
