package deposit

import (
	"io"
	"strconv"
	"strings"

	"thermie/reports/document"
	"thermie/reports/pcaet"
)

// WriteActions writes the report's action sheets in the columns of
// Fiches_Action.csv, the open data of the deposit platform. The number of the
// plan is the platform's: the SIREN and the year stand in for it.
func WriteActions(w io.Writer, p *pcaet.Report) error {
	c := document.NewCSVWriter(w, document.DepositCSV)
	c.Row("Id_action", "Id_demarche", "Nom_demarche", "Intitule_action", "Description_action", "Date_lancement", "Type_action", "Cible_action")
	t := p.Dossier().Area.Territory
	plan := t.SIREN + "-" + strconv.Itoa(p.Dossier().Options.Year)
	name := p.T("programme.plan_name", "territory", t.Name)
	if p.Dossier().Fictitious() {
		name = p.T("words.demonstration") + " – " + name
	}
	for _, a := range p.Actions() {
		start := ""
		if a.Start > 0 {
			start = "01/01/" + strconv.Itoa(a.Start)
		}
		c.Row(a.ID, plan, name, a.Title, description(p, a), start, a.Strand, strings.Join(a.Audience, ", "))
	}
	return c.Close()
}
