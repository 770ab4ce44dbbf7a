package store

import (
	"bytes"
	"fmt"
	"hash/fnv"
	"slices"
	"strconv"

	"thermie/interval"
)

// A point of InfluxDB is the wire line with one tag more at most, so that
// what is there can be read by anything that reads the wire.

// versionTag keeps apart the points of one key. The plain case, which is
// nearly all, has none.
const versionTag = ",version="

// gapVersion ends the version of a gap.
const gapVersion = "-gap"

// pointOf writes a record as a point. Lines of one key that differ in origin
// or revision, and gaps and data, are points beside each other: the order of
// their arrival decides nothing, and a gap, which has fewer fields, never
// mixes with data. Within one point every line has all fields of its kind.
func pointOf(dst []byte, r *interval.Record) []byte {
	return appendTagged(dst, r.AppendLine(make([]byte, 0, 256)), versionOf(r), fullSecond)
}

// versionOf names what sets a record apart from live data of revision 0,
// such as "import-0" or "live-2-gap"; for that it is empty.
func versionOf(r *interval.Record) string {
	origin := r.Flags.Origin()
	if origin == interval.Live && r.Rev == 0 && !r.Gap() {
		return ""
	}
	names := [...]string{interval.Estimated: "estimated", interval.Imported: "import", interval.Live: "live", interval.Correction: "correction"}
	version := fmt.Sprintf("%s-%d", names[origin], r.Rev)
	if r.Gap() {
		version += gapVersion
	}
	return version
}

// cardPointOf writes a card as a point; its revisions stand beside each
// other.
func cardPointOf(dst []byte, c *interval.Card) []byte {
	version := ""
	if c.Rev > 0 {
		version = strconv.Itoa(int(c.Rev))
	}
	return appendTagged(dst, c.AppendLine(nil), version, fullSecond)
}

// eventPointOf writes an event as a point. Two events of one second stand
// beside each other because the part of the second is a hash of the event;
// a tag for it would make a series of every event.
func eventPointOf(dst []byte, e *interval.Event) []byte {
	line := e.AppendLine(nil)
	hash := fnv.New64a()
	hash.Write(line)
	return appendTagged(dst, line, "", fmt.Sprintf("%09d", hash.Sum64()%1e9))
}

// fullSecond is the part of a second, in nanoseconds, of what has none.
const fullSecond = "000000000"

// appendTagged appends a wire line as a point with a version tag, if there
// is a version, and with its time in nanoseconds, nine digits after those of
// the second. A wire line's first space is where its tags end.
func appendTagged(dst, line []byte, version, part string) []byte {
	head, rest, _ := bytes.Cut(line, []byte{' '})
	dst = slices.Grow(dst, len(line)+len(versionTag)+len(version)+len(part))
	dst = append(dst, head...)
	if version != "" {
		dst = append(append(dst, versionTag...), version...)
	}
	dst = append(append(dst, ' '), rest...)
	return append(dst, part...)
}
