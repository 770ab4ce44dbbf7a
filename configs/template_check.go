package configs

import (
	"maps"
	"regexp"
	"slices"
	"strings"
)

// The types of registers that are not numbers.
const (
	TypeBit   = "bit"
	TypeText  = "text"  // ASCII or UTF-8, two characters a word
	TypeUTF16 = "utf16" // one character a word
)

// IsText reports whether the register holds words for a reader.
func (r Register) IsText() bool { return r.Type == TypeText || r.Type == TypeUTF16 }

var (
	registerTypes = []string{"u16", "s16", "u32", "s32", "u64", "s64", "f16", "f32", "f64", TypeBit, TypeText, TypeUTF16}
	confidences   = []string{"tested", "two-sources", "one-source"}
	orders        = []string{"big", "little"}
	hexWords      = regexp.MustCompile(`^[0-9a-fA-F]+$`)
)

// The words of a request: one can hold the widest number, and Modbus allows
// no more (MODBUS Application Protocol 1.1b3, 6.3).
const (
	leastWords = 4
	mostWords  = 125
)

// template checks a device template.
func (c *checker) template(t *Template) {
	c.at("id").id(t.ID)
	c.at("maker").required(t.Maker)
	c.at("confidence").oneOf(t.Confidence, confidences)
	c.at("word_order").oneOf(t.WordOrder, orders)
	c.at("byte_order").oneOf(t.ByteOrder, orders)
	c.at("function").between(float64(t.Function), 1, 4)
	c.at("max_words").between(float64(t.MaxWords), leastWords, mostWords)
	if len(t.Sources) == 0 {
		c.at("sources").fault("name the document and page that the map was read in", "sources are missing")
	}
	if t.Confidence == "tested" && len(t.TestedOn) == 0 {
		c.at("confidence").fault("add tested_on with model, firmware and date", "tested says on nothing")
	}
	if len(t.Registers) == 0 {
		c.at("registers").fault("", "registers are missing")
	}
	names := map[string]int{}
	for i, r := range t.Registers {
		p := c.at("registers", i)
		p.register(r, t)
		p.at("name").unique(names, r.Name, "register")
	}
}

// register checks one register of template t.
func (p place) register(r Register, t *Template) {
	p.at("name").id(r.Name)
	if !p.at("type").oneOf(r.Type, registerTypes) || !p.shape(r) {
		return
	}
	if r.Words() > t.MaxWords {
		p.at("words").fault("", "%s takes %d words, and a request at most %d (max_words)", r.Name, r.Words(), t.MaxWords)
	}
	if r.Scale == 0 {
		p.at("scale").fault("leave it out where the number stands as it is", "%s would always be 0", r.Name)
	}
	if int(r.Address)+r.Words() > 1<<16 {
		p.at("address").fault(countedFrom0, "%s ends behind the last address, 65535", r.Name)
	}
	p.order("word_order", r.WordOrder)
	p.order("byte_order", r.ByteOrder)
	p.unitFrom(r, t)
	if r.Kind != "" && r.Unit != "" {
		p.unit(r.Kind, r.Unit)
	} else if r.Kind != "" {
		p.at("kind").oneOf(string(r.Kind), kindNames())
	}
	if r.Kind != "" && t.Confidence == "two-sources" && r.Second == "" {
		p.at("second_source").fault("name the second source, or mark the template one-source",
			"%s enters figures with one source only", r.Name)
	}
	p.at("source").required(r.Source)
	p.rollover(r)
	for i, words := range r.NotValid {
		if !hexWords.MatchString(words) || len(words) != 4*r.Words() {
			p.at("not_valid", i).fault("give "+strings.Repeat("ffff", r.Words())+" or the like",
				"%q is not %d hexadecimal words", words, r.Words())
		}
	}
}

// shape checks that function, type and length belong together.
func (p place) shape(r Register) bool {
	switch single := r.Function <= 2; {
	case r.IsText() && (r.Length < 1 || r.Length > mostWords):
		p.at("words").fault("say how many registers it takes", "%s has the length %d", r.Name, r.Length)
	case !r.IsText() && r.Length != 0:
		p.at("words").fault("", "%s has its length by its type %s", r.Name, r.Type)
	case r.Type != TypeBit && single:
		p.at("type").fault("take bit, or function 3 or 4", "function %d reads single bits", r.Function)
	case r.Type != TypeBit && r.Bit != 0, r.Bit > 15, single && r.Bit != 0:
		p.at("bit").fault("", "%s has no bit %d", r.Name, r.Bit)
	case r.Kind != "" && (r.IsText() || r.Type == TypeBit):
		p.at("kind").fault("", "%s is no number, so it cannot be %s", r.Name, r.Kind)
	default:
		return !p.at("function").written() || p.at("function").between(float64(r.Function), 1, 4)
	}
	return false
}

// order checks an order that a register has of its own.
func (p place) order(key, value string) {
	if p.at(key).written() {
		p.at(key).oneOf(value, orders)
	}
}

// unitFrom checks the register that tells another's unit.
func (p place) unitFrom(r Register, t *Template) {
	if r.UnitFrom == nil {
		return
	}
	at := p.at("unit_from")
	if r.Unit != "" {
		at.fault("keep one of them", "%s has its unit twice: written, and told by a register", r.Name)
	}
	teller := slices.IndexFunc(t.Registers, func(other Register) bool { return other.Name == r.UnitFrom.Register })
	if teller < 0 || t.Registers[teller].Words() != 1 {
		at.at("register").fault("name a register of one word of this template", "there is no register %q that could tell a unit", r.UnitFrom.Register)
	}
	if len(r.UnitFrom.Codes) == 0 {
		at.at("codes").fault("such as {1: kWh, 2: MWh}", "the codes are missing")
	}
	for _, code := range slices.Sorted(maps.Keys(r.UnitFrom.Codes)) {
		if _, err := UnitFor(r.Kind, r.UnitFrom.Codes[code]); r.Kind != "" && err != nil {
			at.at("codes").fault("", "code %d: %v", code, err)
		}
	}
}

// rollover checks the count at which a counter begins again.
func (p place) rollover(r Register) {
	nature, _ := r.Kind.Nature()
	switch {
	case r.Rollover == 0:
	case !nature.Counter:
		p.at("rollover").fault("", "%s is no counter, so it does not roll over", r.Name)
	case !(r.Rollover >= 100):
		p.at("rollover").fault("give the raw count after the last, such as 100000000", "%s cannot roll over at %v", r.Name, r.Rollover)
	}
}
