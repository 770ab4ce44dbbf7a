package reports

import (
	"encoding/csv"
	"fmt"
	"io"
	"math"
	"os"
	"slices"
	"strconv"
	"strings"

	"thermie/configs"
	"thermie/disclosure"
)

// Outside is a figure that anyone can read elsewhere: what the transmission
// grid delivers to a point (C. énergie D. 111-53 I 4°), what the statistical
// service publishes by IRIS or commune, a declaration, an earlier filing. It
// is of one site, or of all sites of a commune; of neither, of the territory.
type Outside struct {
	Site, Commune string
	Heat          string  // one of outsideHeats
	Years         int     // how many years it is from the report's year
	Low, High     float64 // MWh; High is infinite where only Low is known
	Source        string
}

// outsideHeats are the energies that a table of outside figures can speak of.
var outsideHeats = []string{"e_dc", "e_it", "gisement", "captee", "livree", "valorisee"}

// outsideColumns are the columns of such a table. Where min and max are the
// same the figure is exact; an empty max is no limit.
var outsideColumns = []string{"site", "commune_insee", "energie", "annee", "mwh_min", "mwh_max"}

// readOutside reads the tables of outside figures that a plan names.
func readOutside(tables []configs.Outside, year int) (all []Outside, err error) {
	for _, t := range tables {
		f, err := os.Open(t.File)
		if err != nil {
			return nil, fmt.Errorf("outside figures: %w\nhint: outside_figures of the plan names the file", err)
		}
		some, err := ReadOutside(t.File, f, t.Source+", "+t.Date, year)
		f.Close()
		if err != nil {
			return nil, err
		}
		all = append(all, some...)
	}
	return all, nil
}

// ReadOutside reads a table of outside figures: a CSV with semicolons, the
// columns of outsideColumns in any order, amounts in MWh with point or comma.
// Every faulty line is named.
func ReadOutside(name string, r io.Reader, source string, year int) (all []Outside, err error) {
	c := csv.NewReader(r)
	c.Comma, c.FieldsPerRecord = ';', -1
	rows, err := c.ReadAll()
	if err != nil || len(rows) == 0 {
		return nil, fmt.Errorf("outside figures %s: no table (%v)\nhint: its first line is %s", name, err, strings.Join(outsideColumns, ";"))
	}
	at := map[string]int{}
	for i, head := range rows[0] {
		at[strings.TrimSpace(strings.TrimPrefix(head, "\ufeff"))] = i
	}
	var faults configs.Faults
	for _, column := range outsideColumns {
		if _, found := at[column]; !found {
			faults = append(faults, configs.Fault{File: name, Line: 1, Message: "no column " + column, Hint: strings.Join(outsideColumns, ";")})
		}
	}
	if len(faults) > 0 {
		return nil, faults
	}
	for i, row := range rows[1:] {
		o, err := outsideOf(func(column string) string {
			if at[column] < len(row) {
				return strings.TrimSpace(row[at[column]])
			}
			return ""
		}, year)
		if err != nil {
			faults = append(faults, configs.Fault{File: name, Line: i + 2, Message: err.Error()})
			continue
		}
		o.Source = source
		all = append(all, o)
	}
	if len(faults) > 0 {
		return nil, faults
	}
	return all, nil
}

// outsideOf reads one line.
func outsideOf(cell func(string) string, year int) (o Outside, err error) {
	o = Outside{Site: cell("site"), Commune: cell("commune_insee"), Heat: cell("energie"), High: math.Inf(1)}
	if !slices.Contains(outsideHeats, o.Heat) {
		return o, fmt.Errorf("energie %q is not one of %s", o.Heat, strings.Join(outsideHeats, ", "))
	}
	of, err := strconv.Atoi(cell("annee"))
	if err != nil || of < FirstYear || of > LastYear {
		return o, fmt.Errorf("annee %q is not a year", cell("annee"))
	}
	o.Years = of - year
	if o.Low, err = mwhOfText(cell("mwh_min")); err != nil {
		return o, err
	}
	if text := cell("mwh_max"); text != "" {
		if o.High, err = mwhOfText(text); err != nil {
			return o, err
		}
	}
	if o.High < o.Low {
		return o, fmt.Errorf("mwh_max %v is below mwh_min %v", o.High, o.Low)
	}
	return o, nil
}

// maxMWh is beyond any energy of a territory, and within what is attacked
// exactly.
const maxMWh = 1e9

func mwhOfText(text string) (float64, error) {
	v, err := strconv.ParseFloat(strings.NewReplacer(",", ".", " ", "", "\u00a0", "", "\u202f", "").Replace(text), 64)
	if err != nil || v < 0 || v > maxMWh || v != v {
		return 0, fmt.Errorf("%q is not an amount in MWh", text)
	}
	return v, nil
}

// published are the openings of what operators publish themselves.
func published(pages []configs.Publication) (all Openings) {
	for _, p := range pages {
		for _, field := range p.Fields {
			all = append(all, Opening{Site: p.Site, Disclosure: disclosure.Disclosure{Basis: disclosure.ByLaw, Source: p.Page, Date: p.Date, Field: field}})
		}
	}
	return all
}
