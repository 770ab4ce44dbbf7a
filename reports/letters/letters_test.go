package letters_test

import (
	"bytes"
	"regexp"
	"slices"
	"strings"
	"testing"

	"thermie/configs"
	"thermie/interval"
	"thermie/reports"
	"thermie/reports/document"
	"thermie/reports/fixture"
	"thermie/reports/letters"
)

// sender is who signs, all of it stated.
var sender = configs.PlanSender{Service: "Direction de la transition écologique", Address: "1 place de la République, 03000 Moulins", Place: "Moulins",
	Signatory: "Claire Martin", Title: "La vice-présidente", Contact: "Jean Petit, 04 00 00 00 00, energie@marais.example"}

// hall is a data center that somebody listed.
func hall(id, name, operator, siren, commune string, kw float64) configs.SiteEntry {
	return configs.SiteEntry{ID: id, Site: interval.Site{Name: name, Operator: operator, OperatorSIREN: siren, SIRET: siren + "00013", Commune: commune, RatedITKW: kw,
		Latitude: 46.602, Longitude: -3.405, Tap: "return_air", UTCOffsetMin: 60, Data: interval.DeclaredData}}
}

// written are the letters of a territory with a large site, a small one and
// one of which nobody knows the power, by the names of their files.
func written(t *testing.T, sender configs.PlanSender) map[string]string {
	t.Helper()
	area := fixture.Area(t)
	area.Territory.Fictitious, area.Networks[0].Fictitious = false, false
	area.Territory.Sites = []string{"large", "small", "unknown"}
	area.Networks[0].OrderID, area.Plan.Sender = "0301C", sender
	src := reports.Declare(&reports.File{}, []configs.SiteEntry{hall("large", "Centre Nord", "Alpha SAS", "111111118", "03190", 4200),
		hall("small", "Baie Sud", "Bêta SARL", "222222226", "03190", 300), hall("unknown", "Salle Est", "Gamma", "333333334", "97411", 0)})
	o := fixture.Options("")
	o.AllowFictitious = false
	d, err := reports.Build(t.Context(), src, area, o)
	if err != nil {
		t.Fatal(err)
	}
	all, err := letters.Write(d)
	if err != nil {
		t.Fatal(err)
	}
	texts := map[string]string{}
	for _, l := range all {
		for format, write := range map[string]func(*bytes.Buffer) error{
			"DOCX": func(b *bytes.Buffer) error { return document.WriteDOCX(b, l.Document) },
			"ODT":  func(b *bytes.Buffer) error { return document.WriteODT(b, l.Document) },
		} {
			var file bytes.Buffer
			if err := write(&file); err != nil || file.Len() == 0 {
				t.Errorf("%s as %s: %v", l.Name, format, err)
			}
		}
		if texts[l.Name] != "" {
			t.Errorf("two letters are called %s", l.Name)
		}
		texts[l.Name] = read(l.Document)
	}
	return texts
}

// read is a letter as its addressee reads it, a paragraph a line.
func read(doc *document.Document) string {
	var b strings.Builder
	line := func(runs []document.Run) {
		for _, r := range runs {
			b.WriteString(document.Typeset(doc.Lang, r.Text))
		}
		b.WriteString("\n")
	}
	for _, block := range doc.Blocks {
		switch block := block.(type) {
		case document.Paragraph:
			line(block.Runs)
		case document.List:
			for _, item := range block.Items {
				line(item)
			}
		}
	}
	return strings.NewReplacer("\u00a0", " ", "\u202f", " ", "’", "'").Replace(b.String())
}

