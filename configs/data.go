package configs

import (
	"compress/gzip"
	"embed"
	"fmt"
	"io"
	"path"
)

// Names of the data sets that come with Thermie; data/ORIGIN.md says where
// each comes from and under which licence.
const (
	MeasuredDay     = "measured_micro_dc_24h_5min.csv"                  // 24 h of a real 25 kW room
	ServerLoad      = "measured_server_power_temp_biohpc_cbsugpu08.txt" // hourly power of a real server, 21 months
	TypicalYear     = "rt2012_hourly_8zones.csv"                        // French regulatory weather, 8 zones
	HeatNetworks    = "french_heat_networks_arrete_2025-04-11.csv"      // CO2 and EnR&R by network
	HeatNetworksSay = "french_heat_networks_arrete_2025-04-11.yaml"     // whose order it is, and of which year
)

//go:embed data
var data embed.FS

// Open returns the plain contents of a data set.
func Open(name string) (io.ReadCloser, error) {
	if f, err := data.Open(path.Join("data", name)); err == nil {
		return f, nil
	}
	packed, err := data.Open(path.Join("data", name+".gz"))
	if err != nil {
		return nil, fmt.Errorf("data set %s: %w", name, err)
	}
	plain, err := gzip.NewReader(packed)
	if err != nil {
		return nil, fmt.Errorf("data set %s: %w", name, err)
	}
	return plain, nil
}
