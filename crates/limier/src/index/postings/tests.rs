//! The inverted index is the one that Tantivy makes of the same tokens.

use std::collections::BTreeMap;

use limier_french::{FrenchAnalyzer, Level, Repeats, StopTokens};
use tantivy::postings::Postings;
use tantivy::schema::IndexRecordOption;
use tantivy::tokenizer::TokenizerManager;
use tantivy::{DocSet, TERMINATED, TantivyDocument};

use crate::index::schema;
use crate::{Article, Index, WriterOptions};

/// Of each field and term the articles, with the positions where the field has any; and the lengths of texts.
type Contents = (BTreeMap<(String, Vec<u8>), Vec<(u32, Vec<u32>)>>, Vec<(String, u32, u8)>);

fn contents(index: &tantivy::Index) -> Contents {
    let (mut postings, mut lengths) = Contents::default();
    let searcher = index.reader().unwrap().searcher();
    assert_eq!(searcher.segment_readers().len(), 1);
    let segment = searcher.segment_reader(0);
    for (field, entry) in index.schema().fields() {
        if !entry.is_indexed() {
            continue;
        }
        let name = entry.name().to_owned();
        let inverted = segment.inverted_index(field).unwrap();
        let mut terms = inverted.terms().stream().unwrap();
        while terms.advance() {
            let option = IndexRecordOption::WithFreqsAndPositions;
            let mut read = inverted.read_postings_from_terminfo(terms.value(), option).unwrap();
            let mut articles = Vec::new();
            while read.doc() != TERMINATED {
                let mut positions = Vec::new();
                if entry.field_type().get_index_record_option() == Some(option) {
                    read.positions(&mut positions);
                    assert_eq!(positions.len(), read.term_freq() as usize);
                }
                articles.push((read.doc(), positions));
                read.advance();
            }
            assert_eq!(articles.len(), terms.value().doc_freq as usize);
            postings.insert((name.clone(), terms.key().to_vec()), articles);
        }
        if entry.has_fieldnorms() {
            let norms = segment.get_fieldnorms_reader(field).unwrap();
            lengths.extend((0..segment.max_doc()).map(|article| (name.clone(), article, norms.fieldnorm_id(article))));
        }
    }
    (postings, lengths)
}

fn articles() -> Vec<Article> {
    let texts = [
        "L'avion d'Orly, l'avion ; un week-end à OpenAI. Les salarié·e·s et salarié·e·s du 11 000.",
        "",
        "Être ou ne pas être : mais où est donc le maïs ? Il est à l'Est, a été, été.",
        "aujourd'hui, lexploitation des S.N.C.F., rendez-vous rendez-vous ; anti virus. 12,5 % de l'or",
    ];
    let long: String = (0..2_000).map(|n| format!("mot{} de la phrase {}, ", n % 700, n / 3)).collect();
    let mut articles: Vec<Article> = (0..300)
        .map(|n| {
            let text = texts[n % texts.len()];
            let article = Article::new(format!("n{n}")).title(texts[(n / 7) % texts.len()]).body(format!("{text} {n}"));
            let article =
                if n % 3 == 0 { article.author("Zoé de la Tour").source("Le Monde d'hier") } else { article };
            if n % 5 == 0 { article.lang("fr") } else { article }
        })
        .collect();
    articles.push(Article::new("long").body(long));
    articles.push(Article::new("vide"));
    articles
}

#[test]
fn it_is_what_tantivy_makes_of_the_same_tokens() {
    let analyzer = FrenchAnalyzer::new();
    let (schema, fields) = schema::schema();
    let mut plain = tantivy::Index::create_in_ram(schema);
    let stem = analyzer.tokenizer(Level::Stem).stop_words(StopTokens::Drop);
    let exact = analyzer.tokenizer(Level::Exact).stop_words(StopTokens::Drop).repeats(Repeats::Drop);
    let stop = analyzer.tokenizer(Level::Exact).stop_words(StopTokens::Only).repeats(Repeats::Drop);
    let manager = TokenizerManager::default();
    manager.register("limier_stem", stem);
    manager.register("limier_exact", exact);
    manager.register("limier_stop", stop);
    plain.set_tokenizers(manager);
    let mut plain_writer = plain.writer_with_num_threads::<TantivyDocument>(1, 20_000_000).unwrap();

    // Of two threads one reads ahead, and makes the exact fields while the other writes the rest.
    let ours = [1, 2].map(|threads| (Index::in_memory().unwrap(), WriterOptions::default().threads(threads)));
    let mut writers = ours.each_ref().map(|(index, options)| index.writer_with(options).unwrap());
    for article in articles() {
        let mut document = TantivyDocument::new();
        document.add_text(fields.key, super::super::writer::id_key(article.id()));
        for (text, fields) in [(article.get_title(), fields.title), (article.get_body(), fields.body)] {
            if !text.is_empty() {
                [fields.stem, fields.exact, fields.stop].iter().for_each(|field| document.add_text(*field, text));
            }
        }
        if !article.get_title().is_empty() {
            let hash = super::super::stored::title_hash(article.get_title());
            document.add_u64(fields.title_bucket, super::super::stored::title_bucket(hash));
        }
        let lang = article.get_lang().or_else(|| crate::language::detect(&article));
        let labels =
            [(fields.author, article.get_author()), (fields.source, article.get_source()), (fields.lang, lang)];
        labels.into_iter().for_each(|(field, text)| text.into_iter().for_each(|text| document.add_text(field, text)));
        plain_writer.add_document(document).unwrap();
        writers.iter_mut().for_each(|writer| writer.add(article.clone()).unwrap());
    }
    plain_writer.commit().unwrap();
    let expected = contents(&plain);
    assert!(expected.0.len() > 3_000, "{} terms", expected.0.len());
    for (writer, (index, options)) in writers.iter_mut().zip(&ours) {
        writer.commit().unwrap();
        assert!(contents(index.tantivy()) == expected, "{options:?}");
    }
}
