import { refName, type Schema, type TypedSchemas } from '../../../harness/contract/index.js';
import { negations } from './negations.js';

/** One way to satisfy a place’s schemas: schemas that are all satisfied at once. */
export interface Branch {
  /** The schema that declares the type, behind all references. */
  readonly core: Schema;
  /** All schemas, the core among them. */
  readonly schemas: readonly Schema[];
  /** Whether whatever satisfies these schemas satisfies the place: what they hold apart from alternatives, that is. */
  readonly exact: boolean;
  /** Whether there are conventions among the schemas. */
  readonly conventions: boolean;
  readonly weight: number;
}

/** More combinations of alternatives are not told apart; there are that many only by multiplication. */
const MAX_BRANCHES = 64;

/** How much more often conventions are kept than not. */
const CONVENTION_KEPT = 7;

interface Partial {
  readonly schemas: ReadonlySet<Schema>;
  readonly exact: boolean;
  readonly conventions: boolean;
  readonly weight: number;
}

const NOTHING: Partial = { schemas: new Set(), exact: true, conventions: false, weight: 1 };

export interface Branches {
  /** What holds in any case. */
  readonly base: Branch;
  readonly branches: readonly Branch[];
}

/** The ways through the alternatives and conditions of a place. */
export function branchesOf(
  definitions: ReadonlyMap<string, Schema>,
  { declaring, constraints }: TypedSchemas,
): Branches {
  const reader = new BranchReader(definitions);
  const core = coreOf(definitions, declaring);
  const complete = ({ schemas, ...rest }: Partial): Branch => ({ core, schemas: [...schemas], ...rest });
  const all = [declaring, ...constraints];
  return {
    base: complete({ ...NOTHING, schemas: reader.unconditional(all) }),
    branches: all.reduce((before, schema) => reader.add(before, schema), [NOTHING]).map(complete),
  };
}

function coreOf(definitions: ReadonlyMap<string, Schema>, declaring: Schema): Schema {
  let core: Schema | undefined = declaring;
  while (core?.$ref !== undefined) core = definitions.get(refName(core.$ref));
  return core ?? declaring;
}

class BranchReader {
  readonly #definitions: ReadonlyMap<string, Schema>;

  constructor(definitions: ReadonlyMap<string, Schema>) {
    this.#definitions = definitions;
  }

  unconditional(schemas: Iterable<Schema>, found = new Set<Schema>()): Set<Schema> {
    for (const schema of schemas) {
      if (found.has(schema)) continue;
      found.add(schema);
      this.unconditional([...this.#referred(schema), ...(schema.allOf ?? [])], found);
    }
    return found;
  }

  add(before: readonly Partial[], schema: Schema): Partial[] {
    if (before.every(({ schemas }) => schemas.has(schema))) return [...before];
    let partials: Partial[] = before.map((partial) => ({
      ...partial,
      schemas: new Set([...partial.schemas, schema]),
    }));
    const all = (parts: readonly Schema[]): void => {
      for (const part of parts) partials = this.add(partials, part);
    };
    const choose = (ways: readonly Way[]): void => {
      partials = spread(ways.flatMap((way) => this.#take(partials, way)));
    };
    all(this.#referred(schema));
    all(schema.allOf ?? []);
    if (schema.anyOf !== undefined) choose(schema.anyOf.map((part) => ({ parts: [part] })));
    if (schema.oneOf !== undefined)
      choose(schema.oneOf.map((part) => ({ parts: [part], exact: schema.oneOf?.length === 1 })));
    if (schema.not !== undefined) choose(this.#ways(schema.not));
    if (schema.if !== undefined) {
      choose([
        { parts: [schema.if, ...listed(schema.then)] },
        ...this.#ways(schema.if).map(({ parts }) => ({
          parts: [...parts, ...listed(schema.else)],
          exact: false,
        })),
      ]);
    }
    if (schema.should !== undefined)
      choose([{ parts: [schema.should], conventions: true, weight: CONVENTION_KEPT }, { parts: [] }]);
    return partials;
  }

  /** How a schema can be broken. */
  #ways(schema: Schema): Way[] {
    const ways = negations(this.#definitions, schema).map((part) => ({ parts: [part], exact: false }));
    return ways.length === 0 ? [{ parts: [], exact: false }] : ways;
  }

  #take(
    partials: readonly Partial[],
    { parts, exact = true, conventions = false, weight = 1 }: Way,
  ): Partial[] {
    const taken = partials.map((partial) => ({
      ...partial,
      exact: partial.exact && exact,
      conventions: partial.conventions || conventions,
      weight: partial.weight * weight,
    }));
    return parts.reduce((before, part) => this.add(before, part), taken);
  }

  #referred(schema: Schema): Schema[] {
    return schema.$ref === undefined ? [] : listed(this.#definitions.get(refName(schema.$ref)));
  }
}

/** One of several schemas, or lists of schemas, that can be chosen. */
interface Way {
  readonly parts: readonly Schema[];
  readonly exact?: boolean;
  readonly conventions?: boolean;
  readonly weight?: number;
}

function listed<T>(item: T | undefined): T[] {
  return item === undefined ? [] : [item];
}

/** At most {@link MAX_BRANCHES}, from all over the list. */
function spread(partials: Partial[]): Partial[] {
  if (partials.length <= MAX_BRANCHES) return partials;
  return Array.from(
    { length: MAX_BRANCHES },
    (_, index) => partials[Math.floor((index * partials.length) / MAX_BRANCHES)] as Partial,
  );
}
