package agent

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"strings"
	"testing"
	"time"

	"thermie/configs"
	"thermie/interval"
)

// historyMap maps two columns, as a French BMS exports them.
func historyMap() *configs.CSVMap {
	return &configs.CSVMap{
		Encoding: "utf-8", Delimiter: ";", Decimal: ",", Timezone: "Europe/Paris",
		Time:    configs.CSVTime{Column: "Horodatage", Format: "02/01/2006 15:04"},
		MaxHold: configs.Duration(time.Hour), Interval: configs.Duration(time.Hour),
		Columns: []configs.Column{
			{Column: "Puissance (kW)", Point: "it", Kind: interval.ElectricPower, Unit: "kW"},
			{Column: "Température (°C)", Point: "room", Kind: interval.AirTemperature, Unit: "°C"},
		},
	}
}

const historyHeader = "Horodatage;Puissance (kW);Température (°C)\n"

func historyAgent(t *testing.T, collector string) *configs.Agent {
	return &configs.Agent{
		Site: configs.SiteEntry{ID: "lyon-1"}, Interval: configs.Duration(10 * time.Minute), State: t.TempDir(),
		Collector: configs.Upstream{URL: collector, Bucket: "thermie"},
		Points: []configs.Point{{ID: "it", Point: interval.Point{Role: interval.RoleIT, Data: interval.MeasuredData}},
			{ID: "room", Point: interval.Point{Role: interval.RoleClimate, Data: interval.MeasuredData}}},
	}
}

// importText imports a file given as text and returns what arrived.
func importText(t *testing.T, m *configs.CSVMap, text string) (ImportResult, []interval.Record, error) {
	t.Helper()
	up := newReceiver(t)
	result, err := Import(t.Context(), historyAgent(t, up.URL), m, strings.NewReader(text), "hist.csv", testLog(t))
	_, records, _, _ := up.received(t)
	return result, records, err
}

// latin writes text as Windows-1252, of which the test needs é and °.
func latin(text string) string {
	return strings.NewReplacer("é", "\xe9", "°", "\xb0", "\u00a0", "\xa0", "€", "\x80").Replace(text)
}

func TestAFrenchExportIsRead(t *testing.T) {
	m := historyMap()
	m.Encoding = "windows-1252"
	result, records, err := importText(t, m, latin("Horodatage;\"Puissance (kW)\";Température (°C)\r\n"+
		"01/07/2025 00:00;1\u00a0234,5;21,5\r\n01/07/2025 01:00;\"1000\";22,5\r\n\r\n01/07/2025 02:00;0;23\r\n"))
	if err != nil || result.Rows != 3 || result.Readings != 6 || result.Refused != 0 {
		t.Fatalf("%+v, %v", result, err)
	}
	if kwh := energies(records, interval.ElectricPower)["it"]; math.Abs(kwh-2234.5) > 2 {
		t.Errorf("%v kWh", kwh)
	}
	if first := records[0]; first.Start != time.Date(2025, 6, 30, 22, 0, 0, 0, time.UTC).Unix() || first.Cov != 1 {
		t.Errorf("00:00 in Paris in July is 22:00 UTC: %+v", first)
	}
}

// What is wrong with a file as a whole is an error that names file and line,
// and nothing of it is sent.
func TestAFileThatCannotBeUsedIsAnError(t *testing.T) {
	cases := map[string]struct{ text, want string }{
		"empty":               {"", "hist.csv: the file is empty"},
		"blank":               {"\n\n  \n", "hist.csv: the file is empty"},
		"only a header":       {historyHeader, "hist.csv: no rows below the header"},
		"a column missing":    {"Horodatage;Puissance (kW)\n1;2\n", `hist.csv:1: no column "Température (°C)"`},
		"a column twice":      {"Horodatage;Puissance (kW);Puissance (kW);Température (°C)\n", `hist.csv:1: two columns are called "Puissance (kW)"`},
		"another delimiter":   {strings.ReplaceAll(historyHeader, ";", ","), `with delimiter ";" the header reads`},
		"another encoding":    {latin(historyHeader), "hist.csv:1: line refused: is not UTF-8 (hint: encoding: windows-1252)"},
		"UTF-16":              {"H\x00o\x00r\x00", "save a UTF-16 file as UTF-8"},
		"no number anywhere":  {historyHeader + "01/07/2025 00:00;off;off\n", `hist.csv:2: column "Puissance (kW)": "off" is not a number`},
		"other dates":         {historyHeader + "2025-07-01 00:00;1;2\n", `hist.csv:2: line refused: time: "2025-07-01 00:00" is not written like "02/01/2006 15:04"`},
		"newest row first":    {historyHeader + "03/07/2025 00:00;1;2\n02/07/2025 00:00;1;2\n01/07/2025 00:00;1;2\n", "hist.csv: the rows run from the newest to the oldest"},
		"a header of 10 MB":   {strings.Repeat("x", 10<<20), "hist.csv:1: line refused: longer than 65536 bytes"},
		"a header unfinished": {`"Horodatage`, "hist.csv:1: line refused: a quoted cell does not end"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			result, records, err := importText(t, historyMap(), c.text)
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("%v, want %s", err, c.want)
			}
			if len(records) != 0 {
				t.Errorf("%d records were sent: %+v", len(records), result)
			}
		})
	}
}

