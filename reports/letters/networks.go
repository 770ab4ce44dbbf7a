package letters

import (
	"cmp"
	"fmt"
)

// networks writes to the operator of each network: the authority in charge
// of a climate plan may ask for its yearly data (Code de l'énergie, art.
// D. 113-3, V).
func (o *office) networks() {
	const subject = "letters.network_subject"
	for _, n := range o.d.Networks {
		c := n.Network
		l := o.begin(subject, cmp.Or(c.Operator, o.T("letters.unknown_operator")), o.T("letters.blank_address"))
		l.greet("letters.salutation", "letters.closing")
		name := c.Name
		if c.OrderID != "" {
			name += " (" + c.OrderID + ")"
		}
		l.Paragraph("letters.network_law", "network", name, "year", fmt.Sprint(o.d.Options.Year))
		l.List(o.T("letters.network_production"), o.T("letters.network_deliveries"), o.T("letters.network_carbon"))
		l.Paragraph("letters.network_wish")
		l.List(o.T("letters.network_temperatures"), o.T("letters.network_hours"), o.T("letters.network_projects"))
		l.end("courrier-reseau-"+c.ID, subject)
	}
}
