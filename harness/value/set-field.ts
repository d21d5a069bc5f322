/**
 * `target[name] = value`, also for a field called `__proto__`, which an assignment would take for the prototype.
 * Field names come from the peer: write them in no other way.
 */
export function setField<T>(target: Record<string, T>, name: string, value: T): void {
  if (name === '__proto__') {
    Object.defineProperty(target, name, { value, writable: true, enumerable: true, configurable: true });
  } else {
    target[name] = value;
  }
}
