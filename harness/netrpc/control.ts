import { BOOL, STRING, struct, UINT } from '../gob/index.js';

/** The service by which a host pings a plugin and ends it (rpc_server.go, `controlServer`). */
export const CONTROL_SERVICE = 'Control';

/** The service that hands out plugins (rpc_server.go, `dispenseServer`). */
export const DISPENSER_SERVICE = 'Dispenser';

/** The name under which every dispensed plugin serves its methods (rpc_server.go, `serve`). */
export const PLUGIN_SERVICE = 'Plugin';

/** go-plugin replies to Ping and Quit with `struct{}`. */
const EMPTY = struct('', {});

/** Argument and reply types of the methods that every net/rpc plugin has. */
export const PING = { serviceMethod: `${CONTROL_SERVICE}.Ping`, args: BOOL, reply: EMPTY } as const;
export const QUIT = { serviceMethod: `${CONTROL_SERVICE}.Quit`, args: BOOL, reply: EMPTY } as const;
export const DISPENSE = {
  serviceMethod: `${DISPENSER_SERVICE}.Dispense`,
  args: STRING,
  reply: UINT,
} as const;
