package press_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"thermie/collector"
	"thermie/reports/press"
)

// filing runs `thermie filing` on the day-one collector and returns what it
// prints.
func (d dayOne) filing(args ...string) (string, error) {
	d.Helper()
	var out, errOut bytes.Buffer
	err := press.FilingCommand(collector.OpenSource, "test")(d.Context(), append(args, "-config", d.config), &out, &errOut)
	return out.String() + errOut.String(), err
}

// add files the year of the day-one territory.
func (d dayOne) add(more ...string) string {
	d.Helper()
	out, err := d.filing(append([]string{"add", "-territory", "200056232", "-year", "2025", "-date", "2026-03-01"}, more...)...)
	if err != nil {
		d.Fatalf("%v\n%s", err, out)
	}
	return out
}

// What was filed outlives the machine: a backup holds it, and the folder that
// comes out of one holds it whole and read-only.
func TestABackupKeepsWhatWasFiled(t *testing.T) {
	d := newDayOne(t)
	d.list("Centre Nord;Alpha;111111118;Palaiseau;91;1200;")
	d.add()
	d.list("Centre Nord;Alpha;111111118;Palaiseau;91;1200;8 500")
	d.add("-again", "consommation déclarée")

	backup := filepath.Join(d.dir, "backup.tar")
	var said bytes.Buffer
	if err := collector.CmdBackup(t.Context(), []string{"-config", d.config, "-out", backup}, &said, &said); err != nil {
		t.Fatalf("%v\n%s", err, said.String())
	}
	if err := os.Rename(filepath.Join(d.dir, "data"), filepath.Join(d.dir, "lost")); err != nil {
		t.Fatal(err)
	}
	if err := collector.CmdRestore(t.Context(), []string{"-config", d.config, "-in", backup}, &said, &said); err != nil {
		t.Fatalf("%v\n%s", err, said.String())
	}
	out, err := d.filing("verify")
	if err != nil || strings.Count(out, "whole: ") != 2 {
		t.Fatalf("after the restore: %v\n%s", err, out)
	}
	if out, err := d.filing("rebuild"); err != nil || strings.Count(out, "inputs the same: true") != 2 {
		t.Errorf("built anew after the restore: %v\n%s", err, out)
	}
	archives, err := filepath.Glob(filepath.Join(d.dir, "data", "filings", "*"))
	if err != nil || len(archives) != 4 {
		t.Fatalf("%v (%v)", archives, err)
	}
	for _, path := range archives {
		if info, err := os.Stat(path); err != nil || info.Mode().Perm()&0o222 != 0 {
			t.Errorf("%s may be written to: %v (%v)", filepath.Base(path), info.Mode(), err)
		}
	}
}

// Every edition that can be written can be filed, and is built anew as it was.
func TestAnOperatorsOwnEditionIsFiledForItsReader(t *testing.T) {
	d := newDayOne(t)
	d.list("Centre Nord;Alpha;111111118;Palaiseau;91;1200;", "Centre Sud;Bêta;222222226;Massy;91;4200;")
	if out, err := d.filing("add", "-territory", "200056232", "-year", "2025", "-disclosure", "operator"); err == nil || !strings.Contains(err.Error(), "-reader is missing") {
		t.Errorf("filed for nobody: %v\n%s", err, out)
	}
	d.add("-disclosure", "operator", "-reader", "111111118", "-cae-3-ap")
	out, err := d.filing("rebuild")
	if err != nil || !strings.Contains(out, "inputs the same: true") || strings.Contains(out, "other bytes") || strings.Contains(out, "was filed,") {
		t.Errorf("built anew: %v\n%s", err, out)
	}
}

func TestADamagedFilingHoldsUpNoneOfTheOthers(t *testing.T) {
	d := newDayOne(t)
	d.list("Centre Nord;Alpha;111111118;Palaiseau;91;1200;")
	d.add()
	damaged := filepath.Join(d.dir, "data", "filings", "pcaet-200056232-2024-1.zip")
	if err := os.WriteFile(damaged, []byte("half an archive"), 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := d.filing("verify")
	if err == nil || !strings.Contains(err.Error(), filepath.Base(damaged)) || !strings.Contains(out, "pcaet-200056232-2025-1  whole") {
		t.Errorf("%v\n%s", err, out)
	}
}
