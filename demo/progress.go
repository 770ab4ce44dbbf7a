package demo

import (
	"fmt"
	"io"
	"time"
)

// Progress tells a person what was done and how long it took.
type Progress struct {
	w     io.Writer
	began time.Time
}

// NewProgress writes to w, which may be io.Discard.
func NewProgress(w io.Writer) *Progress { return &Progress{w: w, began: time.Now()} }

// Begin says what is being done.
func (p *Progress) Begin(what, format string, args ...any) {
	fmt.Fprintf(p.w, "        %-16s %s …\n", what, fmt.Sprintf(format, args...))
}

// Done says what has been done.
func (p *Progress) Done(what, format string, args ...any) {
	fmt.Fprintf(p.w, "%5.1f s %-16s %s\n", time.Since(p.began).Seconds(), what, fmt.Sprintf(format, args...))
}
