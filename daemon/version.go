package daemon

import "runtime/debug"

// release is the version's name in a package: .ci/package sets it, whose
// builds know of no repository.
var release string

// Version is the release, or else the module version or the commit that this
// program was built of: the same on the command line, on pages and in files.
func Version() string {
	if release != "" {
		return release
	}
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "unknown"
	}
	if v := info.Main.Version; v != "" && v != "(devel)" {
		return v
	}
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" && len(s.Value) >= 12 {
			return s.Value[:12]
		}
	}
	return "devel"
}
