package agent

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"thermie/agent/forward"
	"thermie/agent/queue"
	"thermie/configs"
	"thermie/daemon"
	"thermie/interval"
)

// mostPending bounds the lines kept in memory while the disk takes none.
const mostPending = 16 << 20

// site is the agent of one site: what it reads, the intervals it is building
// and the queue that they go into.
type site struct {
	cfg        *configs.Agent
	templates  map[string]configs.Template
	queue      *queue.Queue
	forwarder  *forward.Forwarder
	tracks     *tracks
	saved      saved
	pending    []byte // lines that are not on disk yet
	disk       health
	watch      *watch
	clock      timekeeper
	trust      trust
	distrusted bool // the clock, and it was told
	log        *slog.Logger
}

// Run reads the site's meters and sends their intervals until ctx ends. In
// stepped time (cfg.Stepped) it returns nil when the virtual data center is
// done and everything has been sent. A source that fails, and a collector
// that cannot be reached, are logged and waited for; errors are what no
// waiting mends: a folder that cannot be used, a configuration that
// contradicts itself.
func Run(ctx context.Context, cfg *configs.Agent, log *slog.Logger) error {
	s, err := openSite(cfg, log)
	if err != nil {
		return err
	}
	defer s.queue.Close()
	links, cancel := context.WithCancel(ctx)
	defer cancel()
	sources, err := openSources(surroundings{links, cfg, s.templates, log})
	if err != nil {
		return err
	}
	for _, from := range sources {
		if err := s.listenTo(from); err != nil {
			return err
		}
	}
	if err := s.resume(); err != nil {
		return err
	}
	defer s.tracks.report()
	s.forwarder = s.newForwarder()
	page := s.openStatus(sources)
	defer page.close()
	s.watch.tell(daemon.Ready, daemon.Status("reading %d series, sending %s", len(s.tracks.all), wayOut(cfg.Collector)))
	if cfg.Stepped != nil {
		return s.stepped(ctx, sources)
	}
	return s.live(ctx, sources)
}

// newForwarder returns what sends the site's lines.
func (s *site) newForwarder() *forward.Forwarder {
	return forward.New(s.queue, s.cfg.Collector, forward.Options{Spread: s.cfg.Stepped == nil, Log: s.log})
}

// openSite opens the queue of a site in its state folder.
func openSite(cfg *configs.Agent, log *slog.Logger) (*site, error) {
	templates, err := cfg.AllTemplates()
	if err != nil {
		return nil, err
	}
	lines, err := queue.Open(cfg.State, queue.Options{
		Site: cfg.Site.ID, Hold: cfg.Collector.Hold, MaxBytes: cfg.Queue.Bytes(),
	})
	if err != nil {
		return nil, err
	}
	s := &site{cfg: cfg, templates: templates, queue: lines, tracks: newTracks(cfg, log), watch: newWatch(log), clock: systemClock(), log: log}
	s.tracks.spill = s.storeAhead
	s.trust.bound, s.trust.kernel, s.trust.at = time.Duration(cfg.Collector.MaxClockOffset), kernelClock, time.Now()
	s.disk.log, s.disk.words = log.With("folder", cfg.State), &ofStoring
	s.saved, err = readSaved(lines.Baselines())
	if err != nil {
		log.Warn("the saved baselines cannot be read; counters start anew, what they counted meanwhile is not accounted for", "error", err)
	}
	return s, nil
}

// listenTo opens a track for each channel of a source.
func (s *site) listenTo(from source) error {
	s.watch.follow(from)
	for _, c := range from.channels() {
		err := s.tracks.open(s.rated(c), interval.BuilderConfig{
			Site: s.cfg.Site.ID, Length: time.Duration(s.cfg.Interval), MaxHold: from.hold(),
			Flags: s.flags(c.Meter).With(interval.Live),
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// flags labels what a point measures: simulated data says so in each line.
func (s *site) flags(meter string) (f interval.Flags) {
	if s.cfg.Site.Data == interval.SimulatedData {
		return interval.Simulated
	}
	for _, p := range s.cfg.Points {
		if p.ID == meter && p.Data == interval.SimulatedData {
			return interval.Simulated
		}
	}
	return 0
}

// resume goes on from the saved baselines. One that does not fit costs the
// energy counted meanwhile, never the start.
func (s *site) resume() error {
	if err := s.tracks.restore(s.saved.Series, s.saved.At); err != nil {
		s.log.Warn("a saved baseline does not fit; its counter starts anew", "error", err)
	}
	now, _ := s.clock()
	if s.cfg.Stepped == nil {
		s.tracks.doubt(0) // until the clock has been judged
		if s.saved.At.Sub(now) > stepTolerance {
			s.takeStep(step{s.saved.At, now})
		}
	}
	return s.sendCards(now)
}

// sendCards queues the description of the site and its points.
func (s *site) sendCards(now time.Time) error {
	s.pending = append(s.pending, s.cards(now)...)
	return s.store()
}

// cards returns the description of the site and its points as wire lines.
func (s *site) cards(now time.Time) (lines []byte) {
	s.saved.Cards = version(cardsOf(s.cfg, s.templates), s.saved.Cards, now)
	for _, c := range s.saved.Cards {
		lines = append(c.AppendLine(lines), '\n')
	}
	return lines
}

// close stores the intervals that are complete at now, if there are any,
// with the baselines that they leave behind.
func (s *site) close(now time.Time) error {
	s.pending, _ = s.tracks.close(s.pending, now)
	if len(s.pending) == 0 {
		return nil
	}
	return s.store()
}

// finish stores the intervals still open at the end of stepped time.
func (s *site) finish() error {
	s.pending, _ = s.tracks.finish(s.pending, time.Duration(s.cfg.Interval))
	return s.store()
}

// store writes the pending lines and the baselines in one commit. When the
// disk takes none, the lines wait in memory and the meters are read on.
func (s *site) store() error {
	if !s.tracks.inDoubt {
		s.queue.Expire(s.cfg.Queue.Age())
	}
	s.saved.At, s.saved.Series = s.tracks.now, nil
	if err := s.queue.Append(s.pending, s.saved.with(s.tracks.all)); err != nil {
		s.disk.fail(err)
		if len(s.pending) > mostPending {
			return errors.Join(fmt.Errorf("%d bytes of intervals found no place on the disk", len(s.pending)), err)
		}
		return nil
	}
	s.disk.ok()
	s.pending = s.pending[:0]
	return nil
}

// storeAhead stores lines ahead of the baselines that they leave behind; after
// a kill before those are stored too, they are made and stored once more. What
// the disk does not take waits for the rest.
func (s *site) storeAhead(lines []byte) []byte {
	if s.queue.Append(lines, nil) != nil {
		return lines // store will say why
	}
	return lines[:0]
}

// add gives readings to their tracks.
func (s *site) add(readings []interval.Reading) {
	for _, r := range readings {
		s.tracks.add(r)
	}
}
