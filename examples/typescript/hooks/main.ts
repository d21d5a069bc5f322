#!/usr/bin/env node
import { contractService, parseContract, serve, type PluginFactory } from '../../../harness/server/index.js';
import json from '../../contracts/hooks.json' with { type: 'json' };
import { hooks } from './hooks.js';

// A plugin for a chat server: the hooks of examples/go/hooks, in TypeScript. A host cannot tell the two apart.
const contract = parseContract(json, 'hooks.json');
const plugin = contract.plugins.get('hooks');
if (!plugin) throw new Error('The contract has no plugin hooks.');

const { magicCookieKey: key, magicCookieValue: value, protocolVersions } = contract.handshake;
// The factory is called each time that a host dispenses the plugin: the context is the way back to that host.
const dispensed = new Map<string, PluginFactory>([
  ['hooks', (context) => contractService(plugin, hooks(context))],
]);
await serve({
  cookie: { key, value },
  versions: new Map(protocolVersions.map((version) => [version, dispensed])),
});
