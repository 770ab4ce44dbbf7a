//go:build !unix

package durable

// SyncFolder does nothing where a folder cannot be synced.
func SyncFolder(string) error { return nil }
