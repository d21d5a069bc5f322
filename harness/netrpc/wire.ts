import { STRING, struct, UINT } from '../gob/index.js';

/** What stands before each call's arguments (net/rpc server.go, `Request`). */
export const REQUEST = struct('Request', { ServiceMethod: STRING, Seq: UINT });

/** What stands before each reply (net/rpc server.go, `Response`). */
export const RESPONSE = struct('Response', { ServiceMethod: STRING, Seq: UINT, Error: STRING });

/** The body that follows a response with an error (net/rpc server.go, `invalidRequest`). */
export const INVALID_REQUEST = struct('', {});
