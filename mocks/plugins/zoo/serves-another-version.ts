#!/usr/bin/env node
import { serveIglu } from '../iglu.js';

// Was built for another version of the interface.
await serveIglu({
  contract: (contract) => ({ ...contract, handshake: { ...contract.handshake, protocolVersions: [2] } }),
});
