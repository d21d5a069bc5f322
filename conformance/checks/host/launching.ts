import { failed, inconclusive, passed } from '../outcomes.js';
import { SPEAKS } from './adapter.js';
import { evidenceOfHost, observedCheck } from './host-check.js';
import { eventsOf } from './observed.js';

export const LAUNCHES = 'host/launches-plugin';
const COOKIE = 'host/sets-cookie';
export const DISPENSES = 'host/dispenses';

/** The host's own variable: what a plugin finds in its environment shows what the host hands on. */
export const CANARY = 'IGLU_CONFORMANCE_SECRET';

const launchesPlugin = observedCheck(
  {
    id: LAUNCHES,
    title: 'The host runs the plugin that lies where it looks for plugins',
    level: 'must',
    needs: [SPEAKS],
    reference: 'go-plugin client.go, Start',
    why: 'Nothing else can be said of a host that runs no plugin; one that runs another file runs who knows what (terragrunt#2440).',
    fix: 'Run the file as it lies there. If the host looks elsewhere, say where: --plugins, --plugin-at, or {plugin} in its arguments.',
  },
  async ({ host, attempt }) => {
    const run = await host.observe({ behaviour: 'good' }, attempt);
    if (run.record.length > 0) return passed();
    return failed({
      message: 'The plugin was never run.',
      expected: `${run.plugin} is run`,
      actual: run.ended ? 'the host ended without running it' : 'the host did not run it in time',
      evidence: evidenceOfHost(run),
    });
  },
);

const setsCookie = observedCheck(
  {
    id: COOKIE,
    title: 'The host gives the plugin the magic cookie',
    level: 'must',
    needs: [LAUNCHES],
    reference: 'go-plugin client.go, Start: MagicCookieKey=MagicCookieValue in the environment',
    why: 'A plugin without its cookie says that it is not to be run by hand, and ends.',
    fix: 'Use the HandshakeConfig that plugins are built with, or the contract that belongs to it.',
  },
  async ({ host, attempt }) => {
    const run = await host.observe({ behaviour: 'good' }, attempt);
    const { magicCookieKey, magicCookieValue } = host.options.contract.handshake;
    const [launch] = eventsOf(run.record, 'launched');
    if (launch?.cookie === 'right') return passed();
    return failed({
      message: 'The plugin does not find its cookie.',
      expected: `${magicCookieKey}=${magicCookieValue} in the plugin’s environment`,
      actual: launch ? `the cookie is ${launch.cookie}` : 'nothing',
      evidence: evidenceOfHost(run),
    });
  },
);

const offersVersions = observedCheck(
  {
    id: 'host/offers-versions',
    title: 'The host tells the plugin which protocol versions it speaks, one of the contract’s among them',
    level: 'should',
    needs: [LAUNCHES, COOKIE],
    reference: 'go-plugin client.go, Start: PLUGIN_PROTOCOL_VERSIONS',
    why: 'Without the list, a plugin that serves several versions falls back to its oldest one.',
    fix: 'Set PLUGIN_PROTOCOL_VERSIONS to the versions, separated by commas; go-plugin does it.',
  },
  async ({ host, attempt }) => {
    const run = await host.observe({ behaviour: 'good' }, attempt);
    const { protocolVersions } = host.options.contract.handshake;
    const [launch] = eventsOf(run.record, 'launched');
    const offered = launch?.versions?.split(',').map(Number) ?? [];
    if (offered.some((version) => protocolVersions.includes(version))) return passed();
    return failed({
      message: 'No version that the plugin speaks is offered.',
      expected: `one of ${protocolVersions.join(', ')} in PLUGIN_PROTOCOL_VERSIONS`,
      actual: launch?.versions ?? 'the variable is not there',
      evidence: evidenceOfHost(run),
    });
  },
);

const dispenses = observedCheck(
  {
    id: DISPENSES,
    title: 'The host connects to the plugin and dispenses a name of the contract',
    level: 'must',
    needs: [LAUNCHES, COOKIE],
    reference: 'go-plugin rpc_client.go, Dispense',
    why: 'A plugin that is not dispensed does nothing.',
    fix: 'Dispense the name under which plugins serve; see the contract’s plugins.',
  },
  async ({ host, attempt }) => {
    const run = await host.observe({ behaviour: 'good' }, attempt);
    const asked = eventsOf(run.record, 'dispense');
    if (asked.some(({ known }) => known)) return passed();
    const names = [...host.options.contract.plugins.keys()].join(', ');
    const connected = eventsOf(run.record, 'connection').length > 0;
    return failed({
      message: connected
        ? 'No plugin of the contract was dispensed.'
        : 'The host never connects to the plugin.',
      expected: `${names} is dispensed`,
      actual: asked.map(({ name }) => name).join(', ') || (connected ? 'nothing was' : 'no connection'),
      evidence: evidenceOfHost(run),
    });
  },
);

const keepsSecrets = observedCheck(
  {
    id: 'host/keeps-secrets',
    title: 'The host does not hand its whole environment on to the plugin',
    level: 'may',
    needs: [LAUNCHES],
    reference: 'hashicorp/go-plugin#103; go-plugin’s ClientConfig.SkipHostEnv is off by default',
    why: 'Tokens in the host’s environment are every plugin’s to read.',
    fix: 'Set SkipHostEnv, and give plugins what they need.',
  },
  async ({ host, attempt }) => {
    const run = await host.observe({ behaviour: 'good' }, attempt);
    const [launch] = eventsOf(run.record, 'launched');
    if (!launch) return inconclusive('the plugin was not run');
    if (!launch.environment.includes(CANARY)) return passed();
    return failed({
      message: 'A variable that is the host’s own reaches the plugin.',
      expected: `${CANARY}, which the host has, is not in the plugin’s environment`,
      actual: 'it is there',
      evidence: { seen: [launch.environment.join(' ')] },
    });
  },
);

export const LAUNCHING_CHECKS = [launchesPlugin, setsCookie, offersVersions, dispenses, keepsSecrets];
