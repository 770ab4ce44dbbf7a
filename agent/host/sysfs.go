package host

import (
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"
)

// readText reads one of the kernel's small files.
func readText(file string) (string, error) {
	f, err := os.Open(file)
	if err != nil {
		return "", err
	}
	defer f.Close()
	text, err := io.ReadAll(io.LimitReader(f, 256))
	return strings.TrimSpace(string(text)), err
}

// readLine reads the first line of one.
func readLine(file string) (string, error) {
	text, err := readText(file)
	line, _, _ := strings.Cut(text, "\n")
	return line, err
}

// readCount reads a file that holds a count.
func readCount(file string) (uint64, error) {
	text, err := readText(file)
	if err != nil {
		return 0, err
	}
	n, err := strconv.ParseUint(text, 10, 64)
	if err != nil {
		return 0, fmt.Errorf("%s holds %.20q, not a count", file, text)
	}
	return n, nil
}

// readScaled reads a sensor in its own small unit: m°C by 1e3, µW by 1e6.
func readScaled(file string, scale float64) (float64, error) {
	text, err := readText(file)
	if err != nil {
		return 0, err
	}
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil {
		return 0, fmt.Errorf("%s holds %.20q, not a number", file, text)
	}
	return float64(n) / scale, nil
}
