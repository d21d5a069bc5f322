import {
  type ContractSchemas,
  mayBeNil,
  type Schema,
  type TypedSchemas,
  type Verdict,
} from '../../../harness/contract/index.js';
import type { GobType } from '../../../harness/gob/index.js';
import type { Value } from '../../../harness/value/index.js';
import { AlternativesNode } from './alternatives.js';
import { listParts, mapCount } from './counts.js';
import { ListNode } from './list.js';
import { MapNode } from './map.js';
import type { Shrunk, ValueNode } from './node.js';
import { type Branch, branchesOf } from './place.js';
import type { Run } from './run.js';
import { scalarNode } from './scalar-node.js';
import { OneOfNode } from './scalars.js';
import { type FieldNode, NilableNode, StructNode } from './struct.js';

/** How the keys of a map are declared. */
const KEYS: Readonly<Partial<Record<GobType['kind'], Schema>>> = {
  string: { type: 'string' },
  int: { type: 'integer' },
  uint: { type: 'integer', go: 'uint' },
  float: { type: 'number' },
  bool: { type: 'boolean' },
};

/** A node, and whether all that it makes and shrinks to is valid by its schemas. */
export interface Built {
  readonly node: ValueNode;
  readonly exact: boolean;
}

/** Makes the nodes of a contract’s types, each place once: recursive types become cyclic nodes. */
export class NodeBuilder {
  readonly #schemas: ContractSchemas;
  /** What stands at paths of the arguments whatever else is made. */
  readonly #fixed: ReadonlyMap<string, Value>;
  readonly #made = new Map<string, ValueNode>();
  readonly #ids = new Map<object, number>();
  readonly #alternatives: AlternativesNode[] = [];

  constructor(schemas: ContractSchemas, fixed: ReadonlyMap<string, Value>) {
    this.#schemas = schemas;
    this.#fixed = fixed;
  }

