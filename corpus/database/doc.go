// Package database opens the SQLite files this program keeps, all in the same way: durable at every commit, readable by
// this user alone, with old content overwritten and not only unlinked, shared between processes by waiting for one
// another, and brought up to date by numbered steps.
//
// Begin with [Open], which gives the one connection that writes a file; [Connect] makes others. [Update] and [View] run
// a transaction on them. [Schema] says what a file is to hold. The errors of SQLite that a caller can do something
// about are [ErrFull], [ErrBusy] and [ErrDamaged]; Update and View put them in front, [Explain] does for anything else.
//
// What the tables mean is the business of the package whose file it is.
//
//   - open.go: making and opening a file
//   - connect.go: connections and their settings
//   - schema.go: numbered steps
//   - backup.go: upgrades, and copies of files as they were before; erase.go: the end of such copies
//   - tx.go: transactions and rows
//   - wal.go: the write-ahead log
//   - copy.go: copies of a whole file
//   - errors.go: what SQLite reports
package database
