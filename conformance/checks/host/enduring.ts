import { BEHAVIOURS, type BehaviourName } from '../../../mocks/plugins/index.js';
import type { HostCheck } from '../check.js';
import { failed, passed } from '../outcomes.js';
import { evidenceOfHost, observedCheck } from './host-check.js';
import { DISPENSES } from './launching.js';
import { eventsOf, leftBehind, neverEnds, notReached, runsOn, survived } from './observed.js';

export const OUTLIVES_CALL = 'host/outlives-a-lost-call';
export const OUTLIVES_BAD_START = 'host/outlives-a-bad-start';
const LEAVES_NONE = 'host/leaves-no-plugin';
const ENDS_STUBBORN = 'host/ends-a-stubborn-plugin';

/** What a plugin may do that is no reason for its host to die: a promise for each. */
const ENDURED: readonly (Pick<HostCheck, 'id' | 'title' | 'reference' | 'why' | 'fix'> & {
  readonly behaviours: readonly BehaviourName[];
})[] = [
  {
    id: OUTLIVES_CALL,
    title: 'The host outlives a plugin that dies in the middle of its first call',
    behaviours: ['dies-in-call', 'exits-in-call'],
    reference: 'the seed: its client panics on any error of a call, and the plugin’s death is the host’s',
    why: 'Plugins are processes of their own so that their deaths stay theirs.',
    fix: 'Return the error of client.Call; never panic on it.',
  },
  {
    id: OUTLIVES_BAD_START,
    title: 'The host outlives a plugin that does not start as it should',
    behaviours: ['exits-before-handshake', 'garbage-handshake', 'other-version', 'announces-dead-address'],
    reference: 'turbot/steampipe#2546: a plugin that never shakes hands crashes the manager',
    why: 'One bad plugin in the folder, and nothing works any more.',
    fix: 'Report the error of client.Client() and go on; kill the client.',
  },
  {
    id: 'host/outlives-a-strange-reply',
    title: 'The host outlives a reply that it cannot decode',
    behaviours: ['wrong-reply-type', 'error-answers'],
    reference: 'net/rpc client.go, input: a body that gob cannot decode ends the call with an error',
    why: 'A plugin of another version answers with other types.',
    fix: 'Return the error of client.Call; never panic on it.',
  },
  {
    id: 'host/outlives-strange-logs',
    title: 'The host outlives whatever the plugin writes to stderr and stdout',
    behaviours: ['odd-logs', 'chatty-stdout', 'non-string-log-fields'],
    reference:
      'hashicorp/go-plugin#38, #43: a JSON line with a field that is no string; go-plugin v1.8.0, log_entry.go:49',
    why: 'A log line is the last thing that a host should die of.',
    fix: 'Assert types of parsed log lines with care. go-plugin up to 1.8.0 does not: give ClientConfig a Logger whose level is hclog.Off, and log what comes from its Stderr.',
  },
];

const endured = ENDURED.map(({ behaviours, ...facts }) =>
  observedCheck({ ...facts, level: 'must', needs: [DISPENSES] }, async ({ host, attempt }) => {
    for (const behaviour of behaviours) {
      const run = await host.observe({ behaviour }, attempt);
      const unseen = notReached(run, behaviour);
      for (const outcome of [survived(run, behaviour), leftBehind(run), ...(unseen ? [unseen] : [])])
        if (outcome.outcome !== 'passed') return outcome;
    }
    return passed();
  }),
);

const drainsStderr = observedCheck(
  {
    id: 'host/drains-stderr',
    title: 'A plugin that writes a lot to stderr is not held up by the host',
    level: 'must',
    needs: [DISPENSES],
    reference: 'hashicorp/go-plugin#147: a full pipe blocks the plugin’s write',
    why: 'The plugin stands still in the middle of a call, and nobody knows why.',
    fix: 'Read the plugin’s stderr for as long as it lives, whatever is done with it.',
  },
  async ({ host, attempt }) => {
    const run = await host.observe({ behaviour: 'floods-stderr' }, attempt);
    if (eventsOf(run.record, 'answered').length > 0) return passed();
    const unseen = notReached(run, 'floods-stderr');
    if (unseen) return unseen;
    return failed({
      message: 'The plugin never gets to its answer.',
      expected: `a plugin that ${BEHAVIOURS['floods-stderr'].title} answers`,
      actual: 'its first call was never answered',
      evidence: evidenceOfHost(run),
      byTime: true,
    });
  },
);

