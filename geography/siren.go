package geography

import "strings"

// regularSIREN gives the SIREN that most communes have: 21, the department,
// the commune's number in four digits, and a digit that checks the others
// (ISO/IEC 7812-1). Corsican codes count as department 20, overseas ones as
// 97.
func regularSIREN(code string) string {
	department := strings.NewReplacer("2A", "20", "2B", "20").Replace(code[:2])
	digits := "21" + department + "0" + code[2:]
	sum := 0
	for i := range len(digits) {
		d := int(digits[i] - '0')
		if i%2 == 1 { // the eighth digit is the second from the end
			if d *= 2; d > 9 {
				d -= 9
			}
		}
		sum += d
	}
	return digits + string(rune('0'+(10-sum%10)%10))
}
