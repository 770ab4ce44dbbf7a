package interval

// CoolingPlant says how much heat a site's cooling electricity moves, apart
// for the hours in which compressors run and those in which outdoor air or
// water does the work: the two differ fourfold, so one annual figure is none.
type CoolingPlant struct {
	Compressor  PlantCOP `json:"compressor" yaml:"compressor"`
	FreeCooling PlantCOP `json:"free_cooling" yaml:"free_cooling"`

	// The outdoor temperature tells the mode: free cooling up to the first,
	// compressors alone from the second on, both in between.
	FreeUpToC       *float64 `json:"free_up_to_c,omitempty" yaml:"free_up_to_c"`
	CompressorFromC *float64 `json:"compressor_from_c,omitempty" yaml:"compressor_from_c"`
	// Where no outdoor temperature is recorded: at and above this ratio of
	// cooling to IT electricity the compressors run.
	CompressorFromRatio float64 `json:"compressor_from_ratio,omitempty" yaml:"compressor_from_ratio"`

	Origin string `json:"origin" yaml:"origin"` // where the figures come from: commissioning report, maker's sheet
}

// PlantCOP is the heat that the whole cooling plant, pumps and fans included,
// moves per electricity in one mode. Without limits heat takes ±20 %.
type PlantCOP struct {
	COP  float64 `json:"cop" yaml:"cop"`
	Low  float64 `json:"low,omitempty" yaml:"low"`
	High float64 `json:"high,omitempty" yaml:"high"`
}

// AirHall says that outdoor air cools a site's hall through an air-to-air
// exchanger, and to what temperature its exhaust can usefully be cooled. What
// is absent is that of heat.DefaultEconomiser.
type AirHall struct {
	FloorC     float64  `json:"floor_c" yaml:"floor_c"` // lowest temperature to which the exhaust is of use
	SupplyC    *float64 `json:"supply_c,omitempty" yaml:"supply_c"`
	RiseK      *float64 `json:"rise_k,omitempty" yaml:"rise_k"` // of the air through the IT equipment
	BypassPct  *float64 `json:"bypass_percent,omitempty" yaml:"bypass_percent"`
	ApproachK  *float64 `json:"approach_k,omitempty" yaml:"approach_k"`     // of the exchanger
	FreeBelowC *float64 `json:"free_below_c,omitempty" yaml:"free_below_c"` // outdoor; from there on a chiller runs
	Origin     string   `json:"origin,omitempty" yaml:"origin"`
}
