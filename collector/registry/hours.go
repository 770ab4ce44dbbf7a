package registry

import (
	"bytes"
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"os"

	"thermie/collector/sqlite"
	"thermie/configs"
	"thermie/heat"
)

// ownHours is a network's own demand by the hour, as it was given.
type ownHours struct {
	csv    []byte
	sha256 string
	year   int
}

// readHours reads and checks the hours that networks give, in a file or
// written out, by network. Faults say which network's cannot be kept.
func readHours(networks []configs.Network) (all map[string]ownHours, faults []error) {
	all = map[string]ownHours{}
	for _, n := range networks {
		key, csv := "demand_hours", []byte(n.DemandHours)
		var err error
		if n.DemandFile != "" {
			key = "demand_csv"
			csv, err = os.ReadFile(n.DemandFile)
		}
		if len(csv) == 0 && err == nil && n.DemandFile == "" {
			continue
		}
		h := ownHours{csv: csv, sha256: checksum(csv)}
		if err == nil {
			h.year, err = yearOf(csv, n.DemandYear)
		}
		if err != nil {
			faults = append(faults, fmt.Errorf("%s%s of network %s: %w", where(n.Said), key, n.ID, err))
			continue
		}
		all[n.ID] = h
	}
	return all, faults
}

func checksum(text []byte) string {
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:])
}

// Any year of as many hours will do to check a series.
const plainYear, leapYear = 2025, 2024

// yearOf checks a network's hours and returns their year: that of their time
// stamps, else the one that is stated.
func yearOf(csv []byte, stated int) (int, error) {
	s, err := heat.ReadDemand(bytes.NewReader(csv), heat.YearOf(plainYear, metropolitan))
	if fault := (*heat.Fault)(nil); errors.As(err, &fault) && fault.Code == "rows_leap" {
		s, err = heat.ReadDemand(bytes.NewReader(csv), heat.YearOf(leapYear, metropolitan))
	}
	switch {
	case err != nil:
		return 0, inLine(err)
	case s.Year != 0:
		return s.Year, nil
	case stated == 0:
		return 0, errors.New("of which year are these hours? (hint: give a column time, or demand_year)")
	case heat.YearOf(stated, metropolitan).Hours() != len(s.Demand):
		return 0, fmt.Errorf("%d rows are not the hours of %d (hint: is the year right?)", len(s.Demand), stated)
	}
	return stated, nil
}

// inLine says at which line of the file a faulty row stands: the head is the
// first.
func inLine(err error) error {
	fault := (*heat.Fault)(nil)
	if !errors.As(err, &fault) {
		return err
	}
	for i := 0; i+1 < len(fault.With); i += 2 {
		if row, ok := fault.With[i+1].(int); ok && fault.With[i] == "row" {
			return fmt.Errorf("line %d: %w", row+1, err)
		}
	}
	return err
}

// keepHours puts a network's own hours beside its declaration, which names
// them by their checksum.
func (w *writer) keepHours(n *configs.Network) error {
	if given, ok := w.hours[n.ID]; ok {
		n.DemandFile, n.DemandHours, n.DemandSHA256, n.DemandYear = "", "", given.sha256, given.year
		_, err := w.conn.ExecContext(w.ctx, "INSERT OR IGNORE INTO demand (sha256, csv) VALUES (?, ?)", given.sha256, given.csv)
		return err
	}
	if n.DemandSHA256 == "" {
		return nil
	}
	_, err := hours(w.ctx, w.conn, n.DemandSHA256)
	if errors.Is(err, errNoHours) {
		return Invalid{fmt.Errorf("%snetwork %s: %w", where(n.Said), n.ID, err)}
	}
	return err
}

// errNoHours is the error of a checksum of nothing that is kept.
var errNoHours = errors.New("no hours of this demand_sha256 are kept here (hint: give them as demand_csv)")

// hours returns the hours of a checksum as they were given.
func hours(ctx context.Context, db sqlite.Querier, sum string) (csv []byte, err error) {
	err = db.QueryRowContext(ctx, "SELECT csv FROM demand WHERE sha256 = ?", sum).Scan(&csv)
	if errors.Is(err, sql.ErrNoRows) {
		err = errNoHours
	}
	return csv, err
}

// Hours returns a network's own hours, byte for byte as they were given; nil
// where it has none.
func (v View) Hours(ctx context.Context, n configs.Network) ([]byte, error) {
	if n.DemandSHA256 == "" {
		return nil, nil
	}
	csv, err := hours(ctx, v.db.db, n.DemandSHA256)
	if err != nil {
		return nil, fmt.Errorf("registry: hours of network %s: %w", n.ID, err)
	}
	return csv, nil
}

// verifyHours compares all hours with their checksums, and looks for those
// that a declaration names and that are not there.
func verifyHours(ctx context.Context, db sqlite.Querier) error {
	rows, err := db.QueryContext(ctx, `SELECT sha256, csv, '' FROM demand
		UNION ALL SELECT says ->> 'demand_sha256', NULL, id FROM network
		WHERE says ->> 'demand_sha256' IS NOT NULL AND says ->> 'demand_sha256' NOT IN (SELECT sha256 FROM demand)`)
	if err != nil {
		return err
	}
	defer rows.Close()
	var faults []error
	for rows.Next() {
		var sum, network string
		var csv []byte
		if err := rows.Scan(&sum, &csv, &network); err != nil {
			return err
		}
		switch {
		case network != "":
			faults = append(faults, fmt.Errorf("the hours %.12s of network %s are missing (hint: restore a backup, or declare them again)", sum, network))
		case checksum(csv) != sum:
			faults = append(faults, fmt.Errorf("the hours %.12s are not what was declared (hint: restore a backup, or declare them again)", sum))
		}
	}
	return errors.Join(append(faults, rows.Err())...)
}
