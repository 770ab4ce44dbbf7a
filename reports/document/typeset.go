package document

import (
	"regexp"
	"strings"
)

// frenchSpaces replaces the ordinary space before tall punctuation and
// inside guillemets by the no-break spaces of French typography. Nothing is
// inserted where no space stands, so that addresses and times stay whole.
var frenchSpaces = strings.NewReplacer(
	" ;", narrowNbsp+";", " :", narrowNbsp+":", " !", narrowNbsp+"!", " ?", narrowNbsp+"?",
	"« ", "«"+Nbsp, " »", Nbsp+"»", " %", Nbsp+"%",
)

// elision is a straight apostrophe between two letters.
var elision = regexp.MustCompile(`(\p{L})'(\p{L})`)

// quantity is a number, an ordinary space and a unit: no line breaks between
// them. What follows the unit is neither letter nor digit.
var quantity = regexp.MustCompile(`(\d) (°C|[kMGT]?Wh?|[kMGT]?J|K|[ckm]?m[²³]?|h|min|Hz|[kM]?V|bar|kg|ha|€|%)([^\p{L}\d]|$)`)

// article is the sign of an article of a code before its number: « art. L. 229-26 ».
var article = regexp.MustCompile(`\b(art\.|[ADLR]\.) ([ADLR]\.|\d)`)

// Typeset applies the typographic rules of the language to running text.
func Typeset(lang, s string) string {
	s = quantity.ReplaceAllString(s, "$1"+Nbsp+"$2$3")
	if strings.Contains(s, "'") {
		s = elision.ReplaceAllString(s, "$1’$2")
	}
	if lang == "en" {
		return s
	}
	for range 2 { // of « art. L. 229-26 » the second sign follows at once
		s = article.ReplaceAllString(s, "$1"+Nbsp+"$2")
	}
	return frenchSpaces.Replace(s)
}
