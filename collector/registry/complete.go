package registry

import (
	"strings"

	"thermie/configs"
	"thermie/geography"
)

// Complete fills in what follows from what is written: of a territory known
// by its SIREN (or, in Grand Paris, its number T1 to T12) the name, the kind,
// the millésime, the population and the communes; of a network known by its
// id in the yearly order the name and what the order states. What is written
// stays.
func Complete(d *configs.Declared) {
	france, err := geography.Open()
	for i := range d.Territories {
		if err == nil && !d.Territories[i].Fictitious {
			completeTerritory(france, &d.Territories[i])
		}
	}
	for i := range d.Networks {
		if n := &d.Networks[i]; !n.Fictitious {
			completeNetwork(n)
		}
	}
}

func completeTerritory(france *geography.France, t *configs.Territory) {
	body, ok := france.BodyNumbered(t.SIREN)
	if ok {
		t.SIREN = body.SIREN
	} else if body, ok = france.Body(t.SIREN); !ok {
		return
	}
	if t.Year == 0 {
		t.Year = france.Origin.Year
	}
	if t.Year != france.Origin.Year {
		return // what it was in another year is not known here
	}
	if t.Name == "" {
		t.Name = body.Name
	}
	if t.Kind == "" {
		t.Kind = string(body.Kind)
	}
	if t.Population == 0 {
		t.Population = body.Population
	}
	if len(t.Communes) == 0 {
		for _, c := range body.Members() {
			t.Communes = append(t.Communes, c.Code)
		}
	}
}

func completeNetwork(n *configs.Network) {
	stated, ok := order()[n.OrderID]
	if !ok {
		return
	}
	if n.Name == "" {
		n.Name = strings.TrimSpace(stated.name)
	}
	for _, y := range n.Years {
		if y.Year == stated.year.Year {
			return
		}
	}
	if n.EnRRShare == nil && n.CO2Direct == 0 && n.CO2LifeCycle == 0 {
		n.Years = append(n.Years, stated.year)
	}
}
