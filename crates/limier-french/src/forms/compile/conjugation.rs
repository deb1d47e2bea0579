//! French conjugation: from an infinitive to all of its simple forms.
//!
//! Three ways cover the language:
//!
//! - verbs in *-er* are regular up to their spelling ([`first_group`]): *manger, mangeons*; *placer, plaçons*;
//!   *payer, paie, paye*; *céder, cède*; *jeter, jette*; *acheter, achète*;
//! - verbs like *finir* ([`second_group`]);
//! - all others follow a [`Model`], written in `lexicon/verbs-irregular.txt` by its principal parts, as a grammar does:
//!   the present, the future stem, the first person of the past and the participle. The other tenses follow from those.
//!
//! Where the spelling of 1990 differs, both spellings are forms of the verb.

use super::Error;

/// How ordinary a form is, the lower the more: decides which verb owns a form that two verbs share
/// (*peigne* is rather *peigner*, in the present, than *peindre*, in the subjunctive).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Tense {
    /// The infinitive and the past participle.
    Nominal,
    /// First, second or third person singular of the present: forms that nouns share (*la marche*, *je marche*).
    PresentSingular,
    /// The plural of the present, and the imperative.
    PresentPlural,
    /// The present participle.
    Gerund,
    /// Imperfect, future and conditional.
    Ordinary,
    /// Present subjunctive and simple past.
    Literary,
    /// Imperfect subjunctive.
    Rare,
}

/// One conjugated form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Form {
    /// The form as written, without pronoun.
    pub(crate) text: String,
    /// The tense it belongs to.
    pub(crate) tense: Tense,
}

/// The forms of a verb, in the making. A form that two persons or tenses share stands here more than once.
struct Forms(Vec<Form>);

impl Forms {
    fn add(&mut self, tense: Tense, text: String) {
        self.0.push(Form { text, tense });
    }

    fn add_all(&mut self, tense: Tense, stem: &str, endings: &[&str]) {
        for ending in endings {
            self.add(tense, format!("{stem}{ending}"));
        }
    }

    /// Future and conditional, which have one stem in all verbs.
    fn add_future(&mut self, stem: &str) {
        let endings = ["ai", "as", "a", "ons", "ez", "ont", "ais", "ait", "ions", "iez", "aient"];
        self.add_all(Tense::Ordinary, stem, &endings);
    }

    /// A past participle and its feminine and plural; one in -s has the same form in the masculine plural.
    fn add_participle(&mut self, participle: &str) {
        self.add_all(Tense::Nominal, participle, &["", "e", "es"]);
        if !participle.ends_with('s') {
            self.add(Tense::Nominal, format!("{participle}s"));
        }
    }
}

/// Conjugates a verb in *-er* by its spelling. An infinitive that does not end in -er gives nothing.
pub(crate) fn first_group(infinitive: &str) -> Vec<Form> {
    let Some(stem) = infinitive.strip_suffix("er") else {
        return Vec::new();
    };
    let mut forms = Forms(Vec::new());
    forms.add(Tense::Nominal, infinitive.to_owned());

    // Before a mute e: je cède, je jette, j'emploie; the plain stem where nothing changes.
    let mute = mute_stems(stem);
    for (stem, in_future) in &mute {
        forms.add_all(Tense::PresentSingular, stem, &["e", "es"]);
        forms.add(Tense::PresentPlural, format!("{stem}ent"));
        if *in_future {
            forms.add_future(&format!("{stem}er"));
        }
    }
    // céderai is the spelling before 1990, cèderai the one since.
    if stem_with_grave(stem).is_some() {
        forms.add_future(&format!("{stem}er"));
    }

    // Before i and e, which never change the sound of c and g.
    forms.add(Tense::PresentPlural, format!("{stem}ez"));
    forms.add_all(Tense::Ordinary, stem, &["ions", "iez"]);
    forms.add_participle(&format!("{stem}é"));
    forms.add(Tense::Literary, format!("{stem}èrent"));

    // Before a and o: nous mangeons, nous plaçons.
    let hard = match stem.strip_suffix('c') {
        Some(head) => format!("{head}ç"),
        None if stem.ends_with('g') => format!("{stem}e"),
        None => stem.to_owned(),
    };
    forms.add(Tense::PresentPlural, format!("{hard}ons"));
    forms.add(Tense::Gerund, format!("{hard}ant"));
    forms.add_all(Tense::Ordinary, &hard, &["ais", "ait", "aient"]);
    forms.add_all(Tense::Literary, &hard, &["ai", "as", "a", "âmes", "âtes"]);
    let rare = ["asse", "asses", "ât", "assions", "assiez", "assent"];
    forms.add_all(Tense::Rare, &hard, &rare);
    forms.0
}

