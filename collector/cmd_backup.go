package collector

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"time"

	"thermie/collector/archive"
	"thermie/configs"
)

// CmdBackup is `thermie backup`: the whole data folder in one file. The
// collector may be running meanwhile.
func CmdBackup(ctx context.Context, args []string, _, errOut io.Writer) error {
	flags := flag.NewFlagSet("thermie backup", flag.ContinueOnError)
	flags.SetOutput(errOut)
	config := flags.String("config", "", "the collector's configuration `FILE`")
	out := flags.String("out", "", "the new `FILE` (tar)")
	if err := flags.Parse(args); err != nil {
		return err
	}
	if *config == "" || *out == "" || flags.NArg() > 0 {
		return errors.New("say of what and where to (hint: thermie backup -config FILE -out FILE)")
	}
	cfg, err := configs.LoadCollector(*config)
	if err != nil {
		return err
	}
	m, err := archive.Write(ctx, cfg.Data, *out, time.Now())
	if err != nil {
		return err
	}
	for _, f := range m.Files {
		fmt.Fprintf(errOut, "%12d bytes  %s\n", f.Bytes, f.Name)
	}
	if cfg.Store.Kind == configs.InfluxStore {
		fmt.Fprintln(errOut, "the intervals are in InfluxDB: back them up there too (hint: influxd backup)")
	}
	fmt.Fprintf(errOut, "%s holds all of %s, the keys with which this collector signs included: keep it as you keep a key; secrets under tokens: are files of their own\n", *out, cfg.Data)
	return nil
}
