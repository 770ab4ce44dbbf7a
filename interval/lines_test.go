package interval

import (
	"bytes"
	"errors"
	"io"
	"runtime"
	"slices"
	"strings"
	"testing"
	"testing/iotest"
)

func TestReadLines(t *testing.T) {
	long := strings.Repeat("a", 10<<20)
	full := strings.Repeat("b", MaxLine)
	in := "one\n\n# remark\r\ntwo\r\n" + long + "\n" + full + "\n" + full + "\r\n" + full + "b\nlast"
	for name, r := range map[string]io.Reader{
		"at once": strings.NewReader(in), "in halves": iotest.HalfReader(strings.NewReader(in)),
	} {
		t.Run(name, func(t *testing.T) {
			var got []string
			var numbers []int
			err := ReadLines(r, func(number int, line []byte) error {
				got, numbers = append(got, string(line)), append(numbers, number)
				return nil
			})
			if !slices.Equal(got, []string{"one", "two", full, full, "last"}) || !slices.Equal(numbers, []int{1, 4, 6, 7, 9}) {
				t.Errorf("lines %v", numbers)
			}
			var first *LineError
			if !errors.As(err, &first) || first.Number != 5 || !errors.Is(err, ErrLineTooLong) ||
				err.Error() != "line 5: longer than 65536 bytes\nline 8: longer than 65536 bytes" {
				t.Errorf("error %v", err)
			}
		})
	}
}

func TestReadLinesStopsAtAnError(t *testing.T) {
	full := errors.New("disk full")
	var lineError *LineError
	err := ReadLines(strings.NewReader("a\nb\nc\n"), func(number int, _ []byte) error {
		if number == 2 {
			return full
		}
		return nil
	})
	if !errors.As(err, &lineError) || lineError.Number != 2 || !errors.Is(err, full) {
		t.Error(err)
	}
	cut := iotest.TimeoutReader(iotest.OneByteReader(strings.NewReader("a\nb")))
	if err := ReadLines(cut, func(int, []byte) error { return nil }); !errors.Is(err, iotest.ErrTimeout) {
		t.Error(err)
	}
}

func TestReadLinesTakesLittleMemory(t *testing.T) {
	in := bytes.NewReader(bytes.Repeat([]byte("a"), 10<<20))
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	err := ReadLines(in, func(int, []byte) error { return nil })
	runtime.ReadMemStats(&after)
	if used := after.TotalAlloc - before.TotalAlloc; used > 6*MaxLine || err == nil {
		t.Errorf("%d bytes for a line of 10 MB, %v", used, err)
	}
}
