package store

import (
	"context"
	"encoding/binary"
	"fmt"
	"log/slog"
	"time"

	"thermie/configs"
	"thermie/interval"
)

// Nothing expires unless the configuration says so. Intervals then go by
// days, once their roll-ups and balances are up to date, and these stay. A
// line of a day whose intervals have gone is refused by name: laid alone
// over a roll-up it would take back what others had said.

const expireEvery = 24 * time.Hour

// expirer removes what has expired, once a day.
func (e *Embedded) expirer(ctx context.Context) {
	tick := time.NewTicker(expireEvery)
	defer tick.Stop()
	for now := time.Now(); ; {
		if err := e.Expire(ctx, now); err != nil && ctx.Err() == nil {
			slog.Error("what has expired stays until tomorrow", "error", err)
		}
		select {
		case <-ctx.Done():
			return
		case now = <-tick.C:
		}
	}
}

// Expire removes what the retention no longer covers. Age is counted back
// from now or from the newest interval that is kept, whichever is earlier:
// a clock that is wrong must not empty the store.
func (e *Embedded) Expire(ctx context.Context, now time.Time) error {
	if e.retention.Forever() {
		return nil
	}
	e.expiring.Lock()
	defer e.expiring.Unlock()
	newest, err := e.newestDay(ctx)
	if err != nil {
		return fmt.Errorf("expire: %w", err)
	}
	today := min(dayOf(now.Unix()), newest)
	if days := e.retention.IntervalsDays; days > 0 {
		if err := e.expireIntervals(ctx, today-int64(days)); err != nil {
			return fmt.Errorf("expire intervals: %w", err)
		}
	}
	if days := e.retention.RollupsDays; days > 0 {
		if err := e.expireRollups(ctx, today-int64(days)); err != nil {
			return fmt.Errorf("expire roll-ups: %w", err)
		}
	}
	return nil
}

// newestDay returns the day with which the last block begins.
func (e *Embedded) newestDay(ctx context.Context) (newest int64, err error) {
	ids, err := numbers(ctx, e.read, "SELECT id FROM series")
	if err != nil {
		return 0, err
	}
	for _, id := range ids {
		var last int64
		err := e.read.QueryRowContext(ctx, "SELECT coalesce(max(id), 0) & 65535 FROM block WHERE id BETWEEN ? AND ?", blockID(id, 0), blockID(id, lastDay)).Scan(&last)
		if err != nil {
			return 0, err
		}
		newest = max(newest, last)
	}
	return newest, nil
}

// expireIntervals removes the short intervals of the days before the first
// one to be kept. Those of an hour and longer are hours themselves, and stay
// as roll-ups do.
func (e *Embedded) expireIntervals(ctx context.Context, first int64) error {
	if first <= e.keptFrom.Load() {
		return nil
	}
	e.keptFrom.Store(first) // from now on, older lines are refused
	// What was acknowledged before still counts.
	if err := e.Fold(ctx); err != nil {
		return err
	}
	if err := e.Restate(ctx); err != nil {
		return err
	}
	e.restating.turn.Lock() // nobody computes from what is about to go
	defer e.restating.turn.Unlock()
	err := e.submit(ctx, func(w *writer) error {
		_, err := w.conn.ExecContext(ctx, "UPDATE kept SET from_day = ? WHERE what = 'intervals'", first)
		return err
	}, nil)
	if err != nil {
		return err
	}
	if err := e.dropSeries(ctx, first, series.short); err != nil {
		return err
	}
	slog.Info("intervals have expired, their roll-ups and balances stay", "before", dateOf(first))
	return nil
}

// dropSeries removes the blocks before a day of the series that are meant.
func (e *Embedded) dropSeries(ctx context.Context, first int64, meant func(series) bool) error {
	lengths, err := e.seriesLengths(ctx)
	if err != nil {
		return err
	}
	for id, length := range lengths {
		one := series{length: length}
		if !meant(one) {
			continue
		}
		// An interval that reaches into a day that is kept stays with it.
		before := one.blockDay(max(0, first-(int64(length)+secondsPerDay-1)/secondsPerDay))
		err := e.submit(ctx, func(w *writer) error { return w.dropBlocks(ctx, id, before) }, nil)
		if err != nil {
			return err
		}
	}
	return nil
}

