import { loadContract } from '../../../harness/contract/index.js';
import { mockOptions } from '../mock-plugin.js';
import type { Behaviour } from './behaviour.js';
import { BEHAVIOURS, type BehaviourName } from './behaviours.js';
import { launchFacts } from './launch-facts.js';
import { netrpcOnly } from './netrpc-only.js';
import { Recorder } from './recorder.js';
import { recordSignals } from './signals.js';
import { WatchedServer } from './watched-server.js';
import { withId } from './with-id.js';

/** What a watched plugin is told by whoever wrote it. */
export interface Orders {
  /** The name of a built-in contract, or the absolute path of a contract file. */
  readonly contract: string;
  /** The file to which what happens is appended, as JSON lines. */
  readonly record: string;
  readonly behaviour: BehaviourName;
  /** What it calls itself in its manifest, where the contract has one; else as little as the contract allows. */
  readonly id?: string;
}

/** Runs a watched plugin in this process: what the executables that `writeWatched` writes do. */
export async function runWatched({ contract: place, record, behaviour, id }: Orders): Promise<void> {
  const contract = netrpcOnly(await loadContract(place));
  const does: Behaviour = BEHAVIOURS[behaviour];
  const options = mockOptions(contract, {
    ...(id === undefined ? {} : withId(contract, id)),
    ...does.handlers?.(contract),
  });
  const recorder = new Recorder(record);
  recorder.tell('launched', launchFacts(options.cookie));
  recordSignals(recorder);
  process.on('exit', (code) => recorder.tell('exit', { code }));
  await new WatchedServer(options, does, recorder).serve();
}
