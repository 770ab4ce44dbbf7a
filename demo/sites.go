package demo

import (
	"context"
	"os"
	"path/filepath"

	"thermie/agent"
	"thermie/configs"
	"thermie/virtual"
)

// measuredSite is the virtual data center that replays a measured day.
const measuredSite = "micro-dc"

// liveDay plays the measured day on real Modbus and MQTT sockets, and lets
// an agent read it in stepped time and send it to the collector.
func (d *Demo) liveDay(ctx context.Context, state string, say *Progress) error {
	plant, err := virtual.Start(ctx, virtual.Options{})
	if err != nil {
		return err
	}
	defer plant.Close()
	say.Begin(measuredSite, "a measured day on Modbus %s and MQTT %s", plant.ModbusAddr(), plant.MQTTAddr())
	path, err := virtual.WriteMicroDC(state, plant.ModbusAddr(), plant.MQTTAddr(), plant.StepURL(), d.url())
	if err != nil {
		return err
	}
	cfg, err := configs.LoadAgent(path)
	if err != nil {
		return err
	}
	cfg.Collector.TokenFile = tokenFile(state, measuredSite)
	if err := agent.Run(ctx, cfg, quiet()); err != nil {
		return err
	}
	say.Done(measuredSite, "read, queued, sent and acknowledged")
	return nil
}

// typicalYear brings a simulated site's year in by way of a history file.
func (d *Demo) typicalYear(ctx context.Context, state, site string, say *Progress) error {
	say.Begin(site, "a simulated typical year, from measured server load and French weather")
	path, csvPath, mapPath, err := virtual.WriteSimulated(state, site, d.url(), year)
	if err != nil {
		return err
	}
	cfg, err := configs.LoadAgent(path)
	if err != nil {
		return err
	}
	cfg.Collector.TokenFile = tokenFile(state, site)
	columns, err := configs.LoadCSVMap(mapPath, cfg)
	if err != nil {
		return err
	}
	file, err := os.Open(csvPath)
	if err != nil {
		return err
	}
	defer file.Close()
	result, err := agent.Import(ctx, cfg, columns, file, filepath.Base(csvPath), quiet())
	if err != nil {
		return err
	}
	say.Done(site, "%d rows imported as %d intervals", result.Rows, result.Records)
	return nil
}

func (d *Demo) url() string { return "http://" + d.Address }
