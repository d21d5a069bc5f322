export { CONTROL_SERVICE, DISPENSE, DISPENSER_SERVICE, PING, PLUGIN_SERVICE, QUIT } from './control.js';
export { RpcError, RpcServerError, type RpcErrorCode } from './errors.js';
export { BROKER_TIMEOUT_MS, MuxBroker } from './mux-broker.js';
export { RpcClient, type CallOptions } from './rpc-client.js';
export {
  MAX_RUNNING_CALLS,
  serveRpc,
  type RpcMethod,
  type RpcServerOptions,
  type RpcService,
} from './rpc-server.js';
export { textOf } from './text-of.js';
