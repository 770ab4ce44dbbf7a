package daemon

import (
	"fmt"
	"net"
	"os"
	"strconv"
	"strings"
	"time"
)

// What a service tells its manager; sd_notify(3) has the whole list.
const (
	Ready     = "READY=1"
	Reloading = "RELOADING=1"
	Stopping  = "STOPPING=1"
	Alive     = "WATCHDOG=1"
)

// Status is the line that systemctl status shows.
func Status(format string, args ...any) string {
	line := fmt.Sprintf(format, args...)
	return "STATUS=" + strings.Join(strings.Fields(line), " ")
}

// notifyTimeout bounds the wait for a manager that does not read.
const notifyTimeout = time.Second

// Notify sends states to the service manager as one datagram (sd_notify(3)).
// Where no manager asked for it, it does nothing. The error is for the log:
// a service works on without its manager.
func Notify(states ...string) error {
	socket := os.Getenv("NOTIFY_SOCKET")
	if socket == "" {
		return nil
	}
	conn, err := net.DialUnix("unixgram", nil, &net.UnixAddr{Name: socket, Net: "unixgram"})
	if err != nil {
		return fmt.Errorf("telling the service manager: %w", err)
	}
	defer conn.Close()
	if err := conn.SetWriteDeadline(time.Now().Add(notifyTimeout)); err != nil {
		return fmt.Errorf("telling the service manager: %w", err)
	}
	if _, err := conn.Write([]byte(strings.Join(states, "\n"))); err != nil {
		return fmt.Errorf("telling the service manager: %w", err)
	}
	return nil
}

// WatchdogPeriod is the longest that the manager waits for Alive before it
// restarts the service; 0 where it does not watch this process.
func WatchdogPeriod() time.Duration {
	if pid := os.Getenv("WATCHDOG_PID"); pid != "" && pid != strconv.Itoa(os.Getpid()) {
		return 0
	}
	us, err := strconv.ParseInt(os.Getenv("WATCHDOG_USEC"), 10, 64)
	if err != nil || us <= 0 {
		return 0
	}
	return time.Duration(us) * time.Microsecond
}
