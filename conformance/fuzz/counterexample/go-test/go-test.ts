import type { Contract, MethodContract } from '../../../../harness/contract/index.js';
import type { Call } from '../../call.js';
import { quote } from '../../../../harness/quote.js';
import type { Counterexample } from '../counterexample.js';
import { CounterexampleError } from '../errors.js';
import { readFlags } from '../flags.js';
import { stepsOf } from '../steps.js';
import { digestOf } from '../write.js';
import { bodyOf } from './body.js';
import { numbered, type CallContext } from './calls.js';
import { comparingOf } from './comparing.js';
import { fileOf } from './file.js';
import { GoTypes } from './go-types.js';
import { registrationsOf } from './registrations.js';
import { serviceDeclarations, serviceType, usedServices } from './services.js';
import { sourcesOf } from './sources.js';

/** How much of the digest stands in names, in hex digits. */
const DIGEST = 6;

/**
 * A test in Go that does a counterexample again with go-plugin’s own client, and fails as long as it fails: a whole
 * `_test.go` file, as gofmt has it. Several of them may stand in one package.
 *
 * @param contract - the plugin’s contract as it is now
 * @param command - the plugin, from the folder of the test on; the environment variable PLUGIN names another one
 * @throws CounterexampleError `COUNTEREXAMPLE_INVALID` when it is not about calls, or the contract does not allow them
 */
export function goTest(document: Counterexample, contract: Contract, command: readonly string[]): string {
  const words = document.key.split(/[^A-Za-z0-9]+/).slice(1);
  const name = `${words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('')}_${digestOf(document).slice(0, DIGEST)}`;
  return write(document, contract, command, name, '') ?? write(document, contract, command, name, name) ?? '';
}

/** @returns `undefined` when the types do not fit into the function, and there is no prefix for them outside of it */
function write(
  document: Counterexample,
  contract: Contract,
  command: readonly string[],
  name: string,
  prefix: string,
): string | undefined {
  if (document.what.kind !== 'calls')
    throw refused(`${document.key} is not about calls: there is no test in Go for it.`);
  const steps = stepsOf(document.what.steps);
  const methodOf = (call: Pick<Call, 'plugin' | 'method'>): MethodContract => {
    const method = contract.plugins.get(call.plugin)?.methods.get(call.method);
    if (method) return method;
    throw refused(`The contract ${contract.name} has no method ${quote(`${call.plugin}.${call.method}`)}.`);
  };
  for (const call of steps.flatMap(({ calls }) => calls)) {
    const [violation] = methodOf(call).violationsOfArgs(call.args);
    if (violation)
      throw refused(`The arguments of ${call.method} are not valid by the contract: ${violation.message}`);
  }
  const once = (document.what.once ?? []).map((each): Call => ({
    ...each,
    args: methodOf(each).sampleArgs(),
    taken: [],
  }));
  const types = new GoTypes(prefix);
  const services = usedServices(steps, methodOf);
  const sources = sourcesOf(contract, steps, types);
  const plugins = [...new Set([...once, ...steps.flatMap(({ calls }) => calls)].map(({ plugin }) => plugin))];
  const registered = registrationsOf(contract, types);
  const context: CallContext = {
    types,
    registered: (typeName) => registered.find(typeName),
    client: (plugin) => `on${plugins.indexOf(plugin) + 1}.client`,
    serve: (plugin, service) =>
      `serve(on${plugins.indexOf(plugin) + 1}, ${serviceType(name, services, service)}{})`,
    sources,
  };
  const calls = numbered(steps, methodOf);
  const comparing = comparingOf(document, contract, calls, context);
  const hosts = serviceDeclarations(contract, services, name, context);
  const flags = readFlags(document.flags);
  const body = bodyOf({
    document,
    contract,
    command,
    flags: 'problem' in flags ? { env: {}, passEnv: [] } : flags,
    name,
    plugins,
    once: numbered([{ calls: once }], methodOf).flat(),
    calls,
    times: steps.map(({ times = 1 }) => times),
    comparing,
    context,
    hasServices: services.length > 0,
    registrations: registered.statements(),
  });
  // net/rpc serves no methods whose types are inside of a function either.
  if (prefix === '' && (types.needsTopLevel || services.length > 0)) return undefined;
  return fileOf({ document, name, body, types: types.declarations, outside: prefix !== '', hosts });
}

function refused(message: string): CounterexampleError {
  return new CounterexampleError('COUNTEREXAMPLE_INVALID', message);
}
