package inputs

import (
	"reflect"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"thermie/reports"
)

func TestAnUntouchedSheetChangesNothing(t *testing.T) {
	area := theArea(t)
	got, err := apply(t, area, sheetOf(t, area))
	if err != nil {
		t.Fatal(err)
	}
	if len(got.Restated) != 0 {
		t.Errorf("nobody changed %+v", got.Restated)
	}
	if want := area.Networks[0].Of(2025); !reflect.DeepEqual(got.Networks[0], want) {
		t.Errorf("the network became %+v", got.Networks[0])
	}
}

// What was changed enters the study and the network, and says in which cell;
// the workbook made from the result still knows what it was at first.
func TestWhatAnEngineerChanges(t *testing.T) {
	area := theArea(t)
	book := edited(t, sheetOf(t, area), func(f *excelize.File) {
		set(t, f, "electricity", 137.25)
		set(t, f, "aid", 45)
		set(t, f, "concession_years", 20)
		set(t, f, "distance", 950)
		set(t, f, "lorenz_efficiency", 0.45)
		set(t, f, "must_run", 0)
		set(t, f, "supply_cold", 85)
		set(t, f, "injection", "return_to_return")
		set(t, f, "injection_rise", 12)
		set(t, f, "storage_mwh", 30)
		set(t, f, "ramp_up_2", 50)
		for column, v := range map[string]float64{"source_in": 30, "source_out": 20, "sink_in": 50, "sink_out": 80, "cop": 3.1} {
			set(t, f, "point_1_"+column, v)
		}
	})
	got, err := apply(t, area, book)
	if err != nil {
		t.Fatal(err)
	}
	n, study := got.Networks[0], got.StudyOf("dlc-2mw", "marais")
	if n.LorenzEfficiency != 0.45 || *n.EnRRShare != 0 || n.SupplyColdC != 85 || n.Injection != "return_to_return" || n.InjectionRiseK != 12 || n.StorageMWh != 30 ||
		len(n.HeatPump) != 1 || n.HeatPump[0].COP != 3.1 || !strings.Contains(n.DesignOrigin, "etude.xlsx, Hypothèses à modifier!B") {
		t.Errorf("the network became %+v", n)
	}
	stated := map[string]float64{}
	for _, item := range study.Stated {
		stated[item.ID] = item.Value
		if !strings.HasPrefix(item.Origin, "etude.xlsx, ") {
			t.Errorf("%s comes from %q", item.ID, item.Origin)
		}
	}
	if want := map[string]float64{"electricity": 137.25, "aid": 45, "concession_years": 20, "distance": 950}; !reflect.DeepEqual(stated, want) {
		t.Errorf("stated %v, want %v", stated, want)
	}
	if want := []float64{100, 50}; !reflect.DeepEqual(study.RampUp.Percent, want) {
		t.Errorf("ramp-up %v, want %v", study.RampUp.Percent, want)
	}
	if len(got.Restated) != 12 {
		t.Errorf("%d changes are listed, want 12: %+v", len(got.Restated), got.Restated)
	}
	again, err := apply(t, area, sheetOf(t, got))
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(values(again.Restated), values(got.Restated)) {
		t.Errorf("the second workbook says\n%v\nthe first\n%v", values(again.Restated), values(got.Restated))
	}
}

// values are what was changed, whatever the cell.
func values(list []reports.Restated) map[string]string {
	all := map[string]string{}
	for _, r := range list {
		all[r.ID] = r.Before + " → " + r.After
	}
	return all
}

