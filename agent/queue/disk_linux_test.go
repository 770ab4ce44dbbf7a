package queue

import (
	"bytes"
	"errors"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"testing"
)

const smallDisk = "THERMIE_TEST_SMALL_DISK"

// A real file system of 256 kB is filled, in a process of its own that may
// mount one.
func TestAFullDiskLosesNothing(t *testing.T) {
	child := exec.Command(os.Args[0], "-test.run=^TestHelperFullDisk$", "-test.v")
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

func TestHelperFullDisk(t *testing.T) {
	dir := os.Getenv(smallDisk)
	if dir == "" {
		t.Skip("helper of TestAFullDiskLosesNothing")
	}
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, "size=256k"); err != nil {
		t.Skipf("cannot mount: %v", err)
	}
	q := openTestQueue(t, dir, Options{SegmentBytes: 20 << 10})
	const each = 20
	accepted := 1
	try := func() error {
		lines := append(bytes.Join(wireLines(accepted, accepted+each), nl), '\n')
		err := q.Append(lines, said("baselines"))
		if err == nil {
			accepted += each
		}
		return err
	}
	var err error
	for err == nil {
		err = try()
	}
	if !errors.Is(err, syscall.ENOSPC) || !strings.Contains(err.Error(), "free space") {
		t.Errorf("a full disk says: %v", err)
	}
	for range 5 {
		if try() == nil {
			t.Error("a full disk took lines")
		}
	}
	// The agent restarts on the full disk; everything accepted is there, and
	// what is acknowledged makes room.
	if err := q.Close(); err != nil {
		t.Fatal(err)
	}
	q = openTestQueue(t, dir, Options{SegmentBytes: 20 << 10})
	if string(q.Baselines()) != "baselines" {
		t.Errorf("baselines %q", q.Baselines())
	}
	b, err := q.Next(100 << 10)
	if err != nil {
		t.Fatal(err)
	}
	wantLines(t, b.Lines, wireLines(1, 1+len(b.Lines)))
	if err := q.Ack(b); err != nil {
		t.Fatal(err)
	}
	if err := try(); err != nil {
		t.Errorf("after room was made: %v", err)
	}
	wantLines(t, takeAll(t, q), wireLines(1+len(b.Lines), accepted))
	if len(files(t, dir, "*.corrupt")) > 0 {
		t.Error("a full disk left damage")
	}
}
