package configs

import (
	"bufio"
	"encoding/hex"
	"fmt"
	"io"
	"strconv"
	"strings"
)

// Capture is what one register of a device said: the bytes, and the value
// that they mean. Each device template has a file of them.
type Capture struct {
	Register string
	Address  uint16
	Raw      []byte  // as on the wire
	Value    float64 // in Unit, meaningful where Available
	Unit     string
	Text     string // of a register that holds words

	Available bool // false where the bytes mean that there is no value
}

// ReadCaptures reads a file of captures, one a line; # begins a comment:
//
//	active_power 3059 4375 8000 = 245.5 kW
//	active_power 3059 7fff ffff = unavailable
//	maker 50000 0053 004f 0043 004f = "SOCO"
func ReadCaptures(r io.Reader) ([]Capture, error) {
	var all []Capture
	lines := bufio.NewScanner(r)
	for number := 1; lines.Scan(); number++ {
		text, _, _ := strings.Cut(lines.Text(), "#")
		if strings.TrimSpace(text) == "" {
			continue
		}
		c, err := readCapture(text)
		if err != nil {
			return nil, fmt.Errorf("line %d: %w", number, err)
		}
		all = append(all, c)
	}
	return all, lines.Err()
}

func readCapture(text string) (c Capture, err error) {
	left, right, found := strings.Cut(text, "=")
	said, means := strings.Fields(left), strings.Fields(right)
	if !found || len(said) < 3 || len(means) == 0 {
		return c, fmt.Errorf("%q is not: register address words = value unit", text)
	}
	address, err := strconv.ParseUint(said[1], 10, 16)
	if err != nil {
		return c, fmt.Errorf("address %q: %w", said[1], err)
	}
	c.Register, c.Address = said[0], uint16(address)
	if c.Raw, err = hex.DecodeString(strings.Join(said[2:], "")); err != nil || len(c.Raw)%2 != 0 {
		return c, fmt.Errorf("words %q: not 16-bit words in hexadecimal", said[2:])
	}
	if means[0] == "unavailable" {
		return c, nil
	}
	if text, ok := strings.CutPrefix(strings.TrimSpace(right), `"`); ok {
		c.Available, c.Text = true, strings.TrimSuffix(text, `"`)
		return c, nil
	}
	if len(means) != 2 {
		return c, fmt.Errorf("%q is not a value and a unit", strings.TrimSpace(right))
	}
	c.Available, c.Unit = true, means[1]
	if c.Value, err = strconv.ParseFloat(means[0], 64); err != nil {
		return c, fmt.Errorf("value %q: %w", means[0], err)
	}
	return c, nil
}
