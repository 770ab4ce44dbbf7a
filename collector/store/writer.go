package store

import (
	"context"
	"errors"

	"thermie/collector/sqlite"
)

// maxGroup bounds how many tasks share one commit.
const maxGroup = 256

// errClosed is what an append to a closed or read-only store gives.
var errClosed = errors.New("the store is not open for writing")

// task is a piece of writing, what follows from it once it is on the disk
// (nil for nothing), and where its outcome goes.
type task struct {
	do    func(*writer) error
	after func()
	done  chan<- error
}

// writer owns the one connection that writes. Tasks that wait while a commit
// is under way go into the next one together, so that they share its fsync.
type writer struct {
	*statements
	sites map[string]int64 // ids known so far

	row   inboxRow // of the inbox, being filled
	store *Embedded
}

// newWriter takes the connection that writes for good. The first row that it
// puts into the inbox gets the given id.
func newWriter(ctx context.Context, e *Embedded, row int64) (*writer, error) {
	conn, err := e.write.Conn(ctx)
	if err != nil {
		return nil, err
	}
	s, err := prepare(ctx, conn)
	if err != nil {
		return nil, errors.Join(err, conn.Close())
	}
	return &writer{statements: s, sites: map[string]int64{}, row: inboxRow{id: row}, store: e}, nil
}

// run commits tasks until ctx ends.
func (w *writer) run(ctx context.Context, tasks <-chan task) {
	defer w.conn.Close() // what is committed does not depend on it
	defer w.close()
	for {
		select {
		case <-ctx.Done():
			return
		case first := <-tasks:
			w.commit(gather(first, tasks))
			if w.store.restart.Swap(false) {
				// What fails here is tried again by the next one.
				_, _ = checkpoint(ctx, w.conn)
			}
		}
	}
}

// gather takes first and whatever else is already waiting.
func gather(first task, tasks <-chan task) []task {
	group := []task{first}
	for len(group) < maxGroup {
		select {
		case t := <-tasks:
			group = append(group, t)
		default:
			return group
		}
	}
	return group
}

// commit runs a group in one transaction and tells each task how it ended.
func (w *writer) commit(group []task) {
	w.store.settling.Lock()
	defer w.store.settling.Unlock()
	first := w.row.id
	err := sqlite.InTransaction(w.conn, func() error {
		for _, t := range group {
			if err := t.do(w); err != nil {
				return err
			}
		}
		return w.endRow()
	})
	if err == nil && w.row.id != first { // else the next row's id may be beyond some that were abandoned
		err = w.store.note.put(w.row.id)
	}
	if err != nil {
		w.sites = map[string]int64{} // some may have been rolled back
		w.row.abandon()
	}
	w.store.arrive(w.row.arrivals)
	w.row.arrivals = w.row.arrivals[:0]
	w.store.commits.Add(1)
	for _, t := range group {
		if err == nil && t.after != nil {
			t.after()
		}
		t.done <- err
	}
}

// submit hands do to the writer and waits until it is on the disk and after
// has run. A caller whose ctx ends earlier does not know which of it happened.
func (e *Embedded) submit(ctx context.Context, do func(*writer) error, after func()) error {
	if e.write == nil {
		return errClosed
	}
	done := make(chan error, 1)
	select {
	case e.tasks <- task{do, after, done}:
	case <-ctx.Done():
		return ctx.Err()
	case <-e.ended.Done():
		return errClosed
	}
	select {
	case err := <-done:
		return err
	case <-ctx.Done():
		return ctx.Err()
	case <-e.ended.Done():
		return errClosed
	}
}

// site returns the id of a site, which is new if nobody knows it.
func (w *writer) site(name string) (int64, error) {
	if id, ok := w.sites[name]; ok {
		return id, nil
	}
	var id int64
	if err := w.addSite.QueryRow(name).Scan(&id); err != nil {
		return 0, err
	}
	w.sites[name] = id
	return id, nil
}
