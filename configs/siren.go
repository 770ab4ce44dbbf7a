package configs

import "regexp"

var (
	nineDigits     = regexp.MustCompile(`^[0-9]{9}$`)
	fourteenDigits = regexp.MustCompile(`^[0-9]{14}$`)
)

// register9 checks a SIREN, the French register's number of nine digits. A
// demonstration must carry one that no real body can have.
func (p place) register9(siren string, fictitious bool) {
	p.registered(siren, nineDigits, fictitious, "a SIREN has nine digits, the last of which checks the others")
}

// siret checks a SIRET: a SIREN and five digits for the establishment.
func (p place) siret(siret string, fictitious bool) {
	p.registered(siret, fourteenDigits, fictitious, "a SIRET has fourteen digits, the last of which checks the others")
}

func (p place) registered(number string, form *regexp.Regexp, fictitious bool, hint string) {
	switch {
	case number == "":
	case !form.MatchString(number), !fictitious && !luhn(number):
		p.fault(hint, "%q is not a registered number", number)
	case fictitious && luhn(number):
		p.fault("change the last digit, so that nobody can be meant", "%q could be a real body's number, but the entry is fictitious", number)
	}
}

// luhn reports whether the digits' check sum holds (ISO/IEC 7812-1).
func luhn(digits string) bool {
	sum := 0
	for i := range len(digits) {
		d := int(digits[len(digits)-1-i] - '0')
		if i%2 == 1 {
			if d *= 2; d > 9 {
				d -= 9
			}
		}
		sum += d
	}
	return sum%10 == 0
}
