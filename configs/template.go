package configs

import "thermie/interval"

// Template describes the registers of one meter model: devices are data.
type Template struct {
	ID         string     `yaml:"id"`
	Maker      string     `yaml:"maker"`
	Models     []string   `yaml:"models"`
	Revision   int        `yaml:"revision"`
	Confidence string     `yaml:"confidence"` // tested, two-sources, one-source
	Sources    []string   `yaml:"sources"`
	TestedOn   []string   `yaml:"tested_on"`  // model, firmware and date; needed for "tested"
	Notes      []string   `yaml:"notes"`      // what to mind on site
	Function   uint8      `yaml:"function"`   // 3 or 4, unless a register says otherwise
	WordOrder  string     `yaml:"word_order"` // big (ABCD) or little (CDAB), unless a register says otherwise
	ByteOrder  string     `yaml:"byte_order"` // within a word: big, as Modbus has it, or little (with the words BADC, DCBA); likewise
	MaxWords   int        `yaml:"max_words"`  // words per request; default 125
	Class      string     `yaml:"class"`      // accuracy class where the model has one
	Registers  []Register `yaml:"registers"`

	// What a block of registers does that is not there whole, where it is not
	// to refuse with an exception.
	ZerosForUndefined bool `yaml:"zeros_for_undefined"` // shows zeros; a single register refuses
	SilentOnIllegal   bool `yaml:"silent_on_illegal"`   // does not answer at all
}

// Register is one value in a device: raw·scale + offset, in unit. Registers
// of one template that share a kind are parts of one quantity (two tariffs
// of an energy): the reading is their sum.
type Register struct {
	Name      string        `yaml:"name"`
	Address   uint16        `yaml:"address"` // 0-based, as sent on the wire
	Function  uint8         `yaml:"function"`
	Type      string        `yaml:"type"`  // u16 s16 u32 s32 u64 s64 f16 f32 f64 bit text utf16
	Length    int           `yaml:"words"` // of a text (two characters a word) or utf16 (one)
	Bit       uint8         `yaml:"bit"`   // of a bit in a word, 0 the lowest; functions 1 and 2 have single bits
	Scale     float64       `yaml:"scale"`
	Offset    float64       `yaml:"offset"`
	Unit      string        `yaml:"unit"`       // empty: set in the meter, so each device must state it (Device.Units), unless UnitFrom tells
	UnitFrom  *UnitFrom     `yaml:"unit_from"`  // another register that tells the unit
	Kind      interval.Kind `yaml:"kind"`       // empty: shown by probe, not integrated
	NotValid  []string      `yaml:"not_valid"`  // raw words in hex that mean "not available"
	WordOrder string        `yaml:"word_order"` // where not the template's
	ByteOrder string        `yaml:"byte_order"`
	Rollover  float64       `yaml:"rollover"` // raw count at which a counter begins again at 0; u16 and u32 have their own
	Source    string        `yaml:"source"`
	Second    string        `yaml:"second_source"`
}

// UnitFrom is how a meter tells the unit of a register at run time: by the
// code that another register holds. A code that is not in the table makes the
// value missing.
type UnitFrom struct {
	Register string         `yaml:"register"`
	Codes    map[int]string `yaml:"codes"`
}
