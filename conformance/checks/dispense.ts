import { HarnessError } from '../../harness/errors.js';
import { RpcServerError } from '../../harness/netrpc/index.js';
import type { PluginCheck } from './check.js';
import { DISPENSED, SESSION } from './needs.js';
import { evidenceOf, failed, isTimeout, notApplicable, passed } from './outcomes.js';

/** A name under which no plugin is served. */
const UNKNOWN_NAME = 'iglu-conformance-no-such-plugin';

const knownName: PluginCheck = {
  id: 'dispense/known-name',
  target: 'plugin',
  title: 'It dispenses every plugin that the contract names',
  level: 'must',
  needs: SESSION,
  reference: 'go-plugin rpc_server.go, dispenseServer.Dispense; mux_broker.go',
  why: 'The host cannot call anything.',
  fix: 'Use the contract’s name as the key of the Plugins map in ServeConfig, and accept the brokered stream.',
  async run({ subject, attempt }) {
    if (subject.contract.plugins.size === 0) return notApplicable('the contract names no plugin');
    const { failure, plugin } = await subject.arrival(attempt);
    if (failure?.step !== 'dispense') return passed();
    const { error, name } = failure;
    const unknown = error instanceof RpcServerError;
    return failed({
      message: unknown
        ? `The plugin does not know the name ${JSON.stringify(name)}.`
        : 'The plugin was named, and no connection to it came about.',
      expected: `a connection to ${JSON.stringify(name)}`,
      actual: error.message,
      evidence: evidenceOf(plugin),
      byTime: isTimeout(error),
    });
  },
};

const unknownName: PluginCheck = {
  id: 'dispense/unknown-name',
  target: 'plugin',
  title: 'Asked for a plugin that it does not have, it answers with an error and lives on',
  level: 'must',
  needs: DISPENSED,
  reference: 'go-plugin rpc_server.go, dispenseServer.Dispense: unknown plugin type',
  why: 'A newer host asks an older plugin for things it does not have; that must not cost it the plugin.',
  fix: 'Answer Dispenser.Dispense with an error for names that are not in the map.',
  async run({ subject }) {
    if (subject.contract.plugins.size === 0) return notApplicable('the contract names no plugin');
    const session = await subject.freshSession();
    const { connection, plugin } = session;
    try {
      const answer = await connection.dispense(UNKNOWN_NAME).then(
        () => 'a connection',
        (error: unknown) => error as HarnessError,
      );
      const expected = 'an error, and a connection that goes on';
      if (typeof answer === 'string') {
        return failed({
          message: 'The plugin dispenses names that it does not have.',
          expected,
          actual: answer,
          evidence: evidenceOf(plugin),
        });
      }
      if (!(answer instanceof RpcServerError)) {
        return failed({
          message: 'A name that the plugin does not have is not answered with an error.',
          expected,
          actual: answer.message,
          evidence: evidenceOf(plugin),
          byTime: isTimeout(answer),
        });
      }
      await connection.ping();
      return passed(answer.text);
    } catch (error) {
      if (!(error instanceof HarnessError)) throw error;
      return failed({
        message: 'After it was asked for a name that it does not have, the plugin is lost.',
        expected: 'Ping goes on working',
        actual: error.message,
        evidence: evidenceOf(plugin),
        byTime: isTimeout(error),
      });
    } finally {
      await subject.release(plugin);
    }
  },
};

const twice: PluginCheck = {
  id: 'dispense/twice',
  target: 'plugin',
  title: 'Dispensed twice, it gives two connections that do not depend on each other',
  level: 'must',
  needs: DISPENSED,
  reference: 'go-plugin rpc_server.go, dispenseServer.Dispense: a broker id of its own for each',
  why: 'Hosts dispense anew for each piece of work; closing one client must not end the others.',
  fix: 'Serve each dispensed plugin on a brokered stream of its own, under a fresh id.',
  async run({ subject }) {
    const [target] = subject.targets.filter((each) => subject.mayRepeat(each));
    const seen = target ? (await subject.observe(target, 0)).first : undefined;
    if (!target || !seen || (seen.kind !== 'reply' && seen.kind !== 'error')) {
      return notApplicable('there is no method that can be called again');
    }
    const session = await subject.freshSession();
    const { connection, plugin } = session;
    try {
      const second = await connection.dispense(target.plugin);
      const call = (): Promise<unknown> =>
        second.call(target.method.name, seen.args).catch(ignoreServerError);
      await call();
      await session.call(target, seen.args, subject.budgets.timeoutMs);
      session.client(target.plugin).close();
      await call();
      return passed();
    } catch (error) {
      if (!(error instanceof HarnessError)) throw error;
      return failed({
        message: 'Of two clients of the same plugin, the second does not work on its own.',
        expected: 'both answer, and the second goes on when the first is closed',
        actual: error.message,
        evidence: evidenceOf(plugin),
        byTime: isTimeout(error),
      });
    } finally {
      await subject.release(plugin);
    }
  },
};

/** An error that a method answers with is an answer. */
function ignoreServerError(error: unknown): void {
  if (!(error instanceof RpcServerError)) throw error;
}

export const DISPENSE_CHECKS = [knownName, unknownName, twice];
