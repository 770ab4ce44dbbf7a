package document

// Labels are the few words and signs that belong to the formats themselves:
// what a caption is called, how a number is written. The words of the
// reports are in words.fr.yaml and words.en.yaml.
type Labels struct {
	locale             string // BCP 47, as word processors want it
	thousands, decimal string
	Unknown, secret    string
	None               string // nothing applies
	Simulated          string // the mark on a simulated figure
	simulatedData      string // the mark on a chart
	simulatedNote      string // what the mark means
	secretNote         string // what the mark means
	unknownNote        string
	table, figure      string // names of captions
	captionSep         string
	Semicolon          string // between the items of a line, as Typeset takes it
	contents           string
	skip               string // link past the page's head
	page, of           string
	Total              string // names the row of totals
	uncertainty        string // head of a ± column
	readMe, sheet      string // spreadsheet's first tab
	outside            string // title of what refuses an entry outside its limits
	madeWith           string
	DateLayout         func(year int, month int, day int) string
}

var french = Labels{
	locale: "fr-FR", thousands: narrowNbsp, decimal: ",",
	Unknown: "non connu", secret: "s", None: "–",
	Simulated:     "sim.",
	simulatedData: "données simulées",
	simulatedNote: "sim. : valeur simulée, ni mesurée ni déclarée",
	secretNote:    "s : couvert par le secret statistique",
	unknownNote:   "non connu : aucune donnée ; ne vaut pas zéro",
	table:         "Tableau", figure: "Figure", captionSep: narrowNbsp + ": ", Semicolon: " ; ",
	contents: "Sommaire", skip: "Aller au contenu", page: "Page", of: "sur",
	Total: "Total", uncertainty: "± (k = 2)",
	readMe: "Lisez-moi", sheet: "Feuille", outside: "Hors des bornes", madeWith: "Produit par Thermie",
	DateLayout: frenchDate,
}

var english = Labels{
	locale: "en-GB", thousands: ",", decimal: ".",
	Unknown: "not known", secret: "s", None: "–",
	Simulated:     "sim.",
	simulatedData: "simulated data",
	simulatedNote: "sim.: simulated value, neither measured nor declared",
	secretNote:    "s: withheld, statistical secrecy",
	unknownNote:   "not known: no data; not the same as zero",
	table:         "Table", figure: "Figure", captionSep: ": ", Semicolon: "; ",
	contents: "Contents", skip: "Skip to content", page: "Page", of: "of",
	Total: "Total", uncertainty: "± (k = 2)",
	readMe: "Read me", sheet: "Sheet", outside: "Outside the limits", madeWith: "Made with Thermie",
	DateLayout: englishDate,
}

// Colon is a colon as the language sets it.
func (l *Labels) Colon() string { return l.captionSep }

// LabelsOf returns the labels of a language; any but English reads French,
// the language of the documents that the reports feed.
func LabelsOf(lang string) *Labels {
	if lang == "en" {
		return &english
	}
	return &french
}
