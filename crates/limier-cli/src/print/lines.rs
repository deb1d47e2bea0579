//! The lines of a lit text.

use std::ops::Range;

/// Returns each line of `text` with the lights that fall into it, as byte ranges of the line.
///
/// `lights` are byte ranges of the text, ascending and not overlapping; one that goes over the end of a line lights both.
pub(crate) fn lit_lines<'t>(
    text: &'t str,
    lights: &'t [Range<usize>],
) -> impl Iterator<Item = (&'t str, Vec<Range<usize>>)> {
    let mut start = 0;
    let mut ahead = lights;
    text.split('\n').map(move |line| {
        let end = start + line.len();
        let passed = ahead.iter().take_while(|light| light.end <= start).count();
        ahead = ahead.get(passed..).unwrap_or_default();
        let here = ahead.iter().take_while(|light| light.start < end);
        let inside = here.map(|light| light.start.max(start) - start..light.end.min(end) - start);
        let lights = inside.filter(|light| !light.is_empty()).collect();
        start = end + 1;
        (line, lights)
    })
}

#[cfg(test)]
#[allow(clippy::single_range_in_vec_init)] // One match is a case, too.
mod tests {
    use super::*;

    #[test]
    fn a_light_over_the_end_of_a_line_lights_both() {
        let lines: Vec<_> = lit_lines("un deux\n\ntrois quatre", &[0..2, 3..14, 15..21]).collect();
        assert_eq!(lines, [("un deux", vec![0..2, 3..7]), ("", vec![]), ("trois quatre", vec![0..5, 6..12])]);
        assert_eq!(lit_lines("", &[]).collect::<Vec<_>>(), [("", vec![])]);
    }
}
