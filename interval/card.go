package interval

// SiteCard is the meter id under which a site's own card travels.
const SiteCard = "_site"

// Card is the description of a metering point, or of the site itself, from
// one moment on. Cards are versioned: a later ValidFrom describes a change
// (a meter exchanged), a higher Rev of the same ValidFrom corrects it, and
// with it everything computed from the point, the past included.
type Card struct {
	Site, Meter string
	ValidFrom   int64 // Unix seconds
	Rev         int32
	Point       *Point // set unless Meter == SiteCard
	Place       *Site  // set if Meter == SiteCard
}

// Role is a point's place in the energy chain of EN 50600-4-2 and
// ISO/IEC 30134-2.
type Role string

// The roles.
const (
	RoleTotal     Role = "dc_total"      // E_DC: everything that enters the data center
	RoleIT        Role = "it"            // E_IT: IT equipment
	RoleCooling   Role = "cooling"       // electricity of the cooling system
	RolePower     Role = "power_chain"   // losses of UPS and distribution
	RoleAuxiliary Role = "auxiliary"     // lighting and the rest
	RoleHeat      Role = "heat_source"   // heat drawn off at a tapping point
	RoleHandover  Role = "heat_handover" // heat handed to a third party
	RoleClimate   Role = "climate"       // temperatures and humidities
	RoleWater     Role = "water"         // water that enters the data center
)

// Provenance says what a point's or a site's numbers are.
type Provenance string

// The provenances. What is not measured says so wherever it shows.
const (
	MeasuredData  Provenance = "measured"
	SimulatedData Provenance = "simulated"
	DeclaredData  Provenance = "declared"
	EstimatedData Provenance = "estimated" // what a machine tells of itself: no meter measured it
)

// Point is a metering point: the place in the plant, not the device, which
// may be exchanged.
type Point struct {
	Name   string `json:"name" yaml:"name"`
	Role   Role   `json:"role" yaml:"role"`
	InRoom bool   `json:"in_room,omitempty" yaml:"in_room"` // its electricity becomes heat in the cooled room
	Under  string `json:"under,omitempty" yaml:"under"`     // id of the point upstream that includes this one

	Circuit     string   `json:"circuit,omitempty" yaml:"circuit"` // heat points: one of Site.Circuits
	NominalM3H  float64  `json:"qp_m3_per_h,omitempty" yaml:"qp_m3_per_h"`
	MinimumDTK  float64  `json:"delta_theta_min_k,omitempty" yaml:"delta_theta_min_k"`
	Class       string   `json:"class,omitempty" yaml:"class"`                           // accuracy class, e.g. "iec62053-1", "en1434-2"
	DeclaredPct *float64 `json:"u_declared_percent,omitempty" yaml:"u_declared_percent"` // relative standard uncertainty (k=1) where no class is known
	OwnCooling  bool     `json:"own_cooling,omitempty" yaml:"own_cooling"`               // handed-over heat that cools the data center itself: no reuse

	Device   string     `json:"device,omitempty" yaml:"device"` // points of one device share their systematic error
	Serial   string     `json:"serial,omitempty" yaml:"serial"`
	Template string     `json:"template,omitempty" yaml:"template"`
	Data     Provenance `json:"data" yaml:"data"`
	Origin   string     `json:"origin,omitempty" yaml:"origin"` // where the numbers come from, for a reader
}

// Circuit is a heat circuit with its medium and the place of its sensors.
type Circuit struct {
	ID            string  `json:"id" yaml:"id"`
	Tap           string  `json:"tap" yaml:"tap"`                                           // see heat.Taps
	Medium        string  `json:"medium" yaml:"medium"`                                     // "water", "meg", "mpg"
	MassPercent   float64 `json:"glycol_mass_percent,omitempty" yaml:"glycol_mass_percent"` // share of glycol by mass
	FlowMeterSide string  `json:"flow_meter_side" yaml:"flow_meter_side"`                   // "supply" or "return"
	PressureMPa   float64 `json:"pressure_mpa,omitempty" yaml:"pressure_mpa"`               // absolute; 0.6 when absent
}

// Site describes a data center.
type Site struct {
	Name          string        `json:"name" yaml:"name"`
	Operator      string        `json:"operator" yaml:"operator"`
	OperatorSIREN string        `json:"operator_siren,omitempty" yaml:"operator_siren"`
	SIRET         string        `json:"siret,omitempty" yaml:"siret"`
	Commune       string        `json:"commune_insee,omitempty" yaml:"commune_insee"`
	Latitude      float64       `json:"latitude_deg,omitempty" yaml:"latitude_deg"` // WGS84
	Longitude     float64       `json:"longitude_deg,omitempty" yaml:"longitude_deg"`
	PositionClass int           `json:"position_quality,omitempty" yaml:"position_quality"` // 1 exact, 2 parcel, 3 quarter, 4 IRIS, 5 commune
	RatedITKW     float64       `json:"it_rated_kw,omitempty" yaml:"it_rated_kw"`
	TotalKWh      float64       `json:"total_declared_kwh,omitempty" yaml:"total_declared_kwh"`         // a declared yearly total, for tier T4
	RenewableKWh  float64       `json:"renewable_declared_kwh,omitempty" yaml:"renewable_declared_kwh"` // a year, own or with certificates retired, for the REF
	PUE           float64       `json:"pue_assumed,omitempty" yaml:"pue_assumed"`                       // for tier T4
	Tap           string        `json:"tap" yaml:"tap"`                                                 // where heat would be drawn; see heat.Taps
	SupplyC       float64       `json:"tap_supply_c,omitempty" yaml:"tap_supply_c"`                     // stated temperatures at the tap, where
	ReturnC       float64       `json:"tap_return_c,omitempty" yaml:"tap_return_c"`                     // no sensor says them
	UTCOffsetMin  int           `json:"utc_offset_min" yaml:"utc_offset_min"`                           // standard time, no DST: 60 in metropolitan France
	Circuits      []Circuit     `json:"circuits,omitempty" yaml:"circuits"`
	Cooling       *CoolingPlant `json:"cooling_plant,omitempty" yaml:"cooling_plant"`
	Hall          *AirHall      `json:"air_hall,omitempty" yaml:"air_hall"`
	Data          Provenance    `json:"data" yaml:"data"`
	Origin        string        `json:"origin,omitempty" yaml:"origin"`
	Fictitious    bool          `json:"fictitious,omitempty" yaml:"fictitious"`     // a demonstration site
	NeverListed   bool          `json:"never_listed,omitempty" yaml:"never_listed"` // appears by name or place nowhere; why is asked and kept nowhere
}

// Event is something that happened at a site and that a reader of its
// figures may want to know: a reset, a gap, a clock step, a lost segment.
type Event struct {
	Site, Meter string
	What        string // one of "reset", "gap", "clock", "segment", …
	Text        string
	At          int64 // Unix seconds
}
