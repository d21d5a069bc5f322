import { inspectExecutable } from '../../harness/launch/index.js';
import { HostRunError } from './host-run-errors.js';

type Command = readonly [string, ...string[]];

/** $1 is a folder, what follows is the command. */
const COPY_AND_BECOME = '/bin/cp -R -p "$1"/. . && shift && exec "$@"';

/**
 * A command that first copies what is in a folder into its cwd, which is made by the launch, and empty. The shell that
 * does so becomes the program: its pid, pipes and parent are the program's.
 *
 * @throws HostRunError `HOST_RUN_COMMAND` when the program, given by a path, cannot be executed
 */
export async function withFiles([program, ...args]: Command, folder: string): Promise<Command> {
  return ['/bin/sh', '-c', COPY_AND_BECOME, 'sh', folder, await runnable(program), ...args];
}

/** As harness/launch takes it: a bare name is looked up on PATH, a path is taken from our cwd. */
async function runnable(program: string): Promise<string> {
  if (!/[/\\]/.test(program)) return program;
  const inspected = await inspectExecutable(program);
  if (inspected.ok) return inspected.path;
  throw new HostRunError('HOST_RUN_COMMAND', `The host cannot be executed: ${inspected.detail}`);
}
