import type { Contract, MethodContract } from '../../../../harness/contract/index.js';
import type { Step } from '../../call.js';
import { goLiteral, type LiteralContext } from './go-literal.js';

/** The methods of steps that are given broker ids, and so call the host back. */
export function usedServices(
  steps: readonly Step[],
  methodOf: (call: Step['calls'][number]) => MethodContract,
): string[] {
  const used = steps.flatMap(({ calls }) => calls.flatMap((call) => methodOf(call).brokerIds));
  return [...new Set(used.map(({ service }) => service))];
}

/** The name of a host service’s type. */
export function serviceType(prefix: string, services: readonly string[], service: string): string {
  return `${prefix}Service${services.indexOf(service) + 1}`;
}

/** The host’s half of the contract: types outside of functions, since net/rpc looks at their methods. */
export function serviceDeclarations(
  contract: Contract,
  services: readonly string[],
  prefix: string,
  context: LiteralContext,
): string[] {
  return services.flatMap((service) => {
    const name = serviceType(prefix, services, service);
    const methods = contract.hostServices.get(service)?.methods ?? new Map<string, MethodContract>();
    return [
      `// ${name} answers for the host, with the least that the contract allows.`,
      `type ${name} struct{}`,
      '',
      ...[...methods.values()].flatMap((method) => serviceMethod(name, method, context)),
    ];
  });
}

function serviceMethod(type: string, method: MethodContract, context: LiteralContext): string[] {
  const args = context.types.text(method.args, `${method.name}Args`);
  const hint = `${method.name}Reply`;
  const reply = context.types.text(method.reply, hint);
  const least = goLiteral(method.sampleReply(), method.reply, hint, context);
  return [
    `// ${method.name} is called by the plugin.`,
    `func (${type}) ${method.name}(_ ${args}, reply *${reply}) error {`,
    `\t*reply = ${least}`,
    '\treturn nil',
    '}',
    '',
  ];
}
