//! A list of numbers in few bytes, which grows without being copied.

/// Bytes of a piece of the list.
const PIECE: usize = 1 << 14;

/// Most bytes of a number.
const LONGEST: usize = 5;

/// A list of numbers, seven bits a byte: small ones take little.
#[derive(Debug, Default)]
pub(super) struct Numbers {
    /// No number lies in two of them.
    pieces: Vec<Vec<u8>>,
}

impl Numbers {
    #[inline]
    pub(super) fn push(&mut self, mut number: u32) {
        let piece = match self.pieces.last_mut() {
            Some(piece) if piece.len() + LONGEST <= PIECE => piece,
            _ => {
                // Most segments are small: the first piece grows as any list.
                self.pieces.push(if self.pieces.is_empty() { Vec::new() } else { Vec::with_capacity(PIECE) });
                let Some(piece) = self.pieces.last_mut() else { return };
                piece
            }
        };
        while number >= 0x80 {
            piece.push(number as u8 | 0x80);
            number >>= 7;
        }
        piece.push(number as u8);
    }

    /// Reads the numbers from the first on.
    pub(super) fn reader(&self) -> Reader<'_> {
        Reader { pieces: self.pieces.iter(), piece: &[] }
    }

    /// Returns the bytes of memory that they take.
    pub(super) fn memory(&self) -> usize {
        self.pieces.len().saturating_sub(1) * PIECE + self.pieces.first().map_or(0, Vec::capacity)
    }
}

/// A place in a list of numbers.
#[derive(Debug)]
pub(super) struct Reader<'n> {
    pieces: std::slice::Iter<'n, Vec<u8>>,
    piece: &'n [u8],
}

impl Reader<'_> {
    /// Reads the next number; 0 where there is none.
    #[inline]
    pub(super) fn next(&mut self) -> u32 {
        if self.piece.is_empty() {
            self.piece = self.pieces.next().map(Vec::as_slice).unwrap_or_default();
        }
        let (mut number, mut shift) = (0, 0);
        while let [byte, rest @ ..] = self.piece {
            self.piece = rest;
            number |= u32::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 || shift > 21 {
                break;
            }
            shift += 7;
        }
        number
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_come_back() {
        let few = [0, 1, 127, 128, 300, 1 << 14, (1 << 21) - 1, 1 << 21, 1 << 28, u32::MAX];
        let mut numbers = Numbers::default();
        assert_eq!((numbers.memory(), numbers.reader().next()), (0, 0));
        (0..10_000).for_each(|round| few.iter().for_each(|number| numbers.push(number ^ round)));
        let mut reader = numbers.reader();
        for round in 0..10_000 {
            assert_eq!(few.map(|_| reader.next()), few.map(|number| number ^ round));
        }
        assert_eq!(reader.next(), 0);
        assert!(numbers.pieces.len() > 10 && numbers.pieces.iter().all(|piece| piece.capacity() <= PIECE));
    }
}
