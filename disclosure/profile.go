package disclosure

// Profile says what one kind of reader gets.
type Profile struct {
	ID        string
	Exact     bool // all values, under a convention
	Own       bool // besides what the public sees, the reader's own values, which the caller adds
	Watermark bool // each page names the reader
}

// The four profiles. Engineer and authority read full values under a
// convention; an authority's files are administrative documents that anyone
// may request (CRPA L. 311-1), so it gets no hourly data by default.
var (
	Operator  = Profile{ID: "operator", Own: true}
	Engineer  = Profile{ID: "engineer", Exact: true, Watermark: true}
	Authority = Profile{ID: "authority", Exact: true, Watermark: true}
	Public    = Profile{ID: "public"}
)

// Profiles lists the profiles by rising openness of their readership.
var Profiles = []Profile{Operator, Engineer, Authority, Public}

// ProfileByID returns the profile of that name.
func ProfileByID(id string) (Profile, bool) {
	for _, p := range Profiles {
		if p.ID == id {
			return p, true
		}
	}
	return Profile{}, false
}

// Lists reports whether a site may be named to the reader: never one that is
// never listed, but to its own operator.
func (p Profile) Lists(neverListed bool, operator, reader string) bool {
	return !neverListed || p.Own && reader != "" && operator == reader
}