// What is wrong with one line or cell costs that line or cell, and is listed.
func TestABadLineOrCellCostsOnlyItself(t *testing.T) {
	good := func(hour int) string { return fmt.Sprintf("01/07/2025 %02d:00;1;20\n", hour) }
	cases := map[string]struct {
		bad            string // takes the place of the row of 02:00
		want           string
		rows, readings int
	}{
		"NaN":                   {"01/07/2025 02:00;NaN;20\n", `hist.csv:4: column "Puissance (kW)": "NaN" is not a finite number`, 5, 9},
		"infinity":              {"01/07/2025 02:00;-Inf;20\n", `hist.csv:4: column "Puissance (kW)": "-Inf" is not a finite number`, 5, 9},
		"beyond any number":     {"01/07/2025 02:00;1e999;20\n", `"1e999" is not a number`, 5, 9},
		"text":                  {"01/07/2025 02:00;défaut;20\n", `hist.csv:4: column "Puissance (kW)": "défaut" is not a number`, 5, 9},
		"a point for the comma": {"01/07/2025 02:00;1.5;20\n", `"1.5" is not a number with decimal ","`, 5, 9},
		"hexadecimal":           {"01/07/2025 02:00;0x10;20\n", `"0x10" is not a number`, 5, 9},
		"an empty cell":         {"01/07/2025 02:00;;20\n", "", 5, 9},
		"a short row":           {"01/07/2025 02:00\n", "", 5, 8},
		"no time":               {";1;20\n", `hist.csv:4: line refused: time: ""`, 4, 8},
		"a line of 10 MB":       {strings.Repeat("9", 10<<20) + "\n", "hist.csv:4: line refused: longer than 65536 bytes", 4, 8},
		"an open quote":         {"01/07/2025 02:00;\"1;20\n", "hist.csv:4: line refused: a quoted cell does not end", 4, 8},
		"text behind a quote":   {"01/07/2025 02:00;\"1\"x;20\n", "hist.csv:4: line refused: text behind a closing quote", 4, 8},
		"not UTF-8":             {"01/07/2025 02:00;1;20\xb0\n", "hist.csv:4: line refused: is not UTF-8", 4, 8},
		"the row before again":  {good(1), "hist.csv:4: 2025-06-30T23:00:00Z is not later than the row before it", 4, 8},
		"an hour that is not":   {"30/03/2025 02:30;1;20\n", "hist.csv:4: 2025-03-30 02:30:00 does not exist in Europe/Paris", 4, 8},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			text := historyHeader + good(0) + good(1) + c.bad + good(3) + good(4)
			result, records, err := importText(t, historyMap(), text)
			if err != nil || result.Rows != c.rows || result.Readings != c.readings {
				t.Errorf("%+v, %v", result, err)
			}
			if faults := fmt.Sprint(result.Faults); !strings.Contains(faults, c.want) || (c.want == "") != (result.Refused == 0) {
				t.Errorf("%s, want %s", faults, c.want)
			}
			if kwh := energies(records, interval.ElectricPower)["it"]; math.Abs(kwh-3) > 0.01 {
				t.Errorf("%v kWh, the hour of the bad line is missing", kwh)
			}
		})
	}
}

// However long a value may stand, a cell without a number ends it; an empty
// cell says only that nothing has changed.
func TestACellWithoutANumberEndsTheValueBefore(t *testing.T) {
	for cell, want := range map[string]float64{"NaN": 3, "défaut": 3, "": 4} {
		m := historyMap()
		m.MaxHold = configs.Duration(6 * time.Hour)
		_, records, err := importText(t, m, historyHeader+"01/07/2025 00:00;1;20\n01/07/2025 01:00;1;20\n01/07/2025 02:00;"+cell+";20\n01/07/2025 03:00;1;20\n01/07/2025 04:00;1;20\n")
		if kwh := energies(records, interval.ElectricPower)["it"]; err != nil || math.Abs(kwh-want) > 0.01 {
			t.Errorf("%q: %v kWh, want %v, %v", cell, kwh, want, err)
		}
	}
}

