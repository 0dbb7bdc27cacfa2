//go:build !amd64 && !arm64

package kernel

// accelerated lists the kernels faster than the portable one: none here yet.
func accelerated() []*Kernel { return nil }
