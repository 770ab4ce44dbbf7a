package configs

import (
	"regexp"
	"strings"
)

var (
	registerTypes = []string{"u16", "s16", "u32", "s32", "u64", "s64", "f32", "f64"}
	confidences   = []string{"tested", "two-sources", "one-source"}
	hexWords      = regexp.MustCompile(`^[0-9a-fA-F]+$`)
)

// template checks a device template.
func (c *checker) template(t *Template) {
	c.at("id").id(t.ID)
	c.at("maker").required(t.Maker)
	c.at("confidence").oneOf(t.Confidence, confidences)
	c.at("word_order").oneOf(t.WordOrder, []string{"big", "little"})
	c.at("function").between(float64(t.Function), 3, 4)
	c.at("max_words").between(float64(t.MaxWords), 4, 125)
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
	if p.at("function").written() {
		p.at("function").between(float64(r.Function), 3, 4)
	}
	if !p.at("type").oneOf(r.Type, registerTypes) {
		return
	}
	if int(r.Address)+r.Words() > 1<<16 {
		p.at("address").fault("", "%s ends behind the last address, 65535", r.Name)
	}
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
	for i, words := range r.NotValid {
		if !hexWords.MatchString(words) || len(words) != 4*r.Words() {
			p.at("not_valid", i).fault("give "+strings.Repeat("ffff", r.Words())+" or the like",
				"%q is not %d hexadecimal words", words, r.Words())
		}
	}
}
