package agent

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"syscall"
	"time"

	"thermie/configs"
	"thermie/daemon"
)

// dump gathers what a maintainer asks for: no reading, no secret, no name.
type dump struct{ shown *configs.Redacted }

// excerpt is one file of a bundle.
type excerpt struct{ name, what, text string }

func (d dump) excerpts(ctx context.Context) []excerpt {
	all := []excerpt{
		{"program.txt", "version and platform", program()},
		{"config.txt", "the configuration, aliases for what a person wrote", d.shown.Text},
		{"check.txt", "what check finds", found(d.shown.Faults)},
		{"kept.txt", "sizes and ages of what is kept", d.kept()},
		{"metrics.txt", "how the running program fares", d.metrics(ctx)},
	}
	if a := d.shown.Agent; a != nil {
		all = append(all, excerpt{"templates.txt", "device templates in use", d.templates(a)})
	}
	return all
}

func program() string {
	return fmt.Sprintf("thermie %s\n%s %s/%s, %d processors\n%s\n", daemon.Version(), runtime.Version(), runtime.GOOS, runtime.GOARCH,
		runtime.NumCPU(), time.Now().UTC().Format(time.RFC3339))
}

func found(faults []string) string {
	if len(faults) == 0 {
		return "no fault\n"
	}
	return strings.Join(faults, "\n") + "\n"
}

// templates says by which templates the devices are read.
func (d dump) templates(a *configs.Agent) string {
	ours, _ := configs.Templates() // what comes with Thermie can be read
	all, _ := a.AllTemplates()
	devices := map[string]int{}
	for _, line := range a.Modbus {
		for _, device := range line.Devices {
			devices[device.Template]++
		}
	}
	var b strings.Builder
	for _, id := range slices.Sorted(maps.Keys(devices)) {
		t, whose := all[id], "Thermie's"
		if o, known := ours[id]; !known || o.Revision != t.Revision || len(o.Registers) != len(t.Registers) {
			whose = "the site's own"
		}
		fmt.Fprintf(&b, "%s, revision %d, %s, %d registers: %d devices\n", d.shown.Alias("template", id), t.Revision, whose, len(t.Registers), devices[id])
	}
	return b.String()
}

// keptFolders are the folders that the program itself names.
var keptFolders = []string{".", "queue", "rejected", "damaged", "feeds", "filings", "keys", "releases"}

// kept sums up the files of the state or data folder by folder and ending.
func (d dump) kept() string {
	type sum struct {
		files  int
		bytes  int64
		newest time.Time
	}
	root, sums := d.root(), map[string]sum{}
	err := filepath.WalkDir(root, func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		info, err := e.Info()
		if err != nil {
			return nil // gone meanwhile
		}
		folder, _ := filepath.Rel(root, filepath.Dir(path))
		if folder, _, _ = strings.Cut(filepath.ToSlash(folder), "/"); !slices.Contains(keptFolders, folder) {
			folder = d.shown.Alias("folder", folder)
		}
		s := sums[folder+"/*"+filepath.Ext(path)]
		s.files, s.bytes = s.files+1, s.bytes+info.Size()
		if info.ModTime().After(s.newest) {
			s.newest = info.ModTime()
		}
		sums[folder+"/*"+filepath.Ext(path)] = s
		return nil
	})
	var b strings.Builder
	if err != nil {
		fmt.Fprintf(&b, "not read whole: %s\n", plain(err))
	}
	for _, name := range slices.Sorted(maps.Keys(sums)) {
		s := sums[name]
		fmt.Fprintf(&b, "%-24s %6d files %12d bytes, the newest written %s ago\n", name, s.files, s.bytes, time.Since(s.newest).Round(time.Second))
	}
	return b.String()
}

func (d dump) root() string {
	if a := d.shown.Agent; a != nil {
		return a.State
	}
	return d.shown.Collector.Data
}

// plain is the machine's word on a failure; what stands before it names paths
// and hosts.
func plain(err error) string {
	if errno := syscall.Errno(0); errors.As(err, &errno) {
		return errno.Error()
	}
	return fmt.Sprintf("%T", err)
}
