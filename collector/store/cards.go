package store

import "thermie/interval"

// appendCard keeps every revision of a card; one that says something else
// under a known revision is counted and not kept.
func (w *writer) appendCard(c *interval.Card) error {
	site, err := w.site(c.Site)
	if err != nil {
		return err
	}
	line := string(c.AppendLine(nil))
	done, err := w.addCard.Exec(site, c.Meter, c.ValidFrom, c.Rev, line)
	if err != nil {
		return err
	}
	w.row.forced = true
	if n, err := done.RowsAffected(); err != nil || n == 1 {
		return err
	}
	var kept string
	if err := w.getCard.QueryRow(site, c.Meter, c.ValidFrom, c.Rev).Scan(&kept); err != nil || kept == line {
		return err
	}
	_, err = w.count.Exec(1, "conflicts")
	return err
}

func (w *writer) appendEvent(e *interval.Event) error {
	site, err := w.site(e.Site)
	if err != nil {
		return err
	}
	w.row.forced = true
	_, err = w.addEvent.Exec(site, e.At, string(e.AppendLine(nil)))
	return err
}
