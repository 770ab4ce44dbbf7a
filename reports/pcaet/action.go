package pcaet

import "thermie/reports/document"

// Action is one action sheet (« fiche action ») of the plan's programme, as
// data: the document prints it as a form, and other files take it from here.
// A text that only the authority can give is empty; what prints it says that
// it is to be completed.
type Action struct {
	ID          string // unique in the dossier, e.g. "connection-1" or "charter"
	Axis        string // of the programme
	Title       string
	Description string
	Objectives  string
	Sector      string // one of the eight names of the order of 4 August 2016
	Strand      string // « volet », the type of action of the deposit
	Lead        string // « porteur »
	LeadType    string
	Partners    []string
	Audience    []string // « publics »
	Sites       []string // names
	Start, End  int      // years; 0 is to be decided
	Status      string
	Means       string
	Budget      document.Figure // k€ before tax, with ±; no code where nothing can be computed
	Funding     []string        // the screen of the Fonds Chaleur among them
	Indicators  []string
	Results     []Result
	Factors     string // by which what is avoided was reckoned
	Risks       []string
	Plans       []string // links with the other planning documents
}

// Result is one expected result of an action, in a year.
type Result struct {
	Key    string // "captured", "delivered", "avoided"; ceiling of a target
	Label  string
	Figure document.Figure
}

// Actions are the report's action sheets, in the order of the document.
func (p *Report) Actions() []Action { return p.sheets }
