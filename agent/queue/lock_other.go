//go:build !unix

package queue

import "os"

// lockFile does nothing where there is no flock: two agents on one folder
// are then not noticed.
func lockFile(*os.File) error { return nil }