func TestWhatCannotBeMeantIsRefusedWithItsCell(t *testing.T) {
	area := theArea(t)
	sheet := sheetOf(t, area)
	percent := "0.0%"
	for name, c := range map[string]struct {
		change func(f *excelize.File)
		says   string
	}{
		"a text":         {func(f *excelize.File) { set(t, f, "discount", "3,5") }, `"3,5" is a text, not a number`},
		"a word":         {func(f *excelize.File) { set(t, f, "injection", "par le haut") }, `"par le haut" is none of return_to_supply`},
		"beyond":         {func(f *excelize.File) { set(t, f, "lorenz_efficiency", 1.2) }, "1.2 is not within 0.2 to 0.75"},
		"below":          {func(f *excelize.File) { set(t, f, "electricity", -5) }, "-5 is not within 0 to 2000"},
		"another unit":   {func(f *excelize.File) { set(t, f, "electricity_unit", "c€/kWh") }, `the unit is "c€/kWh", and this input is stated in €/MWh`},
		"emptied":        {func(f *excelize.File) { set(t, f, "electricity", nil) }, "the cell is empty; it was 100"},
		"hot return":     {func(f *excelize.File) { set(t, f, "return_cold", 95) }, "the return of 95 °C is not colder than the supply of 90 °C"},
		"power, no tank": {func(f *excelize.File) { set(t, f, "storage_mw", 3) }, "a tank of what content?"},
		"half a point":   {func(f *excelize.File) { set(t, f, "point_2_cop", 3) }, "point 2 is not whole"},
		"a rise alone":   {func(f *excelize.File) { set(t, f, "injection_rise", 8) }, "a rise belongs to return_to_return"},
		"a deleted name": {func(f *excelize.File) { _ = f.DeleteDefinedName(&excelize.DefinedName{Name: "thermie_aid"}) }, "no cell is named thermie_aid"},
		"a percentage": {func(f *excelize.File) {
			sheet, cell := placeOf(t, f, "discount")
			style, _ := f.NewStyle(&excelize.Style{CustomNumFmt: &percent})
			_ = f.SetCellStyle(sheet, cell, cell, style)
			set(t, f, "discount", 0.05)
		}, "formatted as a percentage"},
		"a formula without result": {func(f *excelize.File) {
			sheet, cell := placeOf(t, f, "aid")
			_ = f.SetCellValue(sheet, cell, nil)
			_ = f.SetCellFormula(sheet, cell, "10*2")
		}, "the formula has no result"},
		"another year":    {func(f *excelize.File) { set(t, f, "year", "2024") }, "about the year 2024"},
		"another network": {func(f *excelize.File) { set(t, f, "network", "plaine") }, `the network "plaine"`},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := apply(t, area, edited(t, sheet, c.change))
			if err == nil || !strings.Contains(err.Error(), c.says) {
				t.Errorf("%v, want %q", err, c.says)
			}
			if name != "a deleted name" && !strings.HasPrefix(name, "another ") && !strings.Contains(err.Error(), "!B") && !strings.Contains(err.Error(), "!C") && !strings.Contains(err.Error(), "Points") {
				t.Errorf("%v names no cell", err)
			}
		})
	}
}

func TestWhatIsNoInputWorkbook(t *testing.T) {
	for name, c := range map[string]struct {
		data []byte
		says string
	}{
		"text":         {[]byte("prix;100"), "is no workbook"},
		"nothing":      {nil, "is no workbook"},
		"OpenDocument": {[]byte("PK\x03\x04mimetypeapplication/vnd.oasis.opendocument.spreadsheet"), "save it as Excel"},
		"another": {edited(t, sheetOf(t, theArea(t)), func(f *excelize.File) {
			for _, n := range f.GetDefinedName() {
				_ = f.DeleteDefinedName(&n)
			}
		}), "none of the named cells"},
	} {
		if _, err := Read("etude.xlsx", c.data); err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: %v, want %q", name, err, c.says)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte("PK\x03\x04"))
	f.Add([]byte("prix;100"))
	f.Fuzz(func(t *testing.T, data []byte) {
		if w, err := Read("f.xlsx", data); err == nil && len(w.cells) == 0 {
			t.Error("a workbook without named cells is accepted")
		}
	})
}
