package rights

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"crypto/x509"
	"database/sql"
	"encoding/base32"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
)

// secretBytes are enough that a plain hash keeps the secret: nobody tries
// 2^256 of them, so there is nothing for a slow hash to slow down.
const secretBytes = 32

// hash is what is kept of a secret.
type hash = [sha256.Size]byte

func hashSecret(secret string) hash { return sha256.Sum256([]byte(secret)) }

// hashCertificate keeps the key, so that a renewed certificate of the same
// key is the same identity.
func hashCertificate(c *x509.Certificate) hash { return sha256.Sum256(c.RawSubjectPublicKeyInfo) }

// Token is a token as it is listed: everything but the secret.
type Token struct {
	Identity
	Created, Revoked time.Time // Revoked zero: stands
}

// CreateToken makes a token for who, whose ID is chosen here, and returns
// the secret, which is kept nowhere.
func (d *Desk) CreateToken(ctx context.Context, who Identity) (made Identity, secret string, err error) {
	secret = "thermie_" + hex.EncodeToString(randomBytes(secretBytes))
	made, err = d.addToken(ctx, who, hashSecret(secret))
	return made, secret, err
}

// RegisterCertificate gives who the identity of a client certificate's key.
// The listener verifies that an authority of its configuration signed it.
func (d *Desk) RegisterCertificate(ctx context.Context, who Identity, c *x509.Certificate) (Identity, error) {
	return d.addToken(ctx, who, hashCertificate(c))
}

func (d *Desk) addToken(ctx context.Context, who Identity, h hash) (Identity, error) {
	if err := who.check(d.now()); err != nil {
		return who, fmt.Errorf("make a token: %w", err)
	}
	who.ID = newID()
	err := d.change(ctx, "token created", who.ID, fmt.Sprintf("%s %s %s %s", who.Role, who.Holder, strings.Join(who.Sites, " "), strings.Join(who.Territories, " ")),
		func(conn *sql.Conn) error {
			_, err := conn.ExecContext(ctx, "INSERT INTO token VALUES (?,?,?,?,?,?,?,?,?,NULL)", who.ID, h[:], string(who.Role), who.Holder,
				strings.Join(who.Sites, " "), strings.Join(who.Territories, " "), who.Convention, d.now().Unix(), unixOrNull(who.Expires))
			return err
		})
	return who, err
}

// check says what a token lacks.
func (i Identity) check(now time.Time) error {
	switch {
	case !slices.Contains(Roles, i.Role):
		return fmt.Errorf("role %q is not one of %v (hint: -role agent -holder NAME -site ID, for instance)", i.Role, Roles)
	case strings.TrimSpace(i.Holder) == "":
		return errors.New("say to whom it is given (hint: -holder NAME)")
	case i.Role == Authority && (len(i.Territories) == 0 || len(i.Sites) > 0):
		return errors.New("an authority's token names its territories and no sites (hint: -territory SIREN)")
	case i.Role == Admin && len(i.Sites)+len(i.Territories) > 0:
		return errors.New("an admin's token names neither sites nor territories")
	case i.Role != Authority && i.Role != Admin && (len(i.Sites) == 0 || len(i.Territories) > 0):
		return fmt.Errorf("the token of an %s names its sites and no territory (hint: -site ID)", i.Role)
	case i.Role == Agent && len(i.Sites) != 1:
		return errors.New("an agent's token names one site")
	case i.Role == Engineer && (i.Convention == "" || i.Expires.IsZero()):
		return errors.New("an engineer reads under a convention that ends (hint: -convention NAME -expires DATE)")
	case !i.Expires.IsZero() && !now.Before(i.Expires):
		return fmt.Errorf("%s has passed", i.Expires.Format(time.DateOnly))
	}
	return nil
}

// RevokeToken ends a token. Requests that are being answered end as they
// began; the next one is refused.
func (d *Desk) RevokeToken(ctx context.Context, id string) error {
	return d.change(ctx, "token revoked", id, "", func(conn *sql.Conn) error {
		return one(conn.ExecContext(ctx, "UPDATE token SET revoked = ? WHERE id = ? AND revoked IS NULL", d.now().Unix(), id))(
			fmt.Errorf("no token %q stands (hint: thermie token list)", id))
	})
}

// Tokens lists all tokens ever made, the oldest first.
func (d *Desk) Tokens(ctx context.Context) ([]Token, error) {
	var all []Token
	err := d.eachToken(ctx, func(t Token, _ hash) { all = append(all, t) })
	return all, err
}

func (d *Desk) eachToken(ctx context.Context, each func(Token, hash)) error {
	rows, err := d.db.QueryContext(ctx, "SELECT id, hash, role, holder, sites, territories, convention, created, expires, revoked FROM token ORDER BY created, id")
	if err != nil {
		return fmt.Errorf("read the tokens: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var t Token
		var h []byte
		var sites, territories string
		var created int64
		var expires, revoked sql.NullInt64
		if err := rows.Scan(&t.ID, &h, &t.Role, &t.Holder, &sites, &territories, &t.Convention, &created, &expires, &revoked); err != nil {
			return fmt.Errorf("read the tokens: %w", err)
		}
		t.Sites, t.Territories = strings.Fields(sites), strings.Fields(territories)
		t.Created, t.Expires, t.Revoked = time.Unix(created, 0).UTC(), timeOrZero(expires), timeOrZero(revoked)
		each(t, hash(h))
	}
	return rows.Err()
}

// newID is a name for a token or a consent that can be read over a telephone.
func newID() string {
	return strings.ToLower(base32.StdEncoding.EncodeToString(randomBytes(5)))
}

func randomBytes(n int) []byte {
	b := make([]byte, n)
	rand.Read(b) // never fails: it ends the program if the system has none
	return b
}

func unixOrNull(t time.Time) any {
	if t.IsZero() {
		return nil
	}
	return t.Unix()
}

func timeOrZero(n sql.NullInt64) time.Time {
	if !n.Valid {
		return time.Time{}
	}
	return time.Unix(n.Int64, 0).UTC()
}

// one returns what to answer for a change that must have met one row.
func one(result sql.Result, err error) func(none error) error {
	return func(none error) error {
		if err != nil {
			return err
		}
		if n, err := result.RowsAffected(); err != nil || n == 1 {
			return err
		}
		return none
	}
}
