package reports

import "fmt"

// Headline is the four heats on one line.
func (s *Summary) Headline(lang string) string {
	t := s.Territory
	return fmt.Sprintf("%s, %d, MWh: gisement %s, captée %s, livrée %s, valorisée %s", t.Name, s.Year,
		t.Gisement.Text(lang), t.Captee.Text(lang), t.Livree.Text(lang), t.Valorisee.Text(lang))
}
