import { toJson, type Value } from '../../harness/value/index.js';
import type { CallOutcome, MethodTarget, PluginSession, Subject } from '../subject/index.js';
import { withTaken } from './arbitraries/index.js';
import { answerOf, FirstAnswers, isSameAnswer, type Answer } from './answers.js';
import { isLethal, type Breach } from './breach.js';
import type { Call, Step } from './call.js';
import { judgeOutcome, show } from './judge.js';
import type { AnsweredCall, Law } from './laws/law.js';

/** What a life is lived with. */
export interface LifeOptions {
  readonly subject: Subject;
  readonly laws: readonly Law[];
  /** What may be called again and again, and answers. */
  readonly methods: readonly MethodTarget[];
  /** How long an answer may take, ms. */
  readonly timeoutMs: number;
}

/** Decides which caller goes on: resolves when it is the turn of whoever asks. */
export type Turn = (label: string) => Promise<void>;

/** Of the calls in flight together, so many are asked again alone, to see whose answer each one got. */
const ASKED_AGAIN = 8;

/** A call that was made, and what came of it. */
interface Made {
  readonly target: MethodTarget;
  readonly call: Call;
  readonly outcome: CallOutcome;
}

/**
 * One process of the plugin from its launch on: what a host calls first, then step after step, each answer held
 * against every promise.
 */
export class Life {
  readonly session: PluginSession;
  /** What was done, as it was done: the calls in the order in which they were sent, with the values they were given. */
  readonly steps: Step[] = [];
  readonly #options: LifeOptions;
  readonly #targets: ReadonlyMap<string, MethodTarget>;
  readonly #answered: AnsweredCall[] = [];
  readonly #first = new FirstAnswers();
  /** The last reply of each method that others take their values from. */
  readonly #named = new Map<string, Value>();
  #isOver = false;

  private constructor(options: LifeOptions, session: PluginSession) {
    this.#options = options;
    this.session = session;
    this.#targets = new Map(options.methods.map((target) => [keyOf(target), target]));
  }

  /**
   * Launches the plugin, and asks for the values that other methods take.
   *
   * @throws HarnessError when it cannot be started or dispensed
   */
  static async begin(options: LifeOptions): Promise<Life> {
    const life = new Life(options, await options.subject.freshSession());
    for (const { plugin, method } of sourcesOf(options.methods)) {
      const call = { plugin, method: method.name, args: method.sampleArgs(), taken: [] };
      life.#remember(await life.#make(call), -1, true);
    }
    return life;
  }

  /** Whether more can be asked. */
  get alive(): boolean {
    return !this.#isOver && this.session.alive;
  }

