package document

import (
	"math"
	"strconv"
	"strings"
)

// Mark says what stands where a number is expected. Zero is a Known 0; it is
// never the same mark as a number that nobody has or that may not be shown.
type Mark uint8

// The marks.
const (
	Known   Mark = iota
	Unknown      // « non connu »
	Secret       // « s », statistical secrecy
)

// Figure is one printed number with all that a reader may ask of it. It is
// rounded once, when the report is built: every format prints these digits.
type Figure struct {
	Code       string  // 8 base32 letters, the same in every format
	Key        string  // its name in machine-readable files, e.g. "gisement_mwh"
	Value      float64 // in Unit, rounded to the table's step
	U          float64 // expanded uncertainty (k=2) in Unit, rounded likewise; 0 when none is stated
	Decimals   int     // digits after the decimal mark
	Unit       string
	Coverage   float64 // share of the period that is accounted for, 0..1
	Method     string  // id in heat/METHODS.md
	Mark       Mark
	Simulated  bool // rests on simulated data; marked as such in every format
	Unbudgeted bool // known, but without an uncertainty budget: ± is printed as not known
	Place      Place
	Guard      Guard
}

// Text returns the value alone as printed: "12 573", « non connu » or « s ».
func (f Figure) Text(lang string) string {
	switch f.Mark {
	case Unknown:
		return LabelsOf(lang).Unknown
	case Secret:
		return LabelsOf(lang).secret
	}
	return FormatNumber(lang, f.Value, f.Decimals)
}

// Uncertainty returns the expanded uncertainty alone as printed ("1 260"),
// and "" for a figure that states none.
func (f Figure) Uncertainty(lang string) string {
	switch {
	case f.Mark != Known:
		return ""
	case f.Unbudgeted:
		return LabelsOf(lang).Unknown
	case f.U == 0:
		return ""
	}
	return FormatNumber(lang, f.U, f.Decimals)
}

// WithU returns value and uncertainty: "12 573 ± 1 260".
func (f Figure) WithU(lang string) string {
	if u := f.Uncertainty(lang); u != "" {
		return f.Text(lang) + Nbsp + "±" + Nbsp + u
	}
	return f.Text(lang)
}

// Full returns value, uncertainty and unit: "12 573 ± 1 260 MWh". The mark
// of simulated data is set by the format, not part of the string.
func (f Figure) Full(lang string) string {
	if f.Mark != Known || f.Unit == "" {
		return f.WithU(lang)
	}
	if f.Unit == "%" && lang != "fr" {
		return f.WithU(lang) + "%"
	}
	return f.WithU(lang) + Nbsp + f.Unit
}

// CoverageText returns the coverage in per cent ("98,4 %"). It is rounded
// down, so that only a full period prints 100.
func (f Figure) CoverageText(lang string) string {
	if f.Mark != Known || math.IsNaN(f.Coverage) {
		return LabelsOf(lang).None
	}
	percent := math.Floor(f.Coverage*1000+1e-6) / 10
	decimals := 1
	if percent == math.Trunc(percent) {
		decimals = 0
	}
	return Figure{Value: percent, Decimals: decimals, Unit: "%"}.Full(lang)
}

// Spaces of French typography.
const (
	Nbsp       = "\u00a0" // before a unit, inside « »
	narrowNbsp = "\u202f" // between thousands, before ; : ! ?
	minus      = "\u2212"
)

// FormatNumber prints v with a fixed number of decimals, thousands grouped:
// "12 573,4" in French, "12,573.4" in English.
func FormatNumber(lang string, v float64, decimals int) string {
	l := LabelsOf(lang)
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return l.Unknown
	}
	digits := strconv.FormatFloat(math.Abs(v), 'f', decimals, 64)
	whole, fraction, hasFraction := strings.Cut(digits, ".")
	var b strings.Builder
	if v < 0 && strings.Trim(digits, "0.") != "" {
		b.WriteString(minus)
	}
	for i := range len(whole) {
		if i > 0 && (len(whole)-i)%3 == 0 {
			b.WriteString(l.thousands)
		}
		b.WriteByte(whole[i])
	}
	if hasFraction {
		b.WriteString(l.decimal)
		b.WriteString(fraction)
	}
	return b.String()
}

// valueUnit returns value and unit without the uncertainty: "12 573 MWh".
func (f Figure) valueUnit(lang string) string {
	f.U, f.Unbudgeted = 0, false
	return f.Full(lang)
}

// Plain returns the value for machines, with a decimal point and the printed
// digits, and "" where no number is known or shown.
func (f Figure) Plain() string {
	if f.Mark != Known || math.IsNaN(f.Value) || math.IsInf(f.Value, 0) {
		return ""
	}
	return strconv.FormatFloat(f.Value, 'f', f.Decimals, 64)
}

// PlainU returns the expanded uncertainty for machines, "null" where none is
// stated.
func (f Figure) PlainU() string {
	if f.Mark != Known || f.Unbudgeted || f.U == 0 {
		return "null"
	}
	return strconv.FormatFloat(f.U, 'f', f.Decimals, 64)
}
