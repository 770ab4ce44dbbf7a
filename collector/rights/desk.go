package rights

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"thermie/collector/sqlite"
)

// Desk knows every right of one collector. It may be used by many at once,
// and beside other processes that open the same file.
type Desk struct {
	db   *sql.DB
	land Land
	now  func() time.Time

	configured map[hash]Identity // tokens whose secrets are files of the configuration
	limits     *limits
	known      atomic.Pointer[book]
	refreshing sync.Mutex
	closed     atomic.Bool
}

// Settings are what a desk is told from outside.
type Settings struct {
	File   string           // of the database; "" keeps it in memory
	Land   Land             // may be nil: then no site lies in a territory
	Now    func() time.Time // nil: time.Now
	Limits Limits
}

// Open opens the desk, making its file where there is none.
func Open(ctx context.Context, s Settings) (*Desk, error) {
	if s.Now == nil {
		s.Now = time.Now
	}
	db, err := openDatabase(ctx, s.File)
	if err != nil {
		return nil, fmt.Errorf("rights: %w", err)
	}
	d := &Desk{db: db, land: s.Land, now: s.Now, configured: map[hash]Identity{}, limits: newLimits(s.Limits)}
	if _, err := d.book(ctx); err != nil {
		db.Close()
		return nil, fmt.Errorf("rights: %w", err)
	}
	return d, nil
}

// Close closes the file. The desk still says what it knew last: the store's
// own work asks for cards, and goes on after the doors are closed.
func (d *Desk) Close() error {
	_, err := d.book(context.Background())
	d.closed.Store(true)
	return errors.Join(err, d.db.Close())
}

// Configure adds a token whose secret stands in a file of the configuration.
func (d *Desk) Configure(secret string, who Identity) error {
	h := hashSecret(secret)
	if other, taken := d.configured[h]; taken {
		return fmt.Errorf("%s and %s have the same token (hint: each needs its own)", other.Holder, who.Holder)
	}
	d.configured[h] = who
	return nil
}

// book is the part of the database that each request needs, in memory.
type book struct {
	version  int64 // SQLite's data_version
	checked  time.Time
	tokens   map[hash]Identity
	consents map[string][]Consent // by site, withdrawn ones included
	released map[string][]Release // received, by site
}

// bookAge is how long a revocation made by another process may wait.
const bookAge = time.Second

// book returns the tokens and consents as they stand. Looking whether they
// changed costs a request a second, not one a request.
func (d *Desk) book(ctx context.Context) (*book, error) {
	b := d.known.Load()
	if b != nil && (d.closed.Load() || d.now().Sub(b.checked).Abs() < bookAge) {
		return b, nil
	}
	d.refreshing.Lock()
	defer d.refreshing.Unlock()
	newer := d.known.Load()
	if newer != nil && newer != b {
		return newer, nil
	}
	b = newer // nil where a right was changed meanwhile
	fresh := &book{checked: d.now()}
	if err := d.db.QueryRowContext(ctx, "PRAGMA data_version").Scan(&fresh.version); err != nil {
		return nil, fmt.Errorf("read the rights: %w", err)
	}
	if b != nil && b.version == fresh.version {
		fresh.tokens, fresh.consents, fresh.released = b.tokens, b.consents, b.released
	} else if err := d.read(ctx, fresh); err != nil {
		return nil, err
	}
	d.known.Store(fresh)
	return fresh, nil
}

// read fills a book from the file.
func (d *Desk) read(ctx context.Context, b *book) error {
	b.tokens, b.consents, b.released = map[hash]Identity{}, map[string][]Consent{}, map[string][]Release{}
	err := d.eachToken(ctx, func(t Token, h hash) {
		if t.Revoked.IsZero() {
			b.tokens[h] = t.Identity
		}
	})
	if err != nil {
		return err
	}
	if err := d.eachConsent(ctx, func(c Consent) { b.consents[c.Site] = append(b.consents[c.Site], c) }); err != nil {
		return err
	}
	received, err := d.Releases(ctx, Received, true)
	for _, r := range received {
		b.released[r.Site] = append(b.released[r.Site], r)
	}
	return err
}

// change writes in the name of ctx's identity, the act noted in the audit log
// in the same transaction: what is not noted does not happen.
func (d *Desk) change(ctx context.Context, act, object, detail string, do func(*sql.Conn) error) error {
	err := sqlite.Change(ctx, d.db, func(conn *sql.Conn) error {
		if err := do(conn); err != nil {
			return err
		}
		return d.append(ctx, conn, Entry{Act: act, Object: object, Detail: detail})
	})
	d.forget()
	return err
}

// forget makes the next request read the file again: our own changes do not
// show in data_version.
func (d *Desk) forget() {
	d.refreshing.Lock()
	defer d.refreshing.Unlock()
	d.known.Store(nil)
}

// May reports whether ctx's identity may read a field of a site by a
// resolution, and why.
func (d *Desk) May(ctx context.Context, site string, f Field, r Resolution) Decision {
	b, err := d.book(ctx)
	if err != nil {
		return Decision{Reason: err.Error()}
	}
	q := d.question(ctx, b, site)
	q.Field, q.Resolution = f, r
	for _, r := range b.released[site] {
		if r.Stands(d.now()) {
			q.hold(r)
		}
	}
	return Decide(q)
}

// Of is how finely ctx's identity may read a field of what one release that
// is held here tells: its own, or what was released to others and somebody
// consented to besides.
func (d *Desk) Of(ctx context.Context, held Release, f Field) Resolution {
	b, err := d.book(ctx)
	if err != nil {
		return Nothing
	}
	q := d.question(ctx, b, held.Site)
	q.Field = f
	q.hold(held)
	return Decide(q).Finest
}

// question is what ctx's identity may ask of a site, but for what was
// released of it.
func (d *Desk) question(ctx context.Context, b *book, site string) Question {
	who := From(ctx)
	q := Question{Who: who, Standing: d.standing(ctx, who, site), Site: site, Consents: inForce(b.consents[site], d.now())}
	if q.Standing == Stranger || q.Standing == Within {
		q.NeverListed = d.neverListed(ctx, site)
	}
	return q
}

func inForce(all []Consent, at time.Time) []Consent {
	return slices.DeleteFunc(slices.Clone(all), func(c Consent) bool { return !c.InForce(at) })
}

// holder returns whose a hash is, at this moment.
func (d *Desk) holder(ctx context.Context, h [sha256.Size]byte) (Identity, bool, error) {
	if who, ok := d.configured[h]; ok {
		return who, true, nil
	}
	b, err := d.book(ctx)
	if err != nil {
		return Identity{}, false, err
	}
	who, ok := b.tokens[h]
	if ok && !who.Expires.IsZero() && !d.now().Before(who.Expires) {
		ok = false
	}
	return who, ok, nil
}
