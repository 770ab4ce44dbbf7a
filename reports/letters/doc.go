// Package letters writes what an authority sends to those who know more: by
// rights that it has already, one letter an addressee, ready to sign.
package letters
