package agent

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"os"
	"time"

	"thermie/configs"
)

// CmdImport is `thermie import`: history from a file, sent like live data.
func CmdImport(ctx context.Context, args []string, out, errOut io.Writer) error {
	flags := newFlags("import", errOut)
	config := flags.String("config", "", "the agent's configuration `FILE` (YAML)")
	csv := flags.String("csv", "", "the history `FILE`, as a BMS or DCIM exports it")
	mapping := flags.String("map", "", "`FILE` that says which column is which quantity (YAML)")
	if err := flags.parse(args, "config", "csv", "map"); err != nil {
		return err
	}
	cfg, err := configs.LoadAgent(*config)
	if err != nil {
		return err
	}
	m, err := configs.LoadCSVMap(*mapping, cfg)
	if err != nil {
		return err
	}
	file, err := os.Open(*csv)
	if err != nil {
		return fmt.Errorf("history file: %w", err)
	}
	defer file.Close()
	log := slog.New(slog.NewTextHandler(errOut, nil)).With("site", cfg.Site.ID)
	result, err := Import(ctx, cfg, m, file, *csv, log)
	result.print(out, errOut)
	return err
}

// print says what became of the file: the result on out, what was refused on
// errOut.
func (r ImportResult) print(out, errOut io.Writer) {
	for _, f := range r.Faults {
		fmt.Fprintln(errOut, f)
	}
	if more := r.Refused - len(r.Faults); more > 0 {
		fmt.Fprintf(errOut, "and %d more\n", more)
	}
	if r.Rows > 0 {
		fmt.Fprintf(out, "%d rows from %s to %s: %d readings, %d intervals, %d empty cells, %d rows and cells refused\n",
			r.Rows, r.From.Format(time.RFC3339), r.To.Format(time.RFC3339), r.Readings, r.Records, r.Empty, r.Refused)
	}
}
