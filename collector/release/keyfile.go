package release

// KeyFile is the signing key within the collector's data folder.
const KeyFile = "release.key"
