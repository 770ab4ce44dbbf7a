package virtual

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
)

// readBack is how a kind of server is asked what it holds after a run, and
// what it must answer for the run to count.
type readBack struct {
	server string
	count  func(ctx context.Context, f Fleet) (int64, error)
	want   func(r *FleetResult) int64
	what   string
}

// readBacks lists the servers that a fleet knows.
var readBacks = []readBack{
	{"thermie", countThermie, (*FleetResult).Lines, "lines accounted for, kept, replayed, corrected or waiting"},
	{"influxdb", countInflux, (*FleetResult).Distinct, "points counted"},
	{"victoriametrics", countVictoria, (*FleetResult).Distinct, "samples of field si, each replay again"},
}

// Check asks the server what it holds. The folder of the server was empty
// when the run began. A replay that a server keeps as a second sample is
// told and is no error: it is how that server is.
func (f Fleet) Check(ctx context.Context, server string, r *FleetResult, w io.Writer) error {
	at := slices.IndexFunc(readBacks, func(b readBack) bool { return b.server == server })
	if at < 0 {
		return fmt.Errorf("no way is known to count what %q holds", server)
	}
	b := readBacks[at]
	got, err := b.count(ctx, f)
	if err != nil {
		return fmt.Errorf("count what the server holds: %w", err)
	}
	want := b.want(r)
	fmt.Fprintf(w, "read back: %d %s, %d wanted\n", got, b.what, want)
	if got < want || got > r.Lines() {
		return fmt.Errorf("the server holds %d intervals, %d were acknowledged (hint: was its folder empty?)", got, want)
	}
	return nil
}

// countThermie adds up what the collector says became of every line.
func countThermie(ctx context.Context, f Fleet) (total int64, err error) {
	counted := []string{"store_intervals", "store_pending_lines", "store_replayed_total", "store_corrected_total", "store_outdated_total", "store_conflicts_total"}
	values, err := metrics(ctx, f.To+"/metrics")
	for _, name := range counted {
		total += int64(values["thermie_collector_"+name])
	}
	return total, err
}

// Pending asks a collector how many lines are yet to be folded.
func (f Fleet) Pending(ctx context.Context) (int64, error) {
	values, err := metrics(ctx, f.To+"/metrics")
	return int64(values["thermie_collector_store_pending_lines"]), err
}

// countVictoria counts the samples of one field. It keeps both samples of a
// replay, so a count may lie above the number of keys.
func countVictoria(ctx context.Context, f Fleet) (int64, error) {
	var answer struct {
		Data struct{ Result []struct{ Value [2]any } }
	}
	// A flush makes what was acknowledged searchable.
	if err := get(ctx, f.To+"/internal/force_flush", nil); err != nil {
		return 0, err
	}
	query := url.Values{"query": {`sum(count_over_time({__name__="interval_si"}[10y]))`}, "time": {strconv.FormatInt(f.From.AddDate(5, 0, 0).Unix(), 10)}, "nocache": {"1"}}
	if err := get(ctx, f.To+"/api/v1/query?"+query.Encode(), &answer); err != nil {
		return 0, err
	}
	if len(answer.Data.Result) == 0 {
		return 0, nil
	}
	return strconv.ParseInt(fmt.Sprint(answer.Data.Result[0].Value[1]), 10, 64)
}

// countInflux counts the points that have the field si.
func countInflux(ctx context.Context, f Fleet) (int64, error) {
	var answer struct {
		Results []struct {
			Error  string
			Series []struct{ Values [][]any }
		}
	}
	database, _, _ := strings.Cut(f.Bucket, "/")
	query := url.Values{"db": {database}, "q": {"SELECT count(si) FROM interval"}}
	if err := get(ctx, f.To+"/query?"+query.Encode(), &answer); err != nil {
		return 0, err
	}
	if len(answer.Results) == 0 || len(answer.Results[0].Series) == 0 {
		return 0, nil
	}
	n, _ := answer.Results[0].Series[0].Values[0][1].(float64)
	return int64(n), nil
}

// get asks for a URL and decodes the JSON of the answer, if it is wanted.
func get(ctx context.Context, from string, into any) error {
	body, err := open(ctx, from)
	if err != nil {
		return err
	}
	defer body.Close()
	if into == nil {
		return nil
	}
	return json.NewDecoder(body).Decode(into)
}

// metrics reads values without labels in Prometheus' text form.
func metrics(ctx context.Context, from string) (map[string]float64, error) {
	body, err := open(ctx, from)
	if err != nil {
		return nil, err
	}
	defer body.Close()
	values := map[string]float64{}
	lines := bufio.NewScanner(body)
	for lines.Scan() {
		if name, value, ok := strings.Cut(lines.Text(), " "); ok && name != "#" {
			if v, err := strconv.ParseFloat(value, 64); err == nil {
				values[name] = v
			}
		}
	}
	return values, lines.Err()
}

func open(ctx context.Context, from string) (io.ReadCloser, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, from, nil)
	if err != nil {
		return nil, err
	}
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		return nil, err
	}
	if answer.StatusCode/100 != 2 {
		answer.Body.Close()
		return nil, fmt.Errorf("%s answers %s", from, answer.Status)
	}
	return answer.Body, nil
}
