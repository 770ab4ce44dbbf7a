package feeds

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"thermie/configs"
	"thermie/interval"
)

// maxLog is from which size on a log is begun anew.
const maxLog = 1 << 20

// resume takes up what is on the disk: the state, then the log, under the
// settings of that time; then it goes on under those of now.
func (f *Feed) resume() error {
	_ = f.log.close() // where there is one, it failed already
	f.log = nil
	if err := os.MkdirAll(f.dir, 0o700); err != nil {
		return err
	}
	from, found, err := readState(f.dir)
	if err == nil && found {
		err = f.take(from)
	}
	if err = f.setAside(err, stateFile); err != nil {
		return err
	}
	if len(f.tracks) == 0 {
		if err := f.take(state{Log: from.Log, Settings: settingsOf(f.cfg)}); err != nil {
			return err
		}
	}
	f.log, err = openLog(logFile(f.dir, f.number), f.replay)
	if err = f.setAside(err, filepath.Base(logFile(f.dir, f.number))); err != nil {
		return err
	}
	f.broken = nil
	return f.adopt(settingsOf(f.cfg))
}

// setAside keeps a damaged file under another name for those who want to
// look at it, and says so in the log and in an event. A feed always starts:
// with what is whole. Any other error it returns.
func (f *Feed) setAside(err error, name string) error {
	if !errors.Is(err, errDamaged) {
		return err
	}
	f.slog.Error("a file is damaged and set aside; what it held since the last interval is lost", "error", err)
	f.pending.Events = append(f.pending.Events, interval.Event{Site: f.site, Meter: interval.SiteCard, What: "segment",
		Text: "feed: " + name + " is damaged and set aside", At: time.Now().Unix()})
	path := filepath.Join(f.dir, name)
	if err := os.Remove(path + ".damaged"); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return os.Link(path, path+".damaged")
}

// replay does again what an entry of the log says was done.
func (f *Feed) replay(e entry) {
	switch e.kind {
	case 'r':
		if t := f.bySeries[e.series]; t != nil {
			t.wait(e.sample)
		}
	case '.':
		for _, t := range f.tracks {
			for t.ripe(0) {
				f.count(t)
			}
		}
	case 'c':
		f.tick(e.At)
	}
}

// take makes the tracks that a state describes.
func (f *Feed) take(from state) error {
	f.tracks, f.bySeries = nil, map[interval.Series]*track{}
	f.settings, f.number, f.pending.Records = from.Settings, from.Log, nil
	for _, one := range from.Settings.Series {
		t := &track{series: interval.Series{Meter: one.Meter, Kind: one.Kind}, builder: from.Settings.builder(f.site, one)}
		f.tracks = append(f.tracks, t)
		f.bySeries[t.series] = t
	}
	for _, one := range from.Series {
		t := f.bySeries[interval.Series{Meter: one.Meter, Kind: one.Kind}]
		if t == nil {
			f.tracks = nil
			return fmt.Errorf("%w: %s: %s %s is not among its settings", errDamaged, stateFile, one.Meter, one.Kind)
		}
		t.recent, t.counted, t.until = one.Recent, one.Counted, one.Until
		if err := t.builder.Restore(one.Baselines); err != nil {
			f.tracks = nil
			return fmt.Errorf("%w: %s: %w", errDamaged, stateFile, err)
		}
	}
	for _, text := range from.Pending {
		var line interval.Line
		if err := line.Decode([]byte(text), time.Second); err != nil {
			f.tracks = nil
			return fmt.Errorf("%w: %s: %w", errDamaged, stateFile, err)
		}
		f.pending.Add(&line)
	}
	return nil
}

// adopt goes on under other settings. A series that is mapped no longer
// ends with the interval that is open.
func (f *Feed) adopt(next settings) error {
	was := f.state()
	for _, t := range f.tracks {
		if !next.has(t.series) {
			for t.counted < len(t.recent) {
				f.count(t)
			}
			f.keep(t, t.advance(t.until+f.settings.Length*int64(time.Second)))
		}
	}
	records := f.pending.Records
	was.Settings, was.Pending = next, nil
	var kept []trackState
	for _, one := range was.Series {
		if next.has(interval.Series{Meter: one.Meter, Kind: one.Kind}) {
			kept = append(kept, one)
		}
	}
	was.Series = kept
	if err := f.take(was); err != nil {
		return err
	}
	f.pending.Records = records
	return f.checkpoint(0)
}

// checkpoint writes the state down and begins a new log, where the log has
// come to the size.
func (f *Feed) checkpoint(size int64) error {
	if f.log.size < size {
		return nil
	}
	before := f.number
	next, err := openLog(logFile(f.dir, before+1), func(entry) {})
	if err != nil {
		return err
	}
	next.size = 0 // one that an earlier attempt left behind
	if err := next.cut(); err != nil {
		return errors.Join(err, next.close())
	}
	s := f.state()
	s.Log = before + 1
	if err := writeState(f.dir, s); err != nil {
		return errors.Join(err, next.close())
	}
	old := f.log
	f.log, f.number = next, before+1
	return errors.Join(old.close(), os.Remove(logFile(f.dir, before)))
}

// state is what the feed knows now.
func (f *Feed) state() state {
	s := state{Version: stateVersion, Log: f.number, Settings: f.settings}
	for _, t := range f.tracks {
		s.Series = append(s.Series, trackState{t.series.Meter, t.series.Kind, t.recent, t.counted, t.until, t.builder.Snapshot()})
	}
	for _, r := range f.pending.Records {
		s.Pending = append(s.Pending, string(r.AppendLine(nil)))
	}
	for _, e := range f.pending.Events {
		s.Pending = append(s.Pending, string(e.AppendLine(nil)))
	}
	return s
}

// settingsOf returns the settings that a configuration asks for.
func settingsOf(cfg configs.Feed) settings {
	s := settings{
		Length: int64(time.Duration(cfg.Interval) / time.Second),
		Hold:   int64(time.Duration(cfg.MaxHold) / time.Second),
		Flags:  interval.Flags(interval.Live),
	}
	if cfg.Simulated {
		s.Flags |= interval.Simulated
	}
	known := registers(cfg)
	for _, one := range seriesOf(cfg) {
		s.Series = append(s.Series, seriesRegisters{one.Meter, one.Kind, known[one]})
	}
	return s
}

// builder makes the builder of one series.
func (s settings) builder(site string, one seriesRegisters) *interval.Builder {
	return interval.NewBuilder(interval.BuilderConfig{
		Site: site, Length: time.Duration(s.Length) * time.Second, MaxHold: time.Duration(s.Hold) * time.Second, Flags: s.Flags,
		Registers: map[interval.Series]interval.Register{{Meter: one.Meter, Kind: one.Kind}: one.Register},
	})
}

func (s settings) has(name interval.Series) bool {
	for _, one := range s.Series {
		if one.Meter == name.Meter && one.Kind == name.Kind {
			return true
		}
	}
	return false
}

// Close leaves the state behind.
func (f *Feed) Close(ctx context.Context) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.broken != nil {
		return f.log.close()
	}
	err := errors.Join(f.settle(ctx, 0), f.checkpoint(1))
	return errors.Join(err, f.log.close())
}
