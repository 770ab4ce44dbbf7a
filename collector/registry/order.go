package registry

import (
	"encoding/csv"
	"io"
	"strconv"
	"sync"

	"thermie/configs"
)

// statedNetwork is what the yearly order states of a network.
type statedNetwork struct {
	name string
	year configs.NetworkYear
}

// edition is what an edition of the order says of its table.
type edition struct {
	Source string `yaml:"source"`
	Year   int    `yaml:"data_year"`
	MeanOf string `yaml:"mean_of"` // of the rows that are not of the year alone
}

// order reads annex 7 of the order on the CO2 content of heat networks, by
// the networks' ids. Rows that cannot be read are left out: what an order
// does not state is not known.
var order = sync.OnceValue(func() map[string]statedNetwork {
	stated := map[string]statedNetwork{}
	e, rows, err := readOrder()
	if err != nil || len(rows) == 0 {
		return stated
	}
	for _, row := range rows[1:] {
		y := configs.NetworkYear{Year: e.Year, Source: e.Source,
			CO2Direct: numberIn(row[4]), CO2LifeCycle: numberIn(row[5]), EnRRShare: numberIn(row[6])}
		if row[7] != strconv.Itoa(e.Year) {
			y.Source += " (" + e.MeanOf + ")"
		}
		stated[row[0]] = statedNetwork{row[2], y}
	}
	return stated
})

func readOrder() (e edition, rows [][]string, err error) {
	says, err := configs.Open(configs.HeatNetworksSay)
	if err != nil {
		return e, nil, err
	}
	defer says.Close()
	text, err := io.ReadAll(says)
	if err == nil {
		err = configs.DecodeStrict(configs.HeatNetworksSay, text, &e)
	}
	if err != nil {
		return e, nil, err
	}
	table, err := configs.Open(configs.HeatNetworks)
	if err != nil {
		return e, nil, err
	}
	defer table.Close()
	rows, err = csv.NewReader(table).ReadAll()
	return e, rows, err
}

// numberIn reads a cell; a dash, ND and the like are nothing.
func numberIn(cell string) *float64 {
	v, err := strconv.ParseFloat(cell, 64)
	if err != nil {
		return nil
	}
	return &v
}
