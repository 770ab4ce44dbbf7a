package disclosure

// room is how far an amount, or a sum of amounts, may move one way. Counting
// the atoms without limit keeps it exact under subtraction.
type room struct {
	finite    Amount
	unlimited int
}

func (r room) plus(o room) room { return room{r.finite + o.finite, r.unlimited + o.unlimited} }

func (r room) minus(o room) room { return room{r.finite - o.finite, r.unlimited - o.unlimited} }

// amount is the room as a number, Unbounded if there is no limit.
func (r room) amount() Amount {
	if r.unlimited > 0 {
		return Unbounded
	}
	return r.finite
}

func (r room) limit() limit {
	if r.unlimited > 0 {
		return nowhere
	}
	return limit{at: whole(r.finite)}
}

// rooms are both ways.
type rooms struct{ down, up room }

func (r rooms) plus(o rooms) rooms { return rooms{r.down.plus(o.down), r.up.plus(o.up)} }

func (r rooms) minus(o rooms) rooms { return rooms{r.down.minus(o.down), r.up.minus(o.up)} }

// towards gives the room one way and that against it.
func (r rooms) towards(up bool) (with, against room) {
	if up {
		return r.up, r.down
	}
	return r.down, r.up
}

func (a atom) rooms() rooms {
	r := rooms{down: room{finite: a.value - a.low}}
	if a.high == Unbounded {
		r.up.unlimited = 1
	} else {
		r.up.finite = a.high - a.value
	}
	return r
}

// addAmounts adds where either may be Unbounded.
func addAmounts(a, b Amount) Amount {
	if a == Unbounded || b == Unbounded {
		return Unbounded
	}
	return a + b
}
