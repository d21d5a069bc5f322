/** What Go's runtime prints when a goroutine dereferences nil and nothing recovers (runtime/panic.go). */
export const PANIC_TEXT = `panic: runtime error: invalid memory address or nil pointer dereference
[signal SIGSEGV: segmentation violation code=0x1 addr=0x0 pc=0x6e1f2a]

goroutine 34 [running]:
main.(*plugin).handle(0x0)
	/src/plugin/main.go:42 +0x1a
net/rpc.(*service).call(0xc00011c000, 0xc0000b4000, 0xc0000a8010, 0x0, 0xc000110100)
	/usr/local/go/src/net/rpc/server.go:381 +0x211
created by net/rpc.(*Server).ServeCodec in goroutine 20
	/usr/local/go/src/net/rpc/server.go:478 +0x425
`;

/** Of a Go process that a panic ended. */
export const PANIC_EXIT_CODE = 2;
