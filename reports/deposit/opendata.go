package deposit

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"strconv"
	"time"

	"thermie/disclosure"
	"thermie/reports"
	"thermie/reports/document"
	"thermie/reports/pcaet"
)

// Names of the open data's files, in a folder of their own.
const (
	figuresFile = "chiffres.csv"
	schemaFile  = "chiffres.schema.json"
	licenceFile = "LICENCE.txt"
	packageFile = "datapackage.json"
)

// Opens reports whether there is open data of a dossier.
func Opens(d *reports.Dossier) bool { return d.Options.Disclosure == disclosure.Public.ID }

// OpenData is the folder that goes to data.gouv.fr as it is: every printed
// figure with its table schema (Frictionless Table Schema), the description
// of the package (Frictionless Data Package) and the licence. There is none
// in an edition that is not for the public.
func OpenData(p *pcaet.Report) ([]reports.Output, error) {
	if !Opens(p.Dossier()) {
		return nil, nil
	}
	var figures bytes.Buffer
	if err := writeFigures(&figures, p); err != nil {
		return nil, err
	}
	schema, err := encoded(figureSchema(p))
	if err != nil {
		return nil, err
	}
	described, err := encoded(describe(p, figures.Bytes()))
	if err != nil {
		return nil, err
	}
	licence := []byte(p.T("open_data.licence", "territory", p.Dossier().Area.Territory.Name) + "\n")
	var files []reports.Output
	for _, f := range []struct {
		name string
		data []byte
	}{{figuresFile, figures.Bytes()}, {schemaFile, schema}, {licenceFile, licence}, {packageFile, described}} {
		files = append(files, reports.Output{Name: "donnees-ouvertes/" + f.name, Write: func(w io.Writer) error {
			_, err := w.Write(f.data)
			return err
		}})
	}
	return files, nil
}

// field is a column of chiffres.csv.
type field struct {
	Name        string      `json:"name"`
	Type        string      `json:"type"`
	Title       string      `json:"title"`
	Constraints *constraint `json:"constraints,omitempty"`
}

type constraint struct {
	Required bool     `json:"required,omitempty"`
	Pattern  string   `json:"pattern,omitempty"`
	Enum     []string `json:"enum,omitempty"`
}

// tableSchema is a Table Schema.
type tableSchema struct {
	Fields        []field  `json:"fields"`
	PrimaryKey    []string `json:"primaryKey"`
	MissingValues []string `json:"missingValues"`
}

// figureSchema describes chiffres.csv, one row a printed figure and unit.
func figureSchema(p *pcaet.Report) tableSchema {
	s := tableSchema{PrimaryKey: []string{"code", "unite"}, MissingValues: []string{""}}
	add := func(name, kind string, c *constraint) {
		s.Fields = append(s.Fields, field{name, kind, p.T("open_data." + name), c})
	}
	needed := &constraint{Required: true}
	add("code", "string", &constraint{Required: true, Pattern: "^[A-Z2-7]{8}$"})
	add("territoire_siren", "string", &constraint{Required: true, Pattern: "^[0-9]{9}$"})
	add("annee", "integer", needed)
	add("tableau", "string", needed)
	add("ligne", "string", nil)
	add("colonne", "string", needed)
	add("valeur", "number", nil)
	add("incertitude_k2", "number", nil)
	add("unite", "string", needed)
	add("statut", "string", &constraint{Required: true, Enum: statuses(p)})
	add("couverture_pct", "number", nil)
	add("methode", "string", nil)
	add("simule", "boolean", needed)
	return s
}

// statuses are the marks that a figure can have: zero, unknown and secret are
// three different ones.
func statuses(p *pcaet.Report) []string {
	var words []string
	for _, status := range pcaet.Statuses {
		words = append(words, p.T("deposit."+status))
	}
	return words
}

// writeFigures writes chiffres.csv.
func writeFigures(w io.Writer, p *pcaet.Report) error {
	c := document.NewCSVWriter(w, document.PlainCSV)
	var heads []any
	for _, f := range figureSchema(p).Fields {
		heads = append(heads, f.Name)
	}
	c.Row(heads...)
	d := p.Dossier()
	seen := map[string]bool{}
	for _, placed := range reports.FiguresOf(p.Document().Blocks) {
		f := placed.Figure
		key := f.Code + " " + unitOf(f)
		if seen[key] {
			continue
		}
		seen[key] = true
		var value, u, coverage any
		if f.Mark == document.Known {
			value, coverage = f, document.Number{Value: reports.FloorTo(f.Coverage*100, 1), Decimals: 1}
			if f.U > 0 && !f.Unbudgeted {
				u = document.Number{Value: f.U, Decimals: f.Decimals}
			}
		}
		c.Row(f.Code, d.Area.Territory.SIREN, d.Options.Year, placed.Table, placed.Row, placed.Column,
			value, u, unitOf(f), p.T("deposit."+pcaet.StatusOf(f)), coverage, f.Method, strconv.FormatBool(f.Marked()))
	}
	return c.Close()
}

// unitOf is a figure's unit; 1 for a pure number, since a part of the key
// cannot be missing.
func unitOf(f document.Figure) string { return cmp.Or(f.Unit, "1") }

// describe is the package: whose it is, under which licence, and the bytes of
// its one table.
func describe(p *pcaet.Report, figures []byte) any {
	d, sum := p.Dossier(), sha256.Sum256(figures)
	t := d.Area.Territory
	doc := p.Document()
	title := doc.Title + " – " + t.Name
	if d.Fictitious() {
		title = p.T("words.demonstration") + " – " + title
	}
	type object = map[string]any
	return object{
		"profile":      "tabular-data-package",
		"name":         fmt.Sprintf("pcaet-centres-de-donnees-%s-%d", t.SIREN, d.Options.Year),
		"title":        title,
		"created":      d.Options.Date.UTC().Format(time.RFC3339),
		"version":      strconv.Itoa(d.Options.Year),
		"licenses":     []object{{"name": "etalab-2.0", "title": "Licence Ouverte / Open Licence 2.0", "path": "https://www.etalab.gouv.fr/licence-ouverte-open-licence/"}},
		"description":  p.T("open_data.description", "territory", t.Name, "year", strconv.Itoa(d.Options.Year)),
		"contributors": []object{{"title": t.Name, "role": "publisher"}},
		"keywords":     []string{"PCAET", "chaleur fatale", "centres de données", "réseaux de chaleur"},
		"resources": []object{{
			"profile": "tabular-data-resource", "name": "chiffres", "path": figuresFile, "title": p.T("open_data.figures"),
			"format": "csv", "mediatype": "text/csv", "encoding": "utf-8", "bytes": len(figures), "hash": "sha256:" + hex.EncodeToString(sum[:]),
			"dialect": object{"delimiter": ",", "lineTerminator": "\r\n", "header": true}, "schema": schemaFile,
		}},
	}
}

func encoded(v any) ([]byte, error) {
	data, err := json.MarshalIndent(v, "", "  ")
	return append(data, '\n'), err
}
