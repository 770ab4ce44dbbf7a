package modbus

import (
	"bufio"
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"thermie/agent/modbus/modbustest"
	"thermie/configs"
)

// pymodbus starts a server of Debian's python3-pymodbus on a link and returns
// the line that leads to it.
func pymodbus(t *testing.T, kind string) configs.Line {
	t.Helper()
	python := "/usr/bin/python3"
	if exec.Command(python, "-c", "import pymodbus.server, serial_asyncio").Run() != nil {
		if os.Getenv("THERMIE_REQUIRE_EXTERNAL") == "1" {
			t.Fatal("python3-pymodbus (with python3-serial-asyncio) is not installed, and THERMIE_REQUIRE_EXTERNAL=1 asks for it")
		}
		t.Skip("python3-pymodbus is not installed")
	}
	line := configs.Line{Link: kind, SoleMaster: true, Serial: configs.Serial{Baud: 19200, Mode: "8N1"}}
	args := []string{filepath.Join("testdata", "pymodbus_server.py"), kind}
	if kind == configs.LinkRTU {
		ours, theirs := modbustest.NullModem(t)
		line.Address, args = ours, append(args, theirs)
	}
	server := exec.Command(python, args...)
	server.Stderr = t.Output()
	said, err := server.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := server.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		server.Process.Kill()
		server.Wait()
	})
	where, err := bufio.NewReader(said).ReadString('\n')
	if err != nil {
		t.Fatalf("it ended before it could be asked: %v", err)
	}
	if kind != configs.LinkRTU {
		line.Address = strings.TrimSpace(where)
	}
	return line
}

// Against a server that we did not write, on every link that it speaks.
func TestAServerOfPymodbusIsRead(t *testing.T) {
	for _, kind := range []string{configs.LinkTCP, configs.LinkRTUOverTCP, configs.LinkRTU} {
		t.Run(kind, func(t *testing.T) {
			t.Parallel()
			l := OpenToProbe(t.Context(), pymodbus(t, kind))
			unit := testClient(l, 2)
			for _, c := range []struct {
				request
				want []byte
			}{
				{request{function: 3, address: 40, words: 2}, []byte{0, 40, 0, 41}},
				{request{function: 4, address: 1000, words: 1}, []byte{3, 232}},
				{request{function: 2, address: 7, words: 3}, []byte{0, 1, 0, 0, 0, 1}},
				{request{function: 1, address: 8, words: 9}, []byte{0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0}},
			} {
				if raw, err := unit.read(c.request); err != nil || !bytes.Equal(raw, c.want) {
					t.Errorf("function %d at %d: % x, %v", c.function, c.address, raw, err)
				}
			}
			if raw, err := unit.read(request{function: 3, address: 5, words: 125}); err != nil || len(raw) != 250 || raw[249] != 129 {
				t.Errorf("125 registers: % x, %v", raw, err)
			}
			if _, err := unit.read(request{function: 3, address: 60000, words: 1}); !refusesBlock(err) {
				t.Errorf("a register that is not there: %v", err)
			}
			if who, err := unit.Identify(); err != nil || who.Maker != "Debian" || who.Model != "Server" || !strings.Contains(who.Server, "Debian") {
				t.Errorf("%+v, %v", who, err)
			}
		})
	}
}
