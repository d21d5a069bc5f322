import { ByteString, forSchema, type Value } from '../../../harness/value/index.js';
import { type Count, countFor, makeNew } from './list.js';
import type { Shrunk, ValueNode } from './node.js';
import type { Run } from './run.js';
import { shrinkList } from './shrink-list.js';

export class MapNode implements ValueNode {
  readonly #count: Count;
  readonly #key: ValueNode;
  readonly #value: ValueNode;
  readonly #entry: ValueNode;

  constructor(count: Count, key: ValueNode, value: ValueNode) {
    this.#count = count;
    this.#key = key;
    this.#value = value;
    this.#entry = new EntryNode(key, value);
  }

  make(run: Run): Value {
    const count = countFor(run, this.#count, true);
    const { isRecursive } = this.#count;
    const map = new Map<Value, Value>();
    const seen = new Set<string>();
    run.enter(isRecursive);
    for (let left = count; left > 0; left--) {
      const key = makeNew(run, this.#key, keyName, seen);
      if (key === undefined) break;
      map.set(key, this.#value.make(run));
    }
    run.leave(isRecursive);
    return map;
  }

  *shrink(value: Value, context: unknown): Generator<Shrunk> {
    if (!(value instanceof Map)) return;
    const entries: Value[] = Array.from(value, (entry): Value => entry);
    for (const { items, context: next } of shrinkList(entries, context, this.#count.min, () => this.#entry)) {
      const keys = new Set(items.map((entry) => keyName((entry as Value[])[0] ?? null)));
      if (keys.size === items.length) {
        yield { value: new Map(items as [Value, Value][]), context: next };
      }
    }
  }

  simplest(): Value | undefined {
    if (this.#count.min === 0) return new Map();
    if (this.#count.min > 1) return undefined;
    const [key, value] = [this.#key.simplest(), this.#value.simplest()];
    return key === undefined || value === undefined ? undefined : new Map([[key, value]]);
  }
}

/** A key and its value, as a list of two. */
class EntryNode implements ValueNode {
  readonly #key: ValueNode;
  readonly #value: ValueNode;

  constructor(key: ValueNode, value: ValueNode) {
    this.#key = key;
    this.#value = value;
  }

  make(run: Run): Value {
    return [this.#key.make(run), this.#value.make(run)];
  }

  *shrink(entry: Value, context: unknown): Generator<Shrunk> {
    const [key = null, value = null] = entry as Value[];
    const [ofKey, ofValue] = (context as [unknown, unknown] | undefined) ?? [];
    for (const shrunk of this.#value.shrink(value, ofValue)) {
      yield { value: [key, shrunk.value], context: [ofKey, shrunk.context] };
    }
    for (const shrunk of this.#key.shrink(key, ofKey)) {
      yield { value: [shrunk.value, value], context: [shrunk.context, ofValue] };
    }
  }

  /** Keys have to differ, so there is no simplest entry. */
  simplest(): undefined {
    return undefined;
  }
}

/** The name of a key where a schema counts keys; two keys of a map do not share it. */
function keyName(key: Value): string {
  if (typeof key === 'string') return key;
  if (key instanceof ByteString) return key.toString();
  return Object.keys(forSchema(new Map([[key, null]])) as object)[0] ?? '';
}
