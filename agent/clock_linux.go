package agent

import (
	"os"
	"syscall"
)

const (
	staUnsync = 0x40 // STA_UNSYNC of adjtimex(2)
	// A service that may not ask the kernel about its clock (ProtectClock=)
	// can still see what systemd-timesyncd leaves here: the folder while it
	// runs, the mark once it has set the clock.
	timesyncFolder = "/run/systemd/timesync"
	timesyncMark   = timesyncFolder + "/synchronized"
)

// kernelClock is what the system says of its clock.
func kernelClock() syncState {
	var state syscall.Timex
	_, err := syscall.Adjtimex(&state)
	switch {
	case err == nil && state.Status&staUnsync != 0:
		return unsynced
	case err == nil:
		return synced
	}
	if _, err := os.Stat(timesyncMark); err == nil {
		return synced
	}
	if _, err := os.Stat(timesyncFolder); err == nil {
		return unsynced
	}
	return syncUnknown
}
