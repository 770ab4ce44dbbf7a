package rights

import (
	"bytes"
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"time"

	"thermie/collector/sqlite"
)

// Entry is one row of the audit log: who did what to what. It holds no
// secret and no figure.
type Entry struct {
	Seq    int64     `json:"seq"`
	At     time.Time `json:"at"`
	Who    string    `json:"who"` // id of the token
	Holder string    `json:"holder"`
	Role   Role      `json:"role"`
	Origin string    `json:"origin"` // address that asked
	Act    string    `json:"act"`
	Object string    `json:"object"`
	Detail string    `json:"detail"`
	Hash   string    `json:"hash"` // of this entry and all before
}

// chained returns the hash that binds the entry to the one before.
func (e Entry) chained(before []byte) []byte {
	e.Hash = ""
	text, _ := json.Marshal(e) // of strings, numbers and a time: cannot fail
	sum := sha256.Sum256(append(bytes.Clone(before), text...))
	return sum[:]
}

// Note adds to the audit log, in the name of ctx's identity.
func (d *Desk) Note(ctx context.Context, act, object, detail string) error {
	// Who went away has still read what was sent.
	ctx = context.WithoutCancel(ctx)
	err := sqlite.Change(ctx, d.db, func(conn *sql.Conn) error {
		return d.append(ctx, conn, Entry{Act: act, Object: object, Detail: detail})
	})
	if err != nil {
		return fmt.Errorf("write the audit log: %w", err)
	}
	return nil
}

// append adds an entry behind the last. The transaction holds the file's
// write lock, so the chain has one end, whoever else writes.
func (d *Desk) append(ctx context.Context, conn *sql.Conn, e Entry) error {
	who := From(ctx)
	e.At, e.Who, e.Holder, e.Role, e.Origin = d.now().UTC().Truncate(time.Second), who.ID, who.Holder, who.Role, originOf(ctx)
	var before []byte
	err := conn.QueryRowContext(ctx, "SELECT seq, hash FROM audit ORDER BY seq DESC LIMIT 1").Scan(&e.Seq, &before)
	if err != nil && err != sql.ErrNoRows {
		return err
	}
	e.Seq++
	_, err = conn.ExecContext(ctx, "INSERT INTO audit VALUES (?,?,?,?,?,?,?,?,?,?)", e.Seq, e.At.Unix(), e.Who, e.Holder, string(e.Role), e.Origin,
		e.Act, e.Object, e.Detail, e.chained(before))
	return err
}

// BrokenChain says where the audit log is not as it was written.
type BrokenChain struct{ Seq int64 }

// Error implements error.
func (b BrokenChain) Error() string {
	return fmt.Sprintf("the audit log was altered: entry %d does not follow from those before it", b.Seq)
}

// Audit hands over every entry, the oldest first, and verifies the chain on
// the way: a BrokenChain comes after the last entry, so that all can be read.
// Entries cut off the end leave no trace in the file: keep the last hash
// elsewhere to notice.
func (d *Desk) Audit(ctx context.Context, each func(Entry) error) error {
	rows, err := d.db.QueryContext(ctx, "SELECT seq, at, who, holder, role, origin, act, object, detail, hash FROM audit ORDER BY seq")
	if err != nil {
		return fmt.Errorf("read the audit log: %w", err)
	}
	defer rows.Close()
	var before []byte
	var broken error
	for next := int64(1); rows.Next(); next++ {
		var e Entry
		var at int64
		var kept []byte
		if err := rows.Scan(&e.Seq, &at, &e.Who, &e.Holder, &e.Role, &e.Origin, &e.Act, &e.Object, &e.Detail, &kept); err != nil {
			return fmt.Errorf("read the audit log: %w", err)
		}
		e.At = time.Unix(at, 0).UTC()
		if broken == nil && (e.Seq != next || !bytes.Equal(e.chained(before), kept)) {
			broken = BrokenChain{e.Seq}
		}
		before, e.Hash = kept, hex.EncodeToString(kept)
		if err := each(e); err != nil {
			return err
		}
	}
	if err := rows.Err(); err != nil {
		return fmt.Errorf("read the audit log: %w", err)
	}
	return broken
}
