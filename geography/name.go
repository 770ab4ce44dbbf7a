package geography

import "strings"

// Plain brings a name to the form in which names are compared: small letters
// without accents, words parted by one space, "st" and "ste" written out.
func Plain(name string) string {
	words := strings.Fields(unaccented.Replace(strings.ToLower(name)))
	for i, w := range words {
		switch w {
		case "st":
			words[i] = "saint"
		case "ste":
			words[i] = "sainte"
		}
	}
	return strings.Join(words, " ")
}

var unaccented = strings.NewReplacer(
	"à", "a", "â", "a", "ä", "a", "ç", "c", "é", "e", "è", "e", "ê", "e", "ë", "e", "î", "i", "ï", "i",
	"ô", "o", "ö", "o", "ù", "u", "û", "u", "ü", "u", "ÿ", "y", "œ", "oe", "æ", "ae",
	"-", " ", "'", " ", "’", " ", "‑", " ", "–", " ", ".", " ", " ", " ")
