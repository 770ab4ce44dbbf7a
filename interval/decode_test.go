package interval

import (
	"bytes"
	"math"
	"reflect"
	"strconv"
	"strings"
	"testing"
	"time"
)

const goodHead = "interval,site=s,meter=m,kind=electric_power,len=600 "

func TestWhatDecodeRefuses(t *testing.T) {
	const tail = ",cov=1,flags=2i,rev=0i 1751328000"
	for line, why := range map[string]string{
		"":                           "not one of interval, card, event",
		"interval":                   `want ",site="`,
		"weather,site=s t=1 1":       `"weather" is not one of`,
		"interval site=s":            "not one of",
		goodHead + "si=NaN" + tail:   "finite decimal",
		goodHead + "si=nan" + tail:   "finite decimal",
		goodHead + "si=inf" + tail:   "finite decimal",
		goodHead + "si=-Inf" + tail:  "finite decimal",
		goodHead + "si=+1" + tail:    "finite decimal",
		goodHead + "si=0x1p4" + tail: "finite decimal", goodHead + "si=1_0" + tail: "finite decimal",
		goodHead + "si=1e999" + tail: "finite decimal", goodHead + "si=1.2.3" + tail: "finite decimal",
		goodHead + "si=-" + tail: "finite decimal", goodHead + "si=" + tail: "finite decimal",
		goodHead + "si=5i" + tail: "finite decimal", goodHead + `si="5"` + tail: "finite decimal",
		goodHead + "cov=1,flags=2i,rev=0i 1":                                                          "si is missing",
		goodHead + "si=1,cov=0,flags=2i,rev=0i 1":                                                     "must be absent",
		goodHead + "u=1,cov=0,flags=2i,rev=0i 1":                                                      "must be absent",
		goodHead + "si=1,cov=1.01,flags=2i,rev=0i 1":                                                  "not a share",
		goodHead + "si=1,cov=-0.1,flags=2i,rev=0i 1":                                                  "not a share",
		goodHead + "si=1,u=-1" + tail:                                                                 "negative",
		goodHead + "si=1,flags=2i,rev=0i 1":                                                           "field cov is missing",
		goodHead + "si=1,cov=1,rev=0i 1":                                                              "field flags is missing",
		goodHead + "si=1,cov=1,flags=2i 1":                                                            "field rev is missing",
		goodHead + "si=1,cov=1,flags=2,rev=0i 1":                                                      "want an integer",
		goodHead + "si=1,cov=1,flags=2.0i,rev=0i 1":                                                   "want an integer",
		goodHead + "si=1,cov=1,flags=2u,rev=0i 1":                                                     "want an integer",
		goodHead + "si=1,cov=1,flags=i,rev=0i 1":                                                      "want an integer",
		goodHead + "si=1,cov=1,flags=9223372036854775808i,rev=0i 1":                                   "64 bits",
		goodHead + "si=1,cov=1,flags=2i,rev=-1i 1":                                                    "rev: -1",
		goodHead + "si=1,cov=1,flags=2i,rev=2147483648i 1":                                            "rev: 2147483648",
		goodHead + "si=1,si=1" + tail:                                                                 "field si comes twice",
		goodHead + "si=1,min=1,max=2" + tail:                                                          "is an integral",
		strings.Replace(goodHead, "electric_power", "air_temperature", 1) + "si=1,min=1" + tail:       "together",
		strings.Replace(goodHead, "electric_power", "air_temperature", 1) + "si=1,min=3,max=2" + tail: "above max",
		goodHead + "si=1,cov=1,flags=2i,rev=0i":                                                       `want " "`,
		goodHead + "si=1,cov=1,flags=2i,rev=0i ":                                                      "want a time",
		goodHead + "si=1,cov=1,flags=2i,rev=0i 1 ":                                                    "want a time",
		goodHead + "si=1,cov=1,flags=2i,rev=0i 1 junk":                                                "want a time",
		goodHead + "si=1,cov=1,flags=2i,rev=0i 1.5":                                                   "want a time",
		goodHead + "si=1,cov=1,flags=2i,rev=0i -1":                                                    "between 1970 and 9999",
		goodHead + "si=1,cov=1,flags=2i,rev=0i 1751328000000":                                         "between 1970 and 9999",
		goodHead + "si=1,cov=1,flags=2i,rev=0i 99999999999999999999":                                  "want a time",
		goodHead + "si=1,cov=1,flags=2i,rev=0i, 1":                                                    "want a field",
		goodHead + "si=1,,cov=1,flags=2i,rev=0i 1":                                                    "want a field",
		goodHead + " si=1" + tail:                                                                     "want a field",
		goodHead + `si=1,x="open,cov=1,flags=2i,rev=0i 1`:                                             "not closed",
		goodHead + "si=1,x=maybe" + tail:                                                              "is no value",
		goodHead + "si=1,x=" + tail:                                                                   "is no value",
		goodHead + `si=1,x\ y=1` + tail:                                                               "want a field",
		"interval,meter=m,site=s,kind=electric_power,len=600 si=1" + tail:                             `want ",site="`,
		"interval,kind=electric_power,len=600,meter=m,site=s si=1" + tail:                             `want ",site="`,
		"interval,site=s,meter=m,kind=electric_power si=1" + tail:                                     `want ",len="`,
		strings.Replace(goodHead, "len=600", "len=600,host=x", 1) + "si=1" + tail:                     "len:",
		strings.Replace(goodHead, "600", "-600", 1) + "si=1" + tail:                                   "len:",
		strings.Replace(goodHead, "600", "0", 1) + "si=1" + tail:                                      "len:",
		strings.Replace(goodHead, "600", "0600", 1) + "si=1" + tail:                                   "len:",
		strings.Replace(goodHead, "600", "+600", 1) + "si=1" + tail:                                   "len:",
		strings.Replace(goodHead, "600", "600i", 1) + "si=1" + tail:                                   "len:",
		strings.Replace(goodHead, "600", "2147483648", 1) + "si=1" + tail:                             "len:",
		strings.Replace(goodHead, "600", "", 1) + "si=1" + tail:                                       "len:",
		strings.Replace(goodHead, "site=s", "site=", 1) + "si=1" + tail:                               "not an id",
		strings.Replace(goodHead, "site=s", "site=S", 1) + "si=1" + tail:                              "not an id",
		strings.Replace(goodHead, "site=s", `site=a\ b`, 1) + "si=1" + tail:                           "not an id",
		strings.Replace(goodHead, "site=s", "site=é", 1) + "si=1" + tail:                              "not an id",
		strings.Replace(goodHead, "site=s", "site="+strings.Repeat("a", 49), 1) + "si=1" + tail:       "not an id",
		`card,site=s,meter=m rev=0i 1`:                                                                "field json is missing",
		`card,site=s,meter=m json="{}" 1`:                                                             "field rev is missing",
		`card,site=s,meter=m json="{",rev=0i 1`:                                                       "field json",
		`card,site=s,meter=m json="null",rev=0i 1`:                                                    "not a JSON object",
		`card,site=s,meter=m json="{\"name\":7}",rev=0i 1`:                                            "field json",
		`card,site=s,meter=m json="{}{}",rev=0i 1`:                                                    "field json",
		`card,site=s,meter=m json={},rev=0i 1`:                                                        "quoted",
		`event,site=s,meter=m what="reset" 1`:                                                         "field text is missing",
		`event,site=s,meter=m what="A B",text="" 1`:                                                   "not an id",
		"event,site=s,meter=m what=\"gap\",text=\"a\tb\" 1":                                           "one line of UTF-8",
		"event,site=s,meter=m what=\"gap\",text=\"a\xff\" 1":                                          "one line of UTF-8",
	} {
		var l Line
		err := l.Decode([]byte(line), time.Second)
		if err == nil || !strings.Contains(err.Error(), why) {
			t.Errorf("%q: %v, want %q", line, err, why)
		}
		if !reflect.DeepEqual(l, Line{}) {
			t.Errorf("%q: something is left: %+v", line, l)
		}
	}
}

