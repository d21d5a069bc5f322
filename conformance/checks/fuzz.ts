import { toJson } from '../../harness/value/index.js';
import type { Campaign, Finding, Leak, Promised, Resource } from '../fuzz/index.js';
import type { CheckContext, CheckOutcome, Level, MethodCheck, PluginCheck } from './check.js';
import { DISPENSED } from './needs.js';
import { evidenceOf, failed, inconclusive, notApplicable, passed } from './outcomes.js';

/** What is broken without any fuzzing is told there. */
const NEEDS = [
  ...DISPENSED,
  'interface/replies',
  'interface/reply-type',
  'errors/reach-the-host',
  'concurrency/parallel-calls',
  'concurrency/mixed-calls',
];

const NEVER_CALLED = 'it is called once in a process, has effects outside of it, or is not there';

/** A finding as an outcome. */
async function outcomeOf(
  { attempt, fuzz }: CheckContext,
  finding: Finding,
  key: string,
): Promise<CheckOutcome> {
  const { breach, steps, rate } = finding;
  const isLate = breach.promise === 'answers-in-time';
  if (isLate && attempt > 0 && !(await fuzz.comesAgain(finding)))
    return passed('It was late once, and not again.');
  const sometimes =
    rate.failed === rate.of
      ? ''
      : rate.failed === 0
        ? ` It was seen once, and not again in ${rate.of} times that the same was done.`
        : ` It is flaky: ${rate.failed} of ${rate.of} times that the same was done.`;
  const last = steps.at(-1)?.calls.at(-1);
  return failed({
    message: `${breach.message}${sometimes}`,
    expected: breach.expected,
    actual: breach.actual,
    evidence: evidenceOf(breach.plugin, {
      ...(last ? { arguments: toJson(last.args) } : {}),
      ...(breach.reply === undefined ? {} : { reply: breach.reply }),
      counterexample: fuzz.document(finding, key),
    }),
    byTime: isLate,
  });
}

/** A promise that the campaign watches, for each method. */
function promiseCheck(details: {
  readonly promise: Exclude<Promised, 'laws'>;
  readonly title: string;
  readonly needs?: readonly string[];
  readonly reference: string;
  readonly why: string;
  readonly fix: string;
  readonly appliesTo?: (target: Parameters<MethodCheck['run']>[1]) => string | undefined;
}): MethodCheck {
  const { promise, appliesTo, needs = [], ...facts } = details;
  return {
    ...facts,
    id: `fuzz/${promise}`,
    target: 'method',
    level: 'must',
    needs: [...NEEDS, ...needs],
    async run(context, target) {
      const reason = appliesTo?.(target);
      if (reason) return notApplicable(reason);
      const campaign = await context.fuzz.campaign();
      const finding = campaign.findings.find(
        ({ breach }) => breach.promise === promise && breach.target === target.name,
      );
      return finding
        ? outcomeOf(context, finding, `fuzz/${promise}@${target.name}`)
        : unbroken(campaign, target.name);
    },
  };
}

function unbroken({ calls, stopped }: Campaign, target: string): CheckOutcome {
  const made = calls.get(target) ?? 0;
  if (made > 0) return passed(`${made} calls`);
  return stopped === undefined ? notApplicable(NEVER_CALLED) : inconclusive(stopped);
}

const processLives = promiseCheck({
  promise: 'process-lives',
  title: 'Whatever valid arguments it is called with, in whatever order, the process lives',
  reference: 'go-plugin: net/rpc does not recover from a panic in a handler, and the process ends',
  why: 'Somebody’s odd device name takes down the plugin, and with it everything that it was doing for others.',
  fix: 'Run the counterexample (below) in a debugger or as a test; check what the message names before it is used.',
});

const connectionLives = promiseCheck({
  promise: 'connection-lives',
  title: 'Whatever valid arguments it is called with, the connection lives',
  needs: ['fuzz/process-lives'],
  reference: 'net/rpc server.go, sendResponse: a reply that gob cannot encode ends the connection',
  why: 'The process lives on and its host takes it for running, but nobody can talk to it any more.',
  fix: 'Send only types that gob knows on both sides; recover in handlers and answer with an error.',
});

const answersInTime = promiseCheck({
  promise: 'answers-in-time',
  title: 'Whatever valid arguments it is called with, in whatever order, it answers in time',
  needs: ['fuzz/process-lives', 'fuzz/connection-lives'],
  reference: 'net/rpc client.go, Call has no deadline: the host waits for ever',
  why: 'The host waits, and with it whoever pressed the button.',
  fix: 'Unlock on every way out (defer); bound the work by the length of the input; put a limit on what it waits for.',
});

const replies = promiseCheck({
  promise: 'replies',
  title:
    'Whatever valid arguments it is called with, it answers what the contract says, or with a proper error',
  needs: ['interface/reply-values', 'fuzz/process-lives', 'fuzz/connection-lives'],
  reference: 'the contract: the method’s reply and the errorTypes',
  why: 'Hosts are written against the contract and rely on it.',
  fix: 'Check the arguments, and answer with an error where there is no answer that the contract allows.',
});

