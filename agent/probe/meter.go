package probe

import (
	"context"
	"encoding/hex"
	"fmt"
	"io"
	"log/slog"
	"math"
	"time"

	"thermie/agent/modbus"
	"thermie/configs"
)

// Meter is what one device says when it is asked once.
type Meter struct {
	Point      string     `json:"point"`
	Address    string     `json:"address"`
	Unit       uint8      `json:"unit"`
	Template   string     `json:"template"`
	Confidence string     `json:"confidence"` // of the template's map
	Registers  []Register `json:"registers"`
	Fault      string     `json:"fault,omitempty"` // what could not be read, and why
}

// Register is what one register says, and what to think of it.
type Register struct {
	Name     string   `json:"name"`
	Address  uint16   `json:"address"`
	Function uint8    `json:"function"`
	Type     string   `json:"type"`
	Words    string   `json:"words"`          // as they came, in hexadecimal
	Value    *float64 `json:"value"`          // in Unit; null: it has none
	Text     string   `json:"text,omitempty"` // of a register that holds words
	Unit     string   `json:"unit"`           // of the value
	Kind     string   `json:"kind,omitempty"` // what it enters the intervals as; empty: shown only
	Verdict  Verdict  `json:"verdict"`        // whether it can be
	Reason   string   `json:"reason,omitempty"`

	of     configs.Register
	answer modbus.Answer
}

// device is a meter that can be asked again.
type device struct {
	line     configs.Line
	cfg      configs.Device
	template configs.Template
	reader   *modbus.Reader
}

// openDevices returns the devices of the lines, behind links that may probe.
// Nothing is dialled yet. A point narrows it to its own; empty: all.
func openDevices(ctx context.Context, lines []configs.Line, templates map[string]configs.Template, point string) (all []device, err error) {
	for _, line := range lines {
		link := modbus.OpenToProbe(ctx, line)
		for _, cfg := range line.Devices {
			if point != "" && cfg.Point != point {
				continue
			}
			d := device{line: line, cfg: cfg, template: templates[cfg.Template].For(cfg)}
			unit := link.Unit(cfg.Unit, line.PatienceWith(cfg), time.Duration(cfg.Pause))
			d.reader, err = modbus.NewReader(unit, d.template, cfg.Registers(d.template), slog.New(slog.DiscardHandler))
			if err != nil {
				return nil, fmt.Errorf("unit %d of %s: %w", cfg.Unit, line.Address, err)
			}
			all = append(all, d)
		}
	}
	if point != "" && len(all) == 0 {
		return nil, fmt.Errorf("no Modbus device measures the point %q", point)
	}
	return all, nil
}

// Ask asks each meter of the lines once; progress is told as it goes.
func Ask(ctx context.Context, lines []configs.Line, templates map[string]configs.Template, point string, progress io.Writer) ([]Meter, error) {
	devices, err := openDevices(ctx, lines, templates, point)
	if err != nil {
		return nil, err
	}
	var meters []Meter
	for i, d := range devices {
		fmt.Fprintf(progress, "asking %d of %d: unit %d of %s\n", i+1, len(devices), d.cfg.Unit, d.line.Address)
		meters = append(meters, d.ask(time.Now))
		if err := ctx.Err(); err != nil {
			return meters, err
		}
	}
	return meters, nil
}

// NotWhole counts the meters of which something could not be read.
func NotWhole(meters []Meter) (n int) {
	for _, m := range meters {
		if m.Fault != "" {
			n++
		}
	}
	return n
}

// ask asks the device once.
func (d device) ask(now func() time.Time) Meter {
	m := Meter{Point: d.cfg.Point, Address: d.line.Address, Unit: d.cfg.Unit, Template: d.template.ID, Confidence: d.template.Confidence}
	answers, err := d.reader.Read(now)
	if err != nil {
		m.Fault = err.Error()
	}
	for _, r := range d.cfg.Registers(d.template) {
		if a, said := answers[r.Name]; said {
			m.Registers = append(m.Registers, describe(r, a))
		} else {
			m.Registers = append(m.Registers, Register{Name: r.Name, Address: r.Address, Function: r.Function, Type: r.Type, Unit: r.Unit,
				Kind: string(r.Kind), Verdict: Unread, of: r})
		}
	}
	return m
}

// describe says what a register's answer means.
func describe(r configs.Register, a modbus.Answer) Register {
	of := Register{Name: r.Name, Address: r.Address, Function: r.Function, Type: r.Type, Unit: a.Unit, Kind: string(r.Kind),
		Words: hexWords(a.Raw), of: r, answer: a}
	switch {
	case r.IsText():
		of.Text, _ = modbus.DecodeText(a.Raw, r)
		of.Verdict = NotJudged
	case math.IsNaN(a.Value):
		of.Verdict, of.Reason = NoValue, "the device says that it has none"
	default:
		of.Value = &a.Value
		of.Verdict, of.Reason = plausible(r, a)
	}
	return of
}

// hexWords writes bytes as words, as they came.
func hexWords(raw []byte) (text string) {
	for at := 0; at+2 <= len(raw); at += 2 {
		if at > 0 {
			text += " "
		}
		text += hex.EncodeToString(raw[at : at+2])
	}
	return text
}
