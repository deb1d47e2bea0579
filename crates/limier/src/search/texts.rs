//! Many short texts in one.

/// Texts one after the other: one allocation for all of them.
#[derive(Default)]
pub(super) struct Texts {
    text: String,
    /// Where each ends.
    ends: Vec<u32>,
}

impl Texts {
    /// Adds what `write` writes.
    pub(super) fn push(&mut self, write: impl FnOnce(&mut String)) {
        write(&mut self.text);
        self.ends.push(u32::try_from(self.text.len()).unwrap_or(u32::MAX));
    }

    /// Returns the text of a given rank.
    pub(super) fn get(&self, rank: usize) -> Option<&str> {
        let start = match rank.checked_sub(1) {
            Some(before) => *self.ends.get(before)?,
            None => 0,
        };
        self.text.get(start as usize..*self.ends.get(rank)? as usize)
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &str> {
        let mut start = 0;
        self.ends.iter().map(move |end| {
            let text = self.text.get(start..*end as usize).unwrap_or_default();
            start = *end as usize;
            text
        })
    }

    /// Returns the bytes of all of them.
    pub(super) fn bytes(&self) -> usize {
        self.text.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_text_is_where_it_was_put() {
        let mut texts = Texts::default();
        for text in ["", "été", "", "an"] {
            texts.push(|out| out.push_str(text));
        }
        assert_eq!(texts.iter().collect::<Vec<_>>(), ["", "été", "", "an"]);
        let found: Vec<_> = (0..5).map(|rank| texts.get(rank)).collect();
        assert_eq!(found, [Some(""), Some("été"), Some(""), Some("an"), None]);
        assert_eq!((texts.bytes(), Texts::default().get(0)), (7, None));
    }
}
