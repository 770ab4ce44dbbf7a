package durable

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"syscall"
	"testing"
)

const nobody = 65534

// asNobody runs do without root's right to open everything, which holds for
// this thread alone.
func asNobody(do func()) {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	syscall.RawSyscall(syscall.SYS_SETFSUID, nobody, 0, 0)
	defer syscall.RawSyscall(syscall.SYS_SETFSUID, uintptr(os.Geteuid()), 0, 0)
	do()
}

// In a folder that may be written to but not opened, a file can be put in its
// place, but nobody can say that it will still be there after a power cut.
func TestAFolderThatCannotBeSyncedIsSaid(t *testing.T) {
	t.Chdir(t.TempDir()) // whose parents are root's alone
	const dir = "state"
	if err := os.Mkdir(dir, 0o300); err != nil {
		t.Fatal(err)
	}
	act := func(do func()) { do() }
	if os.Geteuid() == 0 {
		act = asNobody
		if err := os.Chown(dir, nobody, nobody); err != nil {
			t.Fatal(err)
		}
	}
	var written, renamed error
	act(func() {
		written = WriteFile(filepath.Join(dir, "key"), []byte("a key"), 0o600)
		renamed = Rename(filepath.Join(dir, "key"), filepath.Join(dir, "other"))
	})
	if !errors.Is(written, fs.ErrPermission) || !errors.Is(renamed, fs.ErrPermission) {
		t.Errorf("written: %v; renamed: %v", written, renamed)
	}
}
