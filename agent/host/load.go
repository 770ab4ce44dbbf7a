package host

import (
	"fmt"
	"strconv"
	"strings"
)

// processors tells their share of busy time since the question before.
type processors struct {
	busy, total uint64 // ticks since the machine's start
}

// share is a number between 0 and 1; ok is false at the first question. stat
// is the first line of /proc/stat.
func (p *processors) share(stat string) (share float64, ok bool, err error) {
	now, err := parseTicks(stat)
	if err != nil {
		return 0, false, err
	}
	before := *p
	*p = now
	if before.total == 0 || now.total <= before.total || now.busy < before.busy {
		return 0, false, nil
	}
	busy := float64(now.busy-before.busy) / float64(now.total-before.total)
	return min(busy, 1), true, nil // iowait may step back, proc(5) says, which makes the whole too small
}

// Columns of the line cpu: user, nice, system, idle, iowait, irq, softirq,
// steal. Guests' time, which follows, lies within user and nice.
const (
	idleColumn   = 3
	iowaitColumn = 4
	columns      = 8
)

func parseTicks(stat string) (p processors, err error) {
	words := strings.Fields(stat)
	if len(words) < columns+1 || words[0] != "cpu" {
		return p, fmt.Errorf("processors' times: %.40q is no line of /proc/stat", stat)
	}
	for i, word := range words[1 : columns+1] {
		ticks, err := strconv.ParseUint(word, 10, 63)
		if err != nil {
			return processors{}, fmt.Errorf("processors' times: %w", err)
		}
		p.total += ticks
		if i != idleColumn && i != iowaitColumn {
			p.busy += ticks
		}
	}
	return p, nil
}
