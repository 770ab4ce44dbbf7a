package registry

import (
	"context"
	"fmt"

	"thermie/configs"
)

// Follow brings the registry in line with a collector's configuration: what
// is new or changed there is declared, and what is there no more is taken
// back, unless a person has said something else since.
func (db *DB) Follow(ctx context.Context, d configs.Declared) (Changes, error) {
	Complete(&d)
	courses, err := readCourses(d.Networks)
	if err != nil {
		return Changes{}, err
	}
	hours, unread := readHours(d.Networks)
	w := &writer{ctx: ctx, by: Author{Person: "configuration", Configured: true}, courses: courses, hours: hours}
	err = db.change(ctx, w, func() error {
		if err := w.declared(d); err != nil {
			return err
		}
		return w.takeBack(d)
	})
	w.changes.Warnings = warnings(d)
	for _, fault := range unread { // the reports of this network will say so, and of this one only
		w.changes.Warnings = append(w.changes.Warnings, fault.Error())
	}
	return w.changes, err
}

// takeBack ends what a configuration said and says no more.
func (w *writer) takeBack(d configs.Declared) error {
	now := map[string]bool{}
	for _, s := range d.Sites {
		now["site "+s.ID] = true
	}
	for _, t := range d.Territories {
		now["territory "+territoryID(t)] = true
	}
	for _, n := range d.Networks {
		now["network "+n.ID] = true
	}
	for _, f := range d.Factors {
		now["factor "+f.ID] = true
	}
	for _, table := range saidTables {
		old, err := w.configured(table)
		if err != nil {
			return err
		}
		for _, o := range old {
			if now[table+" "+o.id] {
				continue
			}
			w.changes.Ended++
			if err := w.insert(table, o.id, o.from, "no more in the configuration", nil); err != nil {
				return err
			}
		}
	}
	return nil
}

type configuredRow struct {
	id   string
	from int64
}

// configured lists what stands in a table by a configuration's word.
func (w *writer) configured(table string) (all []configuredRow, err error) {
	rows, err := w.conn.QueryContext(w.ctx, `SELECT id, valid_from FROM (
	    SELECT *, row_number() OVER (PARTITION BY id, valid_from ORDER BY said DESC) AS place FROM `+table+`)
	  WHERE place = 1 AND configured AND says IS NOT NULL`)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", table, err)
	}
	defer rows.Close()
	for rows.Next() {
		var o configuredRow
		if err := rows.Scan(&o.id, &o.from); err != nil {
			return nil, err
		}
		all = append(all, o)
	}
	return all, rows.Err()
}

// Withdraw ends a declared thing from a day on (since ever if the day is
// empty).
func (db *DB) Withdraw(ctx context.Context, by Author, table, id, day string) error {
	from, err := dayBegins(day, metropolitan)
	if err != nil {
		return fmt.Errorf("%q is not a day such as 2026-07-01", day)
	}
	w := &writer{ctx: ctx, by: by}
	return db.change(ctx, w, func() error {
		var known int
		if err := w.conn.QueryRowContext(ctx, "SELECT count(*) FROM "+table+" WHERE id = ? AND says IS NOT NULL", id).Scan(&known); err != nil {
			return err
		}
		if known == 0 {
			return fmt.Errorf("no %s %q is declared", table, id)
		}
		w.changes.Ended++
		return w.insert(table, id, from, "withdrawn", nil)
	})
}
