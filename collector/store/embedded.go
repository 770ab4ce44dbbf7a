package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"time"

	"thermie/collector/sqlite"
	"thermie/configs"
)

// Embedded is the store inside the collector: one SQLite file.
//
// Appended intervals go to an inbox, as they come and never changed, so that
// an acknowledgement costs one small write that many requests share. Folders
// move them, site by site, into compressed day blocks. Writing
// every interval as a row of its own was measured at a tenth of the speed
// and seventeen times the size. Readers see both places as one.
type Embedded struct {
	dir                    string
	write, read, lock, log *sql.DB

	tasks   chan task     // for the writer goroutine
	wake    chan struct{} // tells the folder that a site is due
	pending pending
	note    note

	restating  restating
	retention  configs.Retention
	expiring   sync.Mutex
	keptFrom   atomic.Int64               // the first day of which intervals are kept
	cardholder atomic.Pointer[Cardholder] // nil: the agents' own cards

	commits atomic.Int64
	restart atomic.Bool // asks the writer to begin the log anew

	folding  sync.RWMutex // held for writing by who folds everything
	settling sync.RWMutex // held for writing during a commit and what follows from it

	stop    context.CancelFunc
	ended   context.Context // done once the store is closed
	running sync.WaitGroup
	closing func() error // once
}

// databaseFile is the name of the SQLite file in the store's folder.
const databaseFile = "thermie.db"

// closingFold is how long Close goes on folding.
const closingFold = 5 * time.Second

// OpenEmbedded opens the store in dir, and makes it if there is none. One
// process at a time may do so; others may read (OpenEmbeddedReadOnly).
func OpenEmbedded(dir string) (_ *Embedded, err error) {
	e := &Embedded{dir: dir, tasks: make(chan task, maxGroup), wake: make(chan struct{}, 1)}
	e.closing = sync.OnceValue(e.close)
	defer func() {
		if err != nil {
			err = errors.Join(fmt.Errorf("open store %s: %w", dir, err), e.halt())
		}
	}()
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, err
	}
	if e.lock, err = lockFolder(dir); err != nil {
		return nil, err
	}
	file := filepath.Join(dir, databaseFile)
	if e.write, err = openForWriting(file); err != nil {
		return nil, err
	}
	ctx, stop := context.WithCancel(context.Background())
	e.stop, e.ended = stop, ctx
	if err := sqlite.Migrate(ctx, e.write, migrations); err != nil {
		return nil, err
	}
	if e.read, err = openForReading(file); err != nil {
		return nil, err
	}
	var kept int64
	if err := e.read.QueryRowContext(ctx, "SELECT from_day FROM kept WHERE what = 'intervals'").Scan(&kept); err != nil {
		return nil, err
	}
	e.keptFrom.Store(kept)
	row, err := loadInbox(ctx, e.read, &e.pending)
	if err != nil {
		return nil, err
	}
	before, err := noted(dir)
	if err != nil {
		return nil, err
	}
	if err := lost(dir, before, row); err != nil {
		return nil, err
	}
	if e.note, err = openNote(dir, row); err != nil {
		return nil, err
	}
	w, err := newWriter(ctx, e, row)
	if err != nil {
		return nil, err
	}
	if e.log, err = openForCheckpoints(file); err != nil {
		return nil, err
	}
	e.running.Go(func() { w.run(ctx, e.tasks) })
	e.running.Go(func() { e.checkpoints(ctx, e.log) })
	e.running.Go(func() { e.restater(ctx) })
	e.pending.age(time.Now()) // what an earlier run left
	for range folders {
		e.running.Go(func() { (&folder{e, foldFirst}).run(ctx) })
	}
	return e, nil
}

// OpenEmbeddedReadOnly opens the store in dir for reading, while a collector
// may be running on it. Append fails.
func OpenEmbeddedReadOnly(dir string) (*Embedded, error) {
	file := filepath.Join(dir, databaseFile)
	if _, err := os.Stat(file); err != nil {
		return nil, fmt.Errorf("open store %s: %w (hint: a collector's data folder holds %s)", dir, err, databaseFile)
	}
	e := &Embedded{dir: dir}
	e.closing = sync.OnceValue(e.close)
	var err error
	if e.read, err = openForReading(file); err == nil {
		err = sqlite.Current(context.Background(), e.read, "", migrations)
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("open store %s: %w", dir, err), e.release())
	}
	return e, nil
}

// Close folds what it can within a few seconds, ends all work and releases
// the folder. What is not folded stays in the inbox, which is as durable.
// Closing again does nothing and returns the same.
func (e *Embedded) Close() error { return e.closing() }

func (e *Embedded) close() error {
	var err error
	if e.stop != nil && e.ended.Err() == nil {
		err = e.tidy()
	}
	if err := errors.Join(err, e.halt()); err != nil {
		return fmt.Errorf("close store: %w", err)
	}
	return nil
}

// tidy folds as long as closingFold allows, and gives the pages of an inbox
// that was once larger back to the disk.
func (e *Embedded) tidy() error {
	ctx, cancel := context.WithTimeout(context.Background(), closingFold)
	defer cancel()
	err := e.Fold(ctx)
	if err == nil {
		err = e.submit(ctx, func(w *writer) error { return w.dropFolded(ctx) }, nil)
	}
	if err == nil {
		err = e.submit(ctx, func(w *writer) error {
			_, err := w.conn.ExecContext(ctx, "PRAGMA incremental_vacuum")
			return err
		}, nil)
	}
	if errors.Is(err, context.DeadlineExceeded) {
		return nil
	}
	return err
}

// halt ends the goroutines and releases the folder.
func (e *Embedded) halt() error {
	if e.stop != nil {
		e.stop()
		e.running.Wait()
	}
	return e.release()
}

// release closes whatever is open, the lock last.
func (e *Embedded) release() error {
	errs := []error{e.note.close()}
	for _, db := range []*sql.DB{e.read, e.log, e.write, e.lock} {
		if db != nil {
			errs = append(errs, db.Close())
		}
	}
	return errors.Join(errs...)
}
