package release

import (
	"context"
	"crypto/ed25519"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"thermie/collector/rights"
)

// Receiver is what a collector says of itself to take a release in.
type Receiver struct {
	Desk      *rights.Desk
	Territory func(siren string) bool         // is one of this collector's
	OwnSite   func(site string) (bool, error) // sends its intervals here itself
	Now       func() time.Time
}

// The refusals of a release that is well-formed and signed.
var (
	ErrNotForUs    = errors.New("this release is for another collector")
	ErrForeignSite = errors.New("this key does not speak for that site")
	ErrOwnSite     = errors.New("this collector has the site's own intervals, and a release would hide them")
	ErrClock       = errors.New("the release comes from the future: is one of the two clocks wrong?")
	ErrExpired     = errors.New("the release has expired")
)

// ErrNotKept is the error of a release that nothing is wrong with and that
// could not be looked at or kept all the same: it may be sent again.
var ErrNotKept = errors.New("this collector cannot keep a release now")

// maxSkew is how far ahead another collector's clock may be.
const maxSkew = 24 * time.Hour

// TakeIn verifies a signed file and keeps it, or does what its revocation
// says. The extract comes back with rights.ErrSameRelease too.
func (r Receiver) TakeIn(ctx context.Context, file []byte) (*Extract, error) {
	signed, err := Split(file)
	if err != nil {
		return nil, err
	}
	key, err := r.Desk.ReleaseKey(ctx, signed.KeyID)
	if err != nil {
		return nil, ours(err)
	}
	e, err := signed.Verify(ed25519.PublicKey(key.Public))
	if err != nil {
		return nil, err
	}
	if err := r.accepts(e, key); err != nil {
		return nil, err
	}
	kept := e.kept(rights.Received, key.ID, file)
	// The act is the operator's, whoever carried the file.
	ctx = rights.With(ctx, rights.Identity{ID: "key " + key.ID, Holder: key.Holder, Role: rights.Operator})
	if e.Revokes {
		return e, ours(r.Desk.Recall(ctx, kept))
	}
	return e, ours(r.Desk.Keep(ctx, kept))
}

// ours says of an error of the desk whose it is: what the desk has against
// the release is the sender's.
func ours(err error) error {
	for _, theirs := range []error{rights.ErrNoKey, rights.ErrOldRelease, rights.ErrSameRelease} {
		if err == nil || errors.Is(err, theirs) {
			return err
		}
	}
	return fmt.Errorf("%w: %w", ErrNotKept, err)
}

// accepts holds the release against this collector and its clock. A
// revocation is honoured whatever its date.
func (r Receiver) accepts(e *Extract, key rights.ReleaseKey) error {
	kind, name, _ := strings.Cut(e.To, ":")
	if !slices.Contains(key.Sites, e.Site) {
		return fmt.Errorf("site %s, key %s of %s: %w", e.Site, key.ID, key.Holder, ErrForeignSite)
	}
	if e.Revokes {
		return nil
	}
	own, err := r.OwnSite(e.Site)
	switch now := r.Now(); {
	case err != nil:
		return ours(err)
	case kind == string(rights.Authority) && !r.Territory(name):
		return fmt.Errorf("to %s: %w", e.To, ErrNotForUs)
	case own:
		return fmt.Errorf("site %s: %w", e.Site, ErrOwnSite)
	case e.Prepared.After(now.Add(maxSkew)) || e.Serial > now.Add(maxSkew).UnixMilli():
		return fmt.Errorf("prepared %s: %w", e.Prepared.Format(time.RFC3339), ErrClock)
	case !e.Expires.IsZero() && !now.Before(e.Expires):
		return fmt.Errorf("on %s: %w", e.Expires.Format(time.DateOnly), ErrExpired)
	}
	return nil
}

// kept is the extract as the desk keeps it.
func (e *Extract) kept(way rights.Direction, key string, file []byte) rights.Release {
	return rights.Release{Direction: way, Site: e.Site, To: e.To, Serial: e.Serial, Year: e.Year, Fields: e.Fields, Key: key, File: file, Expires: e.Expires}
}

// Record keeps at the operator's what was signed, so that it can be listed,
// sent again and revoked.
func Record(ctx context.Context, desk *rights.Desk, file []byte) (*Extract, error) {
	signed, err := Split(file)
	if err != nil {
		return nil, err
	}
	e, err := Unmarshal(signed.Body)
	if err != nil {
		return nil, err
	}
	if e.Revokes {
		return e, desk.Recall(ctx, e.kept(rights.Sent, signed.KeyID, file))
	}
	err = desk.Keep(ctx, e.kept(rights.Sent, signed.KeyID, file))
	if errors.Is(err, rights.ErrSameRelease) {
		err = nil
	}
	return e, err
}

// Open reads a file that was verified when it came.
func Open(file []byte) (*Extract, error) {
	signed, err := Split(file)
	if err != nil {
		return nil, err
	}
	return Unmarshal(signed.Body)
}

// Revocation is the notice that ends every release of a site to an audience.
// Its serial is above all that desk sent before, whatever the clock says.
func Revocation(ctx context.Context, desk *rights.Desk, site, to string, now time.Time) (*Extract, error) {
	e := &Extract{Format: Format, Site: site, To: to, Revokes: true, Serial: now.UnixMilli(), Prepared: now.UTC().Truncate(time.Second)}
	sent, err := desk.Releases(ctx, rights.Sent, false)
	for _, r := range sent {
		if r.Site == site && r.To == to {
			e.Serial = max(e.Serial, r.Serial+1)
		}
	}
	return e, errors.Join(err, e.Check())
}
