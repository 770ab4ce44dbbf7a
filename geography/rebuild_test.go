package geography

import (
	"archive/tar"
	"bytes"
	"cmp"
	"compress/gzip"
	"crypto/sha512"
	"encoding/base64"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

var (
	tarballs = flag.String("tarballs", "", "folder with the packages that the geography is rebuilt from")
	update   = flag.Bool("update", false, "write the rebuilt geography")
)

// packages are what the geography is made of: the last one, and from those
// before it the year in which a commune last was one.
var packages = []struct {
	year          int
	version, hash string
}{
	{2021, "1.1.1", "sha512-2yD0tkK+As9OlImYdFXn9O1ABtMpExpCq0A7/d/HpruMgg7NYymUeNnHN0r8ICWgcKE//3uvMXeQ00xdOwUiZg=="},
	{2022, "2.3.1", "sha512-52zR447e9Csr/HkzmLJIrOTCAuwJNd4O9fay8BRgOQUSbqaKOP6vFpsrj5lKlrH9vA+ii07h1TnChdMFZNgcwg=="},
	{2023, "3.1.1", "sha512-/1yqSlo6Xerdz1MN+rh57hDWcAam18gwSK5u4wFjT1glRUiN/o1A4IQe6pvB9JqGvHv6WbF5X7WyE+yxeMqLig=="},
	{2024, "4.1.0", "sha512-r0lO1qhb/R7golWwfPbkstpN3WeGuROIHoJhExY7251bkc7tjL48wsnh4/cWAQYux1y/EMSTuOEwiMkh0/mK8g=="},
	{2025, "5.3.0", "sha512-I7PP8jiNOKwvBbdhoYPiwMaJ27x6aHwwGj5V0DMTOPu2YG6qyhGty1b0SIkCxpSHlUkASEfybISY4ldkTcYbbw=="},
	{2026, "6.0.0", "sha512-XavYsFlbcM/prKr8hNHPKER94IHw/dsxNM4nxjWMYk6PLFACpEedvn/7wK8Baozm0dCYhWWcf+7bcWpA5pmCaQ=="},
}

// territoryNumbers are the numbers by which the EPT are called; the packages
// do not have them. See data/ORIGIN.md.
var territoryNumbers = map[string]string{
	"200057966": "T2", "200057974": "T3", "200057982": "T4", "200057990": "T5", "200057867": "T6", "200058097": "T7",
	"200057875": "T8", "200058790": "T9", "200057941": "T10", "200058006": "T11", "200058014": "T12",
}

// The embedded table is what the packages give, to the byte.
func TestTheGeographyIsRebuiltFromItsPackages(t *testing.T) {
	if *tarballs == "" {
		t.Skip("say where the packages are with -tarballs; data/ORIGIN.md has the commands")
	}
	last := packages[len(packages)-1]
	text := build(t)
	var packed bytes.Buffer
	w, err := gzip.NewWriterLevel(&packed, gzip.BestCompression)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := io.WriteString(w, text); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	if *update {
		if err := os.WriteFile(fmt.Sprintf("data/france-%d.tsv.gz", last.year), packed.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	} else if !bytes.Equal(packed.Bytes(), embedded) {
		t.Error("the packages give another table than the one embedded (hint: -update writes it)")
	}
}

// raw is one entry of any of a package's files.
type raw struct {
	Code       string   `json:"code"`
	Name       string   `json:"nom"`
	Type       string   `json:"type"`
	SIREN      string   `json:"siren"`
	Region     string   `json:"region"`
	Population int      `json:"population"`
	Municipal  int      `json:"populationMunicipale"`
	Total      int      `json:"populationTotale"`
	Members    []raw    `json:"membres"`
	Earlier    []string `json:"anciensCodes"`
	Seat       string   `json:"chefLieu"`
	Commune    string   `json:"commune"`
}

// files reads a package, whose hash must be the known one, by file name.
func files(t *testing.T, version, hash string) map[string][]raw {
	t.Helper()
	packed, err := os.ReadFile(filepath.Join(*tarballs, "etalab-decoupage-administratif-"+version+".tgz"))
	if err != nil {
		t.Fatal(err)
	}
	if sum := sha512.Sum512(packed); "sha512-"+base64.StdEncoding.EncodeToString(sum[:]) != hash {
		t.Fatalf("package %s is not the one that this geography is made of", version)
	}
	unpacked, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		t.Fatal(err)
	}
	found := map[string][]raw{}
	for in := tar.NewReader(unpacked); ; {
		head, err := in.Next()
		if errors.Is(err, io.EOF) {
			return found
		} else if err != nil {
			t.Fatal(err)
		}
		name, isData := strings.CutSuffix(strings.TrimPrefix(head.Name, "package/data/"), ".json")
		if !isData || !slices.Contains([]string{"communes", "departements", "regions", "epci", "ept"}, name) {
			continue
		}
		var entries []raw
		if err := json.NewDecoder(in).Decode(&entries); err != nil {
			t.Fatalf("%s of package %s: %v", name, version, err)
		}
		slices.SortFunc(entries, func(a, b raw) int { return strings.Compare(a.Code, b.Code) })
		found[name] = entries
	}
}

// build makes the table's text.
func build(t *testing.T) string {
	lastYear, names := map[string]int{}, map[string]string{}
	for _, p := range packages[:len(packages)-1] {
		for _, c := range files(t, p.version, p.hash)["communes"] {
			if c.Type == "commune-actuelle" {
				lastYear[c.Code], names[c.Code] = p.year, c.Name
			}
		}
	}
	last := packages[len(packages)-1]
	now := files(t, last.version, last.hash)
	var b strings.Builder
	row := func(fields ...string) { b.WriteString(strings.Join(fields, "\t") + "\n") }
	row("o", strconv.Itoa(last.year), "@etalab/decoupage-administratif "+last.version, last.hash, "Licence Ouverte")
	for _, r := range now["regions"] {
		row("r", r.Code, r.Name)
	}
	for _, d := range now["departements"] {
		row("d", d.Code, d.Name, cmp.Or(d.Region, d.Code))
	}
	bodies := slices.Concat(now["epci"], now["ept"])
	slices.SortFunc(bodies, func(a, b raw) int { return strings.Compare(a.Code, b.Code) })
	member := map[string]map[string]string{"epci": {}, "ept": {}}
	for i, body := range bodies {
		kind, in := body.Type, "epci"
		switch kind {
		case "METRO", "MET69":
			kind = string(Metropole)
		case string(EPT):
			in = "ept"
		}
		row("b", body.Code, kind, territoryNumbers[body.Code], body.Name, amount(body.Municipal), amount(body.Total))
		for _, m := range body.Members {
			member[in][m.Code] = strconv.Itoa(i)
		}
	}
	current := map[string]bool{}
	for _, c := range now["communes"] {
		if c.Type != "commune-actuelle" {
			continue
		}
		current[c.Code] = true
		siren := c.SIREN
		if epci := member["epci"][c.Code]; epci != "" && siren == regularSIREN(c.Code) {
			siren = ""
		}
		row("c", c.Code, c.Name, siren, amount(c.Population), member["epci"][c.Code], member["ept"][c.Code])
	}
	for _, f := range formerOf(now["communes"], current, names) {
		if !current[f.Into] {
			t.Errorf("%s has gone to %s, which is no commune", f.Code, f.Into)
		}
		row("f", f.Code, f.Name, f.Into, amount(lastYear[f.Code]))
		delete(lastYear, f.Code)
	}
	for code := range lastYear {
		if !current[code] {
			t.Errorf("nobody says where %s (%s) has gone", code, names[code])
		}
	}
	return b.String()
}

// formerOf lists the parts of communes and the codes of the past.
func formerOf(communes []raw, current map[string]bool, names map[string]string) []Former {
	former := map[string]Former{}
	for _, c := range communes {
		into := cmp.Or(c.Seat, c.Commune)
		if c.Type != "commune-actuelle" && !current[c.Code] {
			former[c.Code] = Former{Code: c.Code, Name: c.Name, Into: into}
		}
	}
	for _, c := range communes {
		for _, code := range c.Earlier {
			if _, known := former[code]; !known && !current[code] {
				former[code] = Former{Code: code, Name: names[code], Into: c.Code}
			}
		}
	}
	return slices.SortedFunc(maps.Values(former), func(a, b Former) int { return strings.Compare(a.Code, b.Code) })
}

// amount prints a number, an unknown one as nothing.
func amount(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}
