package collector

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"maps"
	"os"
	"os/user"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"thermie/collector/rights"
	"thermie/configs"
)

// deskFlags are the flags of the commands about rights: which collector.
type deskFlags struct {
	*flag.FlagSet
	config, data string
}

// newDeskFlags makes the flags of `thermie name`.
func newDeskFlags(name string, errOut io.Writer) *deskFlags {
	f := &deskFlags{FlagSet: flag.NewFlagSet("thermie "+name, flag.ContinueOnError)}
	f.SetOutput(errOut)
	f.StringVar(&f.config, "config", "", "the collector's configuration `FILE`")
	f.StringVar(&f.data, "data", "", "the collector's data `DIR`, instead of -config")
	return f
}

// open opens the rights of the collector, which may be running meanwhile or
// never have run yet, and returns ctx in the name of the person at the
// machine. A folder that only -data names must be there: it may be misspelt.
func (f *deskFlags) open(ctx context.Context) (context.Context, *rights.Desk, error) {
	data, err := f.folder()
	if err != nil {
		return ctx, nil, err
	}
	if _, err := os.Stat(data); err != nil && f.config == "" {
		return ctx, nil, fmt.Errorf("%w (hint: -data names the folder of a collector that has run; before that, give its -config)", err)
	}
	desk, err := rights.Open(ctx, rights.Settings{File: filepath.Join(data, rights.FileName)})
	return rights.With(ctx, personHere()), desk, err
}

// folder is the data folder of the collector that the flags name.
func (f *deskFlags) folder() (string, error) {
	if f.data != "" {
		return f.data, nil
	}
	if f.config == "" {
		return "", errors.New("say which collector (hint: -config FILE)")
	}
	cfg, err := configs.LoadCollector(f.config)
	if err != nil {
		return "", err
	}
	return cfg.Data, nil
}

// personHere is who types a command: whoever may write the collector's files
// keeps it.
func personHere() rights.Identity {
	name := "unknown"
	if u, err := user.Current(); err == nil {
		name = u.Username
	}
	return rights.Identity{ID: "-", Holder: "user " + name, Role: rights.Admin}
}

// words parts a comma-separated flag.
func words(list string) []string {
	return strings.FieldsFunc(list, func(r rune) bool { return r == ',' || r == ' ' })
}

// dateFlag reads a date flag as the beginning of that day, UTC; empty is none.
func dateFlag(text string) (time.Time, error) {
	if text == "" {
		return time.Time{}, nil
	}
	t, err := time.Parse(time.DateOnly, text)
	if err != nil {
		return t, fmt.Errorf("%q is not a date (hint: 2027-06-30)", text)
	}
	return t, nil
}

// verbs runs the verb that args name of `thermie command`.
func verbs(command string, args []string, all map[string]func([]string) error) error {
	if len(args) > 0 {
		if run, ok := all[args[0]]; ok {
			return run(args[1:])
		}
	}
	return fmt.Errorf("say what to do: %s (hint: thermie %s VERB -h)", strings.Join(slices.Sorted(maps.Keys(all)), ", "), command)
}
