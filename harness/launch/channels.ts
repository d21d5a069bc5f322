import { closeSync, constants, openSync, unlinkSync } from 'node:fs';
import { Socket } from 'node:net';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';

import { execa } from 'execa';

/** What a process gets as its stdin, stdout and stderr, and our ends of them. */
export interface Channels {
  /** For the process: file descriptors of real pipes, or Node's own 'pipe' where there are none. */
  readonly stdio: readonly [Descriptor | 'pipe' | 'ignore', Descriptor | 'pipe', Descriptor | 'pipe'];
  /** How /proc/<pid>/fd shows the output pipes; empty when they are Node's own, which only the process itself could name. */
  readonly links: readonly string[];
  /** Our ends of stdout and stderr. To be called once, straight after the spawn. */
  attach(spawned: SpawnedStreams): readonly [Readable, Readable];
  /** Our end of stdin, where the process has one that is open. To be called once, after {@link attach}. */
  input(): Writable | undefined;
  /** Closes every descriptor that is still ours, save those that were attached. */
  close(): void;
}

/** execa hands on any descriptor to child_process.spawn, but its types name none above 9. */
type Descriptor = 3;

interface SpawnedStreams {
  readonly stdin?: Writable | null;
  readonly stdout: Readable | null;
  readonly stderr: Readable | null;
}

/**
 * Makes real pipes, as os/exec does for a go-plugin host. Node's own 'pipe' is a socket pair, and a program can tell:
 * opening /dev/stderr fails with ENXIO, the first write after the host's death with ECONNRESET in place of EPIPE and
 * SIGPIPE, and three times as much fits in. Node cannot call pipe(2), so these are FIFOs whose names are gone
 * before the program starts.
 */
export async function openChannels(root: string, stdin: 'open' | 'closed'): Promise<Channels> {
  const names = ['0', '1', '2'].map((name) => join(root, name));
  const made = await execa('mkfifo', ['-m', '600', ...names], {
    reject: false,
    stdio: 'ignore',
    cleanup: false,
  });
  if (made.failed) return nodeChannels(stdin);
  try {
    return openFifos(names, stdin);
  } finally {
    for (const name of names) unlinkSync(name);
  }
}

function openFifos(names: readonly string[], stdin: 'open' | 'closed'): Channels {
  const [input = '', output = '', errors = ''] = names;
  const ours: number[] = [];
  const theirs: number[] = [];
  const keep = (list: number[], path: string, flags: number): number => {
    const fd = openSync(path, flags);
    list.push(fd);
    return fd;
  };
  const outputPipe = (path: string): readonly [read: number, write: number] => [
    // The reader first, and without waiting for a writer: then neither open blocks.
    keep(ours, path, constants.O_RDONLY | constants.O_NONBLOCK),
    keep(theirs, path, constants.O_WRONLY),
  ];
  const close = (): void => {
    for (const fd of [...ours.splice(0), ...theirs.splice(0)]) closeSync(fd);
  };
  try {
    const [stdout, childStdout] = outputPipe(output);
    const [stderr, childStderr] = outputPipe(errors);
    // Open for writing as well, so that the process's stdin never ends while we live.
    const ourStdin =
      stdin === 'open' ? keep(ours, input, constants.O_RDWR | constants.O_NONBLOCK) : undefined;
    const childStdin = stdin === 'open' ? (keep(theirs, input, constants.O_RDONLY) as Descriptor) : 'ignore';
    return {
      stdio: [childStdin, childStdout as Descriptor, childStderr as Descriptor],
      links: [output, errors].map((path) => `${path} (deleted)`),
      attach() {
        for (const fd of theirs.splice(0)) closeSync(fd);
        ours.splice(0, 2); // The streams close these two.
        return [readFrom(stdout), readFrom(stderr)];
      },
      input() {
        if (ourStdin === undefined || !ours.includes(ourStdin)) return undefined;
        ours.splice(ours.indexOf(ourStdin), 1); // The stream closes it.
        return new Socket({ fd: ourStdin, readable: false, writable: true });
      },
      close,
    };
  } catch (error) {
    close();
    throw error;
  }
}

function readFrom(fd: number): Readable {
  return new Socket({ fd, readable: true, writable: false });
}

/** For systems without mkfifo(1). */
function nodeChannels(stdin: 'open' | 'closed'): Channels {
  let input: Writable | undefined;
  return {
    stdio: [stdin === 'open' ? 'pipe' : 'ignore', 'pipe', 'pipe'],
    links: [],
    attach({ stdin: ours, stdout, stderr }) {
      input = ours ?? undefined;
      if (stdout === null || stderr === null) throw new TypeError('spawned without pipes');
      return [stdout, stderr];
    },
    input: () => input,
    close: () => {},
  };
}
