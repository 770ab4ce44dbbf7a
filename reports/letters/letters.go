package letters

import (
	"fmt"
	"slices"

	"thermie/reports"
	"thermie/reports/document"
)

// Letter is one letter and the name of its file, without extension.
type Letter struct {
	Name     string
	Document *document.Document
}

// Write writes the letters of a dossier: to the operators of its sites, to
// those of its networks, and to the prefects of its departments.
func Write(d *reports.Dossier) ([]Letter, error) {
	w, err := reports.WordsOf(d.Options.Lang)
	if err != nil {
		return nil, err
	}
	law, err := reports.Thresholds()
	if err != nil {
		return nil, err
	}
	o := office{Words: w, d: d, law: law}
	o.operators()
	o.networks()
	return o.letters, o.prefects()
}

// office writes letters and numbers them.
type office struct {
	*reports.Words
	d       *reports.Dossier
	law     reports.Limits
	letters []Letter
}

// letter is one that is being written.
type letter struct {
	reports.Draft
	o       *office
	closing string // key of the words, which fit the salutation
}

// begin opens a letter: sender, addressee, place and date, subject and
// reference.
func (o *office) begin(subject string, addressee ...string) *letter {
	l := &letter{Draft: reports.Draft{Words: o.Words}, o: o}
	t, sender := o.d.Area.Territory, o.d.Area.Plan.Sender
	if o.d.Fictitious() {
		l.line(document.Run{Text: o.T("words.demonstration"), Bold: true})
	}
	l.line(document.Run{Text: t.Name, Bold: true})
	for _, text := range []string{sender.Service, sender.Address, sender.Contact} {
		if text != "" {
			l.line(document.Run{Text: text})
		}
	}
	for _, text := range addressee {
		l.aside(text)
	}
	l.aside("")
	l.aside(o.T("letters.dated", "place", o.orBlank(sender.Place, "letters.blank_place"), "date", l.Day(o.d.Options.Date)))
	l.aside("")
	l.line(document.Run{Text: o.T("letters.subject") + " ", Bold: true}, document.Run{Text: o.T(subject, "year", fmt.Sprint(o.d.Options.Year))})
	l.line(document.Run{Text: o.T("letters.reference") + " ", Bold: true}, document.Run{Text: fmt.Sprintf("PCAET-CD-%s-%d-%02d", t.SIREN, o.d.Options.Year, len(o.letters)+1)})
	return l
}

// greet opens the text itself, and keeps the closing that fits.
func (l *letter) greet(salutation, closing string) {
	l.closing = closing
	l.Paragraph(salutation)
	l.Paragraph("letters.opening", "territory", l.o.d.Area.Territory.Name)
}

// end closes the letter with the signature and files it.
func (l *letter) end(name, subject string) {
	o, sender := l.o, l.o.d.Area.Plan.Sender
	l.Paragraph("letters.answer", "contact", o.orBlank(sender.Contact, "letters.blank_contact"))
	l.Paragraph(l.closing)
	l.aside(o.orBlank(sender.Title, "letters.blank_title"))
	l.aside(o.orBlank(sender.Signatory, "letters.blank_signatory"))
	o.letters = append(o.letters, Letter{Name: o.unused(name), Document: &document.Document{
		Title: o.T(subject, "year", fmt.Sprint(o.d.Options.Year)), Author: o.d.Area.Territory.Name, Lang: o.Lang,
		Date: o.d.Options.Date, Version: o.d.Options.Software, Bare: true, Blocks: l.Blocks}})
}

// unused is a name that no letter has yet: two operators whose names differ by
// accents alone would else be one file.
func (o *office) unused(name string) string {
	free := name
	for n := 2; slices.ContainsFunc(o.letters, func(l Letter) bool { return l.Name == free }); n++ {
		free = fmt.Sprintf("%s-%d", name, n)
	}
	return free
}

// codes are those by which an addressee finds a site.
func (o *office) codes(s *reports.SiteResult) (codes []string) {
	if s.Place.Commune != "" {
		codes = append(codes, o.T("letters.commune", "code", s.Place.Commune))
	}
	if s.Place.SIRET != "" {
		codes = append(codes, o.T("letters.siret", "siret", s.Place.SIRET))
	}
	return codes
}

// line is a paragraph of runs.
func (l *letter) line(runs ...document.Run) { l.Add(document.Paragraph{Runs: runs}) }

// aside is a line on the right half of the page.
func (l *letter) aside(text string) {
	l.Add(document.Paragraph{Runs: document.Text(text), Indented: true})
}

// orBlank is a text, or the words for what is to be written in.
func (o *office) orBlank(text, blank string) string {
	if text == "" {
		return o.T(blank)
	}
	return text
}