/// The stems of a verb in -er before a mute e, each with whether the future uses it.
fn mute_stems(stem: &str) -> Vec<(String, bool)> {
    if let Some(head) = stem.strip_suffix("ay") {
        return vec![(format!("{head}ai"), true), (stem.to_owned(), true)];
    }
    if let Some(head) = stem.strip_suffix('y')
        && head.ends_with(['o', 'u'])
    {
        return vec![(format!("{head}i"), true)];
    }
    if let Some(grave) = stem_with_grave(stem) {
        return vec![(grave, true)];
    }
    let Some((head, consonants)) = split_mute_e(stem) else {
        return vec![(stem.to_owned(), true)];
    };
    let mut stems = vec![(format!("{head}è{consonants}"), true)];
    if consonants == "l" || consonants == "t" {
        // appeler, jeter double; amonceler, étiqueter did so before 1990. Both spellings are read for all of them.
        stems.push((format!("{head}e{consonants}{consonants}"), true));
    }
    stems
}

/// `cèd` from `céd`, `intègr` from `intégr`: the last é, followed by consonants only, opens before a mute e.
fn stem_with_grave(stem: &str) -> Option<String> {
    let (head, consonants) = stem.rsplit_once('é')?;
    is_consonant_run(consonants).then(|| format!("{head}è{consonants}"))
}

/// Splits `jet` into `j` and `t`, `sevr` into `s` and `vr`: a stem whose last vowel is an e that is mute in the infinitive.
fn split_mute_e(stem: &str) -> Option<(&str, &str)> {
    let (head, consonants) = stem.rsplit_once('e')?;
    let open_syllable = consonants == "vr" || (consonants.chars().count() == 1 && consonants != "x");
    // An e after another vowel (agréer aside, maugreer) or alone at the start is not mute.
    let after_consonant = head.ends_with(|c: char| c.is_alphabetic() && !"aeioéèy".contains(c));
    (open_syllable && after_consonant && is_consonant_run(consonants)).then_some((head, consonants))
}

/// Tells whether `text` is one or more consonants, where `qu` and `gu` count as such.
fn is_consonant_run(text: &str) -> bool {
    let text = match text.strip_suffix('u') {
        Some(head) if head.ends_with(['q', 'g']) => head,
        _ => text,
    };
    !text.is_empty() && text.chars().all(|c| "bcçdfghjklmnpqrstvwxz".contains(c))
}

/// Conjugates a verb in *-ir* like *finir*. An infinitive that does not end in -ir gives nothing.
pub(crate) fn second_group(infinitive: &str) -> Vec<Form> {
    let Some(stem) = infinitive.strip_suffix("ir") else {
        return Vec::new();
    };
    let mut forms = Forms(Vec::new());
    forms.add(Tense::Nominal, infinitive.to_owned());
    forms.add_participle(&format!("{stem}i"));
    forms.add_all(Tense::PresentSingular, stem, &["is", "it"]);
    forms.add_all(Tense::PresentPlural, stem, &["issons", "issez", "issent"]);
    forms.add(Tense::Gerund, format!("{stem}issant"));
    forms.add_all(Tense::Ordinary, stem, &["issais", "issait", "issions", "issiez", "issaient"]);
    forms.add_future(infinitive);
    add_past(&mut forms, &format!("{stem}is"));
    forms.0
}

/// A conjugation model: what takes the place of the infinitive's ending in each of the principal parts.
#[derive(Clone, Debug, Default)]
pub(crate) struct Model {
    /// The end of the infinitive that the parts below replace: *-enir* for *tenir* and *venir*.
    pub(crate) ending: String,
    /// The present, six persons; an empty string where the verb lacks one.
    pub(crate) present: Vec<String>,
    /// The future's stem; empty where the verb has no future.
    pub(crate) future: String,
    /// The first person of the simple past, in -ai, -is, -ïs, -us or -ins; empty where the verb has none.
    pub(crate) past: String,
    /// The past participle: one form that is inflected, or one that is not (`!` after it), or all forms.
    pub(crate) participle: Vec<String>,
    /// The present subjunctive, six persons, where it does not follow from the present.
    pub(crate) subjunctive: Vec<String>,
    /// The imperfect's stem, where it does not follow from the present.
    pub(crate) imperfect: Option<String>,
    /// The present participle, where it does not follow from the present.
    pub(crate) gerund: Option<String>,
    /// Forms that fit nowhere else: odd imperatives, spellings of old.
    pub(crate) more: Vec<String>,
}

