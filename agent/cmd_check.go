package agent

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"strings"
	"time"

	"thermie/configs"
	"thermie/interval"
)

// bytesALine is what an interval takes on the wire before compression.
const bytesALine = 120

// CmdCheck is `thermie check`: every fault of a configuration, or else what
// will leave the site. It touches no network.
func CmdCheck(ctx context.Context, args []string, out, errOut io.Writer) error {
	flags := newFlags("check", errOut)
	config := flags.String("config", "", "configuration `FILE` of an agent or a collector (YAML)")
	if err := flags.parse(args, "config"); err != nil {
		return err
	}
	cfg, err := configs.CheckAgent(*config)
	if err != nil {
		return checkCollector(*config, err, out)
	}
	templates, sources, err := fit(ctx, cfg)
	if err != nil {
		return err
	}
	printLeaving(out, cfg, seriesOf(sources, cfg.Points), cardsOf(cfg, templates))
	printLate(out, sources)
	return nil
}

// loadChecked is a configuration in which `thermie check` finds no fault.
func loadChecked(file string) (*configs.Agent, error) {
	cfg, err := configs.LoadAgent(file)
	if err == nil {
		_, _, err = fit(context.Background(), cfg)
	}
	return cfg, err
}

// fit opens the sources of a configuration without connecting any, to see
// whether it and the templates fit together.
func fit(ctx context.Context, cfg *configs.Agent) (map[string]configs.Template, []source, error) {
	templates, err := cfg.AllTemplates()
	if err != nil {
		return nil, nil, err
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	sources, err := openSources(surroundings{ctx, cfg, templates, slog.New(slog.DiscardHandler)})
	return templates, sources, err
}

// checkCollector checks a file that is no agent's configuration as a
// collector's. The keys that it has tell what it was meant to be.
func checkCollector(file string, asAgent error, out io.Writer) error {
	_, err := configs.LoadCollector(file)
	if err == nil {
		_, err := fmt.Fprintf(out, "%s: a good configuration of a collector.\n", file)
		return err
	}
	var agentFaults, collectorFaults configs.Faults
	if errors.As(asAgent, &agentFaults) && errors.As(err, &collectorFaults) && strangers(collectorFaults) < strangers(agentFaults) {
		return err
	}
	return asAgent
}

// strangers counts the keys that a sort of configuration does not have.
func strangers(faults configs.Faults) (n int) {
	for _, f := range faults {
		if strings.HasPrefix(f.Message, "unknown key") {
			n++
		}
	}
	return n
}

// seriesOf lists what the sources will send, point by point.
func seriesOf(sources []source, points []configs.Point) (series []interval.Series) {
	byPoint := map[string][]interval.Series{}
	for _, from := range sources {
		for _, c := range from.channels() {
			byPoint[c.Meter] = append(byPoint[c.Meter], c.Series)
		}
	}
	for _, p := range points {
		series = append(series, byPoint[p.ID]...)
	}
	return series
}

// printLeaving says what leaves the site, and to whom.
func printLeaving(out io.Writer, cfg *configs.Agent, series []interval.Series, cards []interval.Card) {
	lines := len(series)*int(24*time.Hour/time.Duration(cfg.Interval)) + len(cards)
	fmt.Fprintf(out, "Site %s: the configuration is good.\n\nWhat will leave the site\n", cfg.Site.ID)
	printWay(out, cfg.Collector)
	fmt.Fprintf(out, "  kept     in %s until then: %s\n", cfg.State, bounds(cfg.Queue))
	fmt.Fprintf(out, "  volume   %d lines a day, about %.1f MB: %d series, one line every %s each\n",
		lines, float64(lines)*bytesALine/1e6, len(series), cfg.Interval)
	fmt.Fprintln(out, "\nSeries")
	for _, s := range series {
		nature, _ := s.Kind.Nature()
		fmt.Fprintf(out, "  %-24s %s in %s\n", s.Meter, s.Kind, nature.Unit)
	}
	printUnbounded(out, unbounded(cfg, series))
	fmt.Fprintln(out, "\nDescriptions, sent at the start, on change and daily")
	for _, c := range cards {
		fmt.Fprintf(out, "  %s\n", c.AppendLine(nil))
	}
	fmt.Fprintln(out, "\nEvents, when they happen: a counter's reset or rollover, one that is not believed or differs from its power, a step of the clock, lines that were lost")
	printBrokers(out, cfg.MQTT)
	printHost(out, cfg.Host)
	fmt.Fprintf(out, "\n%s\n", nothingElse(cfg.MQTT))
}

// printLate names the lines on which the request cap, which is there for the
// plant's own master, allows less than the period asks for.
func printLate(out io.Writer, sources []source) {
	for _, from := range sources {
		if l, modbus := from.(*line); modbus && l.late() {
			fmt.Fprintf(out, "\nThe devices behind %s are read every %s, not every %s: max_requests_per_s allows no more. State a longer period, or more requests if whoever runs the plant agrees.\n",
				l.address, l.round, l.period)
		}
	}
}

// printUnbounded names the counters of which a wrong reading is known only by
// how the counter ran before.
func printUnbounded(out io.Writer, counters []interval.Series) {
	if len(counters) == 0 {
		return
	}
	fmt.Fprintln(out, "\nCounters without a bound (state the point's max_kw or the site's it_rated_kw: a wrong reading is told from energy by it)")
	for _, c := range counters {
		fmt.Fprintf(out, "  %-24s %s\n", c.Meter, c.Kind)
	}
}