func TestALineOfTenMegabytesIsRefused(t *testing.T) {
	var l Line
	if err := l.Decode(bytes.Repeat([]byte("a"), 10<<20), time.Second); err != ErrLineTooLong {
		t.Error(err)
	}
}

func TestUnknownFieldsAreCountedAndFieldsComeInAnyOrder(t *testing.T) {
	b := []byte(goodHead + `rev=4i,new=1.5,Host="a, \"b\" c",flags=2i,ok=true,n=7u,m=-7i,cov=1,si=9 1751328000`)
	var l Line
	if err := l.Decode(b, time.Second); err != nil || l.Ignored != 5 || l.Record.SI != 9 || l.Record.Rev != 4 || l.Record.U != 0 {
		t.Errorf("%+v, %v", l, err)
	}
}

func TestTimesOfForeignWriters(t *testing.T) {
	for digits, precision := range map[string]time.Duration{
		"1751328000": time.Second, "1751328000000": time.Millisecond,
		"1751328000000000": time.Microsecond, "1751328000000000000": time.Nanosecond,
	} {
		var l Line
		b := goodHead + "si=1,cov=1,flags=2i,rev=0i " + digits
		if err := l.Decode([]byte(b), precision); err != nil || l.Record.Start != 1751328000 {
			t.Errorf("%s: %d, %v", b, l.Record.Start, err)
		}
		if precision != time.Second && l.Decode([]byte(b[:len(b)-1]+"1"), precision) == nil {
			t.Errorf("%s: a part of a second was accepted", precision)
		}
	}
	var l Line
	for _, wrong := range []time.Duration{0, -1, time.Minute, 7} {
		if l.Decode([]byte(goodHead+"si=1,cov=1,flags=2i,rev=0i 1"), wrong) == nil {
			t.Errorf("precision %v was accepted", wrong)
		}
	}
}