func TestEachLetterIsFilledInAndReadyToSign(t *testing.T) {
	all := written(t, sender)
	for name, wants := range map[string][]string{
		"courrier-exploitant-111111118": {"Alpha SAS", "Centre Nord, commune 03190 (code INSEE), SIRET 11111111800013", "MWh par an", "L. 236-1", "3 500 kW"},
		"courrier-exploitant-222222226": {"Bêta SARL", "Baie Sud, commune 03190 (code INSEE)", "au moins trois exploitants"},
		"courrier-exploitant-333333334": {"Gamma", "Salle Est, commune 97411", "L. 236-1"},
		"courrier-reseau-marais":        {"Régie fictive de chaleur", "Réseau de chaleur fictif des Marais (0301C)", "pour l'année 2025", "D. 113-3, V"},
		"courrier-prefecture-03":        {"Préfecture du département 03, Allier", "Centre Nord, Alpha SAS, commune 03190", "R. 711-1"},
		"courrier-prefecture-974":       {"Préfecture du département 974, La Réunion", "Salle Est, Gamma, commune 97411"},
	} {
		text := all[name]
		delete(all, name)
		greeting := []string{"Madame, Monsieur,", "salutations distinguées"}
		if strings.HasPrefix(name, "courrier-prefecture") {
			greeting = []string{"Madame la Préfète, Monsieur le Préfet,", "haute considération"}
		}
		wants = append(append(wants, greeting...), "Communauté d'agglomération fictive des Marais", sender.Service, sender.Address, "Moulins, le 1er mars 2026", "Objet : Plan climat-air-énergie territorial",
			"Votre réponse peut être adressée à : "+sender.Contact, sender.Title+"\n"+sender.Signatory)
		for _, want := range wants {
			if !strings.Contains(text, want) {
				t.Errorf("%s does not say %q:\n%s", name, want, text)
			}
		}
		for _, blank := range regexp.MustCompile(`\[[^]]*\]|\{[^}]*\}|⟨[^⟩]*⟩`).FindAllString(text, -1) {
			if blank != "[adresse]" { // of the addressee: nobody stated it
				t.Errorf("%s leaves %s to be written in", name, blank)
			}
		}
	}
	for name := range all {
		t.Errorf("nobody expected the letter %s", name)
	}
}

func TestEachLetterHasAReferenceOfItsOwn(t *testing.T) {
	seen := map[string]string{}
	for name, text := range written(t, sender) {
		reference := regexp.MustCompile(`Réf\. : (PCAET-CD-999000012-2025-\d\d)\n`).FindStringSubmatch(text)
		if reference == nil || seen[reference[1]] != "" {
			t.Errorf("%s has the reference %v, which %s has", name, reference, seen[strings.Join(reference, "")])
			continue
		}
		seen[reference[1]] = name
	}
}

func TestWhatNobodyStatedIsLeftToBeWrittenIn(t *testing.T) {
	for name, text := range written(t, configs.PlanSender{}) {
		for _, blank := range []string{"[lieu]", "[nom et signature]", "[qualité du signataire]", "[nom, téléphone et adresse électronique]"} {
			if !strings.Contains(text, blank) {
				t.Errorf("%s has no %s", name, blank)
			}
		}
	}
}

// The letters cite what was read in its source and nothing else, and claim no
// duty that is a reading of the text.
func TestNoLetterCitesLawThatNobodyConfirmed(t *testing.T) {
	references, err := reports.References()
	if err != nil {
		t.Fatal(err)
	}
	article := regexp.MustCompile(`[LRD]\. \d+(?:-\d+)+`)
	read := func(cited string) bool {
		return slices.ContainsFunc(references, func(r reports.Reference) bool {
			return r.Status == reports.Read && r.Seen != "" && r.Source != "" && slices.Contains(article.FindAllString(r.Cite, -1), cited)
		})
	}
	for name, text := range written(t, sender) {
		cited := article.FindAllString(text, -1)
		if len(cited) == 0 {
			t.Errorf("%s uses no right", name)
		}
		for _, a := range cited {
			if !read(a) {
				t.Errorf("%s cites %s, which no reference that was read does", name, a)
			}
		}
		for _, r := range references {
			if r.Status == reports.Confirm && strings.Contains(text, r.Cite) {
				t.Errorf("%s cites %s, which is to be confirmed", name, r.Cite)
			}
		}
		for line := range strings.Lines(text) {
			operator := strings.HasPrefix(name, "courrier-exploitant")
			if conditional := strings.Contains(line, "Si l'un de ces sites"); operator && !conditional && (strings.Contains(line, "L. 236-1") || strings.Contains(line, "L. 711-1")) {
				t.Errorf("%s tells a site that it owes what nobody checked: %s", name, line)
			}
		}
	}
	if small := written(t, sender)["courrier-exploitant-222222226"]; strings.Contains(small, "L. 236-1") || strings.Contains(small, "L. 711-1") {
		t.Error("a site of 300 kW is told of duties from 500 and 3,500 kW")
	}
}

func TestLettersAreWrittenInFrench(t *testing.T) {
	foreign := regexp.MustCompile(`(?i)\b(the|and|with|your|data cent(er|re)s?|waste heat|network|meter|MWh per)\b|\d[.]\d|\d,\d{3}\b`)
	for name, text := range written(t, sender) {
		if word := foreign.FindString(strings.ReplaceAll(text, sender.Contact, "")); word != "" {
			t.Errorf("%s says %q", name, word)
		}
	}
}
