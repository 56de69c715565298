package segment

import "syscall"

// rest lets go of mapped pages.
func rest(mapped []byte) error { return syscall.Madvise(mapped, syscall.MADV_DONTNEED) }