// FuzzDecode: whatever is accepted has one spelling that reads back to the
// same line.
func FuzzDecode(f *testing.F) {
	for _, line := range []string{
		goodHead + "si=14460000,u=12300,cov=0.9983,flags=2i,rev=0i 1751328000",
		goodHead + "cov=0,flags=-1i,rev=9i 0",
		"interval,site=s,meter=m,kind=x,len=1 si=1e-300,u=5e-324,cov=1e-9,min=-0,max=1e308,flags=2i,rev=0i,new=t 1",
		`card,site=s,meter=m json="{\"name\":\"é\\\\\",\"u_declared_percent\":0.5}",rev=1i 1751328000`,
		`card,site=s,meter=_site json="{\"circuits\":[{\"id\":\"a\"}],\"latitude_deg\":48.85}",rev=1i 1751328000`,
		`event,site=s,meter=m what="gap",text="a \"b\" \\ c" 1751328000`,
	} {
		f.Add([]byte(line), uint8(0))
		f.Add([]byte(line+"000000"), uint8(2))
	}
	precisions := []time.Duration{time.Second, time.Millisecond, time.Microsecond, time.Nanosecond}
	f.Fuzz(func(t *testing.T, b []byte, p uint8) {
		var l, again Line
		if l.Decode(b, precisions[p%4]) != nil {
			return
		}
		wire := encode(&l)
		if err := again.Decode(wire, time.Second); err != nil {
			t.Fatalf("%q became %q: %v", b, wire, err)
		}
		l.Ignored = 0
		if !bytes.Equal(encode(&again), wire) || !sameLine(&l, &again) {
			t.Fatalf("%+v became %+v", l, again)
		}
	})
}

func sameLine(a, b *Line) bool {
	return a.Type == b.Type && a.Event == b.Event && reflect.DeepEqual(a.Card, b.Card) &&
		(a.Type != RecordLine || a.Record.Same(b.Record)) && a.Ignored == b.Ignored
}

// Numbers read the short way are those that strconv reads, to the bit.
func FuzzNumbers(f *testing.F) {
	for _, s := range []string{"0", "-0", "5.", "14400000", "-0.1", "295.12", "123456789012345", "1234567890123456", "0.000000000000001", "-", "-.5", "1.2.3", "1e5"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		v, ok := shortFloat(b)
		if !ok {
			return
		}
		want, err := strconv.ParseFloat(string(b), 64)
		if err != nil || math.Float64bits(v) != math.Float64bits(want) {
			t.Errorf("%q is %v, strconv says %v, %v", b, v, want, err)
		}
	})
}

func FuzzIntegers(f *testing.F) {
	for _, s := range []string{"0", "-0", "-5", "999999999999999999", "9223372036854775808", "1x", "007"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		v, ok := parseInt(b)
		want, err := strconv.ParseInt(string(b), 10, 64)
		if wanted := err == nil && b[0] != '+'; ok != wanted || ok && v != want {
			t.Errorf("%q is %v %v, strconv says %v, %v", b, v, ok, want, err)
		}
	})
}
