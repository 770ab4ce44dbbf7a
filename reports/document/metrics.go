package document

import "unicode/utf8"

// helveticaWidths are the advance widths of U+0020 to U+007E in thousandths
// of the font size, by the metrics that Helvetica, Arial and Liberation Sans
// share. They let a chart or a table reserve room for its labels without a
// font at hand.
var helveticaWidths = [...]int{
	278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278,
	556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556,
	1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778,
	667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556,
	333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556,
	556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
}

// otherWidths are the widths of letters and signs beyond ASCII; letters not
// listed take the width of a capital.
var otherWidths = map[rune]int{
	'é': 556, 'è': 556, 'ê': 556, 'ë': 556, 'à': 556, 'â': 556, 'ç': 500, 'î': 278, 'ï': 278,
	'ô': 556, 'ö': 556, 'ù': 556, 'û': 556, 'ü': 556, 'œ': 944, 'É': 667, 'È': 667, 'À': 667, 'Ç': 722,
	'«': 556, '»': 556, '’': 222, '–': 556, '—': 1000, '±': 584, '°': 400, '·': 278, '²': 333, '³': 333,
	'₂': 333, '−': 584, '×': 584, '…': 1000, '\u00a0': 278, '\u202f': 200,
}

// textWidth returns the width of s at a font size, in the size's unit.
func textWidth(s string, size float64) float64 {
	total := 0
	for _, r := range s {
		switch width, known := otherWidths[r]; {
		case r >= ' ' && r <= '~':
			total += helveticaWidths[r-' ']
		case known:
			total += width
		default:
			total += 667
		}
	}
	return float64(total) * size / 1000
}

// monoScale is the size of letters of fixed width beside others, which look
// smaller.
const monoScale = 0.88

// codeWidth is textWidth for a code: each letter of fixed width is 0.6 em wide.
func codeWidth(s string, size float64) float64 {
	return 0.6 * monoScale * size * float64(utf8.RuneCountInString(s))
}

// wrapWords breaks s at spaces into lines of at most width, as far as its
// longest word allows.
func wrapWords(s string, size, width float64) []string {
	var lines []string
	line := ""
	for _, word := range splitWords(s) {
		switch {
		case line == "":
			line = word
		case textWidth(line+" "+word, size) <= width:
			line += " " + word
		default:
			lines = append(lines, line)
			line = word
		}
	}
	return append(lines, line)
}

// splitWords splits at ordinary spaces only: no-break spaces hold.
func splitWords(s string) []string {
	var words []string
	start := 0
	for i, r := range s {
		if r == ' ' {
			if i > start {
				words = append(words, s[start:i])
			}
			start = i + 1
		}
	}
	if start < len(s) {
		words = append(words, s[start:])
	}
	return words
}
