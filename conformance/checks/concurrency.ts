import { equal, type Value } from '../../harness/value/index.js';
import type { CallOutcome, MethodTarget, PluginSession, Subject } from '../subject/index.js';
import type { CheckContext, CheckOutcome, MethodCheck, PluginCheck } from './check.js';
import { DISPENSED } from './needs.js';
import { evidenceOf, failed, notApplicable, passed, show } from './outcomes.js';

/** Calls in flight at a time: what tells a map without a lock from one with it (hashicorp/vault#17247). */
const BURST = 32;

/** So many bursts there are at least, on a slow machine too: fewer prove nothing … */
const MIN_BURSTS = 20;

/** … unless the plugin is so slow that they would take this many times as long as bursts may. */
const PATIENCE = 10;

/** Connections of the last check. */
const CONNECTIONS = 4;

/** Distinct arguments by which answers are told apart. */
const VARIANTS = 8;

/** A wrong answer has to be seen in this many bursts before it is held against the plugin. */
const SWAPS_TO_BELIEVE = 3;

const NEEDS = [...DISPENSED, 'interface/replies'];

/** Methods that answer and may be called again and again. */
async function callable(subject: Subject): Promise<MethodTarget[]> {
  const found: MethodTarget[] = [];
  for (const target of subject.targets) {
    if (!subject.mayRepeat(target)) continue;
    const { first } = await subject.observe(target, 0);
    if (first?.kind === 'reply' || first?.kind === 'error') found.push(target);
  }
  return found;
}

/** What the calls of a method are made with: the same arguments and different ones, the plugin's own values among them. */
async function argumentsOf(subject: Subject, target: MethodTarget): Promise<readonly Value[]> {
  if (!target.method.hasArgs) return [target.method.sampleArgs()];
  const varied = Array.from({ length: VARIANTS }, (_, n) => target.method.variedArgs(n));
  // The plugin's own values first, and so most often: with others many a method does nothing but refuse.
  return [...(await subject.knownArguments(target)), ...varied];
}

/** Whether it is time for another burst. */
function goesOn({ budgets: { bursts: most, burstMs } }: Subject, bursts: number, start: number): boolean {
  const spent = performance.now() - start;
  return (bursts < most && spent < burstMs) || (bursts < MIN_BURSTS && spent < PATIENCE * burstMs);
}

/** Of a plugin that serves one caller at a time, the last of a burst waits for all others: that is allowed. */
function patience(subject: Subject, callMs: number): number {
  return subject.budgets.timeoutMs + 2 * BURST * callMs;
}

/** How long one call takes when nothing else is asked, in ms. */
async function callDuration(
  session: PluginSession,
  target: MethodTarget,
  args: Value,
  timeoutMs: number,
): Promise<number> {
  const start = performance.now();
  await session.call(target, args, timeoutMs);
  return performance.now() - start;
}

/** An outcome without its reply: what is in flight must not keep thousands of large answers. */
function withoutReply(outcome: CallOutcome): Exclude<CallOutcome, { kind: 'reply' }> | undefined {
  return outcome.kind === 'reply' ? undefined : outcome;
}

/** Sends bursts until time or count is used up; the first call that got no answer ends it. */
async function burst(
  { subject }: CheckContext,
  sessions: readonly PluginSession[],
  targets: readonly MethodTarget[],
): Promise<{ bursts: number; broken: CallOutcome | undefined }> {
  const args = new Map<MethodTarget, readonly Value[]>();
  for (const target of targets) args.set(target, await argumentsOf(subject, target));
  let slowest = 0;
  for (const [target, [first = null]] of args) {
    slowest = Math.max(
      slowest,
      await callDuration(sessions[0] as PluginSession, target, first, subject.budgets.timeoutMs),
    );
  }
  const timeoutMs = patience(subject, slowest);
  const start = performance.now();
  let bursts = 0;
  for (; goesOn(subject, bursts, start); bursts++) {
    const calls = Array.from({ length: BURST }, (_, n) => {
      const turn = n + bursts + subject.options.seed;
      const target = targets[turn % targets.length] as MethodTarget;
      const choice = args.get(target) ?? [];
      // Every other call with the first arguments: the same ones at the same time, and others between them.
      const own = choice[n % 2 === 0 ? 0 : turn % choice.length] as Value;
      const session = sessions[n % sessions.length] as PluginSession;
      return session.call(target, own, timeoutMs).then(withoutReply);
    });
    const broken = (await Promise.all(calls)).find(
      (call) => call?.kind === 'lost' || call?.kind === 'timeout',
    );
    if (broken) return { bursts, broken };
  }
  return { bursts, broken: undefined };
}

