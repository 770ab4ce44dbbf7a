package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"time"
)

// How long a server may take to listen, and to end.
const (
	startTime = 2 * time.Minute
	stopTime  = time.Minute
)

// server is a running process with its folder.
type server struct {
	process     *exec.Cmd
	ended       chan struct{}
	dir         string
	url, tokens string
	log         *os.File
}

// start runs a server on an empty folder and waits until it listens.
func (e engine) start(ctx context.Context, p *plan) (_ *server, err error) {
	address, err := freeAddress()
	if err != nil {
		return nil, err
	}
	s := &server{url: "http://" + address, ended: make(chan struct{})}
	if s.dir, err = os.MkdirTemp(p.dir, e.name+"-"); err != nil {
		return nil, err
	}
	program, args, err := e.command(p, s.dir, address)
	if err != nil {
		return nil, err
	}
	if e.folds {
		s.tokens = filepath.Join(s.dir, "tokens")
	}
	if _, err := exec.LookPath(program); err != nil {
		return nil, fmt.Errorf("%s: %w (hint: %s)", e.name, errNotInstalled, e.install)
	}
	if s.log, err = os.Create(filepath.Join(s.dir, "log")); err != nil {
		return nil, err
	}
	s.process = exec.Command(program, args...)
	s.process.Stdout, s.process.Stderr = s.log, s.log
	if err := s.process.Start(); err != nil {
		return nil, errors.Join(err, s.log.Close())
	}
	go func() {
		_ = s.process.Wait() // what it was is in its log
		close(s.ended)
	}()
	if err := s.listens(ctx, address); err != nil {
		return nil, errors.Join(err, s.stop())
	}
	if e.prepare != nil {
		if err := e.prepare(ctx, s.url); err != nil {
			return nil, errors.Join(err, s.stop())
		}
	}
	return s, nil
}

// listens waits until the server can be reached.
func (s *server) listens(ctx context.Context, address string) error {
	late := time.After(startTime)
	for {
		if c, err := net.Dial("tcp", address); err == nil {
			return c.Close()
		}
		select {
		case <-time.After(50 * time.Millisecond):
		case <-ctx.Done():
			return ctx.Err()
		case <-s.ended:
			return fmt.Errorf("ended before it listened: %s", s.said())
		case <-late:
			return fmt.Errorf("does not listen after %v: %s", startTime, s.said())
		}
	}
}

// said is the end of its log.
func (s *server) said() string {
	text, _ := os.ReadFile(s.log.Name())
	return strings.TrimSpace(string(text[max(0, len(text)-1000):]))
}

// peakMB is the most memory that the process had, where the system tells
// (Linux); else 0.
func (s *server) peakMB() (mb float64) {
	file, err := os.Open(fmt.Sprintf("/proc/%d/status", s.process.Process.Pid))
	if err != nil {
		return 0
	}
	defer file.Close()
	for lines := bufio.NewScanner(file); lines.Scan(); {
		var kib float64
		if n, _ := fmt.Sscanf(lines.Text(), "VmHWM: %f kB", &kib); n == 1 {
			return kib * 1024 / 1e6
		}
	}
	return 0
}

// ticks are those of proc_pid_stat(5), a second.
const ticks = 100

// processorTime is what the process has used since its start, where the
// system tells (Linux); else 0. On a machine that others use too it says more
// than a rate.
func (s *server) processorTime() time.Duration {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", s.process.Process.Pid))
	if err != nil {
		return 0
	}
	_, numbers, _ := strings.Cut(string(text), ") ")
	fields := strings.Fields(numbers) // from the third on
	var user, system int64
	if len(fields) < 13 {
		return 0
	}
	if _, err := fmt.Sscan(fields[11]+" "+fields[12], &user, &system); err != nil {
		return 0
	}
	return time.Duration(user+system) * time.Second / ticks
}

// stop ends the process and removes its folder, to make room for the next.
func (s *server) stop() error {
	_ = s.process.Process.Signal(syscall.SIGTERM) // it may have ended
	select {
	case <-s.ended:
	case <-time.After(stopTime):
		_ = s.process.Process.Kill()
		<-s.ended
	}
	return errors.Join(s.log.Close(), os.RemoveAll(s.dir))
}
