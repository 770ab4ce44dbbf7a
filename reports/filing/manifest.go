package filing

import (
	"fmt"
	"path/filepath"
	"regexp"
	"time"

	"thermie/reports"
	"thermie/reports/document"
)

// In is the folder in a collector's data folder that keeps what was filed;
// empty without a data folder.
func In(data string) string {
	if data == "" {
		return ""
	}
	return filepath.Join(data, "filings")
}

// format is that of the archives that are written; older ones are read. Since
// 2 the digest of the inputs is of hours (see records.go).
const format = 2

// The files of an archive.
const (
	manifestName = "MANIFEST.json"
	figuresName  = "figures.json"
	recordsName  = "inputs/records.lines" // as thermie export writes them
	areaName     = "inputs/area.json"
	openingsName = "inputs/openings.json"
	tablesFolder = "inputs/tables/"
	filesFolder  = "inputs/files/"
	outputs      = "outputs/"
)

// Manifest says what a filing is, and lists its files. It is the archive's
// last one.
type Manifest struct {
	Format       int       `json:"format"`
	ID           string    `json:"id"` // pcaet-SIREN-YEAR-NUMBER
	Report       string    `json:"report"`
	SIREN        string    `json:"siren"`
	Territory    string    `json:"territory"`
	Year         int       `json:"year"`
	Number       int       `json:"number"`           // 1, and 2 for one that corrects it
	Reason       string    `json:"reason,omitempty"` // why there is a further one
	Date         time.Time `json:"date"`             // of the report
	Lang         string    `json:"lang"`
	Disclosure   string    `json:"disclosure"`
	Reader       string    `json:"reader,omitempty"`
	OtherThermal bool      `json:"other_thermal,omitempty"`
	Fictitious   bool      `json:"fictitious,omitempty"`
	Software     string    `json:"software"`
	Inputs       string    `json:"inputs_sha256"` // as annex E prints it
	Files        []File    `json:"files"`
}

// File is one file of an archive.
type File struct {
	Name   string `json:"name"`
	Bytes  int64  `json:"bytes"`
	SHA256 string `json:"sha256"`
}

// nameOf is the id of a filing.
func nameOf(report, siren string, year, number int) string {
	return fmt.Sprintf("%s-%s-%d-%d", report, siren, year, number)
}

// check refuses what no filing is: its id names files, and its digest is
// printed.
func (m Manifest) check() error {
	switch {
	case m.Format > format:
		return fmt.Errorf("it is of format %d, which a newer version of thermie wrote\nhint: this one reads up to %d", m.Format, format)
	case !sirenForm.MatchString(m.SIREN), m.Report != "pcaet", m.ID != nameOf(m.Report, m.SIREN, m.Year, m.Number):
		return fmt.Errorf("%s: the id %q is not that of the report %q of %q, %d", manifestName, m.ID, m.Report, m.SIREN, m.Year)
	case !digestForm.MatchString(m.Inputs):
		return fmt.Errorf("%s: %q is no SHA-256 of the inputs", manifestName, m.Inputs)
	}
	return nil
}

var (
	sirenForm  = regexp.MustCompile(`^[0-9]{9}$`)
	digestForm = regexp.MustCompile(`^[0-9a-f]{64}$`)
)

// options are those of the report that was filed.
func (m Manifest) options() reports.Options {
	return reports.Options{Year: m.Year, Lang: m.Lang, Date: m.Date, Software: m.Software, Disclosure: m.Disclosure, Reader: m.Reader,
		OtherThermal: m.OtherThermal, AllowFictitious: m.Fictitious}
}

// Figure is a printed figure as it was filed.
type Figure struct {
	Code     string         `json:"code"`
	Printed  string         `json:"printed"`
	Value    float64        `json:"value"`
	U        float64        `json:"U"`
	Unit     string         `json:"unit"`
	Decimals int            `json:"decimals"`
	Coverage float64        `json:"coverage"`
	Method   string         `json:"method,omitempty"`
	Mark     document.Mark  `json:"mark"` // 0 known, 1 not known, 2 secret
	Place    document.Place `json:"place"`
	Table    string         `json:"table"`
	Row      string         `json:"row"`
	Column   string         `json:"column"`
}

// figuresOf are the figures of a document, once each in each unit.
func figuresOf(doc *document.Document) []Figure {
	seen := map[[2]string]bool{}
	figures := []Figure{}
	for _, p := range reports.FiguresOf(doc.Blocks) {
		f := p.Figure
		if at := [2]string{f.Code, f.Unit}; seen[at] || f.Code == "" {
			continue
		} else {
			seen[at] = true
		}
		filed := Figure{Code: f.Code, Printed: f.Full(doc.Lang), Unit: f.Unit, Decimals: f.Decimals, Method: f.Method, Mark: f.Mark, Place: f.Place,
			Table: p.Table, Row: p.Row, Column: p.Column}
		if f.Mark == document.Known { // a secret one is not in the archive either
			filed.Value, filed.U, filed.Coverage = f.Value, f.U, f.Coverage
		}
		figures = append(figures, filed)
	}
	return figures
}

// figure is the filed figure as others compute with it. The number of a secret
// one was not filed: to them it is unknown, never zero.
func (f Figure) figure() document.Figure {
	mark := f.Mark
	if mark == document.Secret {
		mark = document.Unknown
	}
	return document.Figure{Code: f.Code, Key: f.Place.Column, Value: f.Value, U: f.U, Unit: f.Unit, Decimals: f.Decimals, Coverage: f.Coverage,
		Method: f.Method, Mark: mark, Place: f.Place}
}
