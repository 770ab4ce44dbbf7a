package collector

import (
	"io"
	"path"

	"thermie/reports"
	"thermie/reports/deposit"
	"thermie/reports/pcaet"
)

// fileGroup is what a territory's page offers for one purpose.
type fileGroup struct {
	title string // key of the words that name the purpose
	files []reportFile[*pcaet.Report]
}

// territoryFiles are the files of a territory's report, by what they are for.
var territoryFiles = []fileGroup{
	{"for_reading", []reportFile[*pcaet.Report]{
		{"pcaet.html", "full_report", dossierAs("html")},
		{"pcaet.pdf", "printable", dossierAs("pdf")},
	}},
	{"for_plan", []reportFile[*pcaet.Report]{
		{"pcaet.docx", "editable", dossierAs("docx")},
		{"pcaet.odt", "editable_odt", dossierAs("odt")},
		{"encart.docx", "insert", insertAs("docx")},
		{"encart.odt", "insert", insertAs("odt")},
		{"pcaet.xlsx", "tables", dossierAs("xlsx")},
	}},
	{"for_deposit", []reportFile[*pcaet.Report]{
		{"depot.csv", "deposit", (*pcaet.Report).WriteDeposit},
		{"plan-import.xlsx", "plan_import", fromReport(deposit.WritePlan)},
		{"Fiches_Action.csv", "action_sheets", fromReport(deposit.WriteActions)},
		{"indicateurs.json", "indicators", fromReport(deposit.WriteValues)},
	}},
	{"for_map", []reportFile[*pcaet.Report]{
		{"pcaet.gpkg", "geopackage", mapFile("pcaet.gpkg")},
		{"sites.geojson", "layer", (*pcaet.Report).WriteLayer},
		{"reseaux.geojson", "network_layer", mapFile("reseaux.geojson")},
		{"communes.geojson", "commune_layer", mapFile("communes.geojson")},
	}},
}

// openFiles are those of the open data, which the public's edition has.
var openFiles = []reportFile[*pcaet.Report]{
	{"chiffres.csv", "open_figures", openFile("chiffres.csv")},
	{"chiffres.schema.json", "open_schema", openFile("chiffres.schema.json")},
	{"datapackage.json", "open_package", openFile("datapackage.json")},
	{"LICENCE.txt", "open_licence", openFile("LICENCE.txt")},
}

// offered are the files that there are of a report.
func offered(d *reports.Dossier) []fileGroup {
	if !deposit.Opens(d) {
		return territoryFiles
	}
	return append(territoryFiles[:len(territoryFiles):len(territoryFiles)], fileGroup{"for_reuse", openFiles})
}

// dossierAs writes a report's document in a format, insertAs the pages that
// are pasted into the plan.
func dossierAs(format string) func(*pcaet.Report, io.Writer) error {
	return func(p *pcaet.Report, w io.Writer) error { return writeAs(format, w, p.Document()) }
}

func insertAs(format string) func(*pcaet.Report, io.Writer) error {
	return func(p *pcaet.Report, w io.Writer) error { return writeAs(format, w, p.Insert()) }
}

// fromReport is a writer of package deposit as the page calls it.
func fromReport(write func(io.Writer, *pcaet.Report) error) func(*pcaet.Report, io.Writer) error {
	return func(p *pcaet.Report, w io.Writer) error { return write(w, p) }
}

// mapFile writes one of the map's files, openFile one of the open data's.
func mapFile(name string) func(*pcaet.Report, io.Writer) error {
	return func(p *pcaet.Report, w io.Writer) error { return writeNamed(name, p.MapFiles(), w) }
}

func openFile(name string) func(*pcaet.Report, io.Writer) error {
	return func(p *pcaet.Report, w io.Writer) error {
		files, err := deposit.OpenData(p)
		if err != nil {
			return err
		}
		return writeNamed(name, files, w)
	}
}

// writeNamed writes the file of that name, whatever its folder.
func writeNamed(name string, files []reports.Output, w io.Writer) error {
	for _, f := range files {
		if path.Base(f.Name) == name {
			return f.Write(w)
		}
	}
	return errNoPage
}