const leavesNoPlugin = observedCheck(
  {
    id: LEAVES_NONE,
    title: 'When the host has ended, so have its plugins',
    level: 'must',
    needs: [DISPENSES],
    reference: 'hashicorp/nomad#28286, vmware-tanzu/velero#2039: plugins pile up, one more for each job',
    why: 'Each run of the host leaves a process behind.',
    fix: 'Kill every client before the host exits, on every way out: defer plugin.CleanupClients().',
  },
  async (context) => {
    const unseen = await runsOn(context);
    if (unseen) return unseen;
    const run = await context.host.observe({ behaviour: 'outlives-its-host' }, context.attempt);
    return run.ended ? leftBehind(run) : neverEnds(run, context, 'it ends its plugin and then itself');
  },
);

const endsStubborn = observedCheck(
  {
    id: ENDS_STUBBORN,
    title: 'A plugin that ignores Quit and SIGTERM is killed, and does not hold the host up',
    level: 'must',
    needs: [DISPENSES, LEAVES_NONE],
    reference: 'go-plugin client.go, Kill: SIGKILL after 2 s',
    why: 'Plugins pile up, or the host never ends (velero#2039).',
    fix: 'Send SIGKILL when the plugin has not gone in time.',
  },
  async (context) => {
    const unseen = await runsOn(context);
    if (unseen) return unseen;
    const run = await context.host.observe({ behaviour: 'ignores-quit' }, context.attempt);
    return run.ended ? leftBehind(run) : neverEnds(run, context, 'it kills the plugin and ends');
  },
);

const childHoldsOutput = observedCheck(
  {
    id: 'host/ends-beside-a-grandchild',
    title: 'A grandchild that holds the plugin’s stdout does not hold the host up',
    level: 'should',
    needs: [DISPENSES, ENDS_STUBBORN],
    reference: 'hashicorp/go-plugin#136: Kill waits for the end of stdout',
    why: 'The host hangs when it should end, for as long as that process lives.',
    fix: 'Bound the wait for the plugin’s output; end its process group.',
  },
  async (context) => {
    const run = await context.host.observe({ behaviour: 'leaves-a-child' }, context.attempt);
    const unseen = (await runsOn(context)) ?? notReached(run, 'leaves-a-child');
    if (unseen) return unseen;
    if (run.ended) return passed();
    return neverEnds(run, context, 'it ends although a process of the plugin still holds its output');
  },
);

const asksToQuit = observedCheck(
  {
    id: 'host/asks-to-quit',
    title: 'The host asks the plugin to Quit, and gives it the time to',
    level: 'should',
    needs: [DISPENSES, LEAVES_NONE],
    reference: 'go-plugin client.go, Kill: Quit, then 2000 ms of grace',
    why: 'A plugin that is killed loses what it has not written, and leaves its socket.',
    fix: 'Call client.Kill(), or Control.Quit, and wait for two seconds before SIGKILL.',
  },
  async (context) => {
    const unseen = await runsOn(context);
    if (unseen) return unseen;
    const run = await context.host.observe({ behaviour: 'slow-quit' }, context.attempt);
    const [asked, done] = [
      eventsOf(run.record, 'quit').length > 0,
      eventsOf(run.record, 'cleaned-up').length > 0,
    ];
    if (asked && done) return passed();
    return failed({
      message: asked ? 'The plugin is killed while it cleans up.' : 'The plugin is killed without a word.',
      expected: 'Control.Quit, and two seconds to go',
      actual: asked ? 'it had less than a second' : 'no Quit came',
      evidence: evidenceOfHost(run),
      byTime: asked,
    });
  },
);

const endsPluginsOnSigterm = observedCheck(
  {
    id: 'host/ends-plugins-on-sigterm',
    title: 'Ended by SIGTERM the host leaves no plugin behind, even one that does not end by itself',
    level: 'must',
    needs: [DISPENSES, LEAVES_NONE, ENDS_STUBBORN],
    reference: 'only SIGINT handled: service managers and containers send SIGTERM',
    why: 'Every restart of the service leaves its plugins running, on their ports and files.',
    fix: 'Handle SIGTERM as SIGINT: kill every client, then exit.',
  },
  async ({ host, attempt }) => {
    const run = await host.observe({ behaviour: 'ignores-quit', terminate: true }, attempt);
    if (run.signalledAt === undefined)
      return { outcome: 'inconclusive', message: 'The host never called the plugin.' };
    if (run.ended) return leftBehind(run);
    return failed({
      message: 'The host does not end on SIGTERM.',
      expected: 'it ends its plugins, and then itself',
      actual: 'it was still running when the time was over',
      evidence: evidenceOfHost(run),
      byTime: true,
    });
  },
);

export const ENDURING_CHECKS = [
  ...endured,
  drainsStderr,
  leavesNoPlugin,
  endsStubborn,
  childHoldsOutput,
  asksToQuit,
  endsPluginsOnSigterm,
];