const staysStable = promiseCheck({
  promise: 'stays-stable',
  title: 'Whatever happens in between, the same question gets the same answer',
  needs: ['interface/stable', 'fuzz/replies'],
  reference: 'the contract: stable; hosts keep such answers',
  why: 'What hosts keep and show would be wrong.',
  fix: 'Copy slices and maps before they are handed out or kept; compute the answer from what does not change.',
  appliesTo: ({ method }) => (method.stable ? undefined : 'the contract does not call it stable'),
});

const ownAnswers = promiseCheck({
  promise: 'own-answers',
  title: 'Whatever else is in flight, each caller gets the answer to its own question',
  needs: ['concurrency/own-answers', 'fuzz/stays-stable', 'fuzz/replies'],
  reference: 'net/rpc server.go: each call runs on a goroutine of its own',
  why: 'A host acts on an answer that was meant for somebody else.',
  fix: 'Keep what belongs to a call in its own variables; run the plugin’s tests with -race.',
  appliesTo: ({ method }) =>
    method.hasArgs && (method.stable || method.readOnly) && !method.unordered
      ? undefined
      : 'its answers cannot be told apart: it takes no arguments, or changes something',
});

/** A law that is broken because one of these is would be the same finding again. */
const PROMISES_OF_METHODS = [
  'fuzz/process-lives',
  'fuzz/connection-lives',
  'fuzz/answers-in-time',
  'fuzz/replies',
  'fuzz/stays-stable',
  'fuzz/own-answers',
];

/** Laws of one level, about the plugin as a whole. */
function lawsCheck(id: PluginCheck['id'], level: Level, title: string): PluginCheck {
  return {
    id,
    target: 'plugin',
    title,
    level,
    needs: [...NEEDS, ...PROMISES_OF_METHODS],
    reference: 'the contract’s laws: properties over several methods',
    why: 'Each method by itself does what it says, and together they do not.',
    fix: 'The law that the message names says what has to hold; the counterexample is the shortest way to break it.',
    async run(context) {
      const laws = (await context.fuzz.laws()).filter((law) => (law.level ?? 'should') === level);
      if (laws.length === 0) return notApplicable('the contract has no such laws');
      const campaign = await context.fuzz.campaign();
      const finding = campaign.findings.find(({ breach }) => laws.some(({ name }) => name === breach.law));
      if (finding) return outcomeOf(context, finding, id);
      if (campaign.calls.size === 0 && campaign.stopped === undefined)
        return notApplicable('no method of it may be called again');
      return campaign.stopped === undefined
        ? passed(laws.map(({ name }) => name).join(', '))
        : inconclusive(campaign.stopped);
    },
  };
}

/** What the process takes of the machine while a method is called over and over. */
function leakCheck(details: {
  readonly id: MethodCheck['id'];
  readonly resource: Resource;
  readonly title: string;
  readonly why: string;
  readonly fix: string;
  readonly told: (leak: Leak) => string;
}): MethodCheck {
  const { resource, told, ...facts } = details;
  return {
    ...facts,
    target: 'method',
    level: 'should',
    needs: [...NEEDS, 'fuzz/process-lives', 'fuzz/connection-lives', 'fuzz/answers-in-time'],
    reference: 'proc_pid_fd(5) and VmRSS of proc_pid_status(5), after each of several rounds of calls',
    async run({ fuzz }, target) {
      const { leaks, calls, problem } = await fuzz.endurance();
      const leak = leaks.find((each) => each.resource === resource && each.target === target.name);
      if (leak) {
        const last = leak.steps.at(-1)?.calls.at(-1);
        return failed({
          message: told(leak),
          expected: 'what it takes for a call is given back',
          actual: told(leak),
          evidence: {
            ...(last ? { arguments: toJson(last.args) } : {}),
            counterexample: fuzz.documentOfLeak(leak, `${facts.id}@${target.name}`, told(leak)),
          },
        });
      }
      const made = calls.get(target.name) ?? 0;
      if (made > 0) return passed(`${made} calls`);
      return problem === undefined ? notApplicable(NEVER_CALLED) : inconclusive(problem);
    },
  };
}

const descriptors = leakCheck({
  id: 'fuzz/descriptors',
  resource: 'descriptors',
  title: 'However often it is called, it does not keep more and more files open',
  why: 'After a day the plugin reaches its limit (often 1024), and everything that needs a file or a connection fails.',
  fix: 'Close what a call opens, on every way out (defer).',
  told: ({ seen, calls }) => `Open descriptors after every ${calls} calls or more: ${seen.join(', ')}.`,
});

const memory = leakCheck({
  id: 'fuzz/memory',
  resource: 'memory',
  title: 'However often it is called, its memory does not grow without end',
  why: 'The plugin, and with it the machine, runs out of memory some days after the last restart.',
  fix: 'Bound caches and logs in memory; end goroutines that nobody waits for.',
  told: ({ seen }) =>
    `Its memory at one look after the other, in MiB: ${seen.map((bytes) => Math.round(bytes / 1024 / 1024)).join(', ')}.`,
});

export const FUZZ_CHECKS = [
  processLives,
  connectionLives,
  answersInTime,
  replies,
  staysStable,
  ownAnswers,
  lawsCheck('fuzz/binding-laws', 'must', 'Its methods keep the contract’s binding laws'),
  lawsCheck('fuzz/laws', 'should', 'Its methods keep the contract’s laws'),
  descriptors,
  memory,
];