  /**
   * Does a step, and whatever shows whether its answers were right. Resolves with all that was broken.
   *
   * @param turn - the order of those that call together; in the order of the step unless given
   */
  async take(step: Step, turn?: Turn): Promise<Breach[]> {
    const breaches: Breach[] = [];
    for (let time = 0; time < (step.times ?? 1) && this.alive && breaches.length === 0; time++) {
      breaches.push(...(await this.#once(step.calls, turn)));
    }
    // What hangs once is not asked again: it would take its time for each of the calls to come.
    if (breaches.some(isLethal)) this.#isOver = true;
    return breaches;
  }

  /** What the laws want to ask after the last step. */
  questions(): Call[] {
    const step = this.steps.length - 1;
    return this.#answered
      .filter((call) => call.step === step)
      .flatMap((call) => this.#options.laws.flatMap((law) => law.ask?.(call) ?? []))
      .flatMap(({ method, args }) => {
        const target = this.#options.methods.find((each) => each.method.name === method);
        return target ? [{ plugin: target.plugin, method, args, taken: [] }] : [];
      });
  }

  end(): Promise<void> {
    return this.#options.subject.release(this.session.plugin);
  }

  async #once(calls: readonly Call[], turn: Turn | undefined): Promise<Breach[]> {
    const sent: Call[] = [];
    const step = this.steps.push({ calls: sent }) - 1;
    const send = async (call: Call): Promise<Made> => {
      const own = this.#withValues(call);
      sent.push(own);
      return this.#make(own);
    };
    const made = turn ? await inTurns(calls, send, turn) : await inOrder(calls, send);
    const breaches = made.flatMap((each) => this.#judge(each, step, made.length === 1) ?? []);
    if (made.length === 1 || breaches.some(({ promise }) => promise !== 'stays-stable')) return breaches;
    // Somebody else's answer is another answer too: who got which says more.
    const swapped = await this.#askAgain(made);
    return swapped.length > 0 ? swapped : breaches;
  }

  async #make(call: Call): Promise<Made> {
    const target = this.#targets.get(`${call.plugin}.${call.method}`);
    if (!target) throw new Error(`The contract has no method ${call.plugin}.${call.method}.`);
    return { target, call, outcome: await this.session.call(target, call.args, this.#options.timeoutMs) };
  }

  #withValues(call: Call): Call {
    const target = this.#targets.get(`${call.plugin}.${call.method}`);
    if (!target || call.taken.length === 0) return call;
    const args = withTaken(target.method, call, (source) => {
      const reply = this.#named.get(`${call.plugin}.${source}`);
      return reply;
    });
    return { ...call, args };
  }

  #judge(made: Made, step: number, alone: boolean): Breach | undefined {
    const { subject } = this.#options;
    const breach = judgeOutcome(subject, this.session, made.target, made.outcome);
    if (breach) return breach;
    const answer = answerOf(made.outcome);
    if (!answer) return undefined;
    return this.#judgeStable(made, answer) ?? this.#remember(made, step, alone);
  }

  #judgeStable({ target, call }: Made, answer: Answer): Breach | undefined {
    const { stable, unordered } = target.method;
    if (!stable) return undefined;
    const first = this.#first.firstOf(target, call.args, answer);
    if (isSameAnswer(first, answer, unordered)) return undefined;
    return {
      promise: 'stays-stable',
      target: target.name,
      message: `${target.method.name} gave another answer than it had given before.`,
      expected: showAnswer(first),
      actual: showAnswer(answer),
      plugin: this.session.plugin,
    };
  }

  /** Keeps an answer for those to come, and holds it against the laws. */
  #remember({ target, call, outcome }: Made, step: number, alone: boolean): Breach | undefined {
    const answer = answerOf(outcome);
    if (!answer) return undefined;
    if ('reply' in answer) this.#named.set(`${call.plugin}.${call.method}`, answer.reply);
    const last: AnsweredCall = { method: call.method, args: call.args, answer, step, alone };
    let breach: Breach | undefined;
    for (const law of this.#options.laws) {
      const broken = law.broken(last, this.#answered);
      if (broken === undefined) continue;
      breach ??= {
        promise: 'laws',
        target: target.name,
        law: law.name,
        message: broken,
        expected: law.title,
        actual: showAnswer(answer),
        ...('reply' in answer ? { reply: toJson(answer.reply) } : {}),
        plugin: this.session.plugin,
      };
    }
    this.#answered.push(last);
    return breach;
  }

  /**
   * Asks some of what was in flight again, alone and twice. An answer that is steady now, that was another one then,
   * and that then was exactly what one of the others gets, went to the wrong caller.
   */
  async #askAgain(made: readonly Made[]): Promise<Breach[]> {
    // Where something was changed meanwhile, another answer may be right.
    if (!made.every(({ target: { method } }) => method.stable || method.readOnly)) return [];
    const questions = made
      .filter(({ target: { method } }) => method.hasArgs && !method.unordered)
      .slice(0, ASKED_AGAIN);
    if (questions.length < 2) return [];
    const alone: { made: Made; together: Answer; now: Answer }[] = [];
    for (const question of questions) {
      const again = [await this.#make(question.call), await this.#make(question.call)] as const;
      for (const { target, outcome } of again) {
        const breach = judgeOutcome(this.#options.subject, this.session, target, outcome);
        if (breach) return [breach];
      }
      const [together, now, later] = [question, ...again].map(({ outcome }) => answerOf(outcome));
      if (together && now && later && isSameAnswer(now, later, false))
        alone.push({ made: question, together, now });
    }
    const swapped = alone.find(
      ({ together, now }) =>
        !isSameAnswer(together, now, false) &&
        alone.some((other) => isSameAnswer(together, other.now, false)),
    );
    if (!swapped) return [];
    return [
      {
        promise: 'own-answers',
        target: swapped.made.target.name,
        message: 'An answer went to the wrong caller.',
        expected: `${swapped.made.target.method.name}(${show(swapped.made.call.args)}) → ${showAnswer(swapped.now)}`,
        actual: showAnswer(swapped.together),
        plugin: this.session.plugin,
      },
    ];
  }
}

/** Sends them in their order; a caller waits for its own last answer. */
async function inOrder(calls: readonly Call[], send: (call: Call) => Promise<Made>): Promise<Made[]> {
  const last = new Map<number, Promise<Made>>();
  const made: Promise<Made>[] = [];
  for (const call of calls) {
    if (call.caller !== undefined) await last.get(call.caller);
    const answer = send(call);
    made.push(answer);
    if (call.caller !== undefined) last.set(call.caller, answer);
  }
  return Promise.all(made);
}

/** Lets the callers take turns. */
async function inTurns(
  calls: readonly Call[],
  send: (call: Call) => Promise<Made>,
  turn: Turn,
): Promise<Made[]> {
  const callers = new Map<number | Call, Call[]>();
  for (const call of calls) {
    const caller = call.caller ?? call;
    callers.set(caller, [...(callers.get(caller) ?? []), call]);
  }
  const made = await Promise.all(
    [...callers.values()].map(async (own) => {
      const answers: Made[] = [];
      for (const call of own) {
        await turn(call.method);
        answers.push(await send(call));
      }
      return answers;
    }),
  );
  return made.flat();
}

function keyOf({ plugin, method }: MethodTarget): string {
  return `${plugin}.${method.name}`;
}

/** The methods whose replies name values that others take. */
function sourcesOf(methods: readonly MethodTarget[]): MethodTarget[] {
  const named = new Set(
    methods.flatMap(({ plugin, method }) =>
      method.valueSources.map((source) => `${plugin}.${source.method}`),
    ),
  );
  return methods.filter((target) => named.has(keyOf(target)));
}

function showAnswer(answer: Answer): string {
  return 'error' in answer ? `an error: ${answer.error}` : show(answer.reply);
}
