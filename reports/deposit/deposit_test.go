package deposit

import (
	"bytes"
	"crypto/sha256"
	"encoding/csv"
	"encoding/hex"
	"encoding/json"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/xuri/excelize/v2"

	"thermie/configs"
	"thermie/reports"
	"thermie/reports/document"
	"thermie/reports/fixture"
	"thermie/reports/pcaet"
)

// written is the demonstration's report for one profile of readers.
func written(t *testing.T, profile string, change func(*reports.Dossier)) *pcaet.Report {
	t.Helper()
	o := fixture.Options("")
	o.Disclosure = profile
	d, err := reports.Build(t.Context(), fixture.Source(t), fixture.Area(t), o)
	if err != nil {
		t.Fatal(err)
	}
	if change != nil {
		change(d)
	}
	p, err := pcaet.Write(d)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func output(t *testing.T, write func(io.Writer, *pcaet.Report) error, p *pcaet.Report) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := write(&b, p); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// The import looks for "Axe (x)" in A2, compares all 28 heads of that row, and
// reads actions from row 4 on: title needed, budget a number, dates by day.
func TestThePlanImportTakesTheWorkbook(t *testing.T) {
	p := written(t, "authority", nil)
	f, err := excelize.OpenReader(bytes.NewReader(output(t, WritePlan, p)))
	if err != nil {
		t.Fatal(err)
	}
	rows, err := f.GetRows(f.GetSheetName(0), excelize.Options{RawCellValue: true})
	if err != nil {
		t.Fatal(err)
	}
	if len(rows[1]) != 28 || rows[1][0] != "Axe (x)" || rows[1][14] != "Élu·e référent·e" || rows[1][27] != "Date de fin" {
		t.Fatalf("row 2 has the heads %q", rows[1])
	}
	if len(rows) != 3+len(p.Actions()) {
		t.Fatalf("%d rows for %d actions", len(rows), len(p.Actions()))
	}
	day := regexp.MustCompile(`^\d\d/\d\d/\d{4}$`)
	for i, row := range rows[3:] {
		row = append(row, make([]string, 28-len(row))...)
		if title := row[3]; title == "" || len([]rune(title)) > maxTitle {
			t.Errorf("action %d has the title %q", i+1, title)
		}
		if budget := row[23]; budget != "" {
			if _, err := strconv.ParseFloat(budget, 64); err != nil {
				t.Errorf("action %d costs %q", i+1, budget)
			}
		}
		for _, at := range row[26:28] {
			if at != "" && !day.MatchString(at) {
				t.Errorf("action %d is dated %q", i+1, at)
			}
		}
	}
}

func TestAListIsCutWhereItsNamesEnd(t *testing.T) {
	if got := list([]string{"Régie, service chaleur", "Ville"}); strings.Count(got, ",") != 1 {
		t.Errorf("two names become %q", got)
	}
	if got := cut(strings.Repeat("é", 400), maxTitle); len([]rune(got)) != maxTitle {
		t.Errorf("a long title keeps %d characters", len([]rune(got)))
	}
}

func TestTheActionSheetsHaveTheColumnsOfThePlatform(t *testing.T) {
	p := written(t, "authority", nil)
	text := bytes.TrimPrefix(output(t, WriteActions, p), []byte("\ufeff"))
	r := csv.NewReader(bytes.NewReader(text))
	r.Comma = ';'
	rows, err := r.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	if strings.Join(rows[0], ";") != "Id_action;Id_demarche;Nom_demarche;Intitule_action;Description_action;Date_lancement;Type_action;Cible_action" || len(rows) != 1+len(p.Actions()) {
		t.Errorf("heads %q, %d rows", rows[0], len(rows))
	}
}

func TestTheIndicatorValuesFollowTheirSchema(t *testing.T) {
	for name, change := range map[string]func(*reports.Dossier){
		"the demonstration":      nil,
		"no network":             func(d *reports.Dossier) { d.Networks = nil },
		"cae_3.ap asked":         func(d *reports.Dossier) { d.Options.OtherThermal = true },
		"the platform's numbers": numbered,
	} {
		t.Run(name, func(t *testing.T) {
			data := output(t, WriteValues, written(t, "authority", change))
			valid(t, data)
			var v values
			if err := json.Unmarshal(data, &v); err != nil {
				t.Fatal(err)
			}
			for _, i := range v.Indicators {
				if i.ID == "cae_2.fb" && i.Result != nil {
					t.Error("a part of the cell is given as the whole of it")
				}
				if i.ID == "cae_3.ap" && (i.TargetComment+i.ResultComment != "") != (name == "cae_3.ap asked") {
					t.Errorf("cae_3.ap says %q", i.TargetComment)
				}
			}
			if posted := len(v.Body) > 0; posted != (name == "the platform's numbers") {
				t.Errorf("a body to post: %v", posted)
			}
		})
	}
}

// numbered gives a real authority's numbers on the platform.
func numbered(d *reports.Dossier) {
	d.Area.Plan.Platform = configs.PlanPlatform{Collectivity: 42, Indicators: map[string]int{"cae_22": 7}}
	d.Area.Territory.Fictitious = false
	d.Sites, d.Networks, d.Area.Networks = nil, nil, nil
}

func valid(t *testing.T, data []byte) {
	t.Helper()
	schema, err := jsonschema.UnmarshalJSON(bytes.NewReader(ValuesSchema))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource("indicateurs.schema.json", schema); err != nil {
		t.Fatal(err)
	}
	compiled, err := c.Compile("indicateurs.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	value, err := jsonschema.UnmarshalJSON(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	if err := compiled.Validate(value); err != nil {
		t.Errorf("%v\n%s", err, data)
	}
}

// The package describes its own file: every row fits the schema, and no row
// tells what the public may not know.
func TestTheOpenDataFitTheirSchema(t *testing.T) {
	p := written(t, "public", nil)
	outputs, err := OpenData(p)
	if err != nil {
		t.Fatal(err)
	}
	files := map[string][]byte{}
	for _, f := range outputs {
		var b bytes.Buffer
		if err := f.Write(&b); err != nil {
			t.Fatal(err)
		}
		files[strings.TrimPrefix(f.Name, "donnees-ouvertes/")] = b.Bytes()
	}
	var schema tableSchema
	if err := json.Unmarshal(files[schemaFile], &schema); err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(bytes.NewReader(files[figuresFile])).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for _, row := range rows[1:] {
		fits(t, schema, row)
		if key := row[0] + row[slices.Index(rows[0], "unite")]; seen[key] {
			t.Errorf("two rows have the key %s", key)
		} else {
			seen[key] = true
		}
		value, status := row[slices.Index(rows[0], "valeur")], row[slices.Index(rows[0], "statut")]
		if (value == "") != (status == "non connu" || status == p.T("deposit.secret")) {
			t.Errorf("a figure of value %q has the status %q", value, status)
		}
	}
	var about struct {
		Resources []struct {
			Bytes int
			Hash  string
		}
	}
	sum := sha256.Sum256(files[figuresFile])
	if err := json.Unmarshal(files[packageFile], &about); err != nil || about.Resources[0].Bytes != len(files[figuresFile]) || about.Resources[0].Hash != "sha256:"+hex.EncodeToString(sum[:]) {
		t.Errorf("the package describes another file: %+v (%v)", about, err)
	}
	if !strings.Contains(string(files[licenceFile]), "etalab-2.0") {
		t.Error("no licence")
	}
	if restricted, err := OpenData(written(t, "authority", nil)); err != nil || len(restricted) > 0 {
		t.Errorf("an edition for the authority has open data: %d files, %v", len(restricted), err)
	}
}

// fits holds a row to the fields of its schema; those of the primary key may
// not be missing, as a Table Schema has it.
func fits(t *testing.T, schema tableSchema, row []string) {
	t.Helper()
	for i, f := range schema.Fields {
		cell := row[i]
		needed := slices.Contains(schema.PrimaryKey, f.Name) || f.Constraints != nil && f.Constraints.Required
		ok := cell != "" || !needed
		switch {
		case cell == "":
		case f.Type == "number" || f.Type == "integer":
			_, err := strconv.ParseFloat(cell, 64)
			ok = err == nil
		case f.Type == "boolean":
			ok = cell == "true" || cell == "false"
		case f.Constraints != nil && f.Constraints.Pattern != "":
			ok = regexp.MustCompile(f.Constraints.Pattern).MatchString(cell)
		case f.Constraints != nil && len(f.Constraints.Enum) > 0:
			ok = slices.Contains(f.Constraints.Enum, cell)
		}
		if !ok {
			t.Errorf("%s: %q does not fit %s", f.Name, cell, f.Type)
		}
	}
}

func TestAFigureHasOneOfFourStatuses(t *testing.T) {
	for i, f := range []document.Figure{{Value: 3}, {}, {Mark: document.Unknown}, {Mark: document.Secret}} {
		if got, want := pcaet.StatusOf(f), pcaet.Statuses[i]; got != want {
			t.Errorf("%+v has the status %q, want %q", f, got, want)
		}
	}
}
