package rights

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"time"
)

// ReleaseKey is the public key of an operator's collector, with the sites
// that it may speak for.
type ReleaseKey struct {
	ID               string
	Public           []byte
	Holder           string
	Sites            []string
	Created, Revoked time.Time
}

// ErrNoKey is returned for a key that is not registered or was revoked.
var ErrNoKey = errors.New("this key is not registered here (hint: thermie release trust -key KEY -holder NAME -site ID)")

// Trust registers a key; the same key again gets another holder and sites.
func (d *Desk) Trust(ctx context.Context, k ReleaseKey) error {
	if k.Holder == "" || len(k.Sites) == 0 {
		return errors.New("say whose key it is and which sites it speaks for (hint: -holder NAME -site ID)")
	}
	sites := strings.Join(k.Sites, " ")
	return d.change(ctx, "release key trusted", k.ID, k.Holder+" "+sites, func(conn *sql.Conn) error {
		_, err := conn.ExecContext(ctx, `INSERT INTO release_key VALUES (?,?,?,?,?,NULL)
			ON CONFLICT (id) DO UPDATE SET holder = excluded.holder, sites = excluded.sites, revoked = NULL`,
			k.ID, k.Public, k.Holder, sites, d.now().Unix())
		return err
	})
}

// Distrust ends a key. What it signed before stays in use: revoke that by
// release.
func (d *Desk) Distrust(ctx context.Context, id string) error {
	return d.change(ctx, "release key revoked", id, "", func(conn *sql.Conn) error {
		return one(conn.ExecContext(ctx, "UPDATE release_key SET revoked = ? WHERE id = ? AND revoked IS NULL", d.now().Unix(), id))(
			fmt.Errorf("no key %q stands", id))
	})
}

// ReleaseKey returns a key that stands, or ErrNoKey.
func (d *Desk) ReleaseKey(ctx context.Context, id string) (ReleaseKey, error) {
	k := ReleaseKey{ID: id}
	var sites string
	err := d.db.QueryRowContext(ctx, "SELECT public, holder, sites FROM release_key WHERE id = ? AND revoked IS NULL", id).Scan(&k.Public, &k.Holder, &sites)
	if errors.Is(err, sql.ErrNoRows) {
		return k, fmt.Errorf("key %s: %w", id, ErrNoKey)
	}
	k.Sites = strings.Fields(sites)
	return k, err
}
