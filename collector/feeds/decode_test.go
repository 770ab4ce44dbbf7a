package feeds

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

// text spells a point as line protocol would, for comparison.
func text(p *Point) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%q", p.Measurement)
	for _, t := range p.Tags {
		fmt.Fprintf(&b, " %q=%q", t.Key, t.Value)
	}
	for _, f := range p.Fields {
		fmt.Fprintf(&b, " %q:%s:%v", f.Key, f.Type, f.Number)
	}
	if !p.At.IsZero() {
		b.WriteString(" " + p.At.Format(time.RFC3339Nano))
	}
	return b.String()
}

func TestDecodeTakesWhatInfluxDBTakes(t *testing.T) {
	for line, want := range map[string]string{
		`modbus energy=1.5 1735689600`:                       `"modbus" "energy":number:1.5 2025-01-01T00:00:00Z`,
		`modbus,name=ups,slave_id=1 energy=7i,power=2u`:      `"modbus" "name"="ups" "slave_id"="1" "energy":number:7 "power":number:2`,
		`mqtt_consumer,topic=plant/a\,b\ c value=-1.25e+3 0`: `"mqtt_consumer" "topic"="plant/a,b c" "value":number:-1250 1970-01-01T00:00:00Z`,
		`a\ b\,c,t\=1=x\=y f\ 1=1`:                           `"a b,c" "t=1"="x=y" "f 1":number:1`,
		`m,path=C:\windows v=1`:                              `"m" "path"="C:\\windows" "v":number:1`,
		`m s="a, b=\"c\" \\",on=true,off=F,v=1 1735689600`:   `"m" "s":text:0 "on":truth value:0 "off":truth value:0 "v":number:1 2025-01-01T00:00:00Z`,
		`chaudière,côté=départ t=60.5`:                       `"chaudière" "côté"="départ" "t":number:60.5`,
		`m v=.5`:                                             `"m" "v":number:0.5`,
		`m  v=1  1735689600 `:                                `"m" "v":number:1 2025-01-01T00:00:00Z`,
		`m v=1 -1`:                                           `"m" "v":number:1 1969-12-31T23:59:59Z`,
		`m,name=a=b v=1`:                                     `"m" "name"="a=b" "v":number:1`,
		`Ünï v=18446744073709551615u`:                        `"Ünï" "v":number:1.8446744073709552e+19`,
		`m "v"=1`:                                            `"m" "\"v\"":number:1`,
	} {
		var p Point
		if err := p.Decode([]byte(line), time.Second); err != nil {
			t.Errorf("%s: %v", line, err)
		} else if got := text(&p); got != want {
			t.Errorf("%s\n is %s\nwant %s", line, got, want)
		}
	}
}

func TestDecodeNamesTheColumn(t *testing.T) {
	for line, want := range map[string]string{
		``:                         "column 1: want a measurement",
		` v=1`:                     "column 1: want a measurement",
		`m`:                        "column 2: want a space and fields",
		`m `:                       "column 3: want a field",
		`m,a v=1`:                  `column 4: want = after "a"`,
		`m,a= v=1`:                 "column 5: want the value of tag a",
		`m,a=1,a=2 v=1`:            "tag a comes twice",
		`m v=1,v=2`:                "field v comes twice",
		`m v=`:                     "column 5: field v",
		`m v=nan`:                  `"nan" is no value`,
		`m v=+Inf`:                 `"+Inf" is no value`,
		`m v=0x10`:                 `"0x10" is no value`,
		`m v=1e999`:                `"1e999" is no value`,
		`m v=9223372036854775808i`: "is no value",
		`m v=-1u`:                  "is no value",
		`m v="open`:                "not closed",
		`m v="x"1`:                 "column 8: want a time",
		`m v=1 noon`:               `column 7: want a time in whole numbers, found "noon"`,
		`m v=1 1.5`:                "column 7: want a time",
		`m v=1 1 2`:                "column 7: want a time",
		"m\x00,a=1 v=1":            "control characters",
		"m,a=\xff v=1":             "want the value of tag a",
	} {
		var p Point
		if err := p.Decode([]byte(line), time.Second); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %q", line, err, want)
		}
	}
}

func TestDecodeReadsEveryPrecision(t *testing.T) {
	for line, precision := range map[string]time.Duration{
		"m v=1 1735689600123456789": time.Nanosecond,
		"m v=1 1735689600123456":    time.Microsecond,
		"m v=1 1735689600123":       time.Millisecond,
		"m v=1 1735689600":          time.Second,
	} {
		var p Point
		if err := p.Decode([]byte(line), precision); err != nil || p.At.Unix() != 1735689600 {
			t.Errorf("%s in %s: %s, %v", line, precision, p.At, err)
		}
	}
}

// Whatever comes is refused or means one thing: a point decoded, spelt again
// and decoded again is the same point.
func FuzzDecode(f *testing.F) {
	for _, line := range []string{
		`modbus,name=ups,slave_id=1 energy=7i,power=2.5 1735689600`, `m s="a\"b\\",on=t 1`, `a\ b,c\=d=e\,f g=1u`, `m,a=\ v=1`, `m v="`, `m\`,
	} {
		f.Add([]byte(line))
	}
	escape := strings.NewReplacer(",", `\,`, "=", `\=`, " ", `\ `)
	f.Fuzz(func(t *testing.T, line []byte) {
		var p, again Point
		if p.Decode(line, time.Nanosecond) != nil {
			return
		}
		var b strings.Builder
		b.WriteString(escape.Replace(p.Measurement))
		for _, tag := range p.Tags {
			b.WriteString("," + escape.Replace(tag.Key) + "=" + escape.Replace(tag.Value))
		}
		for i, field := range p.Fields {
			value := map[FieldType]string{Number: fmt.Sprint(field.Number), Truth: "true", Text: `"text"`}[field.Type]
			b.WriteString(map[bool]string{true: " ", false: ","}[i == 0] + escape.Replace(field.Key) + "=" + value)
		}
		if !p.At.IsZero() {
			fmt.Fprintf(&b, " %d", p.At.UnixNano())
		}
		if strings.ContainsAny(p.name(), `\`) || strings.ContainsAny(b.String(), `\`) && strings.Contains(string(line), `\\`) {
			return // a backslash before an escaped sign has more than one spelling
		}
		if err := again.Decode([]byte(b.String()), time.Nanosecond); err != nil || text(&again) != text(&p) {
			t.Errorf("%q\n is %s\nspelt %q\n is %s, %v", line, text(&p), b.String(), text(&again), err)
		}
	})
}
