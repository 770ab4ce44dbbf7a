package reports

// Outside is a figure that anyone can read elsewhere: what the transmission
// grid delivers to a point (C. énergie D. 111-53 I 4°), what the statistical
// service publishes by IRIS or commune, a declaration, an earlier filing. It
// is of one site, or of all sites of a commune; of neither, of the territory.
type Outside struct {
	Site, Commune string
	Heat          string  // "e_dc", "e_it", "gisement", "captee", "livree" or "valorisee"
	Years         int     // how many years it is older than the report's year
	Low, High     float64 // MWh; High is infinite where only Low is known
	Source        string
}
