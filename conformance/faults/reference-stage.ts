import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadContract, type Contract } from '../../harness/contract/index.js';
import { HarnessError } from '../../harness/errors.js';
import { addLive, removeLive } from '../../harness/launch/live.js';
import { ReferenceHost } from '../../mocks/host/index.js';
import { writeWatched } from '../../mocks/plugins/index.js';
import { ReferenceControl } from './reference-control.js';
import { StageError } from './stage-error.js';
import type { FaultBudgets, Stage } from './stage.js';

export interface ReferenceStageOptions {
  readonly contract: Contract;
  /** The plugin under test. */
  readonly plugin: Stage['plugin'];
  /** The name under which a host dispenses it. */
  readonly dispensed: string;
  readonly call: Stage['call'];
  readonly env: Readonly<Record<string, string>>;
  readonly inheritEnv: boolean;
  readonly times: {
    /** As in {@link FaultBudgets}. */
    readonly startTimeoutMs: number;
    readonly timeoutMs: number;
    /** Quit to SIGKILL, ms. */
    readonly quitMs: number;
    /** How long the answer to a ping may take until the plugin counts as hanging, ms. */
    readonly pingTimeoutMs: number;
  };
}

/** The reference host around a plugin under test. */
export interface ReferenceStage extends Stage {
  readonly host: ReferenceControl;
  /** HOME of every process that the host starts, from one start to the next, unless `env` has another. */
  readonly home: string;
}

/** From a ping's answer to the next ping, ms: a hang is noticed soon. */
const PING_INTERVAL_MS = 250;

/** The host is ours: that it is late says how busy this machine is, and nothing of the plugin. */
const OUR_TIME_MS = 5_000;

/** Everything of a stage, and its end. */
export interface OpenStage {
  readonly stage: ReferenceStage;
  /** Ends every process and removes every file. Safe to call again. */
  readonly end: () => Promise<void>;
}

/**
 * A reference host in this process with a plugin loaded that nothing is done to. The plugin under test is left to
 * whoever uses the stage to load.
 *
 * @throws StageError
 */
export async function openReferenceStage(options: ReferenceStageOptions): Promise<OpenStage> {
  const root = mkdtempSync(join(tmpdir(), 'stage-'));
  const remove = (): void => rmSync(root, { recursive: true, force: true, maxRetries: 3 });
  let host: ReferenceHost | undefined;
  const end = async (): Promise<void> => {
    await host?.shutdown();
    remove();
    removeLive(live);
  };
  const live = { end, endNow: remove };
  addLive(live);
  try {
    const home = join(root, 'home');
    mkdirSync(home);
    host = makeHost(options, home);
    const stage = await furnish(root, home, new ReferenceControl(host), options);
    return { stage, end };
  } catch (error) {
    await end();
    if (!(error instanceof HarnessError)) throw error;
    throw new StageError('STAGE_OPEN', `The stage for faults could not be set up: ${error.message}`, {
      cause: error,
    });
  }
}

function makeHost({ contract, dispensed, env, inheritEnv, times }: ReferenceStageOptions, home: string) {
  return new ReferenceHost({
    contract,
    plugin: dispensed,
    env: { HOME: home, ...env },
    inheritEnv,
    startTimeoutMs: times.startTimeoutMs,
    callTimeoutMs: times.timeoutMs,
    stopTimeoutMs: times.quitMs,
    pingIntervalMs: PING_INTERVAL_MS,
    pingTimeoutMs: times.pingTimeoutMs,
  });
}

async function furnish(
  root: string,
  home: string,
  host: ReferenceControl,
  { contract, plugin, call, times }: ReferenceStageOptions,
): Promise<ReferenceStage> {
  const source = await sourceOf(contract, root);
  const write = async (id: string): Promise<string> => {
    const folder = join(root, id);
    mkdirSync(folder);
    const path = join(folder, id);
    await writeWatched({ path, contract: source, record: join(root, `${id}.jsonl`), behaviour: 'good', id });
    return path;
  };
  await write('witness');
  const { plugins, problems } = await host.load(join(root, 'witness'));
  const [witness] = plugins;
  if (witness?.state !== 'Running') {
    const why = problems.map(({ message }) => message).join('; ');
    throw new StageError('STAGE_OPEN', `A mock of ${contract.name} is not Running after load. ${why}`);
  }
  return {
    host,
    home,
    witness: { id: witness.id, pid: witness.pid },
    plugin,
    other: [await write('other')],
    call,
    budgets: budgetsOf(times),
  };
}

function budgetsOf(times: ReferenceStageOptions['times']): FaultBudgets {
  return {
    startTimeoutMs: times.startTimeoutMs,
    timeoutMs: times.timeoutMs,
    hangMs: PING_INTERVAL_MS + times.pingTimeoutMs,
    noticeMs: OUR_TIME_MS,
    stopMs: times.quitMs + OUR_TIME_MS,
  };
}

/** Where a process of its own can read the contract: not where it came from if the cookie is another one. */
async function sourceOf({ source, sha256, handshake, json }: Contract, root: string): Promise<string> {
  const { magicCookieKey, magicCookieValue } = handshake;
  const known = json.handshake;
  const isSame = known.magicCookieKey === magicCookieKey && known.magicCookieValue === magicCookieValue;
  const there = isSame ? await loadContract(source).catch(() => undefined) : undefined;
  if (there?.sha256 === sha256) return source;
  const path = join(root, 'contract.json');
  writeFileSync(path, JSON.stringify({ ...json, handshake: { ...known, magicCookieKey, magicCookieValue } }));
  return path;
}
