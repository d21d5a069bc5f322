import { LaunchedPlugin } from '../../harness/client/index.js';
import { HarnessError } from '../../harness/errors.js';
import { HostError, shutDownError } from './errors.js';
import { errorInReply } from './error-in-reply.js';
import { GET_MANIFEST, identify, type Identity } from './manifest.js';
import type { Settings } from './options.js';
import { PluginRun } from './plugin-run.js';

export interface StartedPlugin extends Identity {
  readonly run: PluginRun;
}

/**
 * Launches a plugin, shakes hands, dispenses, calls what is called once, and asks for the manifest. When any of
 * this fails, nothing of the plugin is left.
 *
 * @param cancelled - ends the start, whatever it is waiting for
 * @throws HostError HOST_START_FAILED, HOST_ONCE_FAILED, HOST_BAD_MANIFEST, HOST_SHUT_DOWN
 */
export async function startPlugin(
  command: readonly [string, ...string[]],
  settings: Settings,
  cancelled: AbortSignal,
): Promise<StartedPlugin> {
  if (cancelled.aborted) throw shutDownError();
  let launched: LaunchedPlugin | undefined;
  const end = async (): Promise<void> => launched?.end();
  const cancel = (): void => void end();
  cancelled.addEventListener('abort', cancel);
  try {
    launched = await launch(command, settings);
    if (cancelled.aborted) throw shutDownError();
    const connection = await launched.connect();
    const run = new PluginRun(
      launched,
      connection,
      await connection.dispense(settings.plugin.name),
      settings,
    );
    const started = { run, ...(await introduce(run, command[0], settings)) };
    if (cancelled.aborted) throw shutDownError();
    run.startPings();
    return started;
  } catch (error) {
    await end();
    throw cancelled.aborted ? shutDownError() : startError(command[0], error, launched);
  } finally {
    cancelled.removeEventListener('abort', cancel);
  }
}

function launch(command: readonly [string, ...string[]], settings: Settings): Promise<LaunchedPlugin> {
  const { contract, plugin, startTimeoutMs, callTimeoutMs, env, inheritEnv, autoMtls } = settings;
  const { magicCookieKey: key, magicCookieValue: value, protocolVersions: versions } = contract.handshake;
  return LaunchedPlugin.start({
    command,
    cookie: { key, value },
    versions,
    plugins: new Map([[plugin.name, plugin]]),
    startTimeoutMs,
    callTimeoutMs,
    env,
    inheritEnv,
    autoMtls,
  });
}

/** The first calls, in the order that a contract asks for: those that are made once come before everything else. */
async function introduce(run: PluginRun, file: string, { contract, plugin }: Settings): Promise<Identity> {
  for (const method of plugin.methods.values()) {
    if (!method.once || !(await run.has(method))) continue;
    const error = errorInReply(
      contract,
      plugin.name,
      method.name,
      await run.call(method, method.sampleArgs()),
    );
    if (error !== undefined) {
      throw new HostError('HOST_ONCE_FAILED', `${method.name} of ${file} answered with an error: ${error}`);
    }
  }
  const getManifest = plugin.methods.get(GET_MANIFEST);
  return identify(plugin, file, getManifest && (await run.call(getManifest, getManifest.sampleArgs())));
}

function startError(file: string, cause: unknown, launched: LaunchedPlugin | undefined): unknown {
  if (!(cause instanceof HarnessError)) return cause;
  const stderr = launched?.process.stderr.text();
  if (cause instanceof HostError && (cause.code === 'HOST_ONCE_FAILED' || cause.code === 'HOST_BAD_MANIFEST'))
    return new HostError(cause.code, cause.message, { stderr });
  const got = launched ? 'started, and did not become a running plugin' : 'not started';
  return new HostError('HOST_START_FAILED', `${file} was ${got}: ${cause.message}`, { cause, stderr });
}
