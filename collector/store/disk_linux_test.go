package store

import (
	"bytes"
	"context"
	"errors"
	"os"
	"os/exec"
	"slices"
	"strings"
	"syscall"
	"testing"

	"thermie/interval"
)

// smallDisk names the folder on which a helper process mounts a disk.
const smallDisk = "THERMIE_TEST_SMALL_DISK"

// onSmallDisk runs a helper test in a process of its own that may mount one.
func onSmallDisk(t *testing.T, helper string) {
	t.Helper()
	child := exec.Command(os.Args[0], "-test.run=^"+helper+"$", "-test.v")
	child.Env = append(os.Environ(), smallDisk+"="+t.TempDir())
	child.SysProcAttr = &syscall.SysProcAttr{
		Cloneflags:  syscall.CLONE_NEWUSER | syscall.CLONE_NEWNS,
		UidMappings: []syscall.SysProcIDMap{{HostID: os.Getuid(), Size: 1}},
		GidMappings: []syscall.SysProcIDMap{{HostID: os.Getgid(), Size: 1}},
	}
	out, err := child.CombinedOutput()
	switch {
	case errors.Is(err, syscall.EPERM) || bytes.Contains(out, []byte("cannot mount")):
		t.Skipf("skipped: this system lets no user mount a small file system: %v %s", err, out)
	case err != nil:
		t.Errorf("%v\n%s", err, out)
	}
}

func mountSmall(t *testing.T) (dir string) {
	t.Helper()
	if dir = os.Getenv(smallDisk); dir == "" {
		t.Skip("helper of another test")
	}
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, "size=3m"); err != nil {
		t.Skipf("cannot mount: %v", err)
	}
	return dir
}

func remount(t *testing.T, dir string, flags uintptr, options string) {
	t.Helper()
	if err := syscall.Mount("tmpfs", dir, "tmpfs", syscall.MS_REMOUNT|flags, options); err != nil {
		t.Fatal(err)
	}
}

// A disk that fills up under load: nothing is acknowledged that is not
// stored, reading goes on, and with more room so does everything else.
func TestAFullDiskLosesNothing(t *testing.T) { onSmallDisk(t, "TestHelperFullDisk") }

func TestHelperFullDisk(t *testing.T) {
	dir := mountSmall(t)
	e, err := OpenEmbedded(dir)
	if err != nil {
		t.Fatal(err)
	}
	var acknowledged []interval.Record
	give := func(number int64) error {
		b := crashBatch(number)
		err := e.Append(context.Background(), b)
		if err == nil {
			acknowledged = append(acknowledged, b.Records...)
		}
		return err
	}
	number := int64(0)
	for ; err == nil; number++ {
		err = give(number)
	}
	if !strings.Contains(err.Error(), "full") {
		t.Errorf("a full disk says: %v", err)
	}
	if got := recordsOf(t, e); !slices.EqualFunc(got, acknowledged, interval.Record.Same) {
		t.Fatalf("on the full disk %d of %d intervals are read", len(got), len(acknowledged))
	}
	if err := foldAll(e); err == nil {
		t.Log("the fold found room")
	}
	// The collector restarts on the full disk, or says why it cannot.
	if err := e.Close(); err != nil {
		t.Log(err)
	}
	if e, err = OpenEmbedded(dir); err != nil {
		t.Log(err)
	} else if err := e.Close(); err != nil {
		t.Log(err)
	}
	remount(t, dir, 0, "size=64m")
	if e, err = OpenEmbedded(dir); err != nil {
		t.Fatal(err)
	}
	for ; number < 100; number++ {
		if err := give(number); err != nil {
			t.Fatal(err)
		}
	}
	if err := errors.Join(foldAll(e), restateAll(e)); err != nil {
		t.Fatal(err)
	}
	got := recordsOf(t, e)
	if !slices.EqualFunc(got, acknowledged, interval.Record.Same) {
		t.Errorf("with more room %d of %d intervals are read", len(got), len(acknowledged))
	}
	if faults := verifyFaults(t, e); faults != "" {
		t.Error(faults)
	}
	if err := e.Close(); err != nil {
		t.Error(err)
	}
}

// A file system that turns read-only, as one does whose disk fails: appends
// are refused, and nothing that was acknowledged is lost.
func TestAReadOnlyDiskLosesNothing(t *testing.T) { onSmallDisk(t, "TestHelperReadOnlyDisk") }

func TestHelperReadOnlyDisk(t *testing.T) {
	dir := mountSmall(t)
	e, err := OpenEmbedded(dir)
	if err != nil {
		t.Fatal(err)
	}
	acknowledged := crashBatch(0)
	if err := e.Append(context.Background(), acknowledged); err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(foldAll(e), e.Close()); err != nil {
		t.Fatal(err)
	}
	remount(t, dir, syscall.MS_RDONLY, "size=3m")
	if e, err := OpenEmbedded(dir); err == nil {
		e.Close()
		t.Error("a store on a read-only disk opens for writing")
	} else if !strings.Contains(err.Error(), "hint") {
		t.Errorf("it says: %v", err)
	}
	remount(t, dir, 0, "size=3m")
	if e, err = OpenEmbedded(dir); err != nil {
		t.Fatal(err)
	}
	defer e.Close()
	if got := recordsOf(t, e); !slices.EqualFunc(got, acknowledged.Records, interval.Record.Same) {
		t.Errorf("%d intervals are left", len(got))
	}
}
