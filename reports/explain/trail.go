package explain

import "thermie/reports/document"

// Trail is all that stands behind one printed figure.
type Trail struct {
	Demonstration bool         `json:"demonstration,omitempty"` // rests on fictitious sites
	Code          string       `json:"code"`
	Printed       string       `json:"printed"` // value, ± (k=2) and unit
	Value         string       `json:"value"`   // as printed, with a decimal point; empty where nothing is known
	U             string       `json:"U"`       // k=2, "null" where none is stated
	Unit          string       `json:"unit"`
	Coverage      string       `json:"coverage"`
	Simulated     bool         `json:"simulated,omitempty"`
	Where         Where        `json:"where"`
	Sum           []Part       `json:"sum_of,omitempty"` // the printed amounts that add up to it
	From          []Other      `json:"reckoned_from,omitempty"`
	Sites         []Site       `json:"sites"`
	Networks      []Network    `json:"networks,omitempty"`
	Methods       []Method     `json:"methods,omitempty"`
	Factors       []Factor     `json:"factors,omitempty"`
	Prices        []Price      `json:"prices,omitempty"`
	Hypotheses    []Hypothesis `json:"hypotheses,omitempty"`
	Filed         *Filed       `json:"filed,omitempty"`    // with which it is compared, or whose sum it is
	Withheld      bool         `json:"withheld,omitempty"` // what single sites say is not for these readers
	Again         Again        `json:"recomputed"`

	figure document.Figure
}

// Where names the cell in which a figure is printed.
type Where struct {
	Report string `json:"report"` // pcaet, site, network, study
	Title  string `json:"title"`
	Area   string `json:"area"` // SIREN or site
	Period string `json:"period"`
	Table  string `json:"table"`
	Row    string `json:"row"`
	Column string `json:"column"`
}

// Part is one amount of a sum, rounded as printed.
type Part struct {
	Site  string `json:"site"`
	What  string `json:"what"` // a heat or an electricity, and what divides it
	Value string `json:"value"`
}

// Other is a printed figure from which this one is reckoned.
type Other struct {
	Code    string `json:"code"`
	Printed string `json:"printed"`
	Row     string `json:"row"`
	Column  string `json:"column"`
}

// Method is one of the formulas of METHODS.md.
type Method struct {
	ID      string `json:"id"`
	Title   string `json:"title"`
	Formula string `json:"formula"`
	Source  string `json:"source"`
	Status  string `json:"status"`
}

// Factor is a dated factor that the figure's report computes with.
type Factor struct {
	ID     string  `json:"id"`
	Value  float64 `json:"value"`
	Unit   string  `json:"unit"`
	Year   int     `json:"year"`
	Set    string  `json:"set"`
	Source string  `json:"source"`
	Status string  `json:"status"`
}

// Again is what came of computing the figure once more from the records.
type Again struct {
	Printed string   `json:"printed"`
	Same    bool     `json:"same"`
	Records int      `json:"records"`
	Sites   []string `json:"sites"`         // those whose records were read
	Inputs  string   `json:"inputs_sha256"` // of the sites' cards and records, the area and the tables
}
