package registry

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"

	"thermie/collector/sqlite"
	"thermie/configs"
)

// Author is who declares.
type Author struct {
	Person     string
	Configured bool // a configuration file, which may take back what it said
	DryRun     bool // nothing is kept
}

// Changes counts what declaring changed, and what the person should know.
type Changes struct {
	New, Changed, Same, Ended int
	Warnings                  []string
}

// String is for a person.
func (c Changes) String() string {
	return fmt.Sprintf("%d new, %d changed, %d as before, %d ended", c.New, c.Changed, c.Same, c.Ended)
}

// Declare adds what is declared to the registry: all of it or, on an error,
// nothing. What is said already is not said again.
func (db *DB) Declare(ctx context.Context, by Author, d configs.Declared) (Changes, error) {
	courses, err := readCourses(d.Networks)
	hours, faults := readHours(d.Networks)
	if err := errors.Join(append(faults, err)...); err != nil {
		return Changes{}, Invalid{err}
	}
	w := &writer{ctx: ctx, by: by, courses: courses, hours: hours}
	err = db.change(ctx, w, func() error { return w.declared(d) })
	w.changes.Warnings = warnings(d)
	return w.changes, err
}

// Invalid is the error of declarations that name what is not there or cannot
// be. An HTTP door answers it with 400.
type Invalid struct{ error }

// Unwrap returns what is wrong.
func (e Invalid) Unwrap() error { return e.error }

// errDry rolls back a dry run.
var errDry = errors.New("dry run")

// change runs do in a transaction of w. A copy takes no change, but may hear
// again what it holds.
func (db *DB) change(ctx context.Context, w *writer, do func() error) error {
	err := sqlite.Change(ctx, db.db, func(conn *sql.Conn) error {
		w.conn, w.recorded = conn, db.now().Unix()
		if err := w.neverBack(); err != nil {
			return err
		}
		if err := do(); err != nil {
			return err
		}
		if w.changes.New+w.changes.Changed+w.changes.Ended > 0 {
			if err := refuseCopy(ctx, conn); err != nil {
				return err
			}
		}
		if w.by.DryRun {
			return errDry
		}
		return nil
	})
	if errors.Is(err, errDry) {
		return nil
	}
	var owner *NotOwner
	if err != nil && !errors.As(err, &owner) && !errors.As(err, new(Invalid)) {
		return fmt.Errorf("registry: %w", err)
	}
	return err
}

// readCourses reads the geometry files that networks name, by network.
func readCourses(networks []configs.Network) (map[string][]byte, error) {
	courses := map[string][]byte{}
	var faults []error
	for _, n := range networks {
		if n.GeometryFile == "" {
			continue
		}
		text, err := os.ReadFile(n.GeometryFile)
		if err == nil {
			courses[n.ID], err = ToWGS84(text)
		}
		if err != nil {
			faults = append(faults, fmt.Errorf("%s: geometry_file of network %s: %s: %w", n.Where, n.ID, n.GeometryFile, err))
		}
	}
	return courses, errors.Join(faults...)
}
