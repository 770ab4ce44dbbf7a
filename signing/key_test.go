package signing

import (
	"os"
	"path/filepath"
	"testing"
)

func TestAKeyIsMadeOnceAndKept(t *testing.T) {
	file := filepath.Join(t.TempDir(), "state", "carry.key")
	key, err := OpenKey(file)
	if err != nil {
		t.Fatal(err)
	}
	again, err := OpenKey(file)
	if err != nil || !key.Equal(again) {
		t.Errorf("the second time: another key, %v", err)
	}
	if info, _ := os.Stat(file); info.Mode().Perm() != 0o600 {
		t.Errorf("the key's file is open to others: %v", info.Mode())
	}
	if back, err := ParsePublic(Public(key)); err != nil || !back.Equal(key.Public()) {
		t.Errorf("public: %v", err)
	}
	for _, text := range []string{"", "rubbish", "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"} {
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := OpenKey(file); err == nil {
			t.Errorf("%q is taken for a key", text)
		}
	}
}