impl Model {
    /// Conjugates `infinitive`, which must end as the model says.
    pub(crate) fn conjugate(&self, infinitive: &str) -> Result<Vec<Form>, Error> {
        let Some(head) = infinitive.strip_suffix(self.ending.as_str()) else {
            return Err(format!("{infinitive} does not end in -{}", self.ending));
        };
        let whole = |part: &str| format!("{head}{part}");
        let mut forms = Forms(Vec::new());
        forms.add(Tense::Nominal, infinitive.to_owned());
        match self.participle.as_slice() {
            [one] => match one.strip_suffix('!') {
                Some(fixed) => forms.add(Tense::Nominal, whole(fixed)),
                None => forms.add_participle(&whole(one)),
            },
            several => several.iter().for_each(|form| forms.add(Tense::Nominal, whole(form))),
        }
        for (person, form) in self.present.iter().enumerate().filter(|(_, form)| !form.is_empty()) {
            let tense = if person < 3 { Tense::PresentSingular } else { Tense::PresentPlural };
            forms.add(tense, whole(form));
        }
        self.more.iter().for_each(|form| forms.add(Tense::PresentPlural, whole(form)));

        let we = self.present.get(3).and_then(|form| form.strip_suffix("ons"));
        let imperfect = self.imperfect.as_deref().or(we);
        if let Some(gerund) = &self.gerund {
            forms.add(Tense::Gerund, whole(gerund));
        } else if let Some(stem) = imperfect {
            forms.add(Tense::Gerund, whole(&format!("{stem}ant")));
        }
        if let Some(stem) = imperfect {
            forms.add_all(Tense::Ordinary, &whole(stem), &["ais", "ait", "ions", "iez", "aient"]);
        }
        if !self.future.is_empty() {
            forms.add_future(&whole(&self.future));
        }
        self.add_subjunctive(&mut forms, head, we);
        if !self.past.is_empty() {
            add_past(&mut forms, &whole(&self.past));
        }
        Ok(forms.0)
    }

    /// The subjunctive follows from *ils* in four persons and from *nous* in two: que je vienne, que nous venions.
    fn add_subjunctive(&self, forms: &mut Forms, head: &str, we: Option<&str>) {
        if !self.subjunctive.is_empty() {
            for form in self.subjunctive.iter().filter(|form| !form.is_empty()) {
                forms.add(Tense::Literary, format!("{head}{form}"));
            }
            return;
        }
        if let Some(they) = self.present.get(5).and_then(|form| form.strip_suffix("ent")) {
            forms.add_all(Tense::Literary, &format!("{head}{they}"), &["e", "es", "ent"]);
        }
        if let Some(we) = we {
            forms.add_all(Tense::Literary, &format!("{head}{we}"), &["ions", "iez"]);
        }
    }
}

/// Simple past and imperfect subjunctive, both of which follow from the first person of the past.
fn add_past(forms: &mut Forms, first: &str) {
    // The vowel of the tense, plain and with a circumflex, with what may follow it.
    let vowels = [("ins", "in", "în"), ("ïs", "ï", "ï"), ("is", "i", "î"), ("us", "u", "û"), ("ûs", "û", "û")];
    if let Some(stem) = first.strip_suffix("ai") {
        forms.add_all(Tense::Literary, stem, &["ai", "as", "a", "âmes", "âtes", "èrent"]);
        let rare = ["asse", "asses", "ât", "assions", "assiez", "assent"];
        forms.add_all(Tense::Rare, stem, &rare);
        return;
    }
    for (ending, plain, circumflex) in vowels {
        let Some(stem) = first.strip_suffix(ending) else {
            continue;
        };
        forms.add_all(Tense::Literary, &format!("{stem}{plain}"), &["s", "t", "rent"]);
        forms.add_all(Tense::Literary, &format!("{stem}{circumflex}"), &["mes", "tes"]);
        forms.add_all(Tense::Rare, &format!("{stem}{plain}"), &["sse", "sses", "ssions", "ssiez", "ssent"]);
        forms.add(Tense::Rare, format!("{stem}{circumflex}t"));
        return;
    }
}
