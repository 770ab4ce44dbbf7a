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

// Typeset applies the typographic rules of the language to running text.
func Typeset(lang, s string) string {
	if strings.Contains(s, "'") {
		s = elision.ReplaceAllString(s, "$1’$2")
	}
	if lang == "en" {
		return s
	}
	return frenchSpaces.Replace(s)
}
