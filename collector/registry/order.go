package registry

import (
	"encoding/csv"
	"strconv"
	"sync"

	"thermie/configs"
)

// statedNetwork is what the yearly order states of a network.
type statedNetwork struct {
	name string
	year configs.NetworkYear
}

const (
	orderSource = "arrêté du 15 septembre 2006 modifié, annexe 7, mise à jour du 11 avril 2025"
	orderYear   = 2023 // of its data; some are means of 2021 to 2023, and say so
)

// order reads annex 7 of the order on the CO2 content of heat networks, by
// the networks' ids. Rows that cannot be read are left out: what an order
// does not state is not known.
var order = sync.OnceValue(func() map[string]statedNetwork {
	stated := map[string]statedNetwork{}
	file, err := configs.Open(configs.HeatNetworks)
	if err != nil {
		return stated
	}
	defer file.Close()
	rows, err := csv.NewReader(file).ReadAll()
	if err != nil || len(rows) == 0 {
		return stated
	}
	for _, row := range rows[1:] {
		y := configs.NetworkYear{Year: orderYear, Source: orderSource,
			CO2Direct: numberIn(row[4]), CO2LifeCycle: numberIn(row[5]), EnRRShare: numberIn(row[6])}
		if row[7] != strconv.Itoa(orderYear) {
			y.Source += " (moyenne 2021-2023)"
		}
		stated[row[0]] = statedNetwork{row[2], y}
	}
	return stated
})

// numberIn reads a cell; a dash, ND and the like are nothing.
func numberIn(cell string) *float64 {
	v, err := strconv.ParseFloat(cell, 64)
	if err != nil {
		return nil
	}
	return &v
}
