package registry

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"thermie/configs"
	"thermie/geography"
	"thermie/interval"
)

// ReadSiteList reads a list of sites typed in a spreadsheet. Its first line
// names the columns, by the keys of a configuration file or by the French
// words of columnNames; numbers may have a decimal comma and spaces between
// thousands. Every faulty line is named, all at once: the error is
// configs.Faults. Without faults the sites can be declared.
func ReadSiteList(file string, data []byte) ([]configs.SiteEntry, error) {
	rows, err := rowsOf(data)
	if err == nil && len(rows) < 2 {
		err = errors.New("the list holds no site: its first line names the columns, and each further line is a site")
	}
	if err != nil {
		return nil, configs.Faults{{File: file, Message: err.Error()}}
	}
	l := siteList{file: file, lines: map[string]int{}}
	l.head(rows[0])
	if len(l.faults) > 0 {
		return nil, l.faults
	}
	for _, r := range rows[1:] {
		l.site(r)
	}
	if len(l.faults) > 0 {
		return nil, l.faults
	}
	return l.sites, nil
}

// siteList is a list being read.
type siteList struct {
	file    string
	columns []string // keys; empty for a column that is not for us
	sites   []configs.SiteEntry
	lines   map[string]int // of the ids
	faults  configs.Faults
}

func (l *siteList) fault(line int, hint, format string, args ...any) {
	l.faults = append(l.faults, configs.Fault{File: l.file, Line: line, Message: fmt.Sprintf(format, args...), Hint: hint})
}

// head finds the columns. One that has no name here is refused: data would
// be lost unseen.
func (l *siteList) head(r row) {
	seen := map[string]bool{}
	for _, cell := range r.cells {
		key := columnOf(cell)
		switch {
		case cell == "":
		case key == "":
			l.fault(r.line, "one of "+strings.Join(knownColumns(), ", "), "no column is called %q", cell)
		case seen[key]:
			l.fault(r.line, "keep one of them", "two columns are %s", key)
		}
		seen[key] = true
		l.columns = append(l.columns, key)
	}
	if !seen["name"] {
		l.fault(r.line, "name it nom or name", "no column holds the sites' names")
	}
}

// site reads one line and has it checked like an entry of a configuration.
func (l *siteList) site(r row) {
	before := len(l.faults)
	entry := map[string]any{"data": string(interval.DeclaredData), "tap": "return_air", "origin": "liste importée : " + l.file}
	cells := map[string]string{}
	for i, cell := range r.cells {
		if i >= len(l.columns) {
			if cell != "" {
				l.fault(r.line, "put a cell that holds the sign between two cells in quotation marks", "%q stands behind the last column", cell)
			}
			continue
		}
		if key := l.columns[i]; key != "" && cell != "" {
			cells[key] = cell
			entry[key] = l.value(r.line, key, cell)
		}
	}
	l.place(r.line, entry, cells)
	if mwh, ok := entry["total_declared_mwh"].(float64); ok {
		entry["total_declared_kwh"] = mwh * 1000
	}
	for _, ours := range []string{"commune", "department", "total_declared_mwh"} {
		delete(entry, ours)
	}
	if cells["tap"] == "" && cells["origin"] == "" {
		entry["origin"] = entry["origin"].(string) + " ; point de captage supposé : air de reprise"
	}
	if cells["id"] == "" {
		entry["id"] = idOf(cells["name"], cells["commune"])
	}
	if len(l.faults) > before {
		return
	}
	l.check(r.line, entry)
}

// check reads the entry as a configuration's and takes it if it is sound.
func (l *siteList) check(line int, entry map[string]any) {
	text, err := json.Marshal(map[string]any{"sites": []any{entry}})
	if err != nil {
		l.fault(line, "", "%v", err)
		return
	}
	d, err := configs.DecodeDeclared(l.file, text, func(*configs.Declared) {})
	var faults configs.Faults
	if errors.As(err, &faults) {
		for _, f := range faults {
			l.fault(line, f.Hint, "%s", strings.TrimPrefix(f.Message, "sites."))
		}
		return
	}
	s := d.Sites[0]
	s.Where = fmt.Sprintf("%s:%d", l.file, line)
	if first, twice := l.lines[s.ID]; twice {
		l.fault(line, "give each site an id of its own", "site %s stands in line %d already", s.ID, first)
		return
	}
	l.lines[s.ID] = line
	l.sites = append(l.sites, s)
}

// value reads a cell. A number that is none is a fault of its line.
func (l *siteList) value(line int, key, cell string) any {
	switch {
	case slices.Contains(numeric, key):
		plain := strings.ReplaceAll(strings.NewReplacer(" ", "", "\u00a0", "", "\u202f", "").Replace(cell), ",", ".")
		v, err := strconv.ParseFloat(plain, 64)
		if err != nil || v-v != 0 {
			l.fault(line, "write 1200,5 or 1 200,5, without a unit", "%s: %q is not a number", key, cell)
		}
		return v
	case key == "never_listed":
		switch plainHead(cell) {
		case "oui", "x", "1", "true", "yes", "vrai":
			return true
		case "non", "0", "false", "no", "faux":
			return false
		}
		l.fault(line, "write oui or non", "%s: %q is neither yes nor no", key, cell)
	case key == "siret", key == "operator_siren":
		return strings.NewReplacer(" ", "", "\u00a0", "", "\u202f", "").Replace(cell)
	case key == "valid_from":
		if day, err := time.Parse("02/01/2006", cell); err == nil {
			return day.Format(time.DateOnly)
		}
	case key == "commune_insee" && len(cell) == 4:
		return "0" + cell // a spreadsheet takes 01053 for a number
	}
	return cell
}

// place finds the commune's code where only its name is given.
func (l *siteList) place(line int, entry map[string]any, cells map[string]string) {
	if cells["commune_insee"] != "" || cells["commune"] == "" {
		return
	}
	france, err := geography.Open()
	if err != nil {
		l.fault(line, "", "%v", err)
		return
	}
	found := france.CommunesNamed(cells["commune"], cells["department"])
	switch len(found) {
	case 0:
		l.fault(line, "check the spelling and the department, or give the INSEE code", "no commune is called %q in %d", cells["commune"], france.Origin.Year)
	case 1:
		entry["commune_insee"] = found[0].Code
	default:
		var names []string
		for _, c := range found {
			names = append(names, c.Code+" ("+c.DepartmentName+")")
		}
		l.fault(line, "give the department or the INSEE code: "+strings.Join(names, ", "), "%d communes are called %q", len(found), cells["commune"])
	}
}

// idOf makes an id of a name and its commune.
func idOf(name, commune string) string {
	var b strings.Builder
	for _, r := range geography.Plain(name + " " + commune) {
		switch {
		case r >= 'a' && r <= 'z', r >= '0' && r <= '9':
			b.WriteRune(r)
		case b.Len() > 0 && !strings.HasSuffix(b.String(), "-"):
			b.WriteByte('-')
		}
	}
	id := b.String()
	return strings.Trim(id[:min(len(id), 48)], "-")
}
