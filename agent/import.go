package agent

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"time"

	"thermie/agent/forward"
	"thermie/configs"
	"thermie/interval"
)

const (
	chunk       = 256 << 10 // lines of the wire that are queued at once
	faultsShown = 20
	progress    = 2 * time.Second
)

// ImportResult says what became of a history file.
type ImportResult struct {
	Rows     int // rows whose time was understood
	Readings int // cells that became readings
	Empty    int // cells with nothing in them: missing, and no fault
	Records  int // intervals made of them, gaps included
	Refused  int // rows and cells that were not understood
	Faults   []error
	From, To time.Time // of the rows
}

// fault counts what was refused; the first ones are kept with their line.
func (r *ImportResult) fault(err error) {
	r.Refused++
	if len(r.Faults) < faultsShown {
		r.Faults = append(r.Faults, err)
	}
}

// history is a file being imported.
type history struct {
	*site
	table     *csvTable
	result    ImportResult
	backwards int // rows not later than the one before
	said      time.Time
	failed    error // of the queue
}

// Import reads the history file csv, called name in messages, through the
// same interval builder as live readings, and sends the intervals. A file
// that cannot be understood at all is an error, and then nothing is sent; a
// row or cell that cannot is refused, counted and listed with its line, and
// is a gap in its series.
func Import(ctx context.Context, cfg *configs.Agent, m *configs.CSVMap, csv io.Reader, name string, log *slog.Logger) (ImportResult, error) {
	table, err := openTable(csv, m, name)
	if err != nil {
		return ImportResult{}, err
	}
	s, err := openSite(cfg, log)
	if err != nil {
		return ImportResult{}, err
	}
	defer s.queue.Close()
	h := &history{site: s, table: table, said: time.Now()}
	if err := h.openTracks(m); err != nil {
		return ImportResult{}, err
	}
	if err := h.read(ctx); err != nil {
		return h.result, err
	}
	return h.result, forward.New(s.queue, cfg.Collector, forward.Options{Log: log}).Drain(ctx)
}

// openTracks opens a track for each column. What is imported stands beside
// the live baselines of the site and does not touch them.
func (h *history) openTracks(m *configs.CSVMap) error {
	for _, c := range m.Columns {
		flags := h.flags(c.Point).With(interval.Imported)
		if m.Simulated {
			flags |= interval.Simulated
		}
		err := h.tracks.open(h.rated(channel{Series: interval.Series{Meter: c.Point, Kind: c.Kind}}), interval.BuilderConfig{
			Site: h.cfg.Site.ID, Length: time.Duration(m.Interval), MaxHold: time.Duration(m.MaxHold), Flags: flags,
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// read takes the whole file. The first lines reach the queue with the first
// chunk, so that a file which proves useless at once leaves nothing there.
func (h *history) read(ctx context.Context) error {
	h.pending = h.cards(time.Now())
	err := h.table.rows(ctx, h.take, h.result.fault)
	if err = errors.Join(err, h.failed); err != nil {
		return err
	}
	switch {
	case h.result.Rows == 0 && h.result.Refused == 0:
		return fmt.Errorf("%s: no rows below the header", h.table.name)
	case h.backwards > h.result.Rows:
		return fmt.Errorf("%s: the rows run from the newest to the oldest (hint: sort the file by time, oldest first)", h.table.name)
	case h.result.Readings == 0:
		return errors.Join(append([]error{fmt.Errorf("%s: nothing in it could be used", h.table.name)}, h.result.Faults...)...)
	}
	var records int
	h.pending, records = h.tracks.finish(h.pending, time.Duration(h.table.m.Interval))
	h.result.Records += records
	return h.store()
}

// take makes readings of one row.
func (h *history) take(r row) bool {
	if !h.result.To.IsZero() && !r.at.After(h.result.To) {
		h.backwards++
		h.result.fault(h.table.at(r.line, fmt.Errorf("%s is not later than the row before it", r.at.Format(time.RFC3339))))
		return h.failed == nil
	}
	if h.result.Rows++; h.result.Rows == 1 {
		h.result.From = r.at
	}
	h.result.To = r.at
	for _, c := range h.table.columns {
		h.takeCell(r, c)
	}
	var records int
	h.pending, records = h.tracks.close(h.pending, r.at)
	h.result.Records += records
	if len(h.pending) >= chunk {
		h.failed = h.store()
	}
	if time.Since(h.said) > progress {
		h.said = time.Now()
		h.log.Info("importing", "rows", h.result.Rows, "at", r.at.Format(time.RFC3339))
	}
	return h.failed == nil
}

// takeCell makes a reading of one cell. An empty cell says nothing, as in
// files that hold only what has changed; a cell without a number says that
// there is no value from then on. Neither is a zero.
func (h *history) takeCell(r row, c tableColumn) {
	value, err := h.table.number(r, c)
	switch {
	case errors.Is(err, errEmptyCell):
		h.result.Empty++
	case err != nil:
		h.result.fault(h.table.at(r.line, fmt.Errorf("column %q: %w", c.Column.Column, err)))
		h.tracks.lapse(interval.Series{Meter: c.Point, Kind: c.Kind}, r.at)
	case h.tracks.add(interval.Reading{Meter: c.Point, Kind: c.Kind, At: r.at, SI: c.toSI.SI(value)}):
		h.result.Readings++
	}
}

// store queues the pending lines. The live baselines stay as they are.
func (h *history) store() error {
	if err := h.queue.Append(h.pending, h.saved.write); err != nil {
		return err
	}
	h.pending = h.pending[:0]
	return nil
}
