package collector

import (
	"context"
	"time"
)

// cardsPeriod is how often the agents' cards are looked at: their history
// says to the hour what was known.
const cardsPeriod = time.Hour

// keepCards keeps what agents say of their sites, with when it was first
// heard, until ctx ends.
func (s *Server) keepCards(ctx context.Context) {
	ticker := time.NewTicker(cardsPeriod)
	defer ticker.Stop()
	for {
		if err := s.noteCards(ctx); err != nil && ctx.Err() == nil {
			s.log.Error("the agents' cards cannot be noted in the registry; their history lacks what is new", "error", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
	}
}

// noteCards looks at the cards of every site once.
func (s *Server) noteCards(ctx context.Context) error {
	sites, err := s.store.Sites(ctx)
	if err != nil {
		return err
	}
	for _, site := range sites {
		cards, err := s.store.Cards(ctx, site)
		if err != nil {
			return err
		}
		if err := s.declared.Observe(ctx, site, cards); err != nil {
			return err
		}
	}
	return nil
}
