package queue

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"strconv"
)

// position keeps on disk the number of the last acknowledged line. Its file
// has two slots, written in turn and in place: a write that a power cut tears
// leaves the other slot, and a full disk can still be emptied, because
// nothing new is allocated. With both slots gone everything that is still
// queued is sent again, which the receiver's keys make harmless.
type position struct {
	file *os.File
	turn int64
}

const slotForm = "acknowledged %020d sum=%08x\n"

var slotSize = int64(len(slot(0)))

func slot(number uint64) []byte {
	digits := fmt.Sprintf("%020d", number)
	return fmt.Appendf(nil, slotForm, number, checksum([]byte(digits)))
}

// openPosition opens the file, made if absent, and returns the number in it;
// 0 when there is none that can be believed.
func openPosition(path string) (*position, uint64, error) {
	file, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o640)
	if err != nil {
		return nil, 0, err
	}
	number, turn := readPosition(file)
	return &position{file, turn}, number, nil
}

// readPosition returns the newest number that can be believed, and the slot
// to be written next.
func readPosition(file io.ReaderAt) (number uint64, turn int64) {
	both := make([]byte, 2*slotSize)
	n, _ := file.ReadAt(both, 0) // a short or failing read is a slot that is not believed
	for i := range int64(2) {
		if there, ok := parseSlot(both[min(int64(n), i*slotSize):min(int64(n), (i+1)*slotSize)]); ok && there >= number {
			number, turn = there, 1-i
		}
	}
	return number, turn
}

func parseSlot(b []byte) (uint64, bool) {
	fields := bytes.Fields(b)
	if len(fields) != 3 {
		return 0, false
	}
	number, err := strconv.ParseUint(string(fields[1]), 10, 64)
	return number, err == nil && number <= maxLineNumber && bytes.Equal(b, slot(number))
}

// store makes number durable.
func (p *position) store(number uint64) error {
	_, err := p.file.WriteAt(slot(number), p.turn*slotSize)
	if err = errors.Join(err, p.file.Sync()); err != nil {
		return fmt.Errorf("store the acknowledged position: %w", err)
	}
	p.turn = 1 - p.turn
	return nil
}

func (p *position) close() error { return p.file.Close() }
