package main

import (
	"bufio"
	"encoding/binary"
	"io"
)

// Frames on stdin and stdout: a big-endian uint32 length and as many bytes.

func writeFrame(w *bufio.Writer, parts ...[]byte) error {
	length := 0
	for _, part := range parts {
		length += len(part)
	}
	if err := binary.Write(w, binary.BigEndian, uint32(length)); err != nil {
		return err
	}
	for _, part := range parts {
		if _, err := w.Write(part); err != nil {
			return err
		}
	}
	return nil
}

func readFrame(r *bufio.Reader) ([]byte, error) {
	var length uint32
	if err := binary.Read(r, binary.BigEndian, &length); err != nil {
		return nil, err
	}
	frame := make([]byte, length)
	_, err := io.ReadFull(r, frame)
	return frame, err
}
