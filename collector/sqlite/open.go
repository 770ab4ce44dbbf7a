package sqlite

import (
	"database/sql"
	"fmt"
	"net/url"
	"os"
	"path/filepath"

	_ "modernc.org/sqlite" // registers the driver "sqlite"
)

// Settings say how a file is opened.
type Settings struct {
	Connections int      // at most so many at once; 0: no limit
	ReadOnly    bool     // the file must be there, and cannot be changed
	Pragmas     []string // run on each new connection, as "busy_timeout(5000)"
}

// Shared are the settings of a file that several processes write: a commit is
// on the disk when it returns, and waits ten seconds for those of others.
func Shared(connections int) Settings {
	return Settings{Connections: connections, Pragmas: []string{"busy_timeout(10000)", "journal_mode(WAL)", "synchronous(FULL)"}}
}

// Open opens a file, and makes it and its folder where there is none. No name
// is a database in memory, of one connection, that is gone when it is closed.
func Open(file string, s Settings) (*sql.DB, error) {
	if file == "" {
		return open(":memory:", 1)
	}
	if !s.ReadOnly {
		if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
			return nil, fmt.Errorf("%w (hint: may this user write there, and is the file system mounted for writing?)", err)
		}
	}
	uri, err := URI(file, s)
	if err != nil {
		return nil, err
	}
	return open(uri, s.Connections)
}

func open(name string, connections int) (*sql.DB, error) {
	db, err := sql.Open("sqlite", name)
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(connections)
	db.SetMaxIdleConns(connections)
	return db, nil
}

// URI is the name by which SQLite opens a file in this way, as ATTACH takes it
// too.
func URI(file string, s Settings) (string, error) {
	path, err := filepath.Abs(file)
	if err != nil {
		return "", err
	}
	query := url.Values{}
	if s.ReadOnly {
		query.Set("mode", "ro")
	}
	if len(s.Pragmas) > 0 {
		query["_pragma"] = s.Pragmas
	}
	return (&url.URL{Scheme: "file", Path: filepath.ToSlash(path), RawQuery: query.Encode()}).String(), nil
}
