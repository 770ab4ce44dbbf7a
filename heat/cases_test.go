package heat

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// Every worked case is held, and there are at least as many as promised.
func TestWorkedCases(t *testing.T) {
	files, err := filepath.Glob("testdata/cases/*.txt")
	if err != nil {
		t.Fatal(err)
	}
	cases := 0
	for _, name := range files {
		f, err := os.Open(name)
		if err != nil {
			t.Fatal(err)
		}
		results, err := RunCases(f)
		f.Close()
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		for _, r := range results {
			cases++
			if len(r.Checks) == 0 {
				t.Errorf("%s:%d: %s expects nothing", name, r.Line, r.Name)
			}
			for _, c := range r.Checks {
				if !c.OK() {
					t.Errorf("%s:%d: %s: %s is %.9g %s, expected %.9g (%v)", name, c.Line, r.Name, c.Quantity, c.Got, c.Unit, c.Want, c.Err)
				}
			}
		}
	}
	if cases < 100 {
		t.Errorf("%d cases", cases)
	}
}

func TestCasesSayWhatIsWrong(t *testing.T) {
	const start = "case A\n"
	for text, want := range map[string]string{
		"flow 3 m3/h":                              "line 1: a case begins with",
		start + "flaw 3 m3/h":                      "line 2: input \"flaw\" is unknown",
		start + "flow 3 kW":                        "say l/s, m3/h, m3/s",
		start + "flow fast":                        "line 2: ",
		start + "flow NaN m3/h":                    "line 2: ",
		start + "expect joy 3":                     "line 2: quantity \"joy\" is unknown",
		start + "expect heat 3 kWh":                "say MW, W, kW",
		start + "it 3 kW for 1000000000 h":         "43920 in all the series",
		start + "sun 3 kW for 1 h":                 "is no series",
		start + "it for 1 h":                       "a value is missing",
		start + "# " + strings.Repeat("x", 70_000): "reading cases",
	} {
		if _, err := RunCases(strings.NewReader(text)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%.60q gives %v, want %q", text, err, want)
		}
	}
}

// An expectation that cannot be computed or is not met is a result.
func TestCasesThatFail(t *testing.T) {
	results, err := RunCases(strings.NewReader(`
case nothing given
  expect heat 3 kW
case a wrong number
  e_dc 2 MWh
  e_it 1 MWh
  reused 0 MWh
  expect pue 2.1
  expect pue 2 method P2
  expect pue 2 ± 1 % method P1
`))
	if err != nil {
		t.Fatal(err)
	}
	if c := results[0].Checks[0]; c.OK() || !strings.Contains(c.Err.Error(), "`supply`") {
		t.Errorf("missing input: %v", c.Err)
	}
	for i, want := range []bool{false, false, true} {
		if c := results[1].Checks[i]; c.OK() != want {
			t.Errorf("check %d: got %g, want %g, %v", i, c.Got, c.Want, c.Err)
		}
	}
}

func FuzzRunCases(f *testing.F) {
	files, _ := filepath.Glob("testdata/cases/*.txt")
	for _, name := range files {
		text, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		for _, one := range strings.SplitAfter(string(text), "\n\n") {
			f.Add(strings.ReplaceAll(one, "8760 h", "24 h")) // a year is slow
		}
	}
	f.Fuzz(func(_ *testing.T, text string) {
		_, _ = RunCases(strings.NewReader(text)) // must neither panic nor hang
	})
}

func TestCmdTest(t *testing.T) {
	name := filepath.Join(t.TempDir(), "mine.txt")
	text := "case mine\n e_dc 2 MWh\n e_it 1 MWh\n reused 0 MWh\n expect pue 2\n expect pue 3\n expect heat 1 kW\n"
	if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	var out, errOut strings.Builder
	err := CmdTest(t.Context(), []string{"-v", name}, &out, &errOut)
	if err == nil || !strings.Contains(err.Error(), "2 of 3") {
		t.Errorf("error %v", err)
	}
	for _, want := range []string{":5: mine: pue met: 2, expected 2", ":6: mine: pue not met", ":7: mine: heat not met: needs the input `supply`", "1 cases, 3 expectations, 2 not met"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("output lacks %q:\n%s", want, out.String())
		}
	}
	if err := CmdTest(t.Context(), nil, &out, &errOut); err == nil {
		t.Error("no file accepted")
	}
	if err := CmdTest(t.Context(), []string{name + "x"}, &out, &errOut); err == nil {
		t.Error("a missing file accepted")
	}
}
