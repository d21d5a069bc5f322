import * as fc from 'fast-check';
import {
  type Contract,
  type ContractSchemas,
  type MethodContract,
  type Schema,
  schemasOf,
  valuesAt,
} from '../../../harness/contract/index.js';
import type { GobType } from '../../../harness/gob/index.js';
import type { Value } from '../../../harness/value/index.js';
import { NodeBuilder } from './builder.js';
import { ArbitraryError } from './errors.js';
import { Run } from './run.js';
import { ValueArbitrary } from './value-arbitrary.js';

/** With it what leads to valid values is found out: always the same. */
const SETTLING_SEED = 4;

/** What was made of a contract. */
interface Workshop {
  readonly schemas: ContractSchemas;
  readonly args: Map<MethodContract, fc.Arbitrary<Value>>;
  readonly reply: Map<MethodContract, fc.Arbitrary<Value>>;
}

const workshops = new WeakMap<Contract, Workshop>();

/**
 * Valid arguments of a method: about half of the values are small and ordinary, the others have what breaks programs
 * in them, and one in 300 has a text of 1 MiB, one in 300 a list of thousands. Broker ids are those of the
 * method’s sample. What is made depends on the random numbers alone. Made once for each method.
 *
 * @throws ArbitraryError
 */
export function argsArbitrary(contract: Contract, method: MethodContract): fc.Arbitrary<Value> {
  const { schemas, args } = workshopOf(contract);
  let arbitrary = args.get(method);
  if (arbitrary === undefined) {
    arbitrary = makeArgs(contract, schemas, method);
    args.set(method, arbitrary);
  }
  return arbitrary;
}

/**
 * Valid replies of a method, the conventions mostly kept.
 *
 * @throws ArbitraryError
 */
export function replyArbitrary(contract: Contract, method: MethodContract): fc.Arbitrary<Value> {
  const { schemas, reply } = workshopOf(contract);
  let arbitrary = reply.get(method);
  if (arbitrary === undefined) {
    const declaring = documentOf(contract, method).reply;
    arbitrary =
      declaring === null
        ? fc.constant(method.sampleReply())
        : valuesOf(
            schemas,
            { declaring, type: method.reply, name: `${method.name}’s reply` },
            new Map(),
            (value) => method.violationsOfReply(value).length === 0,
          );
    reply.set(method, arbitrary);
  }
  return arbitrary;
}

function makeArgs(contract: Contract, schemas: ContractSchemas, method: MethodContract): fc.Arbitrary<Value> {
  const declaring = documentOf(contract, method).args;
  if (declaring === null) return fc.constant(method.sampleArgs());
  const name = `${method.name}’s arguments`;
  const fixed = method.brokerIds.map(({ path }): [string, Value] => [
    [name, ...path].join('/'),
    valuesAt(method.sampleArgs(), path)[0] ?? 0,
  ]);
  return valuesOf(
    schemas,
    { declaring, type: method.args, name },
    new Map(fixed),
    (value) => method.violationsOfArgs(value).length === 0,
  );
}

function valuesOf(
  schemas: ContractSchemas,
  { declaring, type, name }: { declaring: Schema; type: GobType; name: string },
  fixed: ReadonlyMap<string, Value>,
  accepts: (value: Value) => boolean,
): fc.Arbitrary<Value> {
  const builder = new NodeBuilder(schemas, fixed);
  const node = builder.build({ type, declaring, constraints: [] }, name);
  withRandom((random) => {
    builder.settle(() => new Run(random));
    // Where there is nothing, it is said now and not in the middle of a run.
    node.make(new Run(random));
  });
  return new ValueArbitrary(node, accepts);
}

/** fast-check has no other way to its random numbers. */
function withRandom(work: (random: fc.Random) => void): void {
  class Work extends fc.Arbitrary<undefined> {
    generate(random: fc.Random): fc.Value<undefined> {
      work(random);
      return new fc.Value(undefined, undefined);
    }

    canShrinkWithoutContext(_value: unknown): _value is undefined {
      return false;
    }

    shrink(): fc.Stream<fc.Value<undefined>> {
      return fc.Stream.nil();
    }
  }
  fc.sample(new Work(), { seed: SETTLING_SEED, numRuns: 1 });
}

function workshopOf(contract: Contract): Workshop {
  let workshop = workshops.get(contract);
  if (workshop === undefined) {
    workshop = { schemas: schemasOf(contract), args: new Map(), reply: new Map() };
    workshops.set(contract, workshop);
  }
  return workshop;
}

/** What the contract’s document says of the types of one of its methods. */
function documentOf(
  contract: Contract,
  method: MethodContract,
): { args: Schema | null; reply: Schema | null } {
  for (const [owners, documents] of [
    [contract.plugins, contract.json.plugins],
    [contract.hostServices, contract.json.hostServices ?? {}],
  ] as const) {
    for (const [name, { methods }] of owners) {
      const document = documents[name]?.methods?.[method.name];
      if (methods.get(method.name) === method && document !== undefined) return document;
    }
  }
  throw new ArbitraryError(
    'ARBITRARY_NO_METHOD',
    `The contract ${contract.name} has no such method ${method.name}: take it from the contract’s own plugins.`,
  );
}
