package deposit

import (
	"fmt"
	"io"
	"strings"

	"thermie/reports"
	"thermie/reports/document"
	"thermie/reports/pcaet"
)

// planColumns are the 28 columns of the plan import of Territoires en
// Transitions, word for word and in its order: it refuses a file in which one
// of them differs.
var planColumns = []any{"Axe (x)", "Sous-axe (x.x)", "Sous-sous axe (x.x.x)", "Titre de l'action", "Titre de la sous-action", "Descriptif",
	"Instances de gouvernance", "Objectifs", "Indicateurs liés", "Structure pilote", "Moyens humains et techniques", "Partenaires",
	"Direction ou service pilote", "Personne pilote", "Élu·e référent·e", "Participation Citoyenne", "Financements",
	"Financeur 1", "Montant € HT", "Financeur 2", "Montant € HT", "Financeur 3", "Montant € HT", "Budget prévisionnel total € HT",
	"Statut", "Niveau de priorité", "Date de début", "Date de fin"}

// planWidths are those of the columns, in characters.
var planWidths = []float64{24, 12, 12, 40, 20, 60, 20, 40, 30, 24, 30, 30, 18, 18, 18, 18, 30, 14, 14, 14, 14, 14, 14, 16, 14, 14, 14, 14}

// The import finds its sheet by the first column's name in A2, and reads the
// actions from row 4 on.
const planSheet = "Plan d'actions"

// maxTitle is how long a title may be, in characters.
const maxTitle = 300

// WritePlan writes the report's action sheets as a workbook for the plan
// import. What only the authority knows stays empty.
func WritePlan(w io.Writer, p *pcaet.Report) error {
	note := p.T("programme.workbook_note")
	if p.Dossier().Fictitious() {
		note = p.T("words.demonstration") + " – " + note
	}
	f := document.Form{Sheet: planSheet, Heads: 3, Widths: planWidths,
		Rows: [][]any{{document.Typeset("fr", note)}, planColumns, {p.T("programme.workbook_row")}}}
	for _, a := range p.Actions() {
		f.Rows = append(f.Rows, planRow(p, a))
	}
	return document.WriteForm(w, f)
}

func planRow(p *pcaet.Report, a pcaet.Action) []any {
	row := make([]any, len(planColumns))
	row[0], row[3], row[5], row[7] = a.Axis, cut(a.Title, maxTitle), description(p, a), a.Objectives
	row[8], row[9], row[10], row[11] = list(a.Indicators), plain(a.Lead), a.Means, list(a.Partners)
	row[16] = strings.Join(a.Funding, "\n")
	if a.Budget.Code != "" && a.Budget.Mark == document.Known {
		row[23] = a.Budget.Value * 1000
	}
	row[24] = a.Status
	if a.Start > 0 {
		row[26] = fmt.Sprintf("01/01/%d", a.Start)
	}
	if a.End > 0 {
		row[27] = fmt.Sprintf("31/12/%d", a.End)
	}
	return row
}

// description is the action's text with what it is expected to bring: the
// import has no column for results, risks and links.
func description(p *pcaet.Report, a pcaet.Action) string {
	parts := []string{a.Description}
	for _, r := range a.Results {
		parts = append(parts, "- "+p.T("programme.result", "what", r.Label, "figure", r.Figure.Full(p.Lang), "code", r.Figure.Code))
	}
	if len(a.Risks) > 0 {
		parts = append(parts, p.T("programme.risks", "risks", reports.Sentences(a.Risks)))
	}
	if len(a.Plans) > 0 {
		parts = append(parts, p.T("programme.plans", "plans", reports.Sentences(a.Plans)))
	}
	return document.Typeset(p.Lang, strings.Join(parts, "\n"))
}

// list joins names by the comma at which the import cuts them again.
func list(names []string) string {
	cleaned := make([]string, len(names))
	for i, n := range names {
		cleaned[i] = plain(n)
	}
	return strings.Join(cleaned, ", ")
}

// plain is a name without the comma that would make two of it.
func plain(name string) string { return strings.ReplaceAll(name, ",", " –") }

// cut shortens a text to n characters.
func cut(text string, n int) string {
	runes := []rune(text)
	if len(runes) <= n {
		return text
	}
	return string(runes[:n-1]) + "…"
}
