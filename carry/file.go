package carry

import (
	"archive/zip"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
)

// A carried file is a zip archive that any tool opens: the lines as they go
// over the wire, and the seal.
const (
	linesEntry = "lines.txt"
	sealEntry  = "seal.txt"
)

// Write writes a carried file. s says whose it is and what it follows; lines
// writes one line after the other through put. The same lines and key give
// the same bytes.
func Write(out io.Writer, s Seal, key ed25519.PrivateKey, lines func(put func(line []byte) error) error) (Seal, error) {
	archive := zip.NewWriter(out)
	entry, err := archive.Create(linesEntry)
	if err != nil {
		return s, err
	}
	sum := sha256.New()
	both := io.MultiWriter(entry, sum)
	err = lines(func(line []byte) error {
		s.Lines++
		s.Bytes += int64(len(line)) + 1
		_, err := both.Write(append(line[:len(line):len(line)], '\n'))
		return err
	})
	if err != nil {
		return s, err
	}
	s.SHA256 = hex.EncodeToString(sum.Sum(nil))
	if entry, err = archive.Create(sealEntry); err != nil {
		return s, err
	}
	if _, err := entry.Write(s.sign(key)); err != nil {
		return s, err
	}
	return s, archive.Close()
}

// File is a carried file that has been opened.
type File struct {
	Seal    Seal
	archive *zip.Reader
}

// Open reads the seal of a carried file of the given size.
func Open(from io.ReaderAt, size int64) (*File, error) {
	archive, err := zip.NewReader(from, size)
	if err != nil {
		return nil, fmt.Errorf("not a carried file, or one that is cut: %w", err)
	}
	entry, err := archive.Open(sealEntry)
	if err != nil {
		return nil, errors.New("not a carried file: it has no seal")
	}
	defer entry.Close()
	text, err := io.ReadAll(io.LimitReader(entry, maxSealed+1))
	if err != nil {
		return nil, fmt.Errorf("the seal cannot be read: %w", err)
	}
	s, err := parseSeal(text)
	if err != nil {
		return nil, err
	}
	return &File{s, archive}, nil
}

// ErrChanged says that a file's lines are not those of its seal.
var ErrChanged = errors.New("the lines are not those that were signed: the file is damaged, or someone has changed it")

// Verify reads the whole file, and returns ErrSignature or ErrChanged unless
// the holder of key has signed what is in it.
func (f *File) Verify(key ed25519.PublicKey) error {
	if err := f.Seal.text.verify(key); err != nil {
		return err
	}
	lines, err := f.Lines()
	if err != nil {
		return err
	}
	defer lines.Close()
	_, err = io.Copy(io.Discard, lines)
	return err
}

// Lines reads the lines. It ends with ErrChanged instead of EOF where they are
// not those of the seal, and reads no more than the seal says, however little
// room they take in the archive.
func (f *File) Lines() (io.ReadCloser, error) {
	entry, err := f.archive.Open(linesEntry)
	if err != nil {
		return nil, ErrChanged
	}
	return &checked{from: entry, left: f.Seal.Bytes, want: f.Seal.SHA256, sum: sha256.New()}, nil
}

type checked struct {
	from io.ReadCloser
	left int64
	want string
	sum  hash.Hash
}

func (c *checked) Read(p []byte) (int, error) {
	if c.left == 0 {
		if hex.EncodeToString(c.sum.Sum(nil)) != c.want {
			return 0, ErrChanged
		}
		return 0, io.EOF
	}
	n, err := c.from.Read(p[:min(int64(len(p)), c.left)])
	c.left -= int64(n)
	c.sum.Write(p[:n])
	if err == io.EOF && c.left == 0 {
		err = nil
	}
	if err != nil {
		err = ErrChanged
	}
	return n, err
}

func (c *checked) Close() error { return c.from.Close() }
