package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// fruit is a database that has had two versions: the second parts a column.
var fruit = []Step{
	{Tables: "CREATE TABLE fruit (name TEXT); INSERT INTO fruit VALUES ('pear, green')"},
	{
		Tables: "ALTER TABLE fruit RENAME TO old; CREATE TABLE fruit (name TEXT, colour TEXT);",
		Move: func(ctx context.Context, conn *sql.Conn) error {
			var both string
			if err := conn.QueryRowContext(ctx, "SELECT name FROM old").Scan(&both); err != nil {
				return err
			}
			name, colour, _ := strings.Cut(both, ", ")
			_, err := conn.ExecContext(ctx, "INSERT INTO fruit VALUES (?, ?)", name, colour)
			return err
		},
		After: "DROP TABLE old;",
	},
}

func opened(t *testing.T, file string) *sql.DB {
	t.Helper()
	db, err := Open(file, Shared(2))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	if err := db.Ping(); err != nil {
		t.Fatal(err)
	}
	return db
}

func brought(t *testing.T, file string, steps []Step) *sql.DB {
	t.Helper()
	db := opened(t, file)
	if err := Migrate(t.Context(), db, steps); err != nil {
		t.Fatal(err)
	}
	return db
}

func colours(t *testing.T, db Querier) (all string) {
	t.Helper()
	if err := db.QueryRowContext(t.Context(), "SELECT group_concat(colour) FROM fruit").Scan(&all); err != nil {
		t.Fatal(err)
	}
	return all
}

// The folder of a new file is closed to other users, as what is in it is.
func TestAFileIsMadeWithItsFolder(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "not", "yet")
	brought(t, filepath.Join(dir, "fruit.db"), fruit)
	if info, err := os.Stat(dir); err != nil || info.Mode().Perm() != 0o700 {
		t.Errorf("the folder is %v, %v", info, err)
	}
}

func TestAReaderMakesNothing(t *testing.T) {
	file := filepath.Join(t.TempDir(), "not", "fruit.db")
	db, err := Open(file, Settings{ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if err := Current(t.Context(), db, "", fruit); err == nil {
		t.Error("a file that is not there has a version")
	}
	if _, err := os.Stat(filepath.Dir(file)); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("the folder was made: %v", err)
	}
}

func TestAnOldFileIsBroughtUpToDate(t *testing.T) {
	file := filepath.Join(t.TempDir(), "fruit #1?.db")
	old := brought(t, file, fruit[:1])
	if err := Current(t.Context(), old, "", fruit); err == nil || !strings.Contains(err.Error(), "start this version's collector") {
		t.Errorf("a reader of the old file: %v", err)
	}
	db := brought(t, file, fruit)
	if got := colours(t, brought(t, file, fruit)); got != "green" {
		t.Errorf("brought twice it holds %q", got)
	}
	if err := Current(t.Context(), db, "", fruit); err != nil {
		t.Errorf("a reader of the new file: %v", err)
	}
	for what, err := range map[string]error{"write": Migrate(t.Context(), old, fruit[:1]), "read": Current(t.Context(), old, "", fruit[:1])} {
		if err == nil || !strings.Contains(err.Error(), "newer program") {
			t.Errorf("the old program, to %s: %v", what, err)
		}
	}
}

func TestOfTwoThatOpenAtOnceOneBringsItUp(t *testing.T) {
	file := filepath.Join(t.TempDir(), "fruit.db")
	first, second := opened(t, file), opened(t, file)
	done := make(chan error)
	for _, db := range []*sql.DB{first, second} {
		go func() { done <- Migrate(t.Context(), db, fruit) }()
	}
	if err := errors.Join(<-done, <-done); err != nil {
		t.Fatal(err)
	}
	if got := colours(t, second); got != "green" {
		t.Errorf("it holds %q", got)
	}
}

func TestAStepThatFailsLeavesTheFileAsItWas(t *testing.T) {
	file := filepath.Join(t.TempDir(), "fruit.db")
	brought(t, file, fruit[:1])
	broken := fruit[1]
	broken.After = "DROP TABLE nothing;"
	err := Migrate(t.Context(), opened(t, file), []Step{fruit[0], broken})
	if err == nil || !strings.Contains(err.Error(), "from version 1 to 2") {
		t.Errorf("the step: %v", err)
	}
	if got := colours(t, brought(t, file, fruit)); got != "green" {
		t.Errorf("afterwards it holds %q", got)
	}
}

// What a change did not finish is not there, and the next one can begin.
func TestAnErrorOrAPanicUndoesAChange(t *testing.T) {
	for _, file := range []string{"", filepath.Join(t.TempDir(), "fruit.db")} {
		db := brought(t, file, fruit)
		rot := func(conn *sql.Conn) {
			if _, err := conn.ExecContext(t.Context(), "UPDATE fruit SET colour = 'brown'"); err != nil {
				t.Fatal(err)
			}
		}
		bad := errors.New("bad")
		if err := Change(t.Context(), db, func(conn *sql.Conn) error { rot(conn); return bad }); err != bad {
			t.Errorf("the error is %v", err)
		}
		func() {
			defer func() { _ = recover() }()
			_ = Change(t.Context(), db, func(conn *sql.Conn) error { rot(conn); panic("bad") })
		}()
		ctx, cancel := context.WithCancel(t.Context())
		err := Change(ctx, db, func(conn *sql.Conn) error {
			rot(conn)
			cancel()
			_, err := conn.ExecContext(ctx, "UPDATE fruit SET name = 'apple'")
			return err
		})
		if !errors.Is(err, context.Canceled) {
			t.Errorf("a change that was called off: %v", err)
		}
		if got := colours(t, db); got != "green" {
			t.Errorf("the pear is %s", got)
		}
	}
}

func TestWhatIsDamagedIsNotSound(t *testing.T) {
	file := filepath.Join(t.TempDir(), "fruit.db")
	db := brought(t, file, fruit)
	for i := range 2000 {
		if _, err := db.Exec("INSERT INTO fruit VALUES (?, 'red')", fmt.Sprintf("apple %d", i)); err != nil {
			t.Fatal(err)
		}
	}
	if err := Sound(t.Context(), db); err != nil {
		t.Errorf("a sound file: %v", err)
	}
	db.Close()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	copy(data[len(data)-6000:], make([]byte, 5000))
	if err := os.WriteFile(file, data, 0o600); err != nil {
		t.Fatal(err)
	}
	read, err := Open(file, Settings{ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	defer read.Close()
	if err := Sound(t.Context(), read); err == nil {
		t.Error("a damaged file is sound")
	}
}
