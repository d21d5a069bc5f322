import {
  ConnectionError,
  type Client,
  type Connection,
  type LaunchedPlugin,
  type LaunchOptions,
} from '../../harness/client/index.js';
import type { MethodContract } from '../../harness/contract/index.js';
import { HarnessError } from '../../harness/errors.js';
import { HandshakeError } from '../../harness/handshake/index.js';
import { RpcServerError } from '../../harness/netrpc/index.js';
import { HostError } from './errors.js';
import { errorInReply } from './error-in-reply.js';
import type { Home } from './home.js';
import { GET_MANIFEST, identify, type Identity } from './manifest.js';
import type { Settings } from './options.js';
import type { PluginRun } from './plugin-run.js';
import { EXIT_MAY_FOLLOW_MS, exitReason } from './watch.js';
import { within } from './within.js';

export interface StartedPlugin extends Identity {
  readonly run: PluginRun;
}

/**
 * Launches a plugin, shakes hands, dispenses, calls what is called once, and asks for the manifest. When any of
 * this fails, nothing of the plugin is left.
 *
 * @param cancelled - ends the start, whatever it is waiting for; its reason is thrown then
 * @throws HostError HOST_START_FAILED, HOST_ONCE_FAILED, HOST_BAD_MANIFEST
 */
export async function startPlugin(
  command: readonly [string, ...string[]],
  home: Home,
  cancelled: AbortSignal,
): Promise<StartedPlugin> {
  cancelled.throwIfAborted();
  const { settings } = home;
  let launched: LaunchedPlugin | undefined;
  const end = async (): Promise<void> => launched?.end();
  const cancel = (): void => void end();
  cancelled.addEventListener('abort', cancel);
  try {
    launched = await home.launch(launchOptions(command, settings));
    cancelled.throwIfAborted();
    const connection = await launched.connect();
    const run = home.makeRun(launched, connection, await dispense(connection, home));
    const started = { run, ...(await introduce(run, command[0], home)) };
    cancelled.throwIfAborted();
    run.startPings();
    return started;
  } catch (error) {
    const itself = launched && (await endOfItself(error, launched));
    await end();
    throw cancelled.aborted ? cancelled.reason : startError(command[0], error, launched, itself);
  } finally {
    cancelled.removeEventListener('abort', cancel);
  }
}

/** The broker has time limits of its own, which may be longer than this host's. */
async function dispense(connection: Connection, home: Home): Promise<Client> {
  const { plugin, callTimeoutMs } = home.settings;
  const client = home.dispense(connection, plugin.name);
  if (await within(client, callTimeoutMs)) return client;
  const text = `The plugin ${plugin.name} was not dispensed within ${callTimeoutMs} ms.`;
  throw new ConnectionError('CONNECTION_TIMEOUT', text);
}

function launchOptions(command: readonly [string, ...string[]], settings: Settings): LaunchOptions {
  const { contract, plugin, startTimeoutMs, callTimeoutMs, env, inheritEnv, autoMtls } = settings;
  const { magicCookieKey: key, magicCookieValue: value, protocolVersions: versions } = contract.handshake;
  return {
    command,
    cookie: { key, value },
    versions,
    plugins: new Map([[plugin.name, plugin]]),
    startTimeoutMs,
    callTimeoutMs,
    env,
    inheritEnv,
    autoMtls,
  };
}

/** The first calls, in the order that a contract asks for: those that are made once come before everything else. */
async function introduce(run: PluginRun, file: string, home: Home): Promise<Identity> {
  const { plugin } = home.settings;
  for (const method of plugin.methods.values()) {
    if (!method.once || !(await run.has(method))) continue;
    const error = await errorOf(run, method, home.settings);
    if (error) home.onOnceFailed(new HostError('HOST_ONCE_FAILED', `${method.name} of ${file} ${error}`));
  }
  const getManifest = plugin.methods.get(GET_MANIFEST);
  return identify(plugin, file, getManifest && (await run.call(getManifest, getManifest.sampleArgs())));
}

/** The error with which a plugin answers to a call: in the reply, or by net/rpc itself. */
async function errorOf(
  run: PluginRun,
  method: MethodContract,
  { contract, plugin }: Settings,
): Promise<string | undefined> {
  try {
    const reply = await run.call(method, method.sampleArgs());
    const error = errorInReply(contract, plugin.name, method.name, reply);
    return error && `answered with an error: ${error}`;
  } catch (error) {
    if (error instanceof RpcServerError) return `failed: ${error.message}`;
    throw error;
  }
}

/** How the process ended by itself, where the error is about something that ended with it. */
async function endOfItself(error: unknown, { process }: LaunchedPlugin): Promise<string | undefined> {
  if (error instanceof HandshakeError || error instanceof HostError) return undefined; // It says so already.
  await within(process.exit, EXIT_MAY_FOLLOW_MS);
  return process.exited && exitReason(process.exited).text;
}

function startError(
  file: string,
  cause: unknown,
  launched: LaunchedPlugin | undefined,
  itself: string | undefined,
): unknown {
  if (!(cause instanceof HarnessError)) return cause;
  const stderr = launched?.process.stderr.text();
  if (cause instanceof HostError && (cause.code === 'HOST_ONCE_FAILED' || cause.code === 'HOST_BAD_MANIFEST'))
    return new HostError(cause.code, cause.message, { stderr });
  const got = launched ? 'started, and did not become a running plugin' : 'not started';
  const message = [`${file} was ${got}:`, itself, cause.message].filter(Boolean).join(' ');
  return new HostError('HOST_START_FAILED', message, { cause, stderr });
}
