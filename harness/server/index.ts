// All that a plugin in TypeScript needs: `serve` with what it serves, and the words of the floors below.
export { loadContract, parseContract, type Contract } from '../contract/index.js';
export {
  BOOL,
  BYTES,
  FLOAT,
  INT,
  INTERFACE,
  map,
  slice,
  STRING,
  struct,
  UINT,
  type GobType,
} from '../gob/index.js';
export {
  RpcError,
  RpcServerError,
  textOf,
  type RpcClient,
  type RpcMethod,
  type RpcService,
} from '../netrpc/index.js';
export { ByteString, InterfaceValue, type Value, type ValueMap, type ValueStruct } from '../value/index.js';
export { autoMtls, type Admitted, type ServerTls } from './auto-mtls.js';
export { contractService, type Handler } from './contract-service.js';
export {
  PluginConnection,
  type PluginConnectionOptions,
  type PluginContext,
  type PluginFactory,
} from './plugin-connection.js';
export { PluginServer, serve, type ServeOptions } from './serve.js';
