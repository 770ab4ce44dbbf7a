package registry

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"thermie/configs"
)

// writer adds declarations in one transaction.
type writer struct {
	ctx      context.Context
	conn     *sql.Conn
	by       Author
	recorded int64
	courses  map[string][]byte   // GeoJSON by network
	hours    map[string]ownHours // by network
	changes  Changes
}

// neverBack keeps the order of recording even if the clock was set back.
func (w *writer) neverBack() error {
	for _, table := range saidTables {
		var last sql.NullInt64
		if err := w.conn.QueryRowContext(w.ctx, "SELECT max(recorded) FROM "+table).Scan(&last); err != nil {
			return err
		}
		w.recorded = max(w.recorded, last.Int64)
	}
	return nil
}

func (w *writer) declared(d configs.Declared) error {
	for _, s := range d.Sites {
		said := s.Said
		s.Said = configs.Said{}
		if err := w.say("site", s.ID, said, s.UTCOffsetMin, s); err != nil {
			return err
		}
	}
	for _, t := range d.Territories {
		said := t.Said
		t.Said = configs.Said{}
		if err := w.say("territory", territoryID(t), said, metropolitan, t); err != nil {
			return err
		}
	}
	for _, n := range d.Networks {
		said := n.Said
		n.Said = configs.Said{}
		if err := w.keepHours(&n); err != nil {
			return err
		}
		if err := w.say("network", n.ID, said, metropolitan, n); err != nil {
			return err
		}
	}
	for _, f := range d.Factors {
		said := f.Said
		f.Said = configs.Said{}
		if err := w.say("factor", f.ID, said, metropolitan, f); err != nil {
			return err
		}
	}
	return nil
}

// metropolitan is the standard time of metropolitan France in minutes.
const metropolitan = 60

// say adds one declaration unless it stands already.
func (w *writer) say(table, id string, said configs.Said, offsetMin int, what any) error {
	text, err := configs.JSON(what)
	if err != nil {
		return fmt.Errorf("%s %s: %w", table, id, err)
	}
	from, err := dayBegins(said.ValidFrom, offsetMin)
	if err != nil {
		return fmt.Errorf("%s %s: %w", table, id, err)
	}
	last, known, err := w.last(table, id, from)
	switch {
	case err != nil:
		return err
	case known && last == string(text) && w.sameCourse(table, id, from):
		w.changes.Same++
		return nil
	case known:
		w.changes.Changed++
	default:
		w.changes.New++
	}
	return w.insert(table, id, from, said.Where, text)
}

// last returns what an author like this one said last of an id and time; a
// person is also bound by what a configuration said.
func (w *writer) last(table, id string, from int64) (says string, known bool, err error) {
	var text sql.NullString
	err = w.conn.QueryRowContext(w.ctx, "SELECT says FROM "+table+
		" WHERE id = ? AND valid_from = ? AND (configured OR NOT ?) ORDER BY said DESC LIMIT 1", id, from, w.by.Configured).Scan(&text)
	if errors.Is(err, sql.ErrNoRows) {
		return "", false, nil
	}
	return text.String, err == nil, err
}

// sameCourse reports whether a network's course is the one kept last.
func (w *writer) sameCourse(table, id string, from int64) bool {
	course := w.courses[id]
	if table != "network" || course == nil {
		return true
	}
	var kept string
	err := w.conn.QueryRowContext(w.ctx, "SELECT geojson FROM geometry JOIN network USING (said) WHERE id = ? AND valid_from = ? ORDER BY said DESC LIMIT 1", id, from).Scan(&kept)
	return err == nil && kept == string(course)
}

// insert adds the row; no text ends what was said before.
func (w *writer) insert(table, id string, from int64, origin string, text []byte) error {
	var says any
	if text != nil {
		says = string(text)
	}
	done, err := w.conn.ExecContext(w.ctx, "INSERT INTO "+table+" (id, valid_from, recorded, person, origin, configured, says) VALUES (?, ?, ?, ?, ?, ?, ?)",
		id, from, w.recorded, w.by.Person, origin, w.by.Configured, says)
	if err != nil {
		return fmt.Errorf("%s %s: %w", table, id, err)
	}
	course := w.courses[id]
	if table != "network" || course == nil || text == nil {
		return nil
	}
	said, err := done.LastInsertId()
	if err != nil {
		return err
	}
	_, err = w.conn.ExecContext(w.ctx, "INSERT INTO geometry (said, geojson) VALUES (?, ?)", said, string(course))
	return err
}

// dayBegins is the Unix time at which a day begins in standard time; 0 for no
// day.
func dayBegins(day string, offsetMin int) (int64, error) {
	if day == "" {
		return 0, nil
	}
	at, err := time.ParseInLocation(time.DateOnly, day, time.FixedZone("", offsetMin*60))
	return at.Unix(), err
}