// seriesLengths returns the length of the intervals of every series, by id.
func (e *Embedded) seriesLengths(ctx context.Context) (map[int64]int32, error) {
	rows, err := e.read.QueryContext(ctx, "SELECT id, length FROM series")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	lengths := map[int64]int32{}
	for rows.Next() {
		var id int64
		var length int32
		if err := rows.Scan(&id, &length); err != nil {
			return nil, err
		}
		lengths[id] = length
	}
	return lengths, rows.Err()
}

// dropBlocks removes the blocks of a series before a day, and what they hold
// from the count.
func (w *writer) dropBlocks(ctx context.Context, id, before int64) error {
	if before <= 0 {
		return nil
	}
	held := int64(0)
	rows, err := w.conn.QueryContext(ctx, "SELECT data FROM block WHERE id BETWEEN ? AND ?", blockID(id, 0), blockID(id, before-1))
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var data []byte
		if err := rows.Scan(&data); err != nil {
			return err
		}
		columns, err := openBlock(data)
		if err != nil {
			return err
		}
		n, _ := binary.Uvarint(columns)
		held += int64(n)
	}
	if err := rows.Err(); err != nil || held == 0 {
		return err
	}
	if _, err := w.conn.ExecContext(ctx, "DELETE FROM block WHERE id BETWEEN ? AND ?", blockID(id, 0), blockID(id, before-1)); err != nil {
		return err
	}
	_, err = w.count.Exec(-held, string(added))
	return err
}

// expireRollups removes the balances of the days and the roll-ups of the
// months before the first day to be kept.
func (e *Embedded) expireRollups(ctx context.Context, first int64) error {
	if first <= 0 {
		return nil
	}
	e.restating.turn.Lock()
	defer e.restating.turn.Unlock()
	err := e.submit(ctx, func(w *writer) error {
		for _, statement := range []struct {
			text string
			arg  int64
		}{
			{"UPDATE kept SET from_day = max(from_day, ?) WHERE what = 'rollups'", first},
			{"DELETE FROM balance WHERE day < ?", first},
			{"DELETE FROM stale WHERE day < ?", first},
			{"DELETE FROM rollup WHERE id & 65535 < ?", monthOf(first * secondsPerDay)},
		} {
			if _, err := w.conn.ExecContext(ctx, statement.text, statement.arg); err != nil {
				return err
			}
		}
		return w.dropSums(ctx, first)
	}, nil)
	if err != nil {
		return err
	}
	return e.dropSeries(ctx, min(first, e.keptFrom.Load()), func(one series) bool { return !one.short() })
}

// expired refuses a record of a day whose intervals have gone.
func (e *Embedded) expired(r *interval.Record) error {
	first := e.keptFrom.Load()
	if dayOf(r.Start) >= first {
		return nil
	}
	return fmt.Errorf("the intervals before %s have expired and cannot be changed (retention: intervals_days: %d)", dateOf(first), e.retention.IntervalsDays)
}

// withoutExpired takes the records out that come too late, and names them.
func (e *Embedded) withoutExpired(recs []interval.Record) (kept []interval.Record, refused []RefusedLine) {
	if e.keptFrom.Load() == 0 {
		return recs, nil
	}
	for i := range recs {
		if err := e.expired(&recs[i]); err != nil {
			refused = append(refused, RefusedLine{interval.RecordLine, i, err})
			continue
		}
		kept = append(kept, recs[i])
	}
	return kept, refused
}

// Retain says what to keep; it is called before the store is used.
func (e *Embedded) Retain(r configs.Retention) {
	e.retention = r
	if e.write != nil && !r.Forever() {
		e.running.Go(func() { e.expirer(e.ended) })
	}
}
