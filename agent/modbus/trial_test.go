package modbus

import (
	"context"
	"fmt"
	"log/slog"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	simonvetter "github.com/simonvetter/modbus"

	"thermie/agent/modbus/modbustest"
	"thermie/configs"
	"thermie/interval"
)

// trialTemplate has three registers, of which a device may lack the middle
// one.
func trialTemplate(silent bool) configs.Template {
	t := configs.Template{ID: "trial", Function: 3, WordOrder: "big", MaxWords: 125, ZerosForUndefined: !silent, SilentOnIllegal: silent}
	for i, kind := range []interval.Kind{interval.SupplyTemperature, interval.ReturnTemperature, interval.AirTemperature} {
		t.Registers = append(t.Registers, configs.Register{
			Name: string(kind), Address: uint16(10 + i), Function: 3, Type: "u16", Scale: 1, Unit: "°C", Kind: kind})
	}
	return t
}

// zeroBank shows zeros for what it lacks, once it stands in a block.
type zeroBank struct{ modbustest.Bank }

func (b *zeroBank) HandleHoldingRegisters(r *simonvetter.HoldingRegistersRequest) ([]uint16, error) {
	words, err := b.Bank.HandleHoldingRegisters(r)
	if err != nil && r.Quantity > 1 {
		return make([]uint16, r.Quantity), nil
	}
	return words, err
}

func openTrial(t *testing.T, l *Link, template configs.Template) *Reader {
	t.Helper()
	log := slog.New(slog.NewTextHandler(t.Output(), nil))
	r, err := NewReader(testClient(l, 1), template, template.Registers, log)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// said are the values of a reading by address.
func said(answers map[string]Answer, t configs.Template) (values []string) {
	for _, r := range t.Registers {
		if a, ok := answers[r.Name]; ok {
			values = append(values, fmt.Sprintf("%d=%g", r.Address, a.Value))
		}
	}
	return values
}

// Zeros that a block shows for a register that is not there never become a
// temperature.
func TestZerosForWhatIsNotThereAreNoValues(t *testing.T) {
	b := &zeroBank{}
	b.Set(1, 10, 20)
	b.Set(1, 12, 30)
	r := openTrial(t, testLink(t, modbustest.Serve(t, b)), trialTemplate(false))
	for range 3 {
		answers, _ := r.Read(time.Now)
		if got := said(answers, trialTemplate(false)); !slices.Equal(got, []string{"10=20", "12=30"}) {
			t.Error(got)
		}
	}
	if r.trial != nil || b.Asked() != 3+2*2 {
		t.Errorf("on trial: %v; asked %d times", r.trial, b.Asked())
	}
}

// A register that is answered with silence is given up when the device
// answers others; a device that is away loses none.
func TestSilenceForWhatIsNotThereIsToldFromAbsence(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(context.Background())
		here := false
		r := openTrial(t, Over(ctx, modbustest.Pipe(func(_ int, r []byte) ([]byte, bool) {
			if !here || slices.Contains(covered(r), 11) {
				return nil, false
			}
			return modbustest.Rightly(r), false
		})), trialTemplate(true))
		for range 4 {
			if answers, err := r.Read(time.Now); err == nil || len(answers) != 0 {
				t.Errorf("away: %v, %v", answers, err)
			}
		}
		here = true
		for range 2 * tries {
			r.Read(time.Now)
		}
		answers, err := r.Read(time.Now)
		if got := said(answers, trialTemplate(true)); err != nil || r.trial != nil || !slices.Equal(got, []string{"10=10", "12=12"}) {
			t.Errorf("%v, %v, on trial %v", got, err, r.trial)
		}
		cancel()
		synctest.Wait()
	})
}

// covered lists the registers that a request asks for.
func covered(r []byte) (addresses []int) {
	for i := range int(r[11]) {
		addresses = append(addresses, int(r[9])+i)
	}
	return addresses
}