  /** Makes what was built ready. `run` begins a value, each time another one. */
  settle(run: () => Run): void {
    for (const node of this.#alternatives) node.settle(run);
  }

  /** `path` leads to the place from the whole value, for messages. */
  build(place: TypedSchemas, path: string): ValueNode {
    const fixed = this.#fixed.get(path);
    if (fixed !== undefined) return new OneOfNode([fixed]);
    const key = [place.type, place.declaring, ...place.constraints].map((part) => this.#idOf(part)).join();
    const known = this.#made.get(key);
    if (known !== undefined) return known;
    const later = new LaterNode();
    this.#made.set(key, later);
    const node = this.#place(place, path);
    later.node = node;
    this.#made.set(key, node);
    return node;
  }

  #idOf(part: object): number {
    let id = this.#ids.get(part);
    if (id === undefined) this.#ids.set(part, (id = this.#ids.size));
    return id;
  }

  #place(place: TypedSchemas, path: string): ValueNode {
    const verdict = this.#schemas.verdict(place);
    const { base, branches } = branchesOf(this.#schemas.definitions, place);
    const built = branches.map((branch) => {
      const own = this.#own(place.type, branch, verdict);
      return { branch, own, ...this.#branch(place.type, branch, own, path) };
    });
    const examples = base.schemas
      .flatMap((schema) => this.#schemas.examples(schema, place.type))
      .filter((example) => verdict.accepts(example));
    const isExact = built.every(({ branch, exact }) => branch.exact && exact);
    const [only, ...more] = built;
    if (only !== undefined && more.length === 0 && isExact && examples.length === 0) return only.node;
    const node = new AlternativesNode({
      ways: built.map(({ node, branch, own, exact }) => ({
        node,
        weight: branch.weight,
        verdict: branch.exact && exact ? undefined : own,
      })),
      base:
        more.length === 0 && only !== undefined
          ? only.node
          : this.#branch(place.type, base, verdict, path).node,
      verdict: isExact && more.length === 0 ? undefined : verdict,
      examples,
      name: path,
    });
    this.#alternatives.push(node);
    return node;
  }

  /** What the values of a branch are judged by: the place’s judge knows nothing of conventions. */
  #own(type: GobType, { core, schemas, conventions }: Branch, verdict: Verdict): Verdict {
    if (!conventions) return verdict;
    const constraints = schemas.filter((schema) => schema !== core);
    const kept = this.#schemas.verdict({ type, declaring: core, constraints });
    return { ...verdict, accepts: (value) => verdict.accepts(value) && kept.accepts(value) };
  }

  #branch(type: GobType, branch: Branch, verdict: Verdict, path: string): Built {
    switch (type.kind) {
      case 'struct':
        return this.#struct(type.fields, branch, path);
      case 'slice':
      case 'array': {
        const { parts, exact } = listParts(type, branch, (constraints) =>
          this.#element(type, branch, constraints, path),
        );
        return { node: new ListNode(parts), exact };
      }
      case 'map': {
        const count = mapCount(type, branch);
        const names = branch.schemas.flatMap(({ propertyNames }) => propertyNames ?? []);
        const values = { core: branch.core, schemas: branch.schemas, of: valuesOf };
        return {
          node: new MapNode(
            count,
            this.build(
              { type: type.key, declaring: KEYS[type.key.kind] ?? {}, constraints: names },
              `a key of ${path}`,
            ),
            this.build(inner(type.elem, values), `${path}/*`),
          ),
          exact: count.min === 0,
        };
      }
      default:
        return scalarNode(type.kind, branch.schemas, verdict);
    }
  }

  #struct(fields: readonly { name: string; type: GobType }[], branch: Branch, path: string): Built {
    let exact = true;
    const nodes = fields.map(({ name, type }): FieldNode => {
      const place = inner(type, { ...branch, of: ({ properties }) => properties?.[name] });
      const node = this.build(place, path === '' ? name : `${path}/${name}`);
      if (!mayBeNil(type)) return { name, node };
      // What else is said of the value may not hold of nil.
      exact &&= place.constraints.length === 0;
      return { name, node: new NilableNode(node) };
    });
    return { node: new StructNode(nodes), exact };
  }

  #element(
    type: GobType & { kind: 'slice' | 'array' },
    branch: Branch,
    constraints: readonly Schema[],
    path: string,
  ): ValueNode {
    const place = inner(type.elem, { ...branch, of: ({ items }) => items });
    const node = this.build({ ...place, constraints: [...place.constraints, ...constraints] }, `${path}/*`);
    return type.kind === 'array' && mayBeNil(type.elem) ? new NilableNode(node) : node;
  }
}

interface Inside {
  readonly core: Schema;
  readonly schemas: readonly Schema[];
  /** The part of a schema that is about what is inside. */
  readonly of: (schema: Schema) => Schema | undefined;
}

/** What is inside of a place. */
function inner(type: GobType, { core, schemas, of }: Inside): TypedSchemas {
  return {
    type,
    declaring: of(core) ?? {},
    constraints: schemas.flatMap((schema) => (schema === core ? [] : (of(schema) ?? []))),
  };
}

function valuesOf({ additionalProperties: values }: Schema): Schema | undefined {
  return typeof values === 'object' ? values : undefined;
}

/** A node that is still being made. */
class LaterNode implements ValueNode {
  node: ValueNode | undefined;

  make(run: Run): Value {
    return this.#made.make(run);
  }

  vary(run: Run, value: Value): Value {
    return this.#made.vary?.(run, value) ?? this.#made.make(run);
  }

  shrink(value: Value, context: unknown): Iterable<Shrunk> {
    return this.#made.shrink(value, context);
  }

  simplest(): Value | undefined {
    return this.#made.simplest();
  }

  get #made(): ValueNode {
    if (this.node === undefined) throw new Error('a value was made before its type was read');
    return this.node;
  }
}
