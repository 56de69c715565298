// Package crash breaks things on purpose, so that tests can see what the
// promises are worth. It is imported by tests only.
//
// Disk is a file system in memory that counts every call, fails or stops at any
// one of them, and shows what the next process would find: after kill -9 (all
// that was written), after a power cut (all that was synced), or anything
// between. Sweep runs a piece of work once for every call it makes, stopping it
// there. Child and KillAfter start a test binary again and kill it from outside,
// and SelfKill makes a process kill itself at its n-th call on real files.
package crash