function judge(
  session: PluginSession,
  { bursts, broken }: { bursts: number; broken: CallOutcome | undefined },
  what: string,
): CheckOutcome {
  if (!broken) return passed(`${bursts} bursts of ${BURST}`);
  const lost = broken.kind === 'lost';
  return failed({
    message: lost ? broken.loss.text : `A call of ${what} was never answered.`,
    expected: `every call is answered, with ${BURST} of ${what} in flight`,
    actual: `${broken.kind === 'lost' || broken.kind === 'timeout' ? broken.text : ''} (burst ${bursts + 1})`,
    evidence: evidenceOf(session.plugin),
    byTime: !lost,
  });
}

const parallelCalls: MethodCheck = {
  id: 'concurrency/parallel-calls',
  target: 'method',
  title: `With ${BURST} calls of it in flight, over and over, every one is answered`,
  level: 'must',
  needs: NEEDS,
  reference:
    'net/rpc server.go: each call runs on a goroutine of its own; hashicorp/vault#17247 (concurrent map writes)',
  why: 'Hosts call from many goroutines. What is shared without a lock ends the process sooner or later, under load and not in a test.',
  fix: 'Guard what calls share with a mutex; run the plugin’s tests with -race.',
  async run(context, target) {
    const { subject } = context;
    const seen = await subject.observe(target, 0);
    if (!seen.registered) return notApplicable('the plugin does not register this method');
    if (!subject.mayRepeat(target)) return notApplicable('it may be called only once');
    const session = await subject.freshSession();
    try {
      return judge(session, await burst(context, [session], [target]), target.method.name);
    } finally {
      await subject.release(session.plugin);
    }
  },
};

const mixedCalls: PluginCheck = {
  id: 'concurrency/mixed-calls',
  target: 'plugin',
  title: `With ${BURST} calls of all its methods in flight, over and over, every one is answered`,
  level: 'must',
  needs: [...NEEDS, 'concurrency/parallel-calls'],
  reference: 'net/rpc server.go; hashicorp/vault#17247',
  why: 'What one method writes another one reads.',
  fix: 'Guard what methods share with one mutex; run the plugin’s tests with -race.',
  async run(context) {
    const targets = await callable(context.subject);
    if (targets.length < 2) return notApplicable('there are not two methods that can be called again');
    const session = await context.subject.freshSession();
    try {
      return judge(session, await burst(context, [session], targets), 'all methods');
    } finally {
      await context.subject.release(session.plugin);
    }
  },
};

const fourConnections: PluginCheck = {
  id: 'concurrency/four-connections',
  target: 'plugin',
  title: `Calls over ${CONNECTIONS} connections at a time are all answered`,
  level: 'must',
  needs: [...NEEDS, 'concurrency/parallel-calls', 'concurrency/mixed-calls', 'session/second-connection'],
  reference: 'go-plugin rpc_server.go, Serve: a goroutine for each connection',
  why: 'Reattached hosts and debugging tools connect beside the first host.',
  fix: 'Keep what belongs to a connection apart from what belongs to the plugin.',
  async run(context) {
    const { subject } = context;
    const targets = await callable(subject);
    if (targets.length === 0) return notApplicable('there is no method that can be called again');
    const session = await subject.freshSession();
    try {
      const sessions = [session];
      while (sessions.length < CONNECTIONS) sessions.push(await session.another());
      return judge(session, await burst(context, sessions, targets), 'all methods');
    } finally {
      await subject.release(session.plugin);
    }
  },
};

/** A call whose answer is known, to be told apart from all others. */
interface Question {
  readonly target: MethodTarget;
  readonly args: Value;
  readonly answer: string | { readonly value: Value };
}

