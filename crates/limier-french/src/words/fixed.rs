//! Compounds whose sense is not that of their parts: `aujourd'hui`, `rendez-vous`, `peut-être`, `c'est-à-dire`.
//!
//! They are one word, whichever apostrophe or hyphen holds them, and whether or not one does: their term is written without
//! any. So `peut-être` is not found by `être`, nor `rendez-vous` by `rendre`. Some of them have a part that readers look for
//! (`île` in `presqu'île`): it is another reading.

use crate::normalize::fold;
use crate::token::{Rule, Stop};
use crate::words::joint::Joint;
use crate::words::reader::{Entry, Reader};

/// Those that carry sense. Written without accents, hyphens and apostrophes.
const WITH_SENSE: &str = "
    aujourdhui rendezvous quenditon quendiraton vasistas entretemps
    presquile presquiles soidisant sefini toutacoup
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
    if reader.joint_to_next(from) == Some(Joint::Apostrophe) && reader.surface(from).eq_ignore_ascii_case("entr") {
        let joined = [reader.exact(from), reader.exact(from + 1)].concat();
        let (start, end) = reader.range(from, from + 1);
        reader.plain_entry(Entry::new(start, end, &joined, Rule::Apostrophe));
        return Some(from + 2);
    }
    let joins = |joint| matches!(joint, Joint::Apostrophe | Joint::Hyphen);
    let limit = reader.run_end(from, joins).min(from + MAX_WORDS - 1);
    for last in (from..=limit).rev() {
        let joined: String = (from..=last).map(|rank| reader.exact(rank)).collect();
        let Some(found) = find(&joined) else { continue };
        let (start, end) = reader.range(from, last);
        let position = reader.position;
        let rule = if last == from { reader.rule } else { rule_of(reader, from, last) };
        let entry = Entry::new(start, end, &joined, rule);
        let entry = if found.stop == Stop::None { entry } else { entry.stop(found.stop) };
        reader.plain_entry(entry.lemma(&joined));
        if let Some(also) = found.also.filter(|also| *also != joined) {
            let (part, _) =
                if last > from && also.len() < joined.len() / 2 + 1 { reader.range(last, last) } else { (start, end) };
            reader.alternate(position, Entry::new(part, end, also, rule));
        }
        return Some(last + 1);
    }
    None
}

struct Found {
    stop: Stop,
    /// Another reading of the whole.
    also: Option<&'static str>,
}

/// Looks up a compound whose parts are joined.
fn find(joined: &str) -> Option<Found> {
    let key = fold(joined);
    let listed = |list: &str| list.split_whitespace().any(|word| word == key);
    if let Some(ending) = key.strip_prefix(PRUDHOM) {
        let family = ["me", "mes", "al", "ale", "ales", "aux", "mal", "male", "males", "maux", "ie", "mie"];
        return family.contains(&ending).then_some(Found { stop: Stop::None, also: Some("prudhomme") });
    }
    if listed(QUESTIONS) {
        return Some(Found { stop: Stop::Question, also: None });
    }
    if listed(WITHOUT_SENSE) {
        return Some(Found { stop: Stop::Function, also: None });
    }
    let also = match key.as_str() {
        "presquile" => Some("île"),
        "presquiles" => Some("îles"),
        _ => None,
    };
    listed(WITH_SENSE).then_some(Found { stop: Stop::None, also })
}

/// The sign that joins the compound names the rule.
fn rule_of(reader: &Reader<'_>, from: usize, last: usize) -> Rule {
    let hyphen = (from..last).any(|rank| reader.joint(rank) == Some(Joint::Hyphen));
    if hyphen { Rule::Fixed } else { Rule::Apostrophe }
}
