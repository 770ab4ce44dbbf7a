package modbus

import (
	"cmp"
	"fmt"
	"slices"

	"thermie/configs"
)

// lastAddress is the end of a device's registers, exclusive.
const lastAddress = 1 << 16

// request is one read of consecutive registers and what lies in it.
type request struct {
	function byte
	address  uint16
	words    uint16
	fields   []field
}

// field is a register within a request.
type field struct {
	*configs.Register
	words  int // wide
	answer int // whose it is: place among the registers that a reader wants
}

// plan returns the fewest requests that read the registers, none longer than
// maxWords; 0 makes a request for each register. Registers that nobody asked
// for may lie between; a device that refuses them makes the caller split the
// request.
func plan(registers []configs.Register, maxWords int) ([]request, error) {
	fields := make([]field, 0, len(registers))
	for i := range registers {
		r := &registers[i]
		words := r.Words()
		if words == 0 || maxWords > 0 && words > maxWords || int(r.Address)+words > lastAddress {
			return nil, fmt.Errorf("register %s (%s at %d) does not fit a request of %d words", r.Name, r.Type, r.Address, maxWords)
		}
		fields = append(fields, field{Register: r, words: words})
	}
	slices.SortStableFunc(fields, func(a, b field) int {
		return cmp.Or(cmp.Compare(a.Function, b.Function), cmp.Compare(a.Address, b.Address), cmp.Compare(a.words, b.words))
	})
	return group(fields, maxWords, lastAddress), nil
}

// group packs sorted fields into requests of at most maxWords words, leaving
// at most maxGap unasked words between two fields.
func group(fields []field, maxWords, maxGap int) []request {
	var requests []request
	for _, f := range fields {
		if n := len(requests); n > 0 && requests[n-1].take(f, maxWords, maxGap) {
			continue
		}
		requests = append(requests, request{f.Function, f.Address, uint16(f.words), []field{f}})
	}
	return requests
}

// take adds f to the request if it fits.
func (r *request) take(f field, maxWords, maxGap int) bool {
	end := int(r.address) + int(r.words)
	length := max(end, int(f.Address)+f.words) - int(r.address)
	if f.Function != r.function || length > maxWords || int(f.Address)-end > maxGap {
		return false
	}
	r.words = uint16(length)
	r.fields = append(r.fields, f)
	return true
}

// split takes a refused request apart: at the words that nobody asked for,
// and if there are none, into single registers. It returns nil when nothing
// is left to split.
func (r request) split() []request {
	if parts := group(r.fields, int(r.words), 0); len(parts) > 1 {
		return parts
	}
	if len(r.fields) == 1 {
		return nil
	}
	parts := make([]request, len(r.fields))
	for i, f := range r.fields {
		parts[i] = request{f.Function, f.Address, uint16(f.words), []field{f}}
	}
	return parts
}

// cut returns the bytes of f within the answer to r.
func (r request) cut(answer []byte, f field) []byte {
	at := 2 * (int(f.Address) - int(r.address))
	return answer[at : at+2*f.words]
}
