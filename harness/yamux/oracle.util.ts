import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

import { afterAll, beforeAll, onTestFinished } from 'vitest';

import { goBuild } from '../test/go.util.js';
import { listen, temporarySocketPath } from './transport.util.js';

export interface OracleAnswer {
  readonly error?: string;
  readonly stream: number;
  readonly bytes: number;
  readonly sha256?: string;
  readonly ms?: number;
  readonly streams: number;
}

/** hashicorp/yamux in a process of its own, at the other end of `socket`. */
export interface Oracle {
  readonly socket: Socket;
  /** Runs one command; an error of Go's is in the answer. The commands are those of oracle/main.go. */
  call(cmd: string, args?: Record<string, number>): Promise<OracleAnswer>;
  /** As `call`; rejects with Go's error. */
  must(cmd: string, args?: Record<string, number>): Promise<OracleAnswer>;
}

/** Builds the oracle once for a test file; the function that it returns starts one that ends with its test. */
export function useOracle(): (role: 'client' | 'server', ...flags: string[]) => Promise<Oracle> {
  let built: ReturnType<typeof goBuild>;
  beforeAll(() => {
    built = goBuild(fileURLToPath(new URL('oracle', import.meta.url)));
  }, 120_000);
  afterAll(() => built.remove());
  return (role, ...flags) => start(built.binary, role, flags);
}

async function start(binary: string, role: string, flags: string[]): Promise<Oracle> {
  const path = temporarySocketPath();
  const server = await listen(path);
  const child = spawn(binary, ['-dial', path, '-role', role, ...flags], { stdio: ['pipe', 'pipe', 'pipe'] });
  let log = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (log += text));
  child.stdin.on('error', () => {});
  onTestFinished(async () => {
    child.stdin.end();
    if (child.exitCode === null && child.signalCode === null) {
      child.kill('SIGKILL');
      await once(child, 'exit');
    }
  });
  const [socket] = (await once(server, 'connection')) as [Socket];
  server.close();
  onTestFinished(() => void socket.destroy());

  const waiting = new Map<number, (answer: OracleAnswer) => void>();
  createInterface(child.stdout).on('line', (line) => {
    const answer = JSON.parse(line) as OracleAnswer & { id: number };
    waiting.get(answer.id)?.(answer);
    waiting.delete(answer.id);
  });
  let next = 1;
  const call: Oracle['call'] = (cmd, args) =>
    new Promise((resolve) => {
      const id = next++;
      waiting.set(id, resolve);
      child.stdin.write(`${JSON.stringify({ id, cmd, ...args })}\n`);
    });
  return {
    socket,
    call,
    must: async (cmd, args) => {
      const answer = await call(cmd, args);
      if (answer.error) throw new Error(`oracle ${cmd} ${JSON.stringify(args)}: ${answer.error}\n${log}`);
      return answer;
    },
  };
}
