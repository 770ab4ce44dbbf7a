package carry

import (
	"archive/zip"
	"bytes"
	"crypto/ed25519"
	"errors"
	"io"
	"strings"
	"testing"
	"time"
)

// signer is the key of a number, always the same.
func signer(n byte) ed25519.PrivateKey {
	return ed25519.NewKeyFromSeed(bytes.Repeat([]byte{n}, ed25519.SeedSize))
}

func public(key ed25519.PrivateKey) ed25519.PublicKey { return key.Public().(ed25519.PublicKey) }

// written is a carried file with these lines.
func written(t testing.TB, lines ...string) []byte {
	t.Helper()
	var out bytes.Buffer
	_, err := Write(&out, Seal{Site: "lyon-1", Number: 7, Previous: None}, signer(1), func(put func([]byte) error) error {
		for _, line := range lines {
			if err := put([]byte(line)); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func opened(t testing.TB, content []byte) *File {
	t.Helper()
	f, err := Open(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func TestWhatWasWrittenIsReadBack(t *testing.T) {
	content := written(t, "one", "two")
	if !bytes.Equal(content, written(t, "one", "two")) {
		t.Error("the same lines and key give other bytes")
	}
	f := opened(t, content)
	if err := f.Verify(public(signer(1))); err != nil {
		t.Error(err)
	}
	lines, err := f.Lines()
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(lines)
	if err != nil || string(text) != "one\ntwo\n" {
		t.Errorf("%q, %v", text, err)
	}
	if s := f.Seal; s.Site != "lyon-1" || s.Number != 7 || s.Lines != 2 || s.Bytes != 8 || s.Previous != None || len(s.Name()) != 64 {
		t.Errorf("%+v", s)
	}
	if err := f.Verify(public(signer(2))); !errors.Is(err, ErrSignature) {
		t.Errorf("another's key: %v", err)
	}
}

// No byte of a carried file can be changed unnoticed: it is not opened, not
// verified, or says the same as before.
func TestAFileWithAnyByteChanged(t *testing.T) {
	content := written(t, "interval,site=lyon-1,meter=it,kind=electric_energy,len=600 si=31,u=1,cov=1,flags=2i,rev=0i 1751328000")
	whole := opened(t, content)
	for i := range content {
		changed := bytes.Clone(content)
		changed[i] ^= 1 << (i % 8)
		f, err := Open(bytes.NewReader(changed), int64(len(changed)))
		if err == nil {
			err = f.Verify(public(signer(1)))
		}
		if err == nil && f.Seal.Name() != whole.Seal.Name() {
			t.Fatalf("byte %d: the changed file passes", i)
		}
	}
	for cut := range content {
		if f, err := Open(bytes.NewReader(content[:cut]), int64(cut)); err == nil && f.Verify(public(signer(1))) == nil {
			t.Fatalf("cut at %d: the file passes", cut)
		}
	}
}

func TestAReceiptIsTheCollectors(t *testing.T) {
	r := Receipt{Site: "lyon-1", Number: 7, File: strings.Repeat("a", 64), Lines: 24, Refused: 1, Taken: time.Unix(1795348183, 0).UTC()}
	text := r.Sign(signer(3))
	if back, err := OpenReceipt(text, public(signer(3))); err != nil || back != r {
		t.Errorf("%+v, %v", back, err)
	}
	if _, err := OpenReceipt(text, public(signer(4))); !errors.Is(err, ErrSignature) {
		t.Errorf("another collector's: %v", err)
	}
	for i := range text {
		changed := bytes.Clone(text)
		changed[i] ^= 4
		if _, err := OpenReceipt(changed, public(signer(3))); err == nil {
			t.Fatalf("byte %d of the receipt can be changed:\n%s", i, changed)
		}
	}
}

// Whatever bytes come, a file that passes is one that was signed.
func FuzzOpen(f *testing.F) {
	content := written(f, "one", "two")
	f.Add(content)
	f.Add(content[:len(content)/2])
	f.Add([]byte("PK\x05\x06"))
	name := opened(f, content).Seal.Name()
	f.Fuzz(func(t *testing.T, content []byte) {
		file, err := Open(bytes.NewReader(content), int64(len(content)))
		if err == nil && file.Verify(public(signer(1))) == nil && file.Seal.Name() != name {
			t.Fatalf("passes as %+v", file.Seal)
		}
	})
}

func FuzzOpenReceipt(f *testing.F) {
	text := Receipt{Site: "lyon-1", Number: 7, File: None, Taken: time.Unix(1795348183, 0)}.Sign(signer(3))
	f.Add(text)
	f.Fuzz(func(t *testing.T, other []byte) {
		if _, err := OpenReceipt(other, public(signer(3))); err == nil && !bytes.Equal(other, text) {
			t.Fatalf("passes: %q", other)
		}
	})
}

// The seal of one file over the lines of another does not pass, however many
// lines stand there.
func TestLinesCannotBeExchanged(t *testing.T) {
	from, err := zip.NewReader(bytes.NewReader(written(t, "one", "two")), int64(len(written(t, "one", "two"))))
	if err != nil {
		t.Fatal(err)
	}
	seal, _ := from.Open(sealEntry)
	text, _ := io.ReadAll(seal)
	for _, lines := range []string{"", "one\n", "one\ntwx\n", strings.Repeat("0", 4<<20)} {
		var out bytes.Buffer
		archive := zip.NewWriter(&out)
		w, _ := archive.Create(linesEntry)
		io.WriteString(w, lines)
		w, _ = archive.Create(sealEntry)
		w.Write(text)
		archive.Close()
		if err := opened(t, out.Bytes()).Verify(public(signer(1))); !errors.Is(err, ErrChanged) {
			t.Errorf("%d bytes of other lines: %v", len(lines), err)
		}
	}
}