const ownAnswers: PluginCheck = {
  id: 'concurrency/own-answers',
  target: 'plugin',
  title: `With ${BURST} calls in flight, each caller gets the answer to its own question`,
  level: 'must',
  needs: [...NEEDS, 'concurrency/parallel-calls', 'concurrency/mixed-calls'],
  reference: 'net/rpc client.go, input: replies are told apart by Seq alone',
  why: 'A host acts on an answer that was meant for somebody else: the wrong lamp goes off.',
  fix: 'Send the sequence number of the request back with its reply, and share no buffer between calls.',
  async run(context) {
    const { subject } = context;
    const session = await subject.freshSession();
    try {
      const asking = performance.now();
      const questions = await knownAnswers(context, session);
      const timeoutMs = patience(subject, (performance.now() - asking) / (2 * Math.max(1, questions.length)));
      if (questions.length < 2)
        return notApplicable('there are not two calls whose answers differ and stay the same');
      const start = performance.now();
      let swaps = 0;
      let bursts = 0;
      for (; goesOn(subject, bursts, start); bursts++) {
        const asked = Array.from(
          { length: BURST },
          (_, n) => questions[(n * 7 + bursts) % questions.length] as Question,
        );
        // Judged as they come: what is right need not be kept until the last one is there.
        const suspects = await Promise.all(
          asked.map(async (question) => {
            const call = await session.call(question.target, question.args, timeoutMs);
            return call.kind === 'lost' ||
              call.kind === 'timeout' ||
              isAnotherAnswer(call, question, questions)
              ? call
              : undefined;
          }),
        );
        const broken = suspects.find((call) => call?.kind === 'lost' || call?.kind === 'timeout');
        if (broken) return judge(session, { bursts, broken }, 'the methods that only read');
        const wrong = suspects.findIndex((call) => call !== undefined);
        const stray = session.client((asked[0] as Question).target.plugin).rpc.strayReplies;
        if (wrong < 0 && stray === 0) continue;
        swaps += 1;
        if (swaps < SWAPS_TO_BELIEVE && stray === 0) continue;
        const question = asked[Math.max(0, wrong)] as Question;
        const call = suspects[wrong];
        return failed({
          message:
            stray > 0 ? 'A reply came that no call was waiting for.' : 'An answer went to the wrong caller.',
          expected: `${question.target.method.name}(${show(question.args)}) → ${typeof question.answer === 'string' ? question.answer : show(question.answer.value)}`,
          actual:
            call === undefined
              ? 'a reply with a sequence number of its own'
              : call.kind === 'reply'
                ? show(call.reply.sent.value)
                : call.text,
          evidence: evidenceOf(session.plugin),
        });
      }
      return passed(`${bursts} bursts of ${BURST}`);
    } finally {
      await subject.release(session.plugin);
    }
  },
};

/** Asks one after the other, twice; what is answered the same both times, and by one question only, can be told apart. */
async function knownAnswers({ subject }: CheckContext, session: PluginSession): Promise<Question[]> {
  const questions: Question[] = [];
  const start = performance.now();
  for (const target of await callable(subject)) {
    if (!target.method.stable && !target.method.readOnly) continue;
    for (const args of await argumentsOf(subject, target)) {
      if (performance.now() - start > PATIENCE * subject.budgets.burstMs) break;
      const [once, twice] = [
        await answer(subject, session, target, args),
        await answer(subject, session, target, args),
      ];
      if (once !== undefined && twice !== undefined && equalAnswers(once, twice))
        questions.push({ target, args, answer: once });
    }
  }
  return questions.some((a) => questions.some((b) => !equalAnswers(a.answer, b.answer))) ? questions : [];
}

async function answer(
  subject: Subject,
  session: PluginSession,
  target: MethodTarget,
  args: Value,
): Promise<Question['answer'] | undefined> {
  const call = await session.call(target, args, subject.budgets.timeoutMs);
  if (call.kind === 'reply') return call.reply.value === undefined ? undefined : { value: call.reply.value };
  return call.kind === 'error' ? call.text : undefined;
}

function equalAnswers(a: Question['answer'], b: Question['answer']): boolean {
  if (typeof a === 'string' || typeof b === 'string') return a === b;
  return equal(a.value, b.value);
}

/** Not the answer it should be, and exactly the answer to another question of the same burst. */
function isAnotherAnswer(call: CallOutcome, question: Question, questions: readonly Question[]): boolean {
  if (call.kind !== 'reply' && call.kind !== 'error') return false;
  const got = call.kind === 'error' ? call.text : { value: call.reply.value ?? call.reply.sent.value };
  if (equalAnswers(got, question.answer)) return false;
  return (
    questions.some((other) => other !== question && equalAnswers(got, other.answer)) || hasOtherType(call)
  );
}

function hasOtherType(call: CallOutcome): boolean {
  return call.kind === 'reply' && call.reply.value === undefined;
}

export const CONCURRENCY_CHECKS = [parallelCalls, mixedCalls, ownAnswers, fourConnections];
