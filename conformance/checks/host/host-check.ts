import { RelayError } from '../../../harness/relay/index.js';
import { Deviation, Scene, type Stage } from '../../faults/index.js';
import { AdapterError, type HostAtHome, type HostRun, type HostSubject } from '../../hosts/index.js';
import type { CheckOutcome, Evidence, HostCheck, HostContext } from '../check.js';
import { failed, inconclusive, notApplicable, passed } from '../outcomes.js';

type Facts = Omit<HostCheck, 'target' | 'run'>;

/** How much of an output stands in a report, in characters. */
const SHOWN_OUTPUT = 4_000;

/** What a host's process shows. */
export function evidenceOfHost(
  { ended, stderr, stdout }: Pick<HostRun, 'ended' | 'stderr' | 'stdout'>,
  more: Evidence = {},
): Evidence {
  return {
    ...(ended ? { exit: ended.signal ?? `exit code ${ended.code}` } : {}),
    ...(stderr ? { stderr: stderr.slice(-SHOWN_OUTPUT) } : {}),
    ...(stdout ? { stdout: stdout.slice(0, SHOWN_OUTPUT) } : {}),
    ...more,
  };
}

/** A promise about what a host does to a plugin, seen from the plugin and from outside. */
export function observedCheck(
  facts: Facts,
  judge: (context: HostContext) => Promise<CheckOutcome>,
): HostCheck {
  return { ...facts, target: 'host', run: judge };
}

/** A promise about a host that does what it is told, on a process of its own and with plugins of its own. */
export function toldCheck(
  facts: Facts,
  work: (home: HostAtHome & { readonly subject: HostSubject }) => Promise<CheckOutcome | void>,
): HostCheck {
  return adapterCheck(facts, (subject, saw) =>
    subject.atHome(async ({ host, plugins }) => {
      try {
        return await work({ host, plugins, subject });
      } catch (error) {
        const { exited, stderr } = host.process;
        saw({
          ...(exited ? { exit: exited.signal ?? `exit code ${exited.code}` } : {}),
          stderr: stderr.text().slice(-SHOWN_OUTPUT),
          ...(host.strange.length > 0 ? { stdout: host.strange.join('\n') } : {}),
        });
        // That it died is no matter of time, whatever it was asked for.
        if (error instanceof Deviation && !host.alive)
          throw new Deviation(error.message, error.expected, error.actual);
        throw error;
      }
    }),
  );
}

/** A promise about a host that has a plugin behind a relay, and another one beside it. */
export function stagedCheck(
  facts: Facts,
  work: (scene: Scene, stage: Stage) => Promise<CheckOutcome | void>,
): HostCheck {
  return adapterCheck(facts, (subject, saw) =>
    subject.onStage(async (stage) => {
      const scene = await Scene.open(stage);
      try {
        return await work(scene, stage);
      } catch (error) {
        saw({ seen: scene.timeline.lines });
        throw error;
      } finally {
        await scene.close();
      }
    }),
  );
}

function adapterCheck(
  facts: Facts,
  work: (subject: HostSubject, saw: (evidence: Evidence) => void) => Promise<CheckOutcome | void>,
): HostCheck {
  return {
    ...facts,
    target: 'host',
    async run({ host }) {
      if (!host.options.adapter) return notApplicable('the host has no adapter (--adapter)');
      if (!host.call) return notApplicable('the contract has no method that may be called again');
      let evidence: Evidence = {};
      try {
        return (await work(host, (seen) => (evidence = seen))) ?? passed();
      } catch (error) {
        return outcomeOf(error, evidence);
      }
    },
  };
}

/** What stands against the host. Anything else is thrown on. */
export function outcomeOf(error: unknown, evidence: Evidence): CheckOutcome {
  if (error instanceof Deviation) {
    const { message, expected, actual, byTime } = error;
    return failed({ message, expected, actual, evidence, byTime });
  }
  // The moment was not reached: nothing was seen of what the check is about.
  if (error instanceof RelayError) return inconclusive(error.message);
  if (!(error instanceof AdapterError)) throw error;
  return failed({
    message: error.message,
    expected: 'the host does what it is asked, or says why not',
    actual: error.message,
    evidence,
    byTime: error.code === 'ADAPTER_TIMEOUT',
  });
}
