package disclosure_test

import (
	"fmt"

	"thermie/disclosure"
)

// A PCAET's table of rejected heat: three communes of one EPCI. Each site
// counts in all cells that its energy is part of; nothing else is said about
// how the cells relate.
func ExampleProtect() {
	var t disclosure.Table
	for _, site := range []struct {
		siren, commune string
		kWh            disclosure.Amount
	}{
		{"552000001", "Bruz", 9_000_000},
		{"552000002", "Cesson", 3_000_000},
		{"552000003", "Cesson", 4_000_000},
		{"552000004", "Cesson", 5_000_000},
		{"552000002", "Rennes", 20_000_000},
		{"552000003", "Rennes", 30_000_000},
		{"552000005", "Rennes", 25_000_000},
	} {
		err := t.Count(disclosure.Contribution{Operator: site.siren, Value: site.kWh,
			Cells: []string{"gisement/" + site.commune, "gisement/EPCI"}})
		if err != nil {
			fmt.Println(err)
			return
		}
	}
	p, err := disclosure.Protect(&t, disclosure.Public, disclosure.Rules{MinOperators: 3, MaxShare: 85, Percent: 10})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, c := range p.Cells {
		switch c.Mark {
		case disclosure.Shown:
			fmt.Println(c.ID, c.Value)
		default:
			fmt.Println(c.ID, "s")
		}
	}
	fmt.Println(len(p.Verdict.Protected), "amounts proven against", p.Verdict.Attackers, "attackers")
	// Output:
	// gisement/Bruz s
	// gisement/EPCI 96000000
	// gisement/Cesson s
	// gisement/Rennes 75000000
	// 9 amounts proven against 6 attackers
}
