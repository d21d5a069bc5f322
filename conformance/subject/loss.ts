import type { LaunchedPlugin } from '../../harness/client/index.js';

/** Why a connection was lost, as far as the process and its stderr tell. */
export interface Loss {
  readonly cause: 'panic' | 'gob' | 'exit' | 'connection';
  /** One sentence. */
  readonly text: string;
}

/** Go's runtime begins its last words with one of these, at the start of a line. */
export const PANIC = /^(?:panic|fatal error): .*$/m;

/** How long after a lost connection the process may take to be gone and its last words to arrive, ms. */
const LAST_WORDS_MS = 500;

/** Finds out what ended a connection. A gob error kills the connection and leaves the process alive. */
export async function explainLoss(plugin: LaunchedPlugin): Promise<Loss> {
  const { process } = plugin;
  await Promise.race([
    Promise.all([process.exit, process.outputClosed]),
    new Promise((resolve) => {
      setTimeout(resolve, LAST_WORDS_MS);
    }),
  ]);
  const stderr = process.stderr.text();
  const panic = PANIC.exec(stderr);
  if (panic && process.exited) {
    return { cause: 'panic', text: `The plugin died of ${panic[0].replace(/[\s:.]+$/, '')}.` };
  }
  if (process.exited) {
    const { code, signal } = process.exited;
    return {
      cause: 'exit',
      text: signal ? `The plugin was ended by ${signal}.` : `The plugin exited with code ${code}.`,
    };
  }
  // net/rpc logs what it could not encode and drops the reply (net/rpc server.go, `sendResponse`).
  const gob =
    /rpc: gob error encoding (?:body|response): (.*)$/m.exec(stderr) ??
    /^.*(gob: (?:type not registered|cannot encode|name not registered).*)$/m.exec(stderr);
  if (gob) return { cause: 'gob', text: `The plugin could not encode its reply: ${(gob[1] ?? '').trim()}.` };
  return { cause: 'connection', text: 'The plugin closed the connection while its process lives on.' };
}
