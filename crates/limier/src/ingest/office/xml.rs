//! XML as a run of tags and texts, references resolved.

use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

use super::{Skip, damaged};

/// A piece of XML.
pub(super) enum Piece<'a> {
    /// The beginning of an element; an empty element begins and ends.
    Start(Tag<'a>),
    /// The end of the element of this name, without its prefix.
    End(&'a str),
    /// A text between tags.
    Text(&'a str),
}

/// The tag that begins an element.
pub(super) struct Tag<'a>(&'a BytesStart<'a>);

impl Tag<'_> {
    /// Returns the name without its prefix.
    pub(super) fn name(&self) -> &str {
        local(self.0.name().into_inner())
    }

    /// Returns the value of the attribute of this name, prefixes left aside; empty where there is none.
    pub(super) fn attribute(&self, name: &str) -> String {
        let found = self.0.attributes().flatten().find(|attribute| local(attribute.key.into_inner()) == name);
        found
            .and_then(|attribute| {
                attribute.normalized_value(XmlVersion::Explicit1_0).ok().map(|value| value.into_owned())
            })
            .unwrap_or_default()
    }
}

/// Hands the pieces of `xml` to `visit` in their order; what is nested wrongly is taken as it comes.
pub(super) fn walk(xml: &str, visit: &mut dyn FnMut(Piece<'_>)) -> Result<(), Skip> {
    let mut reader = Reader::from_str(xml);
    let config = reader.config_mut();
    config.expand_empty_elements = true;
    config.check_end_names = false;
    config.allow_unmatched_ends = true;
    loop {
        match reader.read_event().map_err(damaged)? {
            Event::Start(start) => visit(Piece::Start(Tag(&start))),
            Event::End(end) => visit(Piece::End(local(end.name().into_inner()))),
            Event::Text(text) => visit(Piece::Text(&text)),
            Event::CData(text) => visit(Piece::Text(&text)),
            Event::GeneralRef(reference) => {
                let c = reference.resolve_char_ref().ok().flatten().or_else(|| entity(&reference));
                if let Some(c) = c {
                    visit(Piece::Text(c.encode_utf8(&mut [0; 4])));
                }
            }
            Event::Eof => return Ok(()),
            _ => {}
        }
    }
}

fn local(name: &str) -> &str {
    name.rsplit_once(':').map_or(name, |(_, local)| local)
}

/// The names of U+00A0 to U+00FF in HTML: <https://www.w3.org/TR/html4/sgml/entities.html>.
const LATIN: &str = "nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn sup2 sup3 \
    acute micro para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest Agrave Aacute Acirc Atilde Auml Aring AElig \
    Ccedil Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash Ugrave \
    Uacute Ucirc Uuml Yacute THORN szlig agrave aacute acirc atilde auml aring aelig ccedil egrave eacute ecirc euml igrave \
    iacute icirc iuml eth ntilde ograve oacute ocirc otilde ouml divide oslash ugrave uacute ucirc uuml yacute thorn yuml";

/// What French typography needs beside them.
const OTHERS: [(&str, char); 21] = [
    ("amp", '&'),
    ("lt", '<'),
    ("gt", '>'),
    ("quot", '"'),
    ("apos", '\''),
    ("OElig", 'Œ'),
    ("oelig", 'œ'),
    ("Yuml", 'Ÿ'),
    ("hellip", '…'),
    ("ndash", '–'),
    ("mdash", '—'),
    ("lsquo", '‘'),
    ("rsquo", '’'),
    ("ldquo", '“'),
    ("rdquo", '”'),
    ("bull", '•'),
    ("euro", '€'),
    ("trade", '™'),
    ("thinsp", '\u{2009}'),
    ("ensp", '\u{2002}'),
    ("emsp", '\u{2003}'),
];

fn entity(name: &str) -> Option<char> {
    let latin = || LATIN.split_ascii_whitespace().zip('\u{a0}'..='\u{ff}').find(|(known, _)| *known == name);
    OTHERS.iter().copied().find(|(known, _)| *known == name).or_else(latin).map(|(_, c)| c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entities_have_their_letters() {
        assert_eq!(LATIN.split_ascii_whitespace().count(), 96);
        for (name, c) in [("eacute", 'é'), ("yuml", 'ÿ'), ("nbsp", '\u{a0}'), ("Agrave", 'À'), ("rsquo", '’')] {
            assert_eq!(entity(name), Some(c));
        }
        assert_eq!(entity("inconnu"), None);
    }

    #[test]
    fn pieces_come_in_order() {
        let mut seen = String::new();
        walk("<?xml version='1.0'?><a:b c:d='é&amp;'>x&#233;&eacute;<e/><![CDATA[<y>]]></z></a:b>", &mut |piece| {
            seen.push_str(&match piece {
                Piece::Start(tag) => format!("[{} {}]", tag.name(), tag.attribute("d")),
                Piece::End(name) => format!("[/{name}]"),
                Piece::Text(text) => text.to_owned(),
            });
        })
        .unwrap();
        assert_eq!(seen, "[b é&]xéé[e ][/e]<y>[/z][/b]");
        assert!(walk("<a b='", &mut |_| {}).is_err());
    }
}
