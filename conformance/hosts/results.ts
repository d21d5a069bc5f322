import type { AdapterMethod, AdapterMethods } from '../../mocks/host/adapter/protocol.js';

/** Whether a host's answer has the shape that adapter.schema.json gives it. */
export function isResultOf<M extends AdapterMethod>(
  method: M,
  result: unknown,
): result is AdapterMethods[M]['result'] {
  if (!isObject(result)) return false;
  const { plugins, problems, plugin, reply } = result;
  switch (method) {
    case 'load':
      return areAll(plugins, isPlugin) && areAll(problems, isProblem);
    case 'list':
      return areAll(plugins, isPlugin);
    case 'call':
      return reply !== undefined;
    case 'start':
    case 'stop':
    case 'reload':
      return isPlugin(plugin);
    default:
      return true;
  }
}

const STATES: readonly unknown[] = ['Stopped', 'Running', 'Crashed'];
const REASONS: readonly unknown[] = ['exit', 'connection', 'hang'];

function isPlugin(value: unknown): boolean {
  if (!isObject(value)) return false;
  const { id, state, reason, pid } = value;
  return (
    typeof id === 'string' &&
    STATES.includes(state) &&
    (reason === undefined ||
      (isObject(reason) && REASONS.includes(reason['kind']) && typeof reason['text'] === 'string')) &&
    (pid === undefined || typeof pid === 'number')
  );
}

function isProblem(value: unknown): boolean {
  return isObject(value) && typeof value['file'] === 'string' && typeof value['message'] === 'string';
}

function areAll(values: unknown, is: (value: unknown) => boolean): boolean {
  return Array.isArray(values) && values.every(is);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
