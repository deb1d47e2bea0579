//! What the analyzer says of one word of the text.

use std::fmt;

/// One way of reducing a word to a term.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(rename_all = "kebab-case"))]
pub enum Level {
    /// The word as written: lower case, composed, ligatures opened, accents kept.
    Exact,
    /// The headword of a dictionary: `travaux` gives `travail`.
    Lemma,
    /// The root shared by a family of forms, without accents: `travaux` gives `travail`, `rémunérés` gives `remuner`.
    Stem,
}

/// Whether a token carries no sense of its own, and why.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(rename_all = "kebab-case"))]
pub enum Stop {
    /// The token carries sense.
    #[default]
    None,
    /// A function word: article, pronoun, preposition, conjunction, auxiliary.
    Function,
    /// A word that asks: `qui`, `comment`, `combien`.
    Question,
}

/// One term of the text, with its place.
///
/// Offsets are bytes of the original text and always lie on character boundaries; `&text[token.start..token.end]` is what
/// was written. Positions count words from 0: an elided article takes none, a stop word takes one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Token<'a> {
    /// First byte of the word in the original text.
    pub start: usize,
    /// Byte after the last one of the word in the original text.
    pub end: usize,
    /// Place of the word among the words of the text, from 0.
    pub position: u32,
    /// Number of positions that the token covers, at least 1.
    pub span: u32,
    /// The exact term.
    pub exact: &'a str,
    /// The lemma.
    pub lemma: &'a str,
    /// The stem.
    pub stem: &'a str,
    /// Whether the token carries no sense.
    pub stop: Stop,
    /// Whether this is another reading of words that other tokens already stand for, as `openai` beside `open` and `ai`.
    pub alternate: bool,
    /// The rule that made the token.
    pub rule: Rule,
}

impl<'a> Token<'a> {
    /// Returns the term of one level.
    pub fn term(&self, level: Level) -> &'a str {
        match level {
            Level::Exact => self.exact,
            Level::Lemma => self.lemma,
            Level::Stem => self.stem,
        }
    }
}

/// Declares the rules once: the enum, its names and its list.
macro_rules! rules {
    ($($(#[$doc:meta])* $variant:ident = $name:literal,)*) => {
        /// The rule of French spelling that made a token. Displayed as a short name in kebab case.
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
        #[cfg_attr(feature = "serde", derive(serde::Serialize), serde(rename_all = "kebab-case"))]
        #[non_exhaustive]
        pub enum Rule {
            $($(#[$doc])* $variant,)*
        }

        impl Rule {
            /// Every rule, in the order of the enum.
            pub const ALL: &'static [Rule] = &[$(Rule::$variant,)*];

            /// Returns the short name of the rule, in kebab case.
            pub fn name(self) -> &'static str {
                match self {
                    $(Rule::$variant => $name,)*
                }
            }
        }
    };
}

rules! {
    /// A word that stands alone.
    #[default]
    Word = "word",
    /// A word after an elided article, pronoun or conjunction: `avion` in `l'avion`.
    Elision = "elision",
    /// A word that keeps its apostrophe: `aujourd'hui`, `presqu'île`.
    Apostrophe = "apostrophe",
    /// A name whose apostrophe is no elision: `O'Brien`, `N'Djamena`.
    NameApostrophe = "name-apostrophe",
    /// A word found behind a lost apostrophe: `exploitation` in `lexploitation`.
    LostApostrophe = "lost-apostrophe",
    /// A part of a compound, or the compound joined: `porte`, `monnaie`, `portemonnaie`.
    Compound = "compound",
    /// A compound whose sense is not that of its parts: `rendez-vous`, `peut-être`.
    Fixed = "fixed",
    /// A verb before its pronoun, or that pronoun: `dit` and `elle` in `dit-elle`.
    Inversion = "inversion",
    /// A demonstrative with its particle: `celui-ci`, `cette année-là`.
    Particle = "particle",
    /// A word cut by a hyphen at the end of a line.
    LineBreak = "line-break",
    /// A name written in camel case, whole or by parts: `OpenAI`.
    CamelCase = "camel-case",
    /// Initials with dots: `S.N.C.F.`
    Acronym = "acronym",
    /// A number: `11 000`, `3,14`.
    Number = "number",
    /// An ordinal: `13e`, `XIIIe`, `treizième`, `1er`.
    Ordinal = "ordinal",
    /// A Roman numeral read as a number: `XIV` in `Louis XIV`.
    Roman = "roman",
    /// A date in figures: `12/03/2024`.
    Date = "date",
    /// A time of day: `18h30`.
    Hour = "hour",
    /// A number and its unit: `20km`, `58%`.
    Quantity = "quantity",
    /// The abbreviation of *numéro*: `n°`.
    Numero = "numero",
    /// A sign that is read as a word: `€`, `%`, `&`.
    Symbol = "symbol",
    /// A name that a sign belongs to: `C++`, `R&D`, `.NET`.
    SignName = "sign-name",
    /// Inclusive writing: `salarié·e·s`.
    Inclusive = "inclusive",
    /// An e-mail address, a host name or an address of the Web, whole or by parts.
    Address = "address",
    /// Words on both sides of a sign that separates: `et/ou`, `mon_fichier`.
    Part = "part",
    /// A compound written with a space: `week end`.
    Pair = "pair",
    /// An ideograph or a kana, each one a word.
    Ideograph = "ideograph",
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
