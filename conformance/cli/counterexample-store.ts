import { escapeControls } from '../../harness/quote.js';
import { HarnessError } from '../../harness/errors.js';
import { readCounterexamples, writeCounterexample, type Counterexample } from '../fuzz/index.js';
import { commandLine, type Report } from '../report/index.js';

/** Where counterexamples are kept unless told otherwise, from the folder of the run. */
export const COUNTEREXAMPLES = '.iglu-conformance/counterexamples';

/** A folder of counterexamples, and what a run adds to it. */
export class CounterexampleStore {
  readonly #folder: string;
  /** The smallest so far of each failure of each subject. */
  readonly #found = new Map<string, Counterexample>();
  #saved: readonly Counterexample[] = [];
  /** What lies in the folder and is no counterexample. */
  #passedOver: readonly string[] = [];

  constructor(folder: string = COUNTEREXAMPLES) {
    this.#folder = folder;
  }

  /** Those of earlier runs. @throws CounterexampleError `COUNTEREXAMPLE_UNREADABLE` */
  async read(): Promise<readonly Counterexample[]> {
    const { found, passedOver } = await readCounterexamples(this.#folder);
    this.#saved = found.map(({ document }) => document);
    this.#passedOver = passedOver;
    return this.#saved;
  }

  get passedOver(): readonly string[] {
    return this.#passedOver;
  }

  /** A failure, or a smaller one in the place of the one with the same id. */
  add(document: Counterexample, id: string): void {
    this.#found.set(JSON.stringify([document.subject.command, id]), document);
  }

  /** Keeps what stands in the reports, and says where. Never throws: a report is worth more than a file. */
  async keepFindings(reports: readonly Report[]): Promise<string[]> {
    return this.#keep(
      reports.flatMap(({ checks }) => checks.flatMap(({ evidence }) => evidence?.counterexample ?? [])),
    );
  }

  /** Keeps the best of what was found until now. */
  async keepUnfinished(): Promise<string[]> {
    return this.#keep([...this.#found.values()]);
  }

  async #keep(documents: readonly Counterexample[]): Promise<string[]> {
    const lines: string[] = [];
    for (const document of documents) {
      try {
        const path = await writeCounterexample(this.#folder, document);
        lines.push(`${document.key}: ${commandLine(['npx', 'iglu-conformance', 'replay', path])}`);
      } catch (error) {
        if (!(error instanceof HarnessError)) throw error;
        lines.push(error.message);
      }
    }
    return lines.map(escapeControls);
  }
}
