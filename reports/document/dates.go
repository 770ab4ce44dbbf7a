package document

import "fmt"

var frenchMonths = [...]string{"janvier", "février", "mars", "avril", "mai", "juin",
	"juillet", "août", "septembre", "octobre", "novembre", "décembre"}

var englishMonths = [...]string{"January", "February", "March", "April", "May", "June",
	"July", "August", "September", "October", "November", "December"}

func frenchDate(year, month, day int) string {
	if day == 1 {
		return fmt.Sprintf("1er\u00a0%s\u00a0%d", frenchMonths[month-1], year)
	}
	return fmt.Sprintf("%d\u00a0%s\u00a0%d", day, frenchMonths[month-1], year)
}

func englishDate(year, month, day int) string {
	return fmt.Sprintf("%d\u00a0%s\u00a0%d", day, englishMonths[month-1], year)
}