func TestAGapOfADayIsTold(t *testing.T) {
	_, records, err := importText(t, historyMap(), historyHeader+
		"01/07/2025 00:00;1;20\n01/07/2025 01:00;1;20\n02/07/2025 01:00;1;20\n02/07/2025 02:00;1;20\n")
	if err != nil {
		t.Fatal(err)
	}
	gaps := 0
	for _, r := range records {
		if r.Kind == interval.ElectricPower && r.Gap() {
			gaps++
		}
	}
	if kwh := energies(records, interval.ElectricPower)["it"]; gaps != 23 || math.Abs(kwh-3) > 0.01 {
		t.Errorf("%d hours of gap, %v kWh", gaps, kwh)
	}
}

// The clocks of Paris go back on 26 October 2025 at 3:00 to 2:00.
func TestTheHourThatAutumnHasTwice(t *testing.T) {
	hours := func(times ...string) (text string) {
		text = historyHeader
		for _, at := range times {
			text += "26/10/2025 " + at + ";1;20\n"
		}
		return text
	}
	both, records, err := importText(t, historyMap(), hours("00:00", "01:00", "02:00", "02:00", "03:00", "04:00"))
	if err != nil || both.Rows != 6 || both.Refused != 0 {
		t.Fatalf("%+v, %v", both, err)
	}
	if kwh := energies(records, interval.ElectricPower)["it"]; math.Abs(kwh-5) > 0.01 {
		t.Errorf("%v kWh in five hours", kwh)
	}
	half, _, err := importText(t, historyMap(), hours("01:30", "02:00", "02:30", "02:00", "02:30", "03:00"))
	if err != nil || half.Rows != 6 || half.Refused != 0 || half.To.Sub(half.From) != 150*time.Minute {
		t.Errorf("%+v, %v", half, err)
	}
	once, _, err := importText(t, historyMap(), hours("00:00", "01:00", "02:00", "03:00", "04:00"))
	if err != nil || once.Rows != 4 || once.Refused != 1 || !strings.Contains(fmt.Sprint(once.Faults), "hist.csv:4: 2025-10-26 02:00:00 exists twice in Europe/Paris") {
		t.Errorf("%+v, %v", once, err)
	}
	last, _, err := importText(t, historyMap(), hours("00:00", "01:00", "02:00", "02:00"))
	if err != nil || last.Rows != 4 {
		t.Errorf("the file ends within the hour: %+v, %v", last, err)
	}
	m := historyMap()
	m.Timezone = "+01:00"
	winter, _, err := importText(t, m, hours("00:00", "01:00", "02:00", "03:00"))
	if err != nil || winter.Rows != 4 || winter.Refused != 0 {
		t.Errorf("standard time all year: %+v, %v", winter, err)
	}
}

func TestTimesInEveryForm(t *testing.T) {
	cases := []struct {
		format, day, cell string
		want              string
	}{
		{"unix_s", "", "1751328305,25", "2025-07-01T00:05:05.25Z"},
		{"day_fraction", "2025-07-01", "0,5", "2025-07-01T10:00:00Z"},
		{"day_fraction", "2025-07-01", "0,00353009", "2025-06-30T22:05:05Z"},
		{"02/01/06 15:04:05", "", "01/07/25 12:00:01", "2025-07-01T10:00:01Z"},
	}
	for _, c := range cases {
		m := historyMap()
		m.Time.Format, m.Time.Day = c.format, c.day
		result, _, err := importText(t, m, historyHeader+c.cell+";1;20\n")
		if err != nil || result.From.UTC().Format(time.RFC3339Nano) != c.want {
			t.Errorf("%s %s: %v, %v, want %s", c.format, c.cell, result.From.UTC(), err, c.want)
		}
	}
}

func FuzzHistoryFile(f *testing.F) {
	f.Add(historyHeader+"26/10/2025 02:00;1 234,5;20\n26/10/2025 02:00;\"1\";NaN\n", false)
	f.Add(latin(historyHeader)+"01/07/2025 00:00;\"1\"\"\";20\r\n", true)
	f.Fuzz(func(t *testing.T, text string, windows bool) {
		m := historyMap()
		if windows {
			m.Encoding = "windows-1252"
		}
		table, err := openTable(strings.NewReader(text), m, "fuzz.csv")
		if err != nil {
			return
		}
		err = table.rows(context.Background(), func(r row) bool {
			for _, c := range table.columns {
				if n, err := table.number(r, c); err == nil && (math.IsNaN(n) || math.IsInf(n, 0)) {
					t.Errorf("line %d: %v", r.line, n)
				}
			}
			return true
		}, func(error) {})
		if err != nil && !errors.Is(err, io.EOF) {
			t.Error(err)
		}
	})
}
