package store

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"slices"
	"time"

	"thermie/interval"
)

// Content is what an export is made of: a store, or a registry over it.
type Content interface {
	Sites(ctx context.Context) ([]string, error)
	Cards(ctx context.Context, site string) ([]interval.Card, error)
	Events(ctx context.Context, site string, from, to time.Time) ([]interval.Event, error)
	Walk(ctx context.Context, site string, each func(*interval.Record) error) error
}

// EndOfTime lies after everything that a store can hold.
var EndOfTime = time.Unix((lastDay+1)*secondsPerDay, 0)

// Export writes everything of a site in the wire form with times in seconds:
// its cards, its events, then every interval kept. The same content gives
// the same bytes, and writing it to an empty collector gives the same site.
func Export(ctx context.Context, w io.Writer, from Content, site string) error {
	sites, err := from.Sites(ctx)
	if err != nil {
		return err
	}
	if !slices.Contains(sites, site) {
		return fmt.Errorf("export: there is no site %q (hint: there are %d: %s)", site, len(sites), shortList(sites))
	}
	out := bufio.NewWriterSize(w, 64<<10)
	var line []byte
	put := func(one interface{ AppendLine([]byte) []byte }) error {
		line = append(one.AppendLine(line[:0]), '\n')
		_, err := out.Write(line)
		return err
	}
	cards, err := from.Cards(ctx, site)
	if err != nil {
		return err
	}
	for _, c := range cards {
		if err := put(c); err != nil {
			return err
		}
	}
	events, err := from.Events(ctx, site, time.Unix(0, 0), EndOfTime)
	if err != nil {
		return err
	}
	for _, e := range events {
		if err := put(e); err != nil {
			return err
		}
	}
	if err := from.Walk(ctx, site, func(r *interval.Record) error { return put(r) }); err != nil {
		return err
	}
	return out.Flush()
}

// shortList names the first few of many.
func shortList(names []string) string {
	const most = 8
	text := ""
	for i, name := range names {
		if i == most {
			return text + ", …"
		}
		if i > 0 {
			text += ", "
		}
		text += name
	}
	return text
}
