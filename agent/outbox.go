package agent

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"hash"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"
	"text/tabwriter"
	"time"

	"thermie/agent/queue"
	"thermie/interval"
)

// outbox is what waits in an agent's queue, as a person sees it before it
// leaves. It may be looked at while the agent runs.
type outbox struct {
	last   uint64 // the number of the last one
	lines  int
	bytes  int64
	shares map[share]*extent
	sum    hash.Hash // of the lines
}

// share is a row of the list: a site's point and what it says.
type share struct{ site, meter, what string }

// extent is how much a row holds.
type extent struct {
	lines    int
	bytes    int64
	from, to int64 // Unix s
}

// lookAt reads the lines after a number, up to stop, and shows each.
func lookAt(folder queue.Folder, after, stop uint64, show func(line []byte) error) (*outbox, error) {
	o := &outbox{last: after, shares: map[share]*extent{}, sum: sha256.New()}
	err := folder.Each(after, func(number uint64, line []byte) error {
		if number > stop {
			return io.EOF
		}
		o.add(number, line)
		return show(line)
	})
	if err == io.EOF {
		err = nil
	}
	return o, err
}

func (o *outbox) add(number uint64, line []byte) {
	o.last = number
	o.lines++
	o.bytes += int64(len(line)) + 1
	o.sum.Write(line)
	o.sum.Write([]byte{'\n'})
	in, from, to := rowOf(line)
	e, known := o.shares[in]
	if !known {
		e = &extent{from: from, to: to}
		o.shares[in] = e
	}
	e.lines++
	e.bytes += int64(len(line)) + 1
	e.from, e.to = min(e.from, from), max(e.to, to)
}

// rowOf says to which row a line belongs, and of which time it tells.
func rowOf(line []byte) (in share, from, to int64) {
	var l interval.Line
	if err := l.Decode(line, time.Second); err != nil {
		return share{what: "cannot be read"}, 0, 0
	}
	switch l.Type {
	case interval.CardLine:
		return share{l.Card.Site, l.Card.Meter, "description"}, l.Card.ValidFrom, l.Card.ValidFrom
	case interval.EventLine:
		return share{l.Event.Site, l.Event.Meter, "event: " + l.Event.What}, l.Event.At, l.Event.At
	}
	return share{l.Record.Site, l.Record.Meter, string(l.Record.Kind)}, l.Record.Start, l.Record.End()
}

// code names exactly the lines that were looked at: their last number, and a
// hash of them all.
func (o *outbox) code() string {
	return fmt.Sprintf("%d-%s", o.last, hex.EncodeToString(o.sum.Sum(nil)[:6]))
}

// lastOf is the number in a code.
func lastOf(code string) (uint64, error) {
	digits, _, _ := strings.Cut(code, "-")
	number, err := strconv.ParseUint(digits, 10, 64)
	if err != nil {
		return 0, fmt.Errorf("%q is no code of an outbox (hint: thermie outbox shows it)", code)
	}
	return number, nil
}

// print lists the rows.
func (o *outbox) print(out io.Writer) {
	rows := slices.SortedFunc(maps.Keys(o.shares), func(a, b share) int {
		return cmp.Or(cmp.Compare(a.site, b.site), cmp.Compare(a.meter, b.meter), cmp.Compare(a.what, b.what))
	})
	table := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(table, "site\tpoint\twhat\tlines\tfrom (UTC)\tto (UTC)\tbytes")
	for _, row := range rows {
		e := o.shares[row]
		fmt.Fprintf(table, "%s\t%s\t%s\t%d\t%s\t%s\t%d\n", row.site, row.meter, row.what, e.lines, minute(e.from), minute(e.to), e.bytes)
	}
	_ = table.Flush() // who no longer reads needs no list
}

// minute prints a time; a description that was always valid begins at 0.
func minute(unix int64) string {
	if unix == 0 {
		return "always"
	}
	return time.Unix(unix, 0).UTC().Format("2006-01-02 15:04")
}
