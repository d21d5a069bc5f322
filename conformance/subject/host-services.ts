import type { Connection } from '../../harness/client/index.js';
import {
  withValue,
  type Contract,
  type MethodContract,
  type ServiceContract,
} from '../../harness/contract/index.js';
import { PLUGIN_SERVICE, serveRpc } from '../../harness/netrpc/index.js';
import { contractService } from '../../harness/server/index.js';
import type { Value } from '../../harness/value/index.js';

/**
 * Puts fresh broker ids into the arguments where the contract has them, and serves the host's half of the contract
 * under each of them as soon as the plugin dials it. The caller's arguments stay as they are.
 */
export function serveHostServices(
  connection: Connection,
  contract: Contract,
  method: MethodContract,
  args: Value,
): Value {
  let served = args;
  for (const { path, service } of method.brokerIds) {
    const definition = contract.hostServices.get(service);
    if (!definition) continue;
    const id = connection.broker.nextId();
    connection.broker.accept(id).then(
      (stream) => {
        serveRpc(stream, { services: new Map([[PLUGIN_SERVICE, answers(definition)]]) });
      },
      // A plugin need not use what it is offered.
      () => {},
    );
    served = withValue(served, path, id);
  }
  return served;
}

/** A host that answers every call with the smallest reply the contract allows. */
function answers(service: ServiceContract): ReturnType<typeof contractService> {
  return contractService(
    service,
    Object.fromEntries([...service.methods].map(([name, method]) => [name, () => method.sampleReply()])),
  );
}
