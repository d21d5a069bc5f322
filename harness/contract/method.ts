import * as gob from '../gob/types.js';
import type { GobType } from '../gob/types.js';
import type { Value } from '../value/index.js';
import { type BrokerId, brokerIdsOf, refuseBrokerIds } from './broker-ids.js';
import type { MethodContract } from './contract.js';
import type { MethodDocument, Schema, Scope } from './document.js';
import { invalidContract } from './errors.js';
import type { GobTypes } from './gob-types.js';
import type { Judge } from './judge.js';
import { pointer } from './pointer.js';
import type { Sampler } from './sampler.js';
import { SMALLEST, type Style, UNLIKELY } from './style.js';
import { refuseValueSources, type ReplyOf, type ValueSource, valueSourcesOf } from './value-sources.js';
import type { Vetter } from './vet.js';
import type { Violation } from './violations.js';

/** The parts of a contract that its methods are read with. */
export interface Workshop {
  readonly scope: Scope;
  readonly types: GobTypes;
  readonly vetter: Vetter;
  readonly judge: Judge;
  readonly sampler: Sampler;
}

/** What `null` stands for: Go's `new(interface{})`. */
const ANYTHING: Schema = { go: 'interface' };

/**
 * One method. `serves` says whose it is: a plugin's arguments come from the host, which can serve broker ids in them.
 * `replyOf` knows the methods beside it that can be called without arguments.
 *
 * @throws ContractError
 */
export function readMethod(
  workshop: Workshop,
  name: string,
  document: MethodDocument,
  path: string,
  serves: 'plugin' | 'host',
  replyOf: ReplyOf,
): MethodContract {
  const args = readSide(workshop, document.args, pointer(path, 'args'), 'the arguments');
  const reply = readSide(workshop, document.reply, pointer(path, 'reply'), 'the reply');
  const conventions = workshop.judge.should(reply.schema);
  refuseBrokerIds(workshop.scope, reply.schema, reply.path);
  refuseValueSources(workshop.scope, reply.schema, reply.path);
  let brokerIds: BrokerId[] = [];
  let valueSources: ValueSource[] = [];
  if (serves === 'plugin') {
    brokerIds = brokerIdsOf(workshop.scope, args.schema, args.path);
    valueSources = valueSourcesOf(workshop.scope, args, replyOf);
  } else {
    refuseBrokerIds(workshop.scope, args.schema, args.path);
    refuseValueSources(workshop.scope, args.schema, args.path);
  }

  return {
    name,
    required: document.required ?? false,
    once: document.once ?? false,
    stable: document.stable ?? false,
    unordered: document.unordered ?? false,
    readOnly: document.readOnly ?? false,
    effects: document.effects ?? 'none',
    args: args.type,
    reply: reply.type,
    hasArgs: document.args !== null,
    sampleArgs: (style = 'smallest') => args.sample(style === 'smallest' ? SMALLEST : UNLIKELY),
    variedArgs: (n) => args.sample({ name: 'varied', n }),
    sampleReply: () => reply.sample(SMALLEST),
    brokerIds,
    valueSources,
    violationsOfArgs: args.violations,
    violationsOfReply: reply.violations,
    conventionsOfReply: (value) => {
      const broken = conventions?.(value, reply.whole) ?? [];
      if (broken.length === 0) return [];
      const worse = new Set(reply.violations(value).map((violation) => violation.path));
      return broken.filter((violation) => !worse.has(violation.path));
    },
    hasConventions: conventions !== undefined,
  };
}

/** The arguments or the reply of a method. */
interface Side {
  readonly schema: Schema;
  readonly type: GobType;
  readonly path: string;
  readonly whole: string;
  readonly sample: (style: Style) => Value;
  readonly violations: (value: Value) => Violation[];
}

function readSide(workshop: Workshop, declared: Schema | null, path: string, whole: string): Side {
  const schema = declared ?? ANYTHING;
  const type = declared === null ? gob.INTERFACE : workshop.types.of(declared, path);
  workshop.vetter.declaration(schema, type, path);
  const judgement = workshop.judge.must(schema, type);
  const violations = (value: Value): Violation[] => judgement(value, whole);
  const find = (style: Style): Value | undefined =>
    workshop.sampler.find(schema, type, style, (value) => violations(value).length === 0);
  const smallest = (): Value => {
    const value = find(SMALLEST);
    if (value === undefined) throw noSample();
    return value;
  };
  const noSample = (): Error => {
    const tried = workshop.sampler.first(schema, type, SMALLEST);
    return invalidContract(workshop.scope.source, {
      path,
      found: `a type of which no sample can be made (${violations(tried)[0]?.message ?? 'tried in vain'})`,
      expected: 'a type with valid values that are simple to find, or "examples" with one',
    });
  };
  return { schema, type, path, whole, violations, sample: (style) => find(style) ?? smallest() };
}
