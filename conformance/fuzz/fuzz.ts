import type { Subject } from '../subject/index.js';
import { breachKey } from './breach.js';
import { runCampaign, type Campaign, type CampaignOptions } from './campaign.js';
import {
  counterexampleDocument,
  findingDocument,
  resultKey,
  stepsOf,
  stepsToDocument,
  whyOutdated,
  wireCasesOf,
  wireCasesToDocument,
  type Counterexample,
  type CounterexampleFacts,
} from './counterexample/index.js';
import { endure, type Endurance, type Leak } from './endurance.js';
import type { Finding } from './finding.js';
import { loadLaws } from './laws/load.js';
import type { Law } from './laws/law.js';
import { fuzzableMethods } from './methods.js';
import { replaySteps } from './replay-steps.js';
import type { Failure } from './search.js';
import type { EnvironmentFinding, WireCase, WireFinding } from './wire/index.js';

export interface FuzzOptions extends Pick<CampaignOptions, 'runs' | 'findMs' | 'shrinkMs' | 'onCalls'> {
  /** Counterexamples of earlier runs; those of this contract are done first. */
  readonly saved: readonly Counterexample[];
  /** What stands in each counterexample. */
  readonly facts: CounterexampleFacts;
  /** Told of each failure as soon as it is seen, and of each smaller one in its place: those have the same `id`. */
  readonly onCounterexample?: (document: Counterexample, id: string) => void;
}

/** The fuzzing of one subject: what several checks judge is done once. */
export class Fuzz {
  readonly #subject: Subject;
  readonly #options: FuzzOptions;
  #once: readonly { readonly plugin: string; readonly method: string }[] = [];
  #laws: Promise<readonly Law[]> | undefined;
  #campaign: Promise<Campaign> | undefined;
  #endurance: Promise<Endurance> | undefined;

  constructor(subject: Subject, options: FuzzOptions) {
    this.#subject = subject;
    this.#options = options;
  }

  /** @throws ContractError */
  laws(): Promise<readonly Law[]> {
    this.#laws ??= loadLaws(this.#subject.contract);
    return this.#laws;
  }

  campaign(): Promise<Campaign> {
    this.#campaign ??= this.#runCampaign();
    return this.#campaign;
  }

  /** What the plugin takes of the machine in the long run; looked at when the campaign is over. */
  endurance(): Promise<Endurance> {
    this.#endurance ??= this.campaign().then(({ out }) => endure(this.#subject, out));
    return this.#endurance;
  }

  /** A finding as it is kept. */
  document(finding: Finding, key: string): Counterexample {
    return this.#told(findingDocument(finding, key, this.#facts()));
  }

  /** The same for what is not given back. */
  documentOfLeak({ steps, seen }: Leak, key: string, message: string): Counterexample {
    return this.#told(
      counterexampleDocument(
        {
          key,
          message,
          expected: 'what it takes for a call is given back',
          actual: seen.join(', '),
          rate: { failed: 1, of: 1 },
          what: { kind: 'calls', steps: stepsToDocument(steps) },
        },
        this.#facts(),
      ),
    );
  }

  /** Malformed conversations that did not go well, as they are kept. */
  documentOfWire(
    { cases, outcome, failed, runs }: WireFinding,
    key: string,
    message: string,
  ): Counterexample {
    return this.#told(
      counterexampleDocument(
        {
          key,
          message,
          expected: 'the process lives, and a new connection works',
          actual: outcome.text,
          rate: { failed, of: runs },
          what: { kind: 'wire', cases: wireCasesToDocument(cases) },
        },
        this.#facts(),
      ),
    );
  }

  /** The same of a launch with a mutated environment. */
  documentOfEnvironment(
    { environment: { mutations, env }, text, failed, runs }: EnvironmentFinding,
    key: string,
    expected: string,
  ): Counterexample {
    const found = { key, message: text, expected, actual: text, rate: { failed, of: runs } };
    return this.#told(
      counterexampleDocument({ ...found, what: { kind: 'environment', mutations, env } }, this.#facts()),
    );
  }

  /** Malformed conversations of earlier runs that are about this result. */
  savedWireCases(key: string): WireCase[][] {
    return this.#options.saved.flatMap(({ what, key: of }) =>
      what.kind === 'wire' && of === key ? [wireCasesOf(what.cases)] : [],
    );
  }

  /** Whether a finding comes again. @throws HarnessError when the plugin cannot be started */
  async comesAgain({ breach, steps }: Finding): Promise<boolean> {
    const subject = this.#subject;
    const methods = await fuzzableMethods(subject);
    const life = { subject, laws: await this.laws(), methods, timeoutMs: subject.budgets.timeoutMs };
    return (await replaySteps(life, steps, breachKey(breach))) !== undefined;
  }

  #facts(): CounterexampleFacts {
    return { ...this.#options.facts, once: this.#once };
  }

  async #runCampaign(): Promise<Campaign> {
    const { runs, findMs, shrinkMs, saved, onCalls, onCounterexample } = this.#options;
    const laws = await this.laws();
    this.#once = (await this.#subject.onceMethods()).map(({ plugin, method }) => ({
      plugin,
      method: method.name,
    }));
    const subject = this.#subject;
    const { name } = subject.contract;
    return runCampaign({
      subject,
      laws,
      runs,
      findMs,
      shrinkMs,
      saved: saved.flatMap((document) => {
        if (document.what.kind !== 'calls' || document.contract.name !== name) return [];
        const steps = stepsOf(document.what.steps);
        // What the contract does not allow any more is no fair call.
        return whyOutdated(subject, steps, laws, document) === undefined ? [steps] : [];
      }),
      ...(onCalls ? { onCalls } : {}),
      ...(onCounterexample
        ? {
            onFailure: (failure, id) => {
              onCounterexample(this.#unfinished(failure, laws), id);
            },
          }
        : {}),
    });
  }

  /** What was found so far, and may become smaller. */
  #unfinished({ breach, steps }: Failure, laws: readonly Law[]): Counterexample {
    const isBinding = laws.some(({ name, level }) => name === breach.law && level === 'must');
    const finding = { breach, steps, rate: { failed: 1, of: 1 }, origin: undefined };
    return findingDocument(finding, resultKey(breach, isBinding), this.#facts());
  }

  #told(document: Counterexample): Counterexample {
    this.#options.onCounterexample?.(document, document.key);
    return document;
  }
}
