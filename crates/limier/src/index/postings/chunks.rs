//! A list that grows without being copied, and never takes more memory than it holds by much.

/// Items of a chunk.
const CHUNK: usize = 1 << 14;

/// A list of numbers that grows by chunks of one size.
#[derive(Debug)]
pub(super) struct Chunks<T> {
    chunks: Vec<Vec<T>>,
}

impl<T: Copy> Chunks<T> {
    pub(super) fn new() -> Chunks<T> {
        Chunks { chunks: Vec::new() }
    }

    #[inline]
    pub(super) fn push(&mut self, item: T) {
        match self.chunks.last_mut() {
            Some(chunk) if chunk.len() < CHUNK => chunk.push(item),
            _ => self.push_anew(item),
        }
    }

    #[cold]
    fn push_anew(&mut self, item: T) {
        // Most segments are small: the first chunk grows as any list.
        let mut chunk = if self.chunks.is_empty() { Vec::new() } else { Vec::with_capacity(CHUNK) };
        chunk.push(item);
        self.chunks.push(chunk);
    }

    pub(super) fn len(&self) -> usize {
        let full = self.chunks.len().saturating_sub(1) * CHUNK;
        full + self.chunks.last().map_or(0, Vec::len)
    }

    #[inline]
    pub(super) fn iter(&self) -> impl Iterator<Item = T> + '_ {
        self.chunks.iter().flatten().copied()
    }

    /// Returns the bytes of memory that it takes.
    pub(super) fn memory(&self) -> usize {
        self.chunks.len().saturating_sub(1) * CHUNK * size_of::<T>()
            + self.chunks.first().map_or(0, Vec::capacity) * size_of::<T>()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_pushed_comes_out_in_order() {
        let mut chunks = Chunks::new();
        assert_eq!((chunks.len(), chunks.memory(), chunks.iter().count()), (0, 0, 0));
        let many = 3 * CHUNK + 5;
        (0..many).for_each(|number| chunks.push(number));
        assert_eq!(chunks.len(), many);
        assert!(chunks.iter().eq(0..many));
        assert_eq!(chunks.memory(), 4 * CHUNK * size_of::<usize>());
    }
}
